"""What fails because of one document is that document's failure, whatever it is; the others go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

from askpcc.errors import AskpccError, BadDocument

Log = Callable[[str, BaseException], None]
_REFERENCE_BYTES = 5


def _new_reference() -> str:
    return token_hex(_REFERENCE_BYTES)


@dataclass(frozen=True, slots=True)
class OwnFailures:
    """Turns what nobody expected into a BadDocument.  log: keeps an error under its reference."""

    log: Log = lambda _, __: None
    new_reference: Callable[[], str] = _new_reference

    @contextmanager
    def of(self, document: str, done: str) -> Iterator[None]:
        """Raise BadDocument for what fails inside.  done: what is done to the document, as in "read".

        Errors of ours, of the operating system and a wish to stop are nobody's document; they go on.
        """
        try:
            yield
        except (AskpccError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as exc:  # what panics in Rust, as a tokenizer may, is no Exception
            if _is_of_the_system(exc):
                raise
            reference = self.new_reference()
            self.log(reference, exc)
            # The reason is the same in each run, so that a document that is stale stays as it is marked.
            reason = f"It could not be {done}: an unexpected {type(exc).__name__}."
            remedy = f"Save it anew or in another format; the log has more under the reference {reference}."
            raise BadDocument(document, reason, remedy) from exc


def _is_of_the_system(error: BaseException) -> bool:
    """Tell a full disk from a parser that complains with an OSError of its own, which has no number."""
    return isinstance(error, OSError) and error.errno is not None
