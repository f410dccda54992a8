"""How documents are called where people read of several: by title, and by file where that helps."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from askpcc.rendering.results import in_one_line


@dataclass(frozen=True)
class DocumentNames:
    """The names of documents.  titles: by path, of those that have one.

    welsh_copies: the documents whose Welsh copies others are, by the paths of these.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    welsh_copies: Mapping[str, str] = field(default_factory=dict)

    def brief(self, path: str) -> str:
        """Return the title of a document, with its file where another has that title too."""
        title = self._title(path)
        return self.full(path) if self._times[title] > 1 else title or path

    def full(self, path: str) -> str:
        """Return the title of a document with its file; the file alone where it has no title."""
        title = self._title(path)
        return f"{title} ({path})" if title else path

    def _title(self, path: str) -> str:
        twin = self.welsh_copies.get(path)
        if twin is not None:
            return f"Welsh copy of {self._own_title(twin) or twin}"
        return self._own_title(path)

    def _own_title(self, path: str) -> str:
        return in_one_line(self.titles.get(path, "")).strip()

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(self._title(path) for path in self.titles)
