"""Spellings of web addresses, and which network addresses are public."""

from ipaddress import ip_address

import pytest

from askpcc.downloads import (
    address_key,
    is_web_address,
    parse_web_address,
    redirected,
    refusal,
)
from askpcc.errors import FetchError
from support.cases import cases


@cases(
    ("typed", "url"),
    [
        (" HTTPS://Borsetshire.TEST/A?b=C#d ", "https://borsetshire.test/A?b=C"),
        ("http://borsetshire.test", "http://borsetshire.test/"),
        ("http://borsetshire.test:80/", "http://borsetshire.test/"),
        ("https://borsetshire.test:8443/a", "https://borsetshire.test:8443/a"),
        ("https://borsetshire.test./a", "https://borsetshire.test/a"),
        ("https://bórsetshire.test/é?ü", "https://xn--brsetshire-gbb.test/%C3%A9?%C3%BC"),
        ("http://198.41.0.4/a%20b", "http://198.41.0.4/a%20b"),
        ("http://198.41.0.4./", "http://198.41.0.4/"),
        ("http://[2606:4700:0:0::1]:81/", "http://[2606:4700::1]:81/"),
        ("http://\uff11\uff19\uff18.41.0.4/", "http://198.41.0.4/"),
    ],
)
def test_every_address_has_one_spelling(typed: str, url: str) -> None:
    assert parse_web_address(typed).url == url


@cases(
    ("typed", "message"),
    [
        ("", "only http and https"),
        ("ftp://borsetshire.test/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//borsetshire.test/", "only http and https"),
        ("http:///path", "not the name of a host"),
        ("http://", "not the name of a host"),
        ("http://a b.test/", "a space"),
        ("http://borsetshire.test/\r\nHost: intranet", "control character"),
        ("http://borsetshire.test\\@127.0.0.1/", "backslash"),
        ("http://user:word@borsetshire.test/", "user name"),
        ("http://borsetshire.test@127.0.0.1/", "user name"),
        ("http://@borsetshire.test/", "user name"),
        ("http://borsetshire.test:0/", "no port 0"),
        ("http://borsetshire.test:99999/", "not a web address"),
        ("http://borsetshire.test:-1/", "not a web address"),
        ("http://borsetshire.test:x/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://[fe80::1%25eth0]/", "not a web address|unusual spelling"),
        ("http://[v1.x]/", "not a web address|unusual spelling"),
        ("http://127.1/", "unusual spelling"),
        ("http://0x7f.1/", "unusual spelling"),
        ("http://0x7f000001/", "unusual spelling"),
        ("http://0x/", "unusual spelling"),
        ("http://2130706433/", "unusual spelling"),
        ("http://017700000001/", "unusual spelling"),
        ("http://0177.0.0.1/", "unusual spelling"),
        ("http://127.0.0.0x1/", "unusual spelling"),
        ("http://1.2.3.4.5/", "unusual spelling"),
        ("http://127.0.0.1../", "not the name of a host"),
        ("http://%31%32%37.0.0.1/", "not the name of a host"),
        ("http://borsetshire%2etest/", "not the name of a host"),
        ("http://-/" + "a" * 2_000, "longer than"),
        ("http://" + "a" * 64 + ".test/", "not the name of a host"),
        ("http://" + "a." * 130 + "test/", "not the name of a host"),
        ("http://borsetshire..test/", "not the name of a host"),
        ("http://é..test/", "not the name of a host"),
        ("http://borsetshire.test;127.0.0.1/", "not the name of a host"),
        ("http://℀.test/", "not a web address"),
    ],
)
def test_an_address_that_may_mean_something_else_is_refused(typed: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        parse_web_address(typed)


@cases("typed", ["http://\uff11\uff12\uff17.0.0.1/", "http://①②⑦.0.0.1/", "http://127。0。0。1/"])
def test_digits_of_other_scripts_are_read_as_the_address_they_stand_for(typed: str) -> None:
    assert refusal(ip_address(parse_web_address(typed).host), allow_private=False)


def test_a_refusal_does_not_repeat_a_password() -> None:
    with pytest.raises(FetchError) as refused:
        parse_web_address("https://somebody:mellstock@borsetshire.test/")
    assert "mellstock" not in str(refused.value)


@cases(
    "address",
    ["8.8.8.8", "198.41.0.4", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)
def test_a_public_address_is_not_refused(address: str) -> None:
    assert refusal(ip_address(address), allow_private=False) is None


@cases("address", ["127.0.0.1", "10.0.0.1", "fd12::1", "100.64.0.1", "::ffff:10.0.0.1"])
def test_a_private_address_passes_where_it_is_allowed(address: str) -> None:
    assert refusal(ip_address(address), allow_private=False)
    assert refusal(ip_address(address), allow_private=True) is None


@cases(
    ("words", "expected"),
    [
        ("https://borsetshire.test/", True),
        ("HTTP://borsetshire.test/", True),
        ("file:///etc/passwd", True),
        ("responses/custody.html", False),
        ("C:\\responses\\custody.html", False),
        ("www.borsetshire.test/custody", False),
    ],
)
def test_an_address_is_told_from_a_path(words: str, expected: bool) -> None:
    assert is_web_address(words) is expected


def test_pages_are_the_same_whatever_scheme_fragment_and_last_slash() -> None:
    keys = {
        address_key("http://Borsetshire.test/custody/"),
        address_key("https://borsetshire.test/custody#reply"),
        address_key(" https://borsetshire.test/custody"),
    }
    assert keys == {"borsetshire.test/custody"}
    assert address_key("https://borsetshire.test/custody?page=2") not in keys


def test_a_redirect_is_read_from_where_it_stands() -> None:
    current = parse_web_address("http://borsetshire.test/a/b")

    assert redirected(current, "../c?d").url == "http://borsetshire.test/c?d"
    assert redirected(current, "//midsomer.test").url == "http://midsomer.test/"
    assert redirected(current, "https://borsetshire.test/a").scheme == "https"
