"""``make demo``: a conversation with the bot in a browser, without a workspace."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from local_slack.package import FOLDER, ROOT, Unavailable, install
from local_slack.running import (
    ASKPCC,
    Ended,
    LocalSlack,
    name_of,
    open_bot,
    open_local_slack,
    outside_settings,
)
from local_slack.workspace import PERSON

PUBLISHED = ROOT / "corpus"
QUESTIONS = {
    True: (
        "Which Cheshire recommendations are still outstanding?",
        "What has been done about detaining children overnight?",
        "When will the work on missing children be completed?",
    ),
    False: (
        "Which recommendations are still outstanding?",
        "Which recommendations are complete?",
        "Which recommendations were not accepted, and why?",
    ),
}
_PAUSE = 0.5


def main(corpus: Path) -> int:
    """Run until Ctrl-C, or until one of the programs ends; returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        binary = install()
        _run(binary, corpus.resolve())
    except KeyboardInterrupt:
        print("\nThe demo has ended; local-slack and the bot with it.")
        return 0
    except Unavailable as exc:
        print(exc, file=sys.stderr)
        return 1
    except (Ended, TimeoutError) as exc:
        print(f"{exc} The bot's last log is the newest bot.log below {FOLDER}.", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError:
        return 1  # the index has said why


def shelve(corpus: Path) -> Path:
    """Index a copy of a folder, so that what is added through Slack does not go into the checkout.

    Returns the folder with ``corpus`` and ``index``, which stays for the next time.
    """
    shelf = FOLDER / f"{corpus.parent.name}-{corpus.name}"
    shutil.rmtree(shelf / "corpus", ignore_errors=True)
    shutil.copytree(corpus, shelf / "corpus")
    print(f"Indexing the documents of {corpus}.", flush=True)
    command = [str(ASKPCC), "index", "--allow-shrink", "--corpus", "corpus", "--index", "index"]
    subprocess.run(command, check=True, cwd=shelf, env=outside_settings(), stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    return shelf


def _run(binary: Path, corpus: Path) -> NoReturn:
    shelf = shelve(corpus)
    log = shelf / "bot.log"
    with (
        TemporaryDirectory(prefix="askpcc-demo-") as folder,
        log.open("w", encoding="utf-8") as stream,
        open_local_slack(binary, Path(folder)) as slack,
    ):
        print("Starting the bot; it loads its model first.", flush=True)
        with open_bot(slack, shelf / "index", shelf / "corpus", Path(folder), stream) as bot:
            _welcome(slack, log, QUESTIONS[corpus == PUBLISHED])
            _watch(bot, slack.process)


def _welcome(slack: LocalSlack, log: Path, questions: tuple[str, ...]) -> None:
    asked = "\n".join(f"      @askpcc {question}" for question in questions)
    print(
        f"""
  Open        {slack.url}
  You are     {PERSON}, who may do everything here; "Act as" at the top makes you Ben, who may only ask.
  Ask in      #inspection-answers, where askpcc has to be mentioned; or in the direct message under your name,
              where it has not; or with /askpcc and a question, for you alone. For example:

{asked}

  Answers come in the thread of the question: press "1 reply", then Source 1, and go on there without
  mentioning askpcc. Its Home is under Apps. Slack itself draws quotations and tables more finely than this.

  local-slack listens on all interfaces of this machine, on port {slack.port}, and knows no passwords: whoever
  reaches it can read along. It ends with the demo. Log of the bot: {log}
  Ctrl-C ends the demo.
""",
        flush=True,
    )


def _watch(bot: subprocess.Popen[str], slack: subprocess.Popen[str]) -> NoReturn:
    """Wait until one of the programs ends; raises Ended."""
    while True:
        for process in (bot, slack):
            if process.poll() is not None:
                raise Ended(f"{name_of(process)} has ended with status {process.returncode}.")
        time.sleep(_PAUSE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PUBLISHED))
