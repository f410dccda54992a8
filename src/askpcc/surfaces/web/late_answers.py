"""What answers, opened at the first question: until then no model is in memory."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from threading import Lock

from askpcc.asking.answering import Answered
from askpcc.inquiries.responding import Answers


@dataclass
class LateAnswers:
    """Answers questions; safe in several threads.  open: loads what is needed."""

    open: Callable[[], AbstractContextManager[Answers]]
    _lock: Lock = field(default_factory=Lock)
    _opened: ExitStack = field(default_factory=ExitStack)
    _answers: Answers | None = None
    _ready: bool = False

    def is_ready(self) -> bool:
        """Tell whether a question has been answered, so that all is in memory."""
        return self._ready

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; raises as the answers do."""
        answered = self._take().answer(typed, history)
        self._ready = True
        return answered

    def close(self) -> None:
        """Let go of what was opened."""
        with self._lock:
            self._opened.close()
            self._answers = None

    def _take(self) -> Answers:
        with self._lock:
            if self._answers is None:
                self._answers = self._opened.enter_context(self.open())
            return self._answers
