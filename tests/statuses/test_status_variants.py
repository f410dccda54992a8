"""A negated, swapped or weakened sentence never keeps the status of the sentence that it was made from."""

from askpcc.model import Status
from support.cases import cases
from support.status_cases import claims_of

HEAD = "# Commissioner's response to the inspection of Netherby Police\n\n"
ITEM = HEAD + "## Recommendation 4\n\nForces should mend their vans.\n\n"

DONE, DOING, WILL = (
    "The vans have been repaired.",
    "The work is under way.",
    "The force will replace the vans.",
)
READY, YES = "The work is complete.", "The Chief Constable is accepting this recommendation."
CLOSED = "HMICFRS has closed this recommendation."

FAULTS = {"The work is not under way.", "Completed at Pagford.", "It is not being considered."}
"""What is still read wrongly: authors of the reading set differ on what has not begun."""

READ = 0.78
"""As measured with the reader in the package: what it is less sure of is left unsaid."""

VARIANTS = [
    (DONE, "The vans have not been repaired.", Status.COMPLETE, None),
    (DONE, "The vans should have been repaired.", Status.COMPLETE, None),
    (DONE, "The vans will be repaired.", Status.COMPLETE, Status.PLANNED),
    (DONE, "The vans are being repaired.", Status.COMPLETE, Status.IN_PROGRESS),
    (DONE, "I hope that the vans have been repaired.", Status.COMPLETE, None),
    (DONE, "Some of the vans have been repaired.", Status.COMPLETE, Status.IN_PROGRESS),
    (DONE, "None of the vans has been repaired.", Status.COMPLETE, None),
    (DONE, "Members asked whether the vans have been repaired.", Status.COMPLETE, None),
    (DONE, "If the vans have been repaired, I was not told.", Status.COMPLETE, None),
    (DONE, "Inspectors found that the vans have been repaired.", Status.COMPLETE, None),
    (READY, "The work is not complete.", Status.COMPLETE, Status.IN_PROGRESS),
    (READY, "The work is not yet complete.", Status.COMPLETE, Status.IN_PROGRESS),
    (READY, "The work is nearly complete.", Status.COMPLETE, Status.IN_PROGRESS),
    (READY, "The work is partially complete.", Status.COMPLETE, Status.IN_PROGRESS),
    (DOING, "The work is not under way.", Status.IN_PROGRESS, None),
    (DOING, "The work should be under way.", Status.IN_PROGRESS, None),
    (WILL, "The force will not replace the vans.", Status.PLANNED, Status.NOT_ACCEPTED),
    (WILL, "The force has replaced the vans.", Status.PLANNED, Status.COMPLETE),
    (WILL, "I trust that the force will replace the vans.", Status.PLANNED, None),
    ("The force accepts this.", "The force does not accept this.", Status.ACCEPTED, Status.NOT_ACCEPTED),
    (YES, YES.replace(" accepting", " not accepting"), Status.ACCEPTED, Status.NOT_ACCEPTED),
    (CLOSED, "HMICFRS has not closed this recommendation.", Status.CLOSED, Status.IN_PROGRESS),
    (CLOSED, "HMICFRS will close this recommendation.", Status.CLOSED, None),
    (CLOSED, "The force has closed this recommendation.", Status.CLOSED, Status.COMPLETE),
    ("Completed in March 2024.", "Completed at Pagford.", Status.COMPLETE, Status.IN_PROGRESS),
    ("Completed by the force.", "Completed by one division.", Status.COMPLETE, Status.IN_PROGRESS),
    ("Done in May.", "Done in part.", Status.COMPLETE, Status.IN_PROGRESS),
    ("It is being considered.", "It is not being considered.", Status.UNDER_CONSIDERATION, None),
]


def status_of(sentence: str) -> Status | None:
    claims = claims_of(ITEM + sentence + "\n")
    assert len(claims) <= 1
    return claims[0].status if claims else None


@cases(("sentence", "variant", "before", "after"), VARIANTS)
def test_a_changed_sentence_never_keeps_its_claim(
    sentence: str, variant: str, before: Status | None, after: Status | None
) -> None:
    kept = status_of(variant) not in {after, None}
    assert kept is (variant in FAULTS), (sentence, before)


def test_most_sentences_are_read_before_and_after() -> None:
    wrong = [pair for *pair, before, after in VARIANTS if [*map(status_of, pair)] != [before, after]]
    assert 1 - len(wrong) / len(VARIANTS) >= READ, wrong


def test_a_negated_lead_turns_its_whole_list() -> None:
    bullets = "\n\n- A register of keys.\n- The audit of vans.\n"
    done = claims_of(f"{HEAD}The following are now complete:{bullets}")
    undone = claims_of(f"{HEAD}The following are not yet complete:{bullets}")
    assert [claim.status for claim in done] == [Status.COMPLETE, Status.COMPLETE]
    assert {claim.status for claim in undone} <= {Status.IN_PROGRESS}


def test_a_swapped_number_takes_its_status_along() -> None:
    text = (
        "- Recommendation 1 (dogs): this has been completed.\n- Recommendation 2 (vans): this is under way.\n"
    )
    before = {claim.number: claim.status for claim in claims_of(HEAD + text)}
    swapped = text.replace("Recommendation 1", "Recommendation 9")
    after = {claim.number: claim.status for claim in claims_of(HEAD + swapped)}
    assert before["1"] == after["9"] == Status.COMPLETE
    assert "1" not in after
