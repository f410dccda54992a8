"""Whether the bot is well: 200 where it is, 503 with the reasons where it is not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection

import pytest

from askpcc.errors import IndexDamaged, IndexMissing, LedgerError
from askpcc.server import HttpServer
from askpcc.slack.monitoring import Metrics, Probes, build_health_asgi, read_health

WELL = Probes(
    connected=lambda: True,
    index_version=lambda: "12-abcd",
    waiting=lambda: 2,
    workers_alive=lambda: 4,
    workers=4,
)


def no_index() -> str:
    raise IndexMissing("No index at /somewhere/index.")


def damaged_index() -> str:
    raise IndexDamaged("/somewhere/index is damaged.")


def no_ledger() -> int:
    raise LedgerError("postgresql://me:hush@host/ cannot be reached.")


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.headers.get("content-type", ""), response.read().decode()
    finally:
        connection.close()


@pytest.fixture
def port() -> Iterator[int]:
    metrics = Metrics(WELL.waiting)
    metrics.took("asked")
    with HttpServer(build_health_asgi(WELL, metrics), "127.0.0.1", 0) as server:
        yield server.port


def test_a_bot_that_is_well_says_so(port: int) -> None:
    status, media_type, text = ask(port, "/healthz")
    assert (status, media_type) == (200, "application/json")
    assert json.loads(text) == {
        "ok": True,
        "connected": True,
        "index": "12-abcd",
        "waiting": 2,
        "workers": 4,
        "reasons": [],
    }


def test_counts_are_served_in_prometheus_text_format(port: int) -> None:
    status, media_type, text = ask(port, "/metrics")
    assert status == 200
    assert media_type.startswith("text/plain; version=")
    assert 'askpcc_questions_total{result="asked"} 1.0' in text
    assert "askpcc_waiting 2.0" in text


NOT_SERVED = [
    ("/", "GET", 404),
    ("/slack/events", "POST", 404),
    ("/healthz/", "GET", 404),
    ("/healthz", "POST", 405),
    ("/metrics", "DELETE", 405),
]


def test_nothing_else_is_served(port: int) -> None:
    for path, method, status in NOT_SERVED:
        assert ask(port, path, method)[0] == status


UNWELL = [
    (replace(WELL, connected=lambda: False), "Slack is not connected."),
    (replace(WELL, index_version=no_index), "There is no index yet."),
    (replace(WELL, index_version=damaged_index), "The index cannot be read (IndexDamaged)."),
    (replace(WELL, waiting=no_ledger), "The ledger cannot be read (LedgerError)."),
    (replace(WELL, workers_alive=lambda: 3), "3 of 4 workers run."),
]


def test_a_bot_that_is_not_well_says_why_and_shows_nothing_of_the_inside() -> None:
    for signs, reason in UNWELL:
        assert read_health(signs).reasons == (reason,)
        with HttpServer(build_health_asgi(signs, Metrics(WELL.waiting)), "127.0.0.1", 0) as server:
            status, _, text = ask(server.port, "/healthz")
        assert status == 503
        assert json.loads(text)["reasons"] == [reason]
        assert "somewhere" not in text
        assert "hush" not in text


def test_all_reasons_are_told_together() -> None:
    ill = Probes(lambda: False, no_index, no_ledger, lambda: 0, 4)
    assert len(read_health(ill).reasons) == 4
