"""What can be unproved in a statement."""

from enum import StrEnum


class Flaw(StrEnum):
    """What is not proved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    ITEM = "item"
    DATE = "date"
    NUMBER = "number"
    FORCE = "force"
    NAME = "name"
    ACTOR = "actor"
    STATUS = "status"
    DECISIVE = "decisive"
    NARROWING = "narrowing"
    NEGATION = "negation"
    MOOD = "mood"
    CONTENT = "content"
    ORDER = "order"
