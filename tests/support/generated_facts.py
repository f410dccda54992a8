"""What one generated response is about, and sentences on it."""

from datetime import date, timedelta
from random import Random

from support.phrases import AREAS, ASIDES, FAMILY_NAMES, FINDINGS, GIVEN_NAMES, RANKS, STATEMENTS, TOPICS

_TARGETS = (1_800, 4_300)


class Facts:
    """What one generated response is about, and a supply of sentences on it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.area, self.force = random.choice(AREAS)
        self.topic = random.choice(tuple(TOPICS))
        self.published = date(2016, 1, 4) + timedelta(days=random.randrange(3_800))
        self.sent = self.published + timedelta(days=random.randrange(20, 56))
        self.commissioner = self.draw_person()
        self.chief = self.draw_person()
        self.target = random.randint(*_TARGETS)

    def draw_person(self) -> str:
        """Draw the name of somebody."""
        return f"{self.random.choice(GIVEN_NAMES)} {self.random.choice(FAMILY_NAMES)}"

    def draw_statement(self, subject: str) -> str:
        """Draw a sentence on the state of a matter."""
        return self._fill(self.random.choice(STATEMENTS), subject)

    def draw_finding(self) -> str:
        """Draw what the inspectors found."""
        return self._fill(self.random.choice(FINDINGS), self.draw_subject())

    def draw_aside(self) -> str:
        """Draw a sentence that says nothing of any status."""
        return self.random.choice(ASIDES)

    def draw_subject(self) -> str:
        """Draw one of the topic's matters."""
        return self.random.choice(TOPICS[self.topic])

    def draw_due(self) -> date:
        """Draw a day after the response was sent."""
        return self.sent + timedelta(days=self.random.randrange(10, 500))

    def draw_answer(self, subject: str) -> str:
        """Draw one to three sentences on one matter."""
        patterns = self.random.sample(STATEMENTS, self.random.randint(1, 2))
        said = [self._fill(pattern, subject) for pattern in patterns]
        return " ".join([*said, self.draw_aside()] if self.random.random() < 0.3 else said)

    def _fill(self, pattern: str, subject: str) -> str:
        number = self.random.randint(2, 90)
        return pattern.format(
            subject=subject,
            subject_start=subject[0].upper() + subject[1:],
            number=number,
            total=number + self.random.randint(3, 60),
            past=write_date(self.published - timedelta(days=self.random.randrange(1, 300))),
            future=write_date(self.draw_due()),
            officer=f"{self.random.choice(RANKS)} {self.draw_person()}",
        )


def write_date(day: date) -> str:
    """Write a date as offices do: 6 June 2023."""
    return f"{day.day} {day:%B %Y}"
