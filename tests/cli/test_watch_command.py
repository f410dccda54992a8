"""``askpcc watch``, and the pages that look by themselves, on real files and a server on loopback."""

from collections.abc import Iterator
from threading import Event

import pytest

from askpcc.app.watch import WatchOptions, run_watch
from askpcc.app.web import run_web
from askpcc.indexing.watching import TurnReport
from askpcc.settings import read_settings
from support.command_line import Desk
from support.small_index import Notebook
from support.web_server import Page, Site, serving

ARMOUR = (
    "# Tillingford Police: response on body armour\n\n## Recommendation 1\n\n"
    "Every officer in Tillingford was issued with new armour in May 2024.\n"
)
TITLE = "Tillingford Police: response on body armour"


@pytest.fixture
def site(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as site:
        link = '<a href="/files/armour.md">Response to the inspection of armour</a>'
        site.pages |= {
            "/responses": Page(link.encode()),
            "/files/armour.md": Page(ARMOUR.encode(), (("Content-Type", "text/markdown"),)),
        }
        monkeypatch.setenv("ASKPCC_WATCH_PAGES", f"http://127.0.0.1:{site.port}/responses")
        monkeypatch.setenv("ASKPCC_LEDGER", f"sqlite:///{desk.folder / 'ledger.sqlite'}")
        monkeypatch.setattr("askpcc.adapters.fetching_pages._PAUSE", 0.0)
        yield site


def address(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}/files/armour.md"


def test_looking_once_offers_a_link_and_says_how_to_add_it(desk: Desk, site: Site) -> None:
    looked = desk.run("watch", "--once", "--allow-private")
    assert looked.exit_code == 0, looked.output
    assert looked.stdout == (
        f"found    Response to the inspection of armour: {address(site)}\n"
        "         To add one of them: askpcc watch --add ADDRESS\n"
    )
    assert desk.run("watch", "--once", "--allow-private").stdout == "Nothing is new.\n"
    assert desk.run("watch", "--pending").stdout == (
        f"Response to the inspection of armour\n         {address(site)}\n"
        "To add one of them: askpcc watch --add ADDRESS\n"
    )
    added = desk.run("watch", "--add", address(site), "--allow-private")
    assert added.exit_code == 0, added.output
    assert "1 added" in added.stdout
    assert desk.run("watch", "--pending").stdout == "No link waits.\n"
    assert {card["url"] for card in desk.run_json("documents")} >= {address(site)}


def test_by_policy_a_link_is_added_and_shown_by_its_title(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_WATCH_POLICY", "add")
    looked = desk.run("watch", "--once", "--allow-private")
    assert looked.exit_code == 0, looked.output
    assert f"added    {TITLE} (" in looked.stdout
    assert {card["url"] for card in desk.run_json("documents")} >= {address(site)}


def test_a_private_address_is_refused_unless_it_is_allowed(desk: Desk, site: Site) -> None:
    looked = desk.run("watch", "--once")
    assert looked.exit_code == 1
    assert "an address of a private network" in looked.stderr
    assert "--allow-private" in looked.stderr
    assert site.asked == []


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), 1, "ASKPCC_WATCH_MINUTES is not set. Set it, or look once: askpcc watch --once"),
        (("--once", "--pending"), 2, "Choose one of --once, --pending and --add."),
        (("--add", "https://b.test/a.pdf"), 1, "https://b.test/a.pdf was found on no watched page."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    desk: Desk, options: tuple[str, ...], code: int, told: str
) -> None:
    result = desk.run("watch", *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def test_the_command_looks_again_after_the_minutes_that_are_set(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_WATCH_MINUTES", "7")
    waited, told, until = list[float](), list[TurnReport](), Event()

    def pause(event: Event, seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) == 1:
            desk.write("armour.md", ARMOUR)
            return False
        event.set()
        return True

    run_watch(read_settings(), WatchOptions(pause=pause), until, Notebook(), told.append, once=False)
    assert waited == [420.0, 420.0]
    assert [report.index and report.index.added for report in told] == [None, ["armour.md"]]


def test_a_turn_that_fails_is_told_and_the_next_one_comes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKPCC_WATCH_MINUTES", "7")
    told, failed, until = list[TurnReport](), list[BaseException](), Event()
    facts = desk.corpus / "facts.csv"
    facts.write_text("document,fact,value,by,on\nno row\n", encoding="utf-8")

    def pause(event: Event, _: float) -> bool:
        if facts.exists():
            facts.unlink()
            return False
        event.set()
        return True

    options = WatchOptions(pause=pause, failed=failed.append)
    run_watch(read_settings(), options, until, Notebook(), told.append, once=False)
    assert ["facts.csv" in str(one) for one in failed] == [True]
    assert len(told) == 1


def test_pages_of_the_settings_are_watched_where_the_list_of_the_corpus_cannot_be_read(
    desk: Desk, site: Site
) -> None:
    desk.write("watch.toml", "pages = [")
    result = desk.run("watch", "--once", "--allow-private")
    assert result.exit_code == 1
    assert "watch.toml is not TOML" in result.stderr
    assert f"found    Response to the inspection of armour: {address(site)}" in result.stdout
    assert "watch.toml is not TOML" in desk.run("watch", "--pending").stderr


def test_the_pages_take_up_a_new_document_by_themselves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPCC_WATCH_MINUTES", "7")
    monkeypatch.setenv("ASKPCC_LEDGER", f"sqlite:///{desk.folder / 'ledger.sqlite'}")
    desk.write("armour.md", ARMOUR)

    def pause(event: Event, _seconds: float) -> bool:
        event.set()
        return True

    until = Event()
    run_web(read_settings(), "127.0.0.1", 0, until, lambda _: None, WatchOptions(pause=pause))
    assert "armour.md" in {card["document"] for card in desk.run_json("documents")}
