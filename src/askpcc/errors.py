"""What can go wrong, as one tree.

AskpccError                 anything a user can be told in one sentence
├── SettingsError           a setting or an option cannot be used
├── BadDocument             one file of the corpus cannot be read or used; carries reason and remedy
├── CorpusError             the corpus folder as a whole cannot be used
├── FetchError              a web address could not be fetched, or may not be
├── IndexFailure            the index cannot be used
│   ├── IndexMissing        there is no index yet
│   ├── IndexBusy           another run holds the lock
│   ├── IndexDamaged        catalogue or vectors cannot be read
│   ├── EmbedderMismatch    the index was built with another embedder
│   └── ShrinkRefused       a run would drop more than half of the documents
├── ModelError              the language model does not answer, or not in a form that can be used
├── EmbedderError           the embedding model cannot be loaded or is not the expected one
├── QuestionError           the words given are not a usable question
├── UnknownDocument         no such document, version or place in the index
├── VerdictError            a reviewer's decision cannot stand as it is
├── LedgerError             the ledger cannot be used
│   └── UnknownAnswer       no such answer, inquiry or request in the ledger
└── SlackError              Slack cannot be reached or refuses what the bot needs
    └── SlackUnavailable    not at the moment; the same may be done later
"""

from secrets import token_hex

_REFERENCE_BYTES = 5


def new_reference() -> str:
    """Return an id of ten hexadecimal digits: short enough to be read out on the telephone."""
    return token_hex(_REFERENCE_BYTES)


class AskpccError(Exception):
    """A failure that is told to the user in one sentence: what failed, with which value, what to do."""


class SettingsError(AskpccError):
    """A setting or an option cannot be used."""


class CorpusError(AskpccError):
    """The corpus folder as a whole cannot be used."""


class BadDocument(AskpccError):
    """One file cannot be read or used; the others are not affected.

    lacks: the program that is not installed and would read it.
    """

    def __init__(self, document: str, reason: str, remedy: str, lacks: str = "") -> None:
        super().__init__(f"{document}: {reason} {remedy}")
        self.document = document
        self.reason = reason
        self.remedy = remedy
        self.lacks = lacks


class FetchError(AskpccError):
    """A web address could not be fetched, or may not be."""


class IndexFailure(AskpccError):
    """The index cannot be used."""


class IndexMissing(IndexFailure):
    """There is no index yet."""


class IndexBusy(IndexFailure):
    """Another run holds the lock of the index."""


class IndexDamaged(IndexFailure):
    """Catalogue or vectors cannot be read; the message names the command that repairs them."""


class EmbedderMismatch(IndexFailure):
    """The index was built with another embedder than the one configured."""


class ShrinkRefused(IndexFailure):
    """A run would drop more than half of the documents and was not allowed to."""


class EmbedderError(AskpccError):
    """The embedding model cannot be loaded or is not the expected one."""


class ReaderError(AskpccError):
    """The taught reader's files cannot be read or are not the ones that were taught."""


class ModelError(AskpccError):
    """The language model does not answer, or not in a form that can be used; something else can write then.

    reason: a clause that people read.  reference: under which the log has the rest.  tokens_read,
    tokens_written: of replies that could not be used, as far as the provider told.  lasting: the next call
    would fail as well.
    """

    def __init__(
        self,
        reason: str,
        reference: str = "",
        tokens_read: int = 0,
        tokens_written: int = 0,
        *,
        lasting: bool = False,
    ) -> None:
        super().__init__(f"The language model was not used: {reason}.")
        self.reason = reason
        self.reference = reference
        self.tokens_read = tokens_read
        self.tokens_written = tokens_written
        self.lasting = lasting


class QuestionError(AskpccError):
    """The words given are not a usable question."""


class UnknownDocument(AskpccError):
    """No such document, version or place in the index."""


class VerdictError(AskpccError):
    """A reviewer's decision cannot stand as it is.

    field: what of it is to be mended: "ruling", "judgements", "comment", "document", "words" or "status".
    """

    def __init__(self, message: str, field: str = "ruling") -> None:
        super().__init__(message)
        self.field = field


class LedgerError(AskpccError):
    """The ledger cannot be used."""


class UnknownAnswer(LedgerError):
    """No such answer, inquiry or request in the ledger."""


class SlackError(AskpccError):
    """Slack cannot be reached or refuses what the bot needs."""


class SlackUnavailable(SlackError):
    """Slack does not do something at the moment; whether it did it after all is not known."""
