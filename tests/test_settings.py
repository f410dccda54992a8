"""Settings: options win over the environment, which wins over ``.env``."""

from pathlib import Path

import pytest

from askpcc.errors import SettingsError
from askpcc.settings import Settings, SlackSettings, WatchSettings, read_settings
from support.cases import cases


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("CORPUS", "INDEX", "LEDGER", "EMBEDDER"):
        monkeypatch.delenv(f"ASKPCC_{name}", raising=False)
    return tmp_path


def test_without_settings_everything_is_in_the_working_folder() -> None:
    assert read_settings({}) == Settings(Path("corpus"), Path("index"), "sqlite:///ledger.sqlite", None)


def test_every_setting_is_read() -> None:
    environ = {
        "ASKPCC_CORPUS": "/responses",
        "ASKPCC_INDEX": "/idx",
        "ASKPCC_LEDGER": "sqlite:///l.db",
        "ASKPCC_EMBEDDER": "models/mini",
        "PATH": "/bin",
    }
    assert read_settings(environ) == Settings(
        Path("/responses"), Path("/idx"), "sqlite:///l.db", "models/mini"
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


def test_without_settings_the_bot_has_no_tokens_and_nobody_has_rights() -> None:
    slack = read_settings({}).slack
    assert slack == SlackSettings()
    assert (slack.bot_token, slack.app_token, slack.signing_secret) == (None, None, None)
    assert slack.api_url == "https://slack.com/api/"
    assert slack.admins == slack.reviewers == slack.guests == slack.shared_channels == frozenset()
    assert (slack.queue, slack.per_minute, slack.per_day, slack.workers) == (500, 10, 300, 4)
    assert slack.health_port is None


def test_every_setting_of_the_bot_is_read() -> None:
    environ = {
        "SLACK_BOT_TOKEN": " xoxb-1-a\n",
        "SLACK_APP_TOKEN": "xapp-1-b",
        "SLACK_SIGNING_SECRET": "0af9",
        "SLACK_API_URL": "http://127.0.0.1:8080/api",
        "ASKPCC_SLACK_CHANNELS": "C0A, G0B,D0C,",
        "ASKPCC_SLACK_USERS": "U0A,W0B",
        "ASKPCC_SLACK_GROUPS": "S0A",
        "ASKPCC_SLACK_GUESTS": "U0G",
        "ASKPCC_SLACK_SHARED_CHANNELS": "C0S",
        "ASKPCC_SLACK_ADMINS": "U0A",
        "ASKPCC_SLACK_REVIEWERS": "U0R",
        "ASKPCC_SLACK_REVIEW_CHANNEL": "C0R",
        "ASKPCC_SLACK_DIGEST_CHANNEL": "C0D",
        "ASKPCC_SLACK_QUEUE": "5",
        "ASKPCC_SLACK_PER_MINUTE": "6",
        "ASKPCC_SLACK_PER_DAY": "7",
        "ASKPCC_SLACK_WORKERS": "8",
        "ASKPCC_HEALTH_PORT": "9090",
    }
    assert read_settings(environ).slack == SlackSettings(
        bot_token="xoxb-1-a",  # noqa: S106 - invented
        app_token="xapp-1-b",  # noqa: S106 - invented
        signing_secret="0af9",  # noqa: S106 - invented
        api_url="http://127.0.0.1:8080/api/",
        channels=frozenset({"C0A", "G0B", "D0C"}),
        users=frozenset({"U0A", "W0B"}),
        groups=frozenset({"S0A"}),
        guests=frozenset({"U0G"}),
        shared_channels=frozenset({"C0S"}),
        admins=frozenset({"U0A"}),
        reviewers=frozenset({"U0R"}),
        review_channel="C0R",
        digest_channel="C0D",
        queue=5,
        per_minute=6,
        per_day=7,
        workers=8,
        health_port=9090,
    )


def test_nobody_looks_for_new_responses_until_it_is_set_how_often() -> None:
    assert read_settings({}).watch == WatchSettings(None, (), "offer")
    environ = {
        "ASKPCC_WATCH_MINUTES": "30",
        "ASKPCC_WATCH_PAGES": "https://a.test/responses, http://b.test/feed,",
        "ASKPCC_WATCH_POLICY": "Add",
    }
    pages = ("https://a.test/responses", "http://b.test/feed")
    assert read_settings(environ).watch == WatchSettings(30, pages, "add")


def test_what_is_shown_of_the_settings_holds_no_secret() -> None:
    shown = repr(
        read_settings(
            {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xapp-hush", "SLACK_SIGNING_SECRET": "hush"}
        )
    )
    assert "hush" not in shown


@cases(
    ("name", "value", "told"),
    [
        ("ASKPCC_SLACK_CHANNELS", "U0A", "C or G or D"),
        ("ASKPCC_SLACK_CHANNELS", "#general", "'#general'"),
        ("ASKPCC_SLACK_USERS", "C0A", "U or W"),
        ("ASKPCC_SLACK_USERS", "U0A,u0b", "'u0b'"),
        ("ASKPCC_SLACK_USERS", "U0A U0B", "'U0A U0B'"),
        ("ASKPCC_SLACK_GROUPS", "U0A", "begins with S "),
        ("ASKPCC_SLACK_GUESTS", "<@U0A>", "'<@U0A>'"),
        ("ASKPCC_SLACK_SHARED_CHANNELS", "T0A", "'T0A'"),
        ("ASKPCC_SLACK_ADMINS", "anne", "'anne'"),
        ("ASKPCC_SLACK_REVIEWERS", "U", "'U'"),
        ("ASKPCC_SLACK_REVIEW_CHANNEL", "C0A,C0B", "names 2 channels"),
        ("ASKPCC_SLACK_DIGEST_CHANNEL", "S0A", "'S0A'"),
        ("ASKPCC_SLACK_QUEUE", "0", "from 1 to 1000000"),
        ("ASKPCC_SLACK_PER_MINUTE", "ten", "'ten'"),
        ("ASKPCC_SLACK_PER_DAY", "-1", "'-1'"),
        ("ASKPCC_SLACK_PER_DAY", "1e3", "'1e3'"),
        ("ASKPCC_SLACK_PER_DAY", "\N{ARABIC-INDIC DIGIT FIVE}", "whole number"),
        ("ASKPCC_SLACK_WORKERS", "33", "from 1 to 32"),
        ("ASKPCC_HEALTH_PORT", "65536", "from 1 to 65535"),
        ("ASKPCC_WATCH_MINUTES", "0", "from 1 to 10080"),
        ("ASKPCC_WATCH_MINUTES", "0.5", "whole number"),
        ("ASKPCC_WATCH_PAGES", "a.test/responses", "with commas between"),
        ("ASKPCC_WATCH_PAGES", "https://a.test,file:///a", "'file:///a' is no web address"),
        ("ASKPCC_WATCH_PAGES", "http://[::1", "is no web address"),
        ("ASKPCC_WATCH_POLICY", "always", "Write offer or add."),
        ("SLACK_API_URL", "http://slack.com/api/", "https://slack.com/api/"),
        ("SLACK_API_URL", "http://127.0.0.1.example.org/api/", "cannot be used"),
        ("SLACK_API_URL", "ftp://127.0.0.1/", "cannot be used"),
        ("SLACK_API_URL", "https:///api/", "cannot be used"),
        ("SLACK_API_URL", "https://slack.com/api/?x=1", "cannot be used"),
        ("SLACK_API_URL", "http://[::1/", "is no web address"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_to_write(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})
    assert str(caught.value).startswith(name)
    assert told in str(caught.value)


@cases("name", ["CHANNELS", "USERS", "GROUPS"])
@cases("value", [",", " , ,"])
def test_a_list_without_an_id_is_refused_since_it_would_allow_everybody(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match="names no id"):
        read_settings({f"ASKPCC_SLACK_{name}": value})


@cases(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-hush"),
        ("SLACK_BOT_TOKEN", "xoxb-hush hush"),
        ("SLACK_APP_TOKEN", "xoxb-hush"),
        ("SLACK_SIGNING_SECRET", "hush\x00"),
        ("ASKPCC_SLACK_USERS", "xoxb-hush"),
        ("ASKPCC_SLACK_QUEUE", "xapp-hush"),
        ("SLACK_API_URL", "https://me:hush@slack.com/api/"),
        ("SLACK_API_URL", "https://me:hush@[::1/"),
        ("ASKPCC_WATCH_PAGES", "https://me:hush@a.test/"),
    ],
)
def test_a_complaint_never_shows_a_secret(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})
    assert name in str(caught.value)
    assert "hush" not in str(caught.value)


@cases("host", ["127.0.0.1:1", "localhost:8080", "[::1]:8080", "127.9.9.9"])
def test_without_encryption_only_this_machine_is_reached(host: str) -> None:
    assert read_settings({"SLACK_API_URL": f"http://{host}/api//"}).slack.api_url == f"http://{host}/api/"


def test_a_misspelt_setting_of_the_bot_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"ASKPCC_SLACK_ADMIN is no setting .*ASKPCC_SLACK_ADMINS"):
        read_settings({"ASKPCC_SLACK_ADMIN": "U0A"})
