"""Coming in by the one-time link, staying, and leaving."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.web_house import ORIGIN, QUILL, House, enter_by, link_for, open_house, token_in
from support.whole_flow import WholeFlow

pytest_plugins = ("support.web_fixtures",)

PAGES = [
    *("/", "/register", "/register.csv", "/documents", "/changes", "/nothing"),
    *("/source/borsetshire-custody-2024.md", "/documents/borsetshire-custody-2024.md"),
    *("/answers/0000000001", "/conversations/0000000000000000"),
]


def test_without_a_session_nothing_is_shown_but_how_to_get_in(house: House) -> None:
    for path in PAGES:
        answer = house.client().get(path)
        assert answer.status_code == 403
        assert "the link that askpcc web printed" in answer.text
        assert "Borsetshire" not in answer.text


def test_without_a_session_no_form_is_taken(house: House) -> None:
    for path in ["/ask", "/sign-out", "/"]:
        assert house.client().post(path, data={"question": "Who?"}).status_code == 403


def test_the_link_lets_one_browser_in(house: House) -> None:
    client = house.client()
    assert client.get(house.link()).headers["location"] == "/"
    page = client.get("/")
    assert page.status_code == 200
    assert QUILL.name in page.text


def test_the_link_works_once(house: House) -> None:
    link = house.link()
    house.client().get(link)
    other = house.client()
    assert "set-cookie" not in other.get(link).headers
    assert other.get("/").status_code == 403


def test_the_link_works_for_ten_minutes(house: House) -> None:
    house.clock.advance(timedelta(minutes=10, seconds=1))
    client = house.client()
    client.get(house.link())
    assert client.get("/").status_code == 403


def test_asking_for_the_head_of_the_link_does_not_use_it_up(house: House) -> None:
    link = house.link()
    assert "set-cookie" not in house.client().head(link).headers
    assert "set-cookie" in house.client().get(link).headers


def test_a_guessed_token_is_none(house: House) -> None:
    for token in ["", "x", "\N{SNOWMAN}", "0" * 43]:
        client = house.client()
        client.get("/enter", params={"token": token})
        assert client.get("/").status_code == 403
    assert "set-cookie" in house.client().get(house.link()).headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House) -> None:
    cookie = house.client().get(house.link()).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie


def test_a_forged_cookie_is_no_session(house: House) -> None:
    right = house.auth.sessions.write(house.auth.sessions.begin(QUILL))
    payload, _, signature = right.rpartition(".")
    # Not the last character, some of whose bits say nothing.
    changed = f"{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    for forged in (changed, f"x{right}", "."):
        client = house.client()
        client.cookies.set("askpcc_session", forged)
        assert client.get("/").status_code == 403


def test_a_cookie_of_another_way_in_is_no_session(house: House) -> None:
    other, _ = enter_by(link_for(), name="proxy")
    client = house.client()
    client.cookies.set("askpcc_session", other.sessions.write(other.sessions.begin(QUILL)))
    assert client.get("/").status_code == 403


def test_a_session_ends_after_twelve_hours_without_a_request(house: House) -> None:
    client = house.signed_in()
    house.clock.advance(timedelta(hours=11))
    assert client.get("/").status_code == 200
    house.clock.advance(timedelta(hours=11))
    assert client.get("/").status_code == 200
    house.clock.advance(timedelta(hours=13))
    assert client.get("/").status_code == 403


def test_a_session_ends_after_seven_days_in_any_case(house: House) -> None:
    client = house.signed_in()
    for _ in range(15):
        house.clock.advance(timedelta(hours=11))
        assert client.get("/").status_code == 200
    house.clock.advance(timedelta(hours=11))
    assert client.get("/").status_code == 403


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=1)])
def test_signing_out_ends_also_copies_of_the_cookie(house: House, age: timedelta) -> None:
    client = house.signed_in()
    copy = client.cookies["askpcc_session"]
    house.clock.advance(age)
    token = token_in(client.get("/").text)
    assert client.post("/sign-out", data={"csrf": token}, headers={"Origin": ORIGIN}).status_code == 303
    assert client.get("/").status_code == 403
    thief = house.client()
    thief.cookies.set("askpcc_session", copy)
    assert thief.get("/").status_code == 403


def test_two_starts_have_different_links(shelf: WholeFlow, tmp_path: Path) -> None:
    with open_house(shelf, tmp_path) as one, open_house(shelf, tmp_path) as other:
        assert urlsplit(one.link()).query != urlsplit(other.link()).query
