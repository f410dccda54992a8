"""Inquiries as workers see them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import and_, func, or_, select, update

from askpcc.adapters.ledger.inbox import FORGOTTEN, FREE, lock_rows
from askpcc.adapters.ledger.part import Part, find_row
from askpcc.adapters.ledger.rows import read_inquiry
from askpcc.adapters.ledger.schema import inquiries
from askpcc.model import Inquiry, InquiryState


class SqlWorkList(Part):
    """Who works on what, and until when: the WorkList of the ports."""

    def claim(self, worker: str, lease: timedelta) -> Inquiry | None:
        """Give a worker the oldest inquiry that waits or whose worker's lease has run out."""
        now, columns = self._now(), inquiries.c
        stale = and_(columns.state == InquiryState.WORKING, columns.lease_until <= now)
        free = select(inquiries).where(or_(columns.state == InquiryState.WAITING, stale))
        oldest = free.order_by(columns.asked_at, columns.number).limit(1)
        with self._database.writing() as connection:
            row = connection.execute(oldest.with_for_update(skip_locked=True)).mappings().first()
            if row is None:
                return None
            held = {"state": InquiryState.WORKING, "attempt": row["attempt"] + 1}
            change = update(inquiries).where(columns.number == row["number"])
            connection.execute(change.values(worker=worker, lease_until=now + lease, **held))
        return replace(read_inquiry(row), state=InquiryState.WORKING, attempt=row["attempt"] + 1)

    def renew(self, worker: str, lease: timedelta) -> None:
        """Let the leases of all that a worker holds begin anew."""
        self._change_held(worker, {"lease_until": self._now() + lease})

    def settle(self, inquiry: Inquiry, worker: str, state: InquiryState) -> bool:
        """End an inquiry and forget where to reply; not if another has it, or its words were edited."""
        columns = inquiries.c
        held = and_(
            columns.id == inquiry.id,
            columns.edition == inquiry.edition,
            columns.worker == worker,
            columns.state == InquiryState.WORKING,
        )
        with self._database.writing() as connection:
            settled = connection.execute(update(inquiries).where(held).values(state=state, **FORGOTTEN))
            return settled.rowcount == 1

    def hand_back(self, worker: str) -> int:
        """Let others have at once what a worker holds."""
        return self._change_held(worker, {"state": InquiryState.WAITING, **FREE})

    def state(self, inquiry: Inquiry) -> InquiryState:
        """Return the state of an inquiry as its worker has it; UnknownAnswer for an unknown id."""
        with self._database.reading() as connection:
            row = find_row(connection, inquiries, inquiry.id)
        is_same = (row["edition"], row["attempt"]) == (inquiry.edition, inquiry.attempt)
        return InquiryState(row["state"]) if is_same else InquiryState.WAITING

    def waiting(self) -> int:
        """Count those that wait."""
        waiting = inquiries.c.state == InquiryState.WAITING
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(inquiries).where(waiting)).scalar_one()

    def _change_held(self, worker: str, changes: Mapping[str, object]) -> int:
        held = and_(inquiries.c.worker == worker, inquiries.c.state == InquiryState.WORKING)
        with self._database.writing() as connection:
            numbers = [row["number"] for row in lock_rows(connection, held)]
            if numbers:
                connection.execute(update(inquiries).where(inquiries.c.number.in_(numbers)).values(changes))
            return len(numbers)
