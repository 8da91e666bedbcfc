"""The desk at which every command is carried out: look up, read, decide, append, answer.

Conflicts: where somebody else changed the stream that the caller named, the caller is told (412).
Whatever else changed meanwhile, another stream or by Mingjian itself the one that was named, the
command is decided again on what is there now, a few times.
A lost acknowledgement is answered from the idempotency record, never by appending again.
What is answered from there is where the events stand. Whatever else an act discloses is no part
of that: to be told it once more is an act of its own, see ``Desk.look``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import orjson
import structlog
from eventsourcing.persistence import PersistenceError

from api.acts.answer import Answer, Happened, RefusedOnRecord
from api.acts.deliberation import Deliberation
from api.acts.indicating import KIND
from api.identifiers import new_id
from api.problems import Problem
from audit.record import (
    AcknowledgementLostError,
    AlreadyClaimedError,
    AppendRequest,
    IdempotencyClaim,
    IdentityTakenError,
    StreamConflictError,
)
from domain.actor import TIMEKEEPER
from domain.refusal import Citation, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from api.acts.acting import Acting, Promise
    from api.acts.indicating import Indicating
    from audit.record import Outcome, Record, Recorded
    from domain.actor import Actor
    from domain.event import Event

ATTEMPTS = 8
"""How often a command is decided anew when others were faster, before the caller is told."""

_log = structlog.get_logger()

Think = Callable[[Deliberation], None]
Note = Callable[[Refused], "tuple[str, Event] | None"]


class Desk:
    """Carries commands out against one record."""

    def __init__(self, record: Record, indicating: Indicating | None = None) -> None:
        """``indicating`` looks at second acts; where accounts don't act, there are none."""
        self.record = record
        self._indicating = indicating

    def deliberate(self) -> Deliberation:
        """A look at the record by which nothing is written."""
        return Deliberation(self.record)

    def act(
        self,
        acting: Acting,
        think: Think,
        *,
        named: str | None = None,
        note: Note | None = None,
        status: int = 201,
    ) -> Answer:
        """Carry out one command of somebody signed in.

        ``think`` reads and writes through a ``Deliberation`` and may be called several times;
        ``named`` is the stream whose version the caller stated; ``note`` says what is recorded
        where the command is refused.
        Raises ``Refused``, ``RefusedOnRecord``, or ``Problem`` for what is stale, busy, or sent
        under a key that was used for something else.
        """
        if (before := self.before(acting)) is not None:
            return before
        try:
            return self._carry_out(acting, think, named, note, status)
        except RefusedOnRecord:
            raise
        except (Problem, Refused, AlreadyClaimedError):
            # The same request, sent twice at once, may have been carried out by the other:
            # what it changed is then no reason to refuse this one.
            if (meanwhile := self.before(acting)) is not None:
                return meanwhile
            raise

    def look(self, acting: Acting, think: Think) -> Answer:
        """Carry out an act by which somebody sees something.

        Sent again, it is decided and recorded once more, by what holds then: a key opens nothing.
        Raises what ``act`` raises.
        """
        answer = self.act(acting, think)
        return self.again(answer, acting, think) if answer.replayed else answer

    def again(self, answer: Answer, acting: Acting, think: Think) -> Answer:
        """Decide and record anew what had been carried out before, so that it can be shown."""
        anew = self.act(replace(acting, promise=None), think)
        return replace(answer, anew=anew.happened)

    def _carry_out(
        self, acting: Acting, think: Think, named: str | None, note: Note | None, status: int
    ) -> Answer:
        for _ in range(ATTEMPTS):
            deliberation = Deliberation(self.record)
            self._refuse_ended(acting, deliberation)
            try:
                think(deliberation)
            except Problem as problem:
                if problem.code == "FORBIDDEN":
                    self._refuse_moved_on(deliberation, named, acting.expected)
                raise
            except Refused as refused:
                self._refuse_stale(deliberation, named, acting.expected)
                self._note(acting, refused, note)
                raise
            # Not sooner: to whom may not know of a thing, no version of it is stale.
            self._refuse_stale(deliberation, named, acting.expected)
            if self._indicating is not None:
                self._indicating.indicate(acting, deliberation)
            try:
                return self._append(acting, deliberation, status)
            except StreamConflictError as conflict:
                self._refuse_if_replaced(conflict, named, acting.expected)
                _log.info("decided anew", reason="stream moved")
            except IdentityTakenError:
                _log.info("decided anew", reason="document bound meanwhile")
        raise Problem("BUSY", headers={"Retry-After": "1"})

    def act_as(self, actor: Actor, command: str, at: datetime, think: Think) -> Answer:
        """Carry out a command of Mingjian itself or of the public, under a given command id."""
        for _ in range(ATTEMPTS):
            deliberation = Deliberation(self.record)
            think(deliberation)
            if not deliberation.writes:
                return Answer(())
            request = AppendRequest(
                writes=deliberation.writes,
                checks=deliberation.checks,
                actor=actor,
                at=at,
                command=command,
                identities=tuple(deliberation.identities),
            )
            try:
                return Answer(_happened(self.record.append(request).recorded))
            except StreamConflictError:
                _log.info("decided anew", reason="stream moved")
        raise Problem("BUSY", headers={"Retry-After": "1"})

    def _append(
        self, acting: Acting, deliberation: Deliberation, status: int, replay: str | None = None
    ) -> Answer:
        if not deliberation.writes:
            return Answer(())
        promise = acting.promise
        request = AppendRequest(
            writes=deliberation.writes,
            checks=deliberation.checks,
            actor=replace(
                acting.actor, seat=deliberation.seat, appointment=deliberation.appointment
            ),
            at=acting.at,
            command=new_id(acting.at),
            request=acting.request,
            claim=None
            if promise is None
            else IdempotencyClaim(
                promise.account, promise.key, promise.body_digest, status, replay
            ),
            identities=tuple(deliberation.identities),
        )
        try:
            return Answer(_happened(self.record.append(request).recorded))
        except AcknowledgementLostError as lost:
            if (stored := self._stored_all_the_same(acting, lost)) is not None:
                return replace(stored, replayed=False)
            raise

    def _stored_all_the_same(self, acting: Acting, lost: AcknowledgementLostError) -> Answer | None:
        """What stands under the key of a command whose acknowledgement was lost.

        None says nothing: the server may still be at it.
        """
        try:
            return self.before(acting)
        except PersistenceError as error:
            raise lost from error

    def _note(self, acting: Acting, refused: Refused, note: Note | None) -> None:
        """Record a refusal that is itself a fact, in a stream of its own."""
        noted = note(refused) if note is not None else None
        if noted is None:
            return
        stream, event = noted
        alone = Deliberation(self.record)
        alone.write(stream, event)
        replay = orjson.dumps([asdict(each) for each in refused.refusals]).decode()
        answer = self._append(acting, alone, 409, replay)
        raise RefusedOnRecord(refused.refusals, answer.position, replayed=False) from refused

    def _refuse_ended(self, acting: Acting, deliberation: Deliberation) -> None:
        """An account that was disabled since it was let in does nothing any more."""
        account = deliberation.account(acting.actor.account)
        if account is None or account.disabled:
            raise Problem("SIGN_IN_ENDED")

    def _refuse_stale(
        self, deliberation: Deliberation, named: str | None, expected: int | None
    ) -> None:
        """Tell the caller that somebody changed what they saw; what Mingjian adds changes nothing.

        Its timekeeper says what the caller could have known: that a day has passed.
        """
        if named is None or expected is None:
            return
        history = deliberation.history(named)
        since = history.recorded[expected:]
        if expected > history.version or any(one.actor != TIMEKEEPER for one in since):
            raise Problem("STALE", expected=expected, actual=history.version)

    def _refuse_moved_on(
        self, deliberation: Deliberation, named: str | None, expected: int | None
    ) -> None:
        """What was the caller's when they read it may have become somebody else's since.

        A version that the stream never had says nothing of that, and the ban stands.
        """
        if named is None or expected is None:
            return
        if expected < deliberation.history(named).version:
            self._refuse_stale(deliberation, named, expected)

    def _refuse_if_replaced(
        self, conflict: StreamConflictError, named: str | None, expected: int | None
    ) -> None:
        """What the caller saw was taken away by a crash, and something else stands there."""
        for each in conflict.conflicts:
            if each.stream == named and expected is not None and each.actual <= each.expected:
                raise Problem("STALE", expected=expected, actual=each.actual) from conflict

    def happened(self, promise: Promise) -> tuple[Happened, ...]:
        """Where the events stand to which a request led under its key; none where it never did.

        Nothing is told to who sends something else under the same key.
        """
        outcome = self.record.outcome_of(promise.account, promise.key)
        if outcome is None or outcome.body_digest != promise.body_digest:
            return ()
        return self._told(outcome)

    def _told(self, outcome: Outcome) -> tuple[Happened, ...]:
        number = outcome.last_position - outcome.first_position + 1
        rows = self.record.rows(outcome.first_position - 1, number)
        return _told(Happened(row[3], row[1], row[2], row[0]) for row in rows)

    def before(self, acting: Acting) -> Answer | None:
        """What the same request led to when it was sent before; None where it never was.

        Raises the refusal that was recorded then, and ``IDEMPOTENCY_KEY_REUSED``.
        """
        promise = acting.promise
        if promise is None:
            return None
        outcome = self.record.outcome_of(promise.account, promise.key)
        return None if outcome is None else self._again(promise, outcome)

    def _again(self, promise: Promise, outcome: Outcome) -> Answer:
        """Answer as before; raises the recorded refusal again where that was the answer."""
        if outcome.body_digest != promise.body_digest:
            raise Problem("IDEMPOTENCY_KEY_REUSED")
        if outcome.replay is not None:
            refusals = tuple(_refusal(each) for each in orjson.loads(outcome.replay))
            raise RefusedOnRecord(refusals, outcome.last_position, replayed=True)
        return Answer(self._told(outcome), replayed=True)


def _happened(recorded: tuple[Recorded, ...]) -> tuple[Happened, ...]:
    return _told(
        Happened(one.event.topic, one.stream, one.version, one.position) for one in recorded
    )


def _told(happened: Iterable[Happened]) -> tuple[Happened, ...]:
    """What a caller is told of: that something about them was indicated, watchers see."""
    return tuple(each for each in happened if not each.stream.startswith(f"{KIND}-"))


def _refusal(stored: dict[str, object]) -> Refusal:
    citations = stored.pop("citations")
    assert isinstance(citations, list)
    return Refusal(**stored, citations=tuple(Citation(**each) for each in citations))  # type: ignore[arg-type] # as asdict wrote it
