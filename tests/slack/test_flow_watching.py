"""New responses that the running bot finds by itself, and tells, without a command."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from askpcc.adapters.ledger import open_ledger
from askpcc.app.watch import WatchOptions
from askpcc.cli import main
from loopback_slack import Message
from support.make_documents import ResponseData, make_docx, make_pdf
from support.slack_bot import STAFF, DataFolder, SlackBot, run_bot
from support.web_server import Page, Site, serving

pytest_plugins = ("support.slack_fixtures",)

HANG = 120.0
OPEN = "Recommendation 3 is in progress. The force has written a new contract for appropriate adults"
CLOSED = "Recommendation 3 is complete. The force has signed a new contract for appropriate adults"
MARKDOWN = """---
title: "Felpersham Commissioner: response to the fraud inspection"
---

# Response of the Commissioner for Felpersham to the inspection of fraud

Recommendation 21 is complete. Since 2 April 2025 every victim has been called back within three days.
"""
TEXT = """Response to the inspection of body armour in Tillingford Police

Recommendation 1 is complete. Every officer in Tillingford was issued with new armour in May 2024.
"""
HTML = """<html><head><title>Response to the inspection of dogs in Puddlecombe Police</title></head>
<body><main><h1>Response to the inspection of dogs in Puddlecombe Police</h1>
<p>Recommendation 2 is in progress. Puddlecombe Police has ordered four new kennels.</p></main></body>
</html>"""
LINKED = """<html><head><title>Netherby Commissioner: response on stop and search</title></head><body><main>
<h1>Netherby Commissioner: response on stop and search</h1>
<p>Recommendation 7 is complete. Netherby Constabulary films every stop and search since June 2025.</p>
</main></body></html>"""


def response(force: str, matter: str, words: str) -> ResponseData:
    return ResponseData(
        title=f"{force} PCC's response: inspection of {matter}",
        details=(("Title of inspection", f"Report on {matter} in {force}"),),
        sections=(("Commissioner's response", (words,)),),
        signature=f"Perpetua Quill, Police and Crime Commissioner for {force}",
    )


DOCX = response(
    "Loamshire", "firearms", "Recommendation 3 is complete. Each armoury was rebuilt in May 2025."
)
PDF = response(
    "Borsetshire", "call handling", "Recommendation 4 is complete. Calls are taken within a minute."
)


@dataclass
class Turns:
    """Lets turns begin when a test says so, in place of minutes that pass."""

    waiting: Event = field(default_factory=Event)
    begin: Event = field(default_factory=Event)

    def pause(self, until: Event, _seconds: float) -> bool:
        """Wait until a turn is to begin, or the bot to end."""
        self.waiting.set()
        while not until.wait(0.01):
            if self.begin.is_set():
                self.begin.clear()
                return False
        return True

    def take(self) -> None:
        """Let a turn be taken, and wait for its end."""
        assert self.waiting.wait(HANG)
        self.waiting.clear()
        self.begin.set()
        assert self.waiting.wait(HANG)


@dataclass
class Watching:
    """A bot that watches a page of a site."""

    bot: SlackBot
    site: Site
    turns: Turns

    @property
    def digests(self) -> list[Message]:
        """Return what was told in the channel for digests."""
        return self.bot.slack.messages("digests")


@contextmanager
def watching(data: DataFolder, folder: Path, policy: str) -> Iterator[Watching]:
    """Run a bot that has taken its first turn."""
    turns = Turns()
    options = WatchOptions(allow_private=True, pause=turns.pause, breathe=lambda _until, _seconds: None)
    with serving() as site:
        site.pages["/responses"] = Page(b"<p>Nothing yet.</p>")
        environ = {**STAFF, "ASKPCC_WATCH_MINUTES": "30", "ASKPCC_WATCH_POLICY": policy}
        page = f"http://127.0.0.1:{site.port}/responses"
        (data.corpus / "watch.toml").write_text(f'pages = ["{page}"]\n', "utf-8")
        with run_bot(data, folder, environ, watch=options) as bot:
            bot.eventually(lambda: _digest_mark(bot))
            assert turns.waiting.wait(HANG)
            yield Watching(bot, site, turns)
            assert not bot.slack.take_violations()


def _digest_mark(bot: SlackBot) -> str | None:
    with closing(open_ledger(bot.settings.ledger)) as ledger:
        return ledger.mark("digest")


def link_to(site: Site, path: str, words: str) -> None:
    site.pages |= {
        "/responses": Page(f'<ul><li><a href="{path}">{words}</a></li></ul>'.encode()),
        path: Page(LINKED.encode(), (("Content-Type", "text/html; charset=utf-8"),)),
    }


def test_new_changed_and_removed_documents_and_a_new_link_are_taken_up_and_told(
    own_data: DataFolder, tmp_path: Path
) -> None:
    with watching(own_data, tmp_path, "add") as house:
        corpus = own_data.corpus
        (corpus / "felpersham.md").write_text(MARKDOWN, "utf-8")
        (corpus / "tillingford.txt").write_text(TEXT, "utf-8")
        (corpus / "puddlecombe.html").write_text(HTML, "utf-8")
        make_docx(corpus / "loamshire.docx", DOCX)
        make_pdf(corpus / "borsetshire.pdf", PDF)
        link_to(house.site, "/responses/stop-and-search", "Response to the HMICFRS report on stop and search")
        changed = corpus / "borsetshire-custody-2024.md"
        words = changed.read_text("utf-8")
        assert OPEN in words
        changed.write_text(words.replace(OPEN, CLOSED), "utf-8")
        (corpus / "midsomer-vetting-2023.md").unlink()
        assert house.digests == []

        house.turns.take()
        (digest,) = house.bot.slack.wait_for(lambda: house.digests)
        for told in (
            "1 status has changed",
            "Documents: 6 added, 1 changed, 1 removed.",
            "Added: Felpersham Commissioner: response to the fraud inspection",
            "Added: Response to the inspection of body armour in Tillingford Police",
            "Added: Response to the inspection of dogs in Puddlecombe Police",
            "Added: Report on firearms in Loamshire",
            "Added: Report on call handling in Borsetshire",
            "Added: Netherby Commissioner: response on stop and search",
            "Changed: Borsetshire Police and Crime Commissioner: response to the custody inspection",
            "Removed: Midsomer Police and Crime Commissioner: response to the vetting inspection",
        ):
            assert told in digest.text
        answer = house.bot.answer("Does Netherby film every stop and search?")
        assert "films every stop and search" in answer.text

        house.turns.take()
        house.bot.settle()
        assert len(house.digests) == 1


def test_a_link_is_offered_in_one_line_once_and_added_when_an_admin_says_so(
    own_data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(own_data, tmp_path, "offer") as house:
        link_to(house.site, "/responses/stop-and-search", "Response on stop & search")
        house.turns.take()
        (offer,) = house.bot.slack.wait_for(lambda: house.digests)
        address = f"http://127.0.0.1:{house.site.port}/responses/stop-and-search"
        assert offer.text == (
            f"Found 1 link that may be a new response: <{address}|Response on stop &amp; search>. "
            "An administrator can add them where the bot runs: `askpcc watch --add ADDRESS`"
        )
        house.turns.take()
        house.bot.settle()
        assert len(house.digests) == 1

        monkeypatch.chdir(tmp_path)
        folders = ["--corpus", str(own_data.corpus), "--index", str(own_data.index)]
        pending = CliRunner().invoke(main, ["watch", "--pending", *folders])
        assert pending.output.split("\n")[:2] == ["Response on stop & search", f"         {address}"]
        added = CliRunner().invoke(main, ["watch", "--add", address, "--allow-private", *folders])
        assert added.exit_code == 0, added.output
        assert CliRunner().invoke(main, ["watch", "--pending", *folders]).output == "No link waits.\n"
        told = house.bot.slack.wait_for(lambda: house.digests[1:])[0]
        assert "Added: Netherby Commissioner: response on stop and search" in told.text
        assert "0 statuses" not in told.text
