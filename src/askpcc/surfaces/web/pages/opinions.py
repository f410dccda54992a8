"""What people think of an answer, and asking a person to look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from askpcc.errors import UnknownAnswer
from askpcc.model import Fault, Feedback, HelpRequest, Opinion
from askpcc.ports import AnswerBook, Opinions
from askpcc.reviewing.scrutinising import Scrutineer
from askpcc.surfaces.web.pages.asking import may_see
from askpcc.surfaces.web.visits import Page, Visit, go_to

LONGEST_COMMENT = 500


@dataclass(frozen=True, slots=True)
class OpinionPages:
    """Take the forms below an answer, from its asker and from reviewers."""

    book: AnswerBook
    opinions: Opinions
    scrutineer: Scrutineer
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/answers/{id}/opinion", self._take_opinion, methods=("POST",)),
            Page("/answers/{id}/help", self._ask_person, methods=("POST",)),
        ]

    def _take_opinion(self, visit: Visit) -> Response:
        answer = self._check(visit)
        chosen = visit.form.get("opinion", "")
        if chosen in set(Opinion):
            feedback = Feedback(
                answer=answer,
                person=visit.visitor.person.id,
                opinion=Opinion(chosen),
                at=self.now(),
                fault=_read_fault(visit) if chosen == Opinion.BAD else None,
                comment=visit.form.get("comment", "").strip()[:LONGEST_COMMENT],
            )
            self.opinions.vote(feedback)
            self.scrutineer.voted(feedback)
        return go_to(f"/answers/{answer}?thanks=opinion#opinion")

    def _ask_person(self, visit: Visit) -> Response:
        answer = self._check(visit)
        request = HelpRequest(self.new_id(), answer, visit.visitor.person.id, self.now())
        self.scrutineer.asked_person(self.opinions.ask_person(request))
        return go_to(f"/answers/{answer}?thanks=help#opinion")

    def _check(self, visit: Visit) -> str:
        """Return the answer that a form is about; whose it is not is told the same as for none."""
        recorded = self.book.answer(visit.path("id"))
        if not may_see(visit, self.book.inquiry(recorded.inquiry)):
            raise UnknownAnswer(f"{recorded.id!a} is somebody else's.")
        return recorded.id


def _read_fault(visit: Visit) -> Fault:
    chosen = visit.form.get("fault", "")
    return Fault(chosen) if chosen in set(Fault) else Fault.OTHER
