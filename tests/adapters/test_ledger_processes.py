"""What several processes do to one ledger at once, and what a killed one leaves behind."""

import signal

from ledger_desk import MINUTE, NO_LIMITS, Hands, ask, run_together, start
from sqlalchemy import create_engine, text

from askpcc.adapters.ledger import SqlLedger
from askpcc.adapters.ledger.schema import VERSION
from askpcc.model import Inquiry, InquiryState

pytest_plugins = ("ledger_fixtures",)

TAKE = """
ledger = open_ledger(url)
for number in range(60):
    print(ledger.take(desk.ask(number), desk.NO_LIMITS))
"""

TAKE_LIMITED = """
from askpcc.model import Limits
ledger = open_ledger(url)
for number in range(30):
    print(ledger.take(desk.ask(number * 10 + int(name)), Limits(per_minute=7, waiting=10**6)))
"""

CLAIM_IN_THREADS = """
from threading import Thread
ledger = open_ledger(url)
def work(worker):
    while held := ledger.claim(worker, desk.MINUTE):
        print(held.id + "\\n", end="", flush=True)
threads = [Thread(target=work, args=[f"{name}-{number}"]) for number in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""

RECORD = """
ledger = open_ledger(url)
for number in range(30):
    print(ledger.record(desk.give(desk.ask(number), f"answer-{number}-{name}")).id)
"""

MOVE = """
ledger = open_ledger(url)
for number in range(30):
    print(ledger.move_mark("digest", str(number - 1) if number else None, str(number)))
    while int(ledger.mark("digest")) < number:
        pass
"""

HOLD_AND_DIE = """
import os, signal
ledger = open_ledger(url, desk.Hands())
held = ledger.claim(name, desk.MINUTE)
ledger.record(desk.give(held, "answer-" + held.id))
print(held.id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

TAKE_ON = """
ledger = open_ledger(url)
for number in range(10**6):
    ledger.take(desk.ask(number), desk.NO_LIMITS)
    print(number, flush=True)
"""

OPEN = "open_ledger(url).close()\n"


def test_two_processes_that_take_the_same_take_each_once(url: str, ledger: SqlLedger) -> None:
    told = run_together(TAKE, url, 2)
    assert [sorted(pair) for pair in zip(*told, strict=True)] == [["known", "taken"]] * 60
    assert ledger.waiting() == 60


def test_limits_hold_for_all_processes_together(url: str, ledger: SqlLedger) -> None:
    told = run_together(TAKE_LIMITED, url, 3)
    assert sum(lines.count("taken") for lines in told) == ledger.waiting()
    asked = sorted(each.asked_at for each in claimed(ledger))
    assert all(later - earlier >= MINUTE for earlier, later in zip(asked, asked[7:], strict=False))


def claimed(ledger: SqlLedger) -> list[Inquiry]:
    return list(iter(lambda: ledger.claim("w", MINUTE), None))


def test_each_inquiry_is_claimed_by_one_thread_of_one_process(url: str, ledger: SqlLedger) -> None:
    for number in range(60):
        ledger.take(ask(number), NO_LIMITS)
    told = run_together(CLAIM_IN_THREADS, url, 2)
    assert sorted(line for lines in told for line in lines) == sorted(f"inquiry-{n}" for n in range(60))


def test_two_processes_that_answer_the_same_agree_on_one_answer(url: str, ledger: SqlLedger) -> None:
    for number in range(30):
        ledger.take(ask(number), NO_LIMITS)
    first, second = run_together(RECORD, url, 2)
    assert first == second
    assert len(first) == 30


def test_a_mark_is_moved_by_one_of_several_processes(url: str, ledger: SqlLedger) -> None:
    told = run_together(MOVE, url, 2)
    assert [moves.count("True") for moves in zip(*told, strict=True)] == [1] * 30
    assert ledger.mark("digest") == "29"


def test_what_a_killed_process_held_is_taken_over_and_what_it_recorded_is_there(
    url: str, ledger: SqlLedger, clock: Hands
) -> None:
    for number in (1, 2, 3):
        ledger.take(ask(number), NO_LIMITS)
    told = run_together(HOLD_AND_DIE, url, 2, ends=-signal.SIGKILL)
    assert sorted(line for lines in told for line in lines) == ["inquiry-1", "inquiry-2"]
    rest = ledger.claim("w", MINUTE)
    assert rest
    assert rest.id == "inquiry-3"
    clock.time += MINUTE
    assert ledger.settle(rest, "w", InquiryState.ANSWERED)
    over = claimed(ledger)
    assert [(each.id, each.attempt) for each in over] == [("inquiry-1", 2), ("inquiry-2", 2)]
    for each in over:
        assert [answer.id for answer in ledger.answers_to(each.id)] == [f"answer-{each.id}"]


def test_what_a_process_had_taken_when_it_was_killed_is_there(url: str, ledger: SqlLedger) -> None:
    with start(TAKE_ON, url, "w") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        told = [process.stdout.readline() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    taken = [int(line) for line in told[1:]]
    assert [ledger.inquiry(f"inquiry-{number}") for number in taken] == [ask(number) for number in taken]
    assert 0 <= ledger.waiting() - len(taken) <= 1


def test_several_processes_may_open_a_new_ledger_at_once(url: str) -> None:
    run_together(OPEN, url, 4)
    engine = create_engine(url)
    with engine.connect() as connection:
        assert list(connection.execute(text("SELECT version_num FROM ledger_version")).scalars()) == [VERSION]
    engine.dispose()
