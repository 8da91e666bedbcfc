"""Why an append did not happen, or may not be known to have happened.

After ``AcknowledgementLostError`` the command may stand in the record: it is answered from its
idempotency key, and never simply sent again.
After every other error nothing of the command was written.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventsourcing.persistence import DatabaseError, IntegrityError, OperationalError


class AppendRefusedError(IntegrityError):
    """The record has moved on, or never allowed the command; nothing of it was written."""


@dataclass(frozen=True)
class StreamConflict:
    """A stream that does not stand as it was read.

    With equal versions it is the content that differs: a crash took away the event that was read.
    """

    stream: str
    expected: int
    actual: int


class StreamConflictError(AppendRefusedError):
    """Streams have moved since they were read: load them and decide again."""

    def __init__(self, conflicts: tuple[StreamConflict, ...]) -> None:
        said = ", ".join(f"{one.stream} at {one.actual}, not {one.expected}" for one in conflicts)
        super().__init__(f"the record has moved on: {said}")
        self.conflicts = conflicts


class RecordAheadError(AppendRefusedError):
    """The record would stand later than its database's clock allows, or stands there already.

    Or nothing was recorded for so long that a clock is more likely to be wrong (``audit.times``).
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"the record would be {seconds} seconds later than it may be; set the clocks of this"
            " machine and of the database, or see `mingjian resume-time`"
        )
        self.seconds = seconds


class AlreadyClaimedError(AppendRefusedError):
    """The idempotency key was used before: answer with ``Record.outcome_of`` instead."""

    def __init__(self, key: str) -> None:
        super().__init__("the idempotency key was used before")
        self.key = key


class IdentityTakenError(AppendRefusedError):
    """The identity document belongs to another person."""

    def __init__(self, person: str) -> None:
        super().__init__(f"the document belongs to {person}")
        self.person = person


class EpochLeftOutError(AppendRefusedError):
    """A document was not digested under an epoch that counts: read the key file again."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"documents are digested under epoch {epoch} too")
        self.epoch = epoch


class KeyDestroyedError(AppendRefusedError):
    """A key under which the command seals is destroyed: nothing more is said of its owner."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the key {key_id} is destroyed")
        self.key_id = key_id


class AppendFailedError(OperationalError):
    """The database could not take the append (full, stopping, too busy); nothing was written."""


class AppendImpossibleError(DatabaseError):
    """The database takes everything but this one command; nothing of it was written."""


class AcknowledgementLostError(OperationalError):
    """The connection went before the disk had the events: they may stand in the record or not."""
