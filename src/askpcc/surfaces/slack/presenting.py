"""Which messages an answer becomes where it was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askpcc.library import Library
from askpcc.model import Answer, Inquiry, RecordedAnswer
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers import Message, Shown, build_answer


@dataclass(frozen=True, slots=True)
class Presenter:
    """Shows answers with the age of the index and the dates of the documents.

    name_of: the name of a person, by Slack's id.
    """

    library: Library
    name_of: Callable[[str], str]

    def build(
        self, inquiry: Inquiry, recorded: RecordedAnswer, reviewed: Sequence[str] = ()
    ) -> list[Message]:
        """Return the messages of an answer for the place where it was asked.

        reviewed: what a reviewer said of it, a sentence each.
        """
        in_thread = not inquiry.private and not inquiry.place.channel.startswith("D")
        notes = [notices.AGAIN] if inquiry.edition > 1 else []
        notes += [*self._endorse(recorded.answer), *reviewed]
        shown = self._shown(inquiry.private, tuple(notes), show_share=inquiry.private, show_mute=in_thread)
        return build_answer(recorded, shown)

    def build_shared(self, inquiry: Inquiry, recorded: RecordedAnswer) -> list[Message]:
        """Return the messages of a private answer that its asker shows to everybody."""
        asked = (notices.shared_question(inquiry.words), *self._endorse(recorded.answer))
        shown = self._shown(False, asked, show_share=False, show_mute=False, person=inquiry.person)
        return build_answer(recorded, shown)

    def _endorse(self, answer: Answer) -> list[str]:
        endorsed = answer.endorsement
        if endorsed is None:
            return []
        return [notices.endorsed(self.name_of(endorsed.person), endorsed.at.date().isoformat())]

    def _shown(
        self,
        private: bool,
        notes: tuple[str, ...],
        *,
        show_share: bool,
        show_mute: bool,
        person: str | None = None,
    ) -> Shown:
        return Shown(
            freshness=self.library.freshness(),
            private=private,
            notes=notes,
            show_share=show_share,
            show_mute=show_mute,
            person=person,
            dates=self.library.dates(),
        )
