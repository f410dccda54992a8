"""Whether somebody may do what they want to do, looked up when they want to do it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from askpcc.model import Inquiry
from askpcc.surfaces.slack.access import AccessRules, decide, may_reindex, may_review
from askpcc.surfaces.slack.directory import Channel, Directory

_IN_SLACK = re.compile(r"[UW][A-Z0-9]{2,30}")


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides from what Slack says of people and channels.  Raises SlackError; nobody passes then.

    refused: is told the kind of each refusal, for counting.
    """

    directory: Directory
    rules: AccessRules
    refused: Callable[[str], None]

    def refuse(self, inquiry: Inquiry) -> str | None:
        """Return why a question's asker may not ask it there; None where they may."""
        return self.refuse_person(inquiry.person, inquiry.place.channel)

    def refuse_person(self, person: str, channel: str) -> str | None:
        """Return why a person may not use the bot in a channel, as a sentence; None where they may."""
        groups = self.directory.groups_of(person, self.rules.groups)
        who, where = self.directory.person(person), self.directory.channel(channel)
        refusal = decide(who, where, groups, self.rules)
        if refusal is None:
            return None
        self.refused(refusal.kind)
        return refusal.sentence

    def refuse_at_home(self, person: str) -> str | None:
        """Return why a person may not use the bot at all; None where they may in its own tabs."""
        groups = self.directory.groups_of(person, self.rules.groups)
        home = Channel("", "im", has_bot=True)
        refusal = decide(
            self.directory.person(person), home, groups, replace(self.rules, channels=frozenset())
        )
        return refusal.sentence if refusal else None

    def name_of(self, person: str) -> str:
        """Return the name of a person as others in Slack see it; who came in by a page has no other name."""
        if not _IN_SLACK.fullmatch(person):
            return person
        return self.directory.person(person).name or "somebody"

    def may_reindex(self, person: str) -> bool:
        """Tell whether a person may change what is indexed."""
        return person in self.rules.admins and may_reindex(self.directory.person(person), self.rules)

    def may_review(self, person: str) -> bool:
        """Tell whether a person may judge answers."""
        return person in self.rules.reviewers and may_review(self.directory.person(person), self.rules)
