"""Takes the picture of a conversation that README shows; needs Chromium with its driver."""

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from local_slack import page
from local_slack.demo import PUBLISHED, QUESTIONS, shelve
from local_slack.package import ROOT, find
from local_slack.running import open_bot, open_local_slack
from local_slack.workspace import QUESTIONS_CHANNEL
from support.web_browser import open_browser, resize

_PICTURE = ROOT / "docs" / "conversation.png"
_SIZE = (1400, 780)
_WIDER = 240


def main() -> int:
    """Ask the first question of the demo, and keep how the page shows its answer."""
    shelf = shelve(PUBLISHED)
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory()))
        log = opened.enter_context((folder / "bot.log").open("w", encoding="utf-8"))
        slack = opened.enter_context(open_local_slack(find(), folder))
        opened.enter_context(open_bot(slack, shelf / "index", shelf / "corpus", folder, log))
        browser = opened.enter_context(open_browser(folder / "profile"))
        resize(browser, _SIZE)
        browser.get(f"{slack.url}/archives/{QUESTIONS_CHANNEL}")
        page.ask(browser, f"@askpcc {QUESTIONS[True][0]}")
        page.open_thread(browser)
        page.widen_thread(browser, _WIDER)
        _PICTURE.parent.mkdir(exist_ok=True)
        browser.save_screenshot(str(_PICTURE))
    print(_PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
