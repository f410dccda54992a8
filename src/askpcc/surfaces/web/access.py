"""Who somebody is to the pages, and what they may do there."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; everybody who is admitted may ask."""

    ASKER = "asker"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as the way in names them.

    team: the workspace, or how they came in where there is none.  id: what the ledger keeps and roles name.
    name: what they read of themselves.
    """

    team: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person with their roles."""

    person: Person
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        """Tell whether they may do what a role may do."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class RoleTable:
    """Who has which role, by the ids of people; everybody has the roles of all, an admin a reviewer's."""

    reviewers: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    of_all: frozenset[Role] = frozenset({Role.ASKER})

    def name(self, person: Person) -> Visitor:
        """Return a person with their roles as they are now."""
        roles = set(self.of_all)
        if person.id in self.reviewers:
            roles.add(Role.REVIEWER)
        if person.id in self.admins:
            roles |= {Role.REVIEWER, Role.ADMIN}
        return Visitor(person, frozenset(roles))
