"""What the doctor looks at in the house: the model, the index, the ledger."""

from collections.abc import Callable
from datetime import datetime

from askpcc.surfaces.slack.doctor import Verdict, fail, ok, warn

_OLD_DAYS = 30
_INDEX_AGAIN = "Run: askpcc index"
_OTHER_MODEL = "Correct ASKPCC_EMBEDDER, or make the index anew with: askpcc index --rebuild"


def check_model(fingerprint: Callable[[], str], embed: Callable[[str], object]) -> Verdict:
    """Load the embedding model, whose weights are compared with the expected ones, and use it once."""
    name = fingerprint()
    embed("Is the model well?")
    return ok(f"{name} loads; its weights are the expected ones where they are known.")


def check_index(
    version: Callable[[], str], changed_at: Callable[[], datetime | None], now: Callable[[], datetime]
) -> Verdict:
    """See whether there is an index, and how old it is.  changed_at: None where no run is written down."""
    name, changed = version(), changed_at()
    if changed is None:
        return warn(f"It is {name}; when it was made is not written down.", _INDEX_AGAIN)
    days = (now() - changed).days
    told = f"It is {name}, last changed on {changed:%Y-%m-%d}."
    return warn(f"{told} That is {days} days ago.", _INDEX_AGAIN) if days > _OLD_DAYS else ok(told)


def check_embedder(embedder_of_index: Callable[[], str], fingerprint: Callable[[], str]) -> Verdict:
    """See whether the index was made with the model that is set."""
    of_index, chosen = embedder_of_index(), fingerprint()
    if of_index != chosen:
        return fail(f"The index was made with {of_index}, but {chosen} is set.", _OTHER_MODEL)
    return ok(f"The index was made with {chosen}.")


def check_ledger(write: Callable[[], object]) -> Verdict:
    """Write something to the ledger that nobody minds."""
    write()
    return ok("It opens, and can be written.")
