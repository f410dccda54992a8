"""Many cases in one test: each is a subtest of its own, and none costs the setting up of a test."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]


def cases(names: str | Iterable[str], rows: Iterable[Any], ids: Any = ()) -> Callable[[Test], Test]:  # noqa: ANN401 - as pytest takes them
    """Run a test once for each row, within one test; read like ``pytest.mark.parametrize``.

    For rows that leave nothing behind, since all of them see the same fixtures.

    ids: names of the rows, or what makes one of a row's first value; else a row is named by its values.
    """
    split = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    named = list(_name(list(rows), ids, len(split)))
    assert named, f"no cases of {split}"

    def gather(test: Test) -> Test:
        parameters = inspect.signature(test).parameters
        inner = "subtests" in parameters  # gathered once already, for other names

        @wraps(test)
        def run(subtests: pytest.Subtests, **fixtures: object) -> None:
            for name, values in named:
                with subtests.test(name):
                    given = dict(zip(split, values, strict=True)) | ({"subtests": subtests} if inner else {})
                    test(**given, **fixtures)

        taken = dict.fromkeys(["subtests", *parameters])
        kinds = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in taken if name not in split
        ]
        run.__signature__ = inspect.Signature(kinds)  # type: ignore[attr-defined] # where pytest looks for fixtures
        return run

    return gather


def _name(rows: list[Any], ids: Any, width: int) -> Iterator[tuple[str, tuple[Any, ...]]]:  # noqa: ANN401 - see above
    names = None if callable(ids) else list(ids)
    for place, row in enumerate(rows):
        own = None
        if hasattr(row, "marks"):  # made by pytest.param
            assert not row.marks, f"a case has no marks: {row}"
            own, values = row.id, row.values
        else:
            values = (row,) if width == 1 else tuple(row)
        chosen = ids(values[0]) if names is None else names[place] if names else None
        yield str(own or chosen or ", ".join(map(repr, values)))[:100], values
