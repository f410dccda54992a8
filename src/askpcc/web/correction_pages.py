"""The page on which an admin corrects what was read of a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from askpcc.errors import CorpusError, IndexBusy, UnknownDocument
from askpcc.indexing.correcting import Corrector
from askpcc.library import Library
from askpcc.metadata import find_lacking, title_of
from askpcc.metadata.corrections import CORRECTABLE
from askpcc.metadata.fields import SOURCE_KINDS
from askpcc.model import Act, DocumentCard, FactName
from askpcc.ports import Journal
from askpcc.web.document_pages import LABELS
from askpcc.web.frame import Page, PageRequest, document_path, go_to
from askpcc.web.sessions import Role


@dataclass(frozen=True, slots=True)
class FieldView:
    """A fact as a field of the form.  known: its value now.  by: who corrected it; "" for nobody."""

    name: str
    label: str
    known: str
    by: str


@dataclass(frozen=True, slots=True)
class CorrectionPages:
    """Corrections, which hold from the next run of the index on; each is kept as an audit line."""

    library: Library
    corrector: Corrector
    journal: Journal
    now: Callable[[], datetime]

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/correct/{path:path}", self._show, Role.ADMIN),
            Page("/correct/{path:path}", self._take, Role.ADMIN, methods=("POST",)),
        ]

    def _show(self, request: PageRequest) -> Response:
        return self._render(request, self._card(request))

    def _take(self, request: PageRequest) -> Response:
        card = self._card(request)
        values = dict[FactName, str | None](_read_changed(request.form, card))
        if request.form.get("undo"):
            values = dict.fromkeys(CORRECTABLE)
        if not values:
            return go_to(document_path(card.path))
        try:
            self.corrector.correct(card.path, values, request.user.person.name)
        except (CorpusError, IndexBusy) as exc:
            return self._render(request, card, str(exc), 400)
        named = ", ".join(str(name) for name in values)
        did = Act(request.user.person.id, "correct facts", card.path, self.now(), named)
        self.journal.note(did)
        words = (
            "The correction is noted, and holds once the documents are indexed next: by askpcc index, from "
            "Slack, or by itself where the folder is watched."
        )
        return request.render("notice.html", title="Noted", words=words)

    def _card(self, request: PageRequest) -> DocumentCard:
        card = self.library.card(request.path("path"))
        if card is None:
            raise UnknownDocument(f"{request.path('path')!a} is not in the index.")
        return card

    @staticmethod
    def _render(request: PageRequest, card: DocumentCard, refusal: str = "", status: int = 200) -> Response:
        return request.render(
            "correct.html",
            status,
            card=card,
            title=title_of(card),
            fields=[_view(card, name, request.form) for name in CORRECTABLE],
            kinds=SOURCE_KINDS,
            lacking=find_lacking(card),
            refusal=refusal,
            document_page=document_path(card.path),
        )


def _view(card: DocumentCard, name: FactName, form: Mapping[str, str]) -> FieldView:
    fact = card.fact(name)
    known = form.get(str(name), fact.value if fact else "")
    return FieldView(str(name), LABELS[name], known, fact.by if fact else "")


def _read_changed(form: Mapping[str, str], card: DocumentCard) -> dict[FactName, str]:
    """Return what was typed in the place of what is known."""
    known = {name: fact.value if (fact := card.fact(name)) else "" for name in CORRECTABLE}
    typed = {name: form[str(name)].strip() for name in CORRECTABLE if str(name) in form}
    return {name: value for name, value in typed.items() if value != known[name]}
