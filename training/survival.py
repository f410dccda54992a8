"""How much of what the product gets right on the exams it still gets right in other words.

python -m training.survival
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from askpcc.app.flows import (
    build_embedder,
    build_reader,
    build_status_reader,
    build_status_scorer,
    open_answerer,
)
from askpcc.asking.answering import Answerer
from askpcc.chunking import split
from askpcc.model import Answer, Source, Status
from askpcc.settings import Settings, read_settings
from training.batches import EXAMS, Batch, Json, Place, find_evidence, is_answerable, read_lines
from training.candidates import open_index
from training.labels import shared

PARAPHRASES, REWORDINGS = "paraphrases.jsonl", "rewordings.jsonl"
_HELD = 0.5
"""The share of a piece of evidence that a citation covers where it counts as cited."""


def ask_in_other_words(exam: Batch, answerer: Answerer) -> Iterator[tuple[bool, bool]]:
    """Yield for each paraphrase whether the question was answered rightly, and whether it is in its words.

    Rightly: a citation covers half of its evidence, or, without an answer in the documents, it abstains.
    """
    asked = {question["id"]: question for question in exam.questions}
    for row in read_lines(exam.folder / PARAPHRASES):
        question = asked[row["of"]]
        history = question.get("history") or ()
        answers = (
            answerer.answer(words, history).answer for words in (question["question"], row["question"])
        )
        before, after = (_is_right(exam, question, answer) for answer in answers)
        yield before, after


def _is_right(exam: Batch, question: Json, answer: Answer) -> bool:
    if not is_answerable(question):
        return bool(answer.reason)
    evidence = find_evidence(exam, question).first
    return not answer.reason and _cites(answer, evidence[0])


def _cites(answer: Answer, piece: Place) -> bool:
    document, *place = piece
    cited = [citation for statement in answer.statements for citation in statement.citations]
    spans = [(one.span.start, one.span.end) for one in cited if one.document == document]
    start, end = place
    return sum(max(0, shared((start, end), span)) for span in set(spans)) >= _HELD * (end - start)


def read_in_other_words(exam: Batch) -> Iterator[tuple[bool, bool]]:
    """Yield for each reworded sentence whether its status is read, and whether it is in its words."""
    settings = read_settings({})
    read, embedder = build_reader(), build_embedder(settings)
    reader = build_status_reader(build_status_scorer(settings, print, keeps=False))

    def tells(name: str, text: str, start: int, words: str, status: Status) -> bool:
        document = read(name, text.encode(), Source())
        passages = split(document, embedder.count_tokens, embedder.max_tokens)
        place = (start, start + len(words))
        claims = reader.claims(document, passages)
        return any(
            claim.status is status and any(shared(place, (s.start, s.end)) > 0 for s in claim.evidence)
            for claim in claims
        )

    for row in read_lines(exam.folder / REWORDINGS):
        name, text, status = row["doc"], exam.texts[row["doc"]], Status(row["status"])
        found = exam.find(name, row["old"])
        if found is None:
            raise ValueError(f"Not in {name}: {row['old']!r}. Mend {exam.folder / REWORDINGS}.")
        changed = text[: found[0]] + row["new"] + text[found[1] :]
        old = text[found[0] : found[1]]
        start = found[0]
        yield tells(name, text, start, old, status), tells(name, changed, start, row["new"], status)


def main() -> None:
    """Print how many survive, of those that are right as they were written."""
    for folder in sorted(EXAMS.iterdir()):
        exam = Batch(folder.name, folder)
        if (folder / PARAPHRASES).exists():
            with TemporaryDirectory() as temporary, open_answerer(_indexed(exam, temporary)) as answerer:
                tell(exam, "paraphrases of questions", ask_in_other_words(exam, answerer))
        if (folder / REWORDINGS).exists():
            tell(exam, "rewordings of status sentences", read_in_other_words(exam))


def _indexed(exam: Batch, folder: str) -> Settings:
    scorer = build_status_scorer(read_settings({}), print, keeps=False)
    return open_index(exam, Path(folder), build_status_reader(scorer))


def tell(exam: Batch, what: str, pairs: Iterable[tuple[bool, bool]]) -> None:
    """Print how many of what was right before are right after."""
    both = list(pairs)
    right = [after for before, after in both if before]
    gained = sum(after and not before for before, after in both)
    print(f"{exam.name}, {what}: {sum(right)} of {len(right)} survive; of the other {len(both) - len(right)}")
    print(f"  {gained} are right only in other words")


if __name__ == "__main__":
    main()
