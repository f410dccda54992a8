"""Rules of which block shapes are made: each takes a value and a place, and yields what is wrong."""

from collections.abc import Callable, Iterator, Mapping

Rule = Callable[[object, str], Iterator[str]]


def text(most: int | None = None, *, least: int = 1) -> Rule:
    """Hold a string of `least` to `most` characters, not blank unless it may be empty."""

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{place}: {type(value).__name__}, a string belongs here"
        elif len(value) < least or (least and not value.strip()):
            yield f"{place}: empty"
        elif most is not None and len(value) > most:
            yield f"{place}: {len(value)} characters, at most {most}"

    return check


def number(least: float, most: float) -> Rule:
    """Hold a number from `least` to `most`."""

    def check(value: object, place: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield f"{place}: {type(value).__name__}, a number belongs here"
        elif not least <= value <= most:
            yield f"{place}: {value}, {least:g} to {most:g} belongs here"

    return check


def flag(value: object, place: str) -> Iterator[str]:
    """Hold a boolean."""
    if not isinstance(value, bool):
        yield f"{place}: {type(value).__name__}, true or false belongs here"


def anything(value: object, place: str) -> Iterator[str]:  # noqa: ARG001 # a rule takes both
    """Hold whatever there is."""
    yield from ()


def word(*allowed: str) -> Rule:
    """Hold one of these words."""

    def check(value: object, place: str) -> Iterator[str]:
        if value not in allowed:
            yield f"{place}: {value!r}, one of {', '.join(allowed)} belongs here"

    return check


def items(rule: Rule, least: int, most: int | None = None) -> Rule:
    """Hold a list of `least` to `most` values of one rule."""

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place}: {type(value).__name__}, a list belongs here"
            return
        if len(value) < least or (most is not None and len(value) > most):
            yield f"{place}: {len(value)} items, {least} to {most} belong here"
        for at, each in enumerate(value):
            yield from rule(each, f"{place}[{at}]")

    return check


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """Hold an object with these keys and no others."""
    rules = {**required, **(optional or {})}

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place}: {type(value).__name__}, an object belongs here"
            return
        for key in sorted(set(required) - set(value)):
            yield f"{place}: {key} is missing"
        for key, held in value.items():
            if key not in rules:
                yield f"{place}: unknown key {key!r}"
            else:
                yield from rules[key](held, f"{place}.{key}")

    return check


def kinds(shapes: Mapping[str, Rule]) -> Rule:
    """Hold an object of one of these types."""

    def check(value: object, place: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            yield f"{place}: type {kind!r}, one of {', '.join(sorted(shapes))} belongs here"
        else:
            yield from shapes[kind](value, place)

    return check


def shape(
    kind: str,
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    **more: Rule,
) -> dict[str, Rule]:
    """Return the rule of one type of object under its name, to be put together in `kinds`."""
    return {kind: record({"type": word(kind), **(required or {})}, {**(optional or {}), **more})}


def exactly_one(rule: Rule, *keys: str) -> Rule:
    """Add to a rule that exactly one of these keys is there."""

    def check(value: object, place: str) -> Iterator[str]:
        yield from rule(value, place)
        there = [key for key in keys if isinstance(value, dict) and key in value]
        if len(there) != 1:
            yield f"{place}: exactly one of {', '.join(keys)} belongs here, not {there}"

    return check


def at_least_one(rule: Rule, *keys: str) -> Rule:
    """Add to a rule that one of these keys is there."""

    def check(value: object, place: str) -> Iterator[str]:
        yield from rule(value, place)
        if isinstance(value, dict) and not any(key in value for key in keys):
            yield f"{place}: one of {', '.join(keys)} is missing"

    return check
