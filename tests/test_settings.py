"""Settings: options win over the environment, which wins over ``.env``."""

from pathlib import Path

import pytest

from askpcc.errors import SettingsError
from askpcc.settings import Settings, read_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("CORPUS", "INDEX", "LEDGER", "EMBEDDER", "RERANKER"):
        monkeypatch.delenv(f"ASKPCC_{name}", raising=False)
    return tmp_path


def test_without_settings_everything_is_in_the_working_folder() -> None:
    assert read_settings({}) == Settings(Path("corpus"), Path("index"), "sqlite:///ledger.sqlite", None, None)


def test_every_setting_is_read() -> None:
    environ = {
        "ASKPCC_CORPUS": "/responses",
        "ASKPCC_INDEX": "/idx",
        "ASKPCC_LEDGER": "sqlite:///l.db",
        "ASKPCC_EMBEDDER": "models/mini",
        "ASKPCC_RERANKER": "cross/encoder",
        "PATH": "/bin",
    }
    assert read_settings(environ) == Settings(
        Path("/responses"), Path("/idx"), "sqlite:///l.db", "models/mini", "cross/encoder"
    )


def test_an_option_wins() -> None:
    settings = read_settings({"ASKPCC_CORPUS": "a", "ASKPCC_INDEX": "b"}, corpus=Path("c"), index=Path("d"))
    assert (settings.corpus, settings.index) == (Path("c"), Path("d"))


def test_an_empty_setting_is_none() -> None:
    assert read_settings({"ASKPCC_CORPUS": "", "ASKPCC_EMBEDDER": ""}) == read_settings({})


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"ASKPCC_CORPSE is no setting .*ASKPCC_CORPUS"):
        read_settings({"ASKPCC_CORPSE": "x"})


def test_a_home_folder_may_be_written_short(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert read_settings({"ASKPCC_CORPUS": "~/responses"}).corpus == folder / "responses"


def test_a_home_folder_of_nobody_is_refused() -> None:
    with pytest.raises(SettingsError, match="Write the whole path"):
        read_settings({"ASKPCC_CORPUS": "~nobody-of-that-name/responses"})


def test_the_file_is_read(folder: Path) -> None:
    (folder / ".env").write_text('# ours\nASKPCC_CORPUS="with space"\nexport ASKPCC_INDEX=idx\nOTHER=1\n')
    settings = read_settings()
    assert (settings.corpus, settings.index) == (Path("with space"), Path("idx"))


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("ASKPCC_CORPUS=from-file\nASKPCC_INDEX=from-file\n")
    monkeypatch.setenv("ASKPCC_CORPUS", "from-environment")
    settings = read_settings()
    assert (settings.corpus, settings.index) == (Path("from-environment"), Path("from-file"))


def test_a_misspelt_setting_in_the_file_is_refused(folder: Path) -> None:
    (folder / ".env").write_text("ASKPCC_CORPSE=x\n")
    with pytest.raises(SettingsError, match="ASKPCC_CORPSE"):
        read_settings()


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / ".env").write_bytes(b"ASKPCC_CORPUS=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read.*UTF-8"):
        read_settings()


@pytest.mark.usefixtures("folder")
def test_without_a_file_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPCC_INDEX", "idx")
    assert read_settings().index == Path("idx")


def test_reading_the_file_leaves_the_environment_as_it_is(folder: Path) -> None:
    (folder / ".env").write_text("ASKPCC_CORPUS=x\n")
    read_settings()
    assert read_settings({}).corpus == Path("corpus")
    (folder / ".env").unlink()
    assert read_settings().corpus == Path("corpus")
