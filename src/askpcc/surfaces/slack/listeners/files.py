"""The two buttons below what was read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askpcc.surfaces.slack.action_ids import ADD_DOCUMENT, DISCARD_DOCUMENT
from askpcc.surfaces.slack.file_desk import FileDesk
from askpcc.surfaces.slack.requests import read_press

if TYPE_CHECKING:
    from slack_bolt import Ack, App


@dataclass(frozen=True, slots=True)
class FileListeners:
    """Adds or puts away what was shown; the files themselves come with messages."""

    desk: FileDesk

    def register(self, app: "App") -> None:
        """Listen."""
        app.action(ADD_DOCUMENT)(self.add)
        app.action(DISCARD_DOCUMENT)(self.discard)

    def add(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Add the file."""
        ack()
        self.desk.add(read_press(body))

    def discard(self, ack: "Ack", body: Mapping[str, Any]) -> None:
        """Put the preview away."""
        ack()
        self.desk.discard(read_press(body))
