"""Counts: each fact under its name, nobody's id or words in a label."""

from collections.abc import Callable

from prometheus_client.parser import text_string_to_metric_families

from askpcc.errors import LedgerError
from askpcc.model import Opinion
from askpcc.slack.monitoring import Metrics


def values(metrics: Metrics) -> dict[tuple[str, str], float]:
    families = text_string_to_metric_families(metrics.read().decode())
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def waiting() -> int:
    return 3


def test_everything_is_counted_under_its_name() -> None:
    metrics = Metrics(waiting)
    metrics.took("asked")
    metrics.took("asked")
    metrics.answered("quoted", 1.5)
    metrics.posted("stream")
    metrics.refused("guest")
    metrics.voted(Opinion.GOOD)
    found = values(metrics)
    assert found["askpcc_questions_total", "asked"] == 2
    assert found["askpcc_answer_seconds_count", "quoted"] == 1
    assert found["askpcc_answer_seconds_sum", "quoted"] == 1.5
    assert found["askpcc_answer_seconds_bucket", "quoted,1.0"] == 0
    assert found["askpcc_answer_seconds_bucket", "quoted,2.0"] == 1
    assert found["askpcc_posts_total", "stream"] == 1
    assert found["askpcc_refusals_total", "guest"] == 1
    assert found["askpcc_votes_total", "good"] == 1
    assert found["askpcc_waiting", ""] == 3


HOSTILE = ["U0ASKER", "u0asker", "What has Borsetshire done?", "", "a" * 100, 'x"} 1', "a\nb", "xoxb-1"]


COUNTERS: list[Callable[[Metrics, str], None]] = [
    Metrics.took,
    Metrics.posted,
    Metrics.refused,
    Metrics.voted,
    lambda metrics, label: metrics.answered(label, 1.0),
]


def test_what_is_no_word_of_the_code_is_counted_as_other() -> None:
    for label in HOSTILE:
        for count in COUNTERS:
            metrics = Metrics(waiting)
            count(metrics, label)
            labels = {
                label
                for name, label in values(metrics)
                if not name.endswith(("_bucket", "_created", "waiting"))
            }
            assert labels == {"other"}


def test_every_bot_has_counts_of_its_own() -> None:
    first, second = Metrics(waiting), Metrics(waiting)
    first.took("asked")
    assert ("askpcc_questions_total", "asked") not in values(second)


def test_a_ledger_that_cannot_be_read_leaves_the_other_counts() -> None:
    def fail() -> int:
        raise LedgerError("gone")

    metrics = Metrics(fail)
    metrics.took("asked")
    found = values(metrics)
    assert found["askpcc_questions_total", "asked"] == 1
    assert found["askpcc_waiting", ""] != found["askpcc_waiting", ""]
