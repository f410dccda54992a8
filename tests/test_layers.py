"""Who may import whom: the table of the house, checked on every module."""

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from support.cases import cases

SOURCE = Path(__file__).parents[1] / "src"

LAYERS: Mapping[str, tuple[str, ...]] = {
    "nouns": ("askpcc", "askpcc.errors", "askpcc.model", "askpcc.model.*"),
    "seams": ("askpcc.ports",),
    "text": ("askpcc.text", "askpcc.text.*"),
    "pure": (
        *("askpcc.readers", "askpcc.readers.*", "askpcc.metadata", "askpcc.metadata.*", "askpcc.chunking"),
        *("askpcc.statuses", "askpcc.statuses.*", "askpcc.register", "askpcc.register.*"),
        *("askpcc.proving", "askpcc.proving.*", "askpcc.reader", "askpcc.reader.*", "askpcc.downloads"),
        "askpcc.watched_pages",
    ),
    "flows": (
        *("askpcc.asking", "askpcc.asking.*", "askpcc.indexing", "askpcc.indexing.*"),
        *("askpcc.inquiry_workers", "askpcc.review", "askpcc.review.*", "askpcc.evaluation"),
    ),
    "adapters": ("askpcc.adapters", "askpcc.adapters.*"),
    "surfaces": (
        *("askpcc.rendering", "askpcc.rendering.*", "askpcc.library", "askpcc.server"),
        *("askpcc.slack", "askpcc.slack.*", "askpcc.web", "askpcc.web.*", "askpcc.mcp_server"),
    ),
    "settings": ("askpcc.settings",),
    "wiring": ("askpcc.app", "askpcc.app.*"),
    "entry": ("askpcc.cli", "askpcc.cli_admin", "askpcc.cli_progress", "askpcc.cli_watch"),
}
"""Every module stands in exactly one layer; ``*`` stands for any further names."""

MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "nouns": ("nouns",),
    "seams": ("nouns", "seams"),
    "text": ("nouns", "text"),
    "pure": ("nouns", "seams", "text", "pure"),
    "flows": ("nouns", "seams", "text", "pure", "flows"),
    "adapters": ("nouns", "seams", "text", "pure", "adapters"),
    "surfaces": ("nouns", "seams", "text", "pure", "flows", "surfaces"),
    "settings": ("nouns", "settings"),
    "wiring": ("nouns", "seams", "text", "pure", "flows", "adapters", "surfaces", "settings", "wiring"),
    "entry": ("nouns", "seams", "text", "pure", "flows", "surfaces", "settings", "wiring", "entry"),
}

SURFACES = ("askpcc.slack", "askpcc.web", "askpcc.mcp_server")
"""Surfaces never import one another, and no adapter imports another one."""

MAY_SHARE_A_NAME: Mapping[str, str] = {
    "app": "what a surface hands to its server",
    "doctor": "the checks, and their wiring",
    "slack": "the bot, and its wiring",
    "web": "the pages, and their wiring",
}
"""Names of several modules that mean the same; every other module has a name of its own."""

ONLY_IN: Mapping[str, tuple[str, ...]] = {
    "alembic": ("askpcc.adapters.*",),
    "chromadb": ("askpcc.adapters.*",),
    "langchain*": ("askpcc.adapters.*",),
    "mcp": ("askpcc.mcp_server",),
    "onnxruntime": ("askpcc.adapters.*",),
    "psycopg": ("askpcc.adapters.*",),
    "sentence_transformers": ("askpcc.adapters.*",),
    "sqlalchemy": ("askpcc.adapters.*",),
    "torch": ("askpcc.adapters.*",),
    "transformers": ("askpcc.adapters.*",),
    "slack_*": ("askpcc.slack", "askpcc.slack.*", "askpcc.app.slack*"),
    "dotenv": ("askpcc.settings",),
}
"""Libraries, and the only modules that may import them."""

LATE = ("chromadb", "langchain*", "onnxruntime", "sentence_transformers", "torch", "transformers")
"""Libraries that are imported inside the builder that needs them, because they are slow to import."""

NEVER_LATE: Mapping[str, str] = {
    "askpcc.adapters.langchain_retriever": "it is a class of LangChain's, for those who have it imported",
}

READS_ENVIRONMENT: Mapping[str, str] = {
    "askpcc.settings": "it is the one reader of the environment",
    "askpcc.readers.tesseract": "the program that it starts gets a part of the environment",
    "askpcc.adapters.embedding": "libraries take their settings from variables while they load",
}

NOT_FOR_HELP = (
    *("alembic", "chromadb", "langchain", "numpy", "onnxruntime", "sentence_transformers"),
    *("slack_bolt", "sqlalchemy", "starlette", "torch", "transformers"),
)


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a module.  late: inside a function.  for_types: a type checker's only."""

    module: str
    target: str
    late: bool
    for_types: bool


@cache
def read_modules() -> dict[str, ast.Module]:
    names = {path: path.relative_to(SOURCE).with_suffix("").parts for path in SOURCE.rglob("*.py")}
    return {
        ".".join(parts).removesuffix(".__init__"): ast.parse(path.read_text("utf-8"))
        for path, parts in sorted(names.items())
    }


def find_imports(module: str, node: ast.AST, *, late: bool = False, types: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(module, alias.name, late, types) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module}: imports are written in full"
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                target = whole if whole in read_modules() else str(child.module)
                yield Import(module, target, late, types)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            yield from find_imports(module, child, late=late, types=True)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from find_imports(module, child, late=late or inside, types=types)


@cache
def all_imports() -> list[Import]:
    return [found for module, tree in read_modules().items() for found in find_imports(module, tree)]


def own_imports() -> list[Import]:
    return [found for found in all_imports() if found.target in read_modules()]


def layers_of(module: str) -> list[str]:
    return [layer for layer, names in LAYERS.items() if matches(module, names)]


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def part_of(module: str) -> str | None:
    """Name the surface or the adapter of a module; several of one adapter begin alike."""
    if module.startswith("askpcc.adapters."):
        return module.split(".")[2].split("_", maxsplit=1)[0]
    return next((one for one in SURFACES if matches(module, (one, f"{one}.*"))), None)


def find_cycle(edges: Mapping[str, set[str]]) -> list[str]:
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        for target in sorted(edges.get(module, ())):
            if cycle := visit(target, [*path, module]):
                return cycle
        done.add(module)
        return []

    return next((cycle for module in edges if (cycle := visit(module, []))), [])


def test_a_module_stands_in_one_layer_of_the_table() -> None:
    assert {module: found for module in read_modules() if len(found := layers_of(module)) != 1} == {}


def test_modules_import_their_own_layer_and_those_below() -> None:
    wrong = [
        f"{found.module} ({layer}) imports {found.target} ({target})"
        for found in own_imports()
        for layer in layers_of(found.module)
        for target in layers_of(found.target)
        if target not in MAY_IMPORT[layer]
    ]
    assert wrong == []


def test_surfaces_and_adapters_do_not_import_one_another() -> None:
    wrong = [
        f"{found.module} imports {found.target}"
        for found in own_imports()
        if (one := part_of(found.module)) and (other := part_of(found.target)) and one != other
    ]
    assert wrong == []


def test_a_module_has_a_name_of_its_own() -> None:
    names = Counter(module.rpartition(".")[2] for module in read_modules())
    assert {name for name, times in names.items() if times > 1} <= set(MAY_SHARE_A_NAME)


@cases("library", ONLY_IN)
def test_a_library_is_imported_where_it_belongs_only(library: str) -> None:
    wrong = [
        f"{found.module} imports {found.target}"
        for found in all_imports()
        if fnmatchcase(found.target.split(".")[0], library) and not matches(found.module, ONLY_IN[library])
    ]
    assert wrong == []


@cases("library", LATE)
def test_a_slow_library_is_imported_by_the_builder_that_needs_it(library: str) -> None:
    wrong = [
        f"{found.module} imports {found.target}"
        for found in all_imports()
        if fnmatchcase(found.target.split(".")[0], library)
        and not (found.late or found.for_types)
        and found.module not in NEVER_LATE
    ]
    assert wrong == []


def test_the_product_does_not_import_what_teaches_its_reader() -> None:
    assert [found.module for found in all_imports() if found.target.split(".")[0] == "training"] == []


def test_what_is_installed_is_the_product_alone() -> None:
    told = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))
    assert told["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["src/askpcc"]}


def test_no_modules_import_in_a_circle() -> None:
    edges: dict[str, set[str]] = {}
    for found in own_imports():
        if not found.for_types:
            edges.setdefault(found.module, set()).add(found.target)
    assert find_cycle(edges) == []


def test_circles_are_found() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_the_environment_is_read_in_one_place() -> None:
    reads = {
        module
        for module, tree in read_modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "putenv"})
        or (isinstance(node, ast.ImportFrom) and node.module == "os")
    }
    assert reads <= set(READS_ENVIRONMENT)


def test_help_loads_nothing_slow() -> None:
    program = (
        "import sys\n"
        "from askpcc.cli import main\n"
        "main(['--help'], prog_name='askpcc', standalone_mode=False)\n"
        "print(','.join(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)\n"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=SOURCE
    )
    assert "Usage: askpcc" in run.stdout
    assert set(run.stderr.strip().split(",")) & set(NOT_FOR_HELP) == set()
