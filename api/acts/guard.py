"""The one way in which an act is carried out, in one straight line, whatever it is about.

An act of somebody signed in is a ``Row``: what it is about, which act of the table of access it
is, in which seat it is done, whether the sign-in has to be fresh, and the function that decides.
``guard`` carries it out; nothing else appends what a caller asks for.

Conflicts: where somebody else changed the stream that the caller named, the caller is told (412).
Whatever else changed meanwhile, another stream or by Mingjian itself the one that was named, the
act is decided again on what is there now, at last while everybody else waits.
A lost acknowledgement is answered from the idempotency record, never by appending again.
What is answered from there is where the events stand. Whatever else an act discloses is no part
of that: to be told it once more is an act of its own, see ``look``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast

import orjson
import structlog
from eventsourcing.persistence import PersistenceError

from api.access import Act
from api.acts import competence, relation
from api.acts.acting import Answer, RefusedOnRecord
from api.acts.attempts import until_recorded
from api.acts.desk import LOOK_UP, Desk
from api.acts.replay import answered_before, led_to
from api.acts.secret_hands import refuse_one_hand
from api.acts.thing import Thing
from api.identifiers import new_id, new_stream
from api.log import name_case
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
from domain.event import Event
from domain.personal import Personal, Purpose
from domain.refusal import Refused
from domain.replacing import replace
from domain.single_events import RecordConsulted

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.identifiers import Kind
    from api.office import Office
    from audit.record import Record
    from domain.actor import Actor

T = TypeVar("T")
P = ParamSpec("P")
Form = Mapping[str, object]
"""What is asked of an act, by name."""

_CASE = "case-"
_log = structlog.get_logger()


def _whenever(_thing: object) -> bool:
    return True


@dataclass(frozen=True)
class Row(Generic[T, P]):
    """An act, and everything that guards it.

    ``decide`` is given what it is about and, by name, what was asked; it answers the events that
    continue that thing's stream, and may write further streams. ``acts`` are those of the table of
    access of which one has to be permitted. ``seats``: in the first of these that the caller
    holds the events say that it was done. ``fresh`` asks for a fresh sign-in, of whoever acts or
    of who acts in one of the seats that it names: a decision is made by who holds the secret, not
    by who finds the session open. ``begins`` is the first event of the new stream that the act
    begins, to which its events then belong;
    ``changes`` says whether the caller names the version that they saw, as whoever changes
    something does. ``on_behalf`` are the seats in which it is done for whom the thing is about,
    whose own it is by the first of ``acts``. ``noted`` makes an event of a refusal that is itself
    a fact. ``when`` says of the thing, as it is read, whether its state invites to this way of an
    act that has several.

    ``blank`` is its form with nothing filled in: with that the act is rehearsed for who reads the
    thing, so that they are told what keeps them from it; an act without one is not rehearsed.
    Where the act is about one of several parts of the thing, there is a form for each of them.
    """

    about: Thing[T]
    acts: Act | tuple[Act, ...]
    decide: Callable[Concatenate[Desk, T, P], Iterable[Event]]
    seats: tuple[str, ...] = ()
    fresh: bool | tuple[str, ...] = False
    begins: type[Event] | None = None
    changes: bool = True
    noted: Callable[..., Event | None] | None = None
    on_behalf: tuple[str, ...] = ()
    when: Callable[[Any], bool] = _whenever
    blank: Form | Callable[[Any], Iterable[Form]] | None = field(default=None, compare=False)

    @property
    def any_of(self) -> tuple[Act, ...]:
        """The acts of the table of which one has to be permitted."""
        return self.acts if isinstance(self.acts, tuple) else (self.acts,)

    def seats_for(self, act: Act) -> tuple[str, ...]:
        """In which seats it is done by who may by this act; in whichever, where none is named."""
        return self.seats or (self.on_behalf if act is not self.any_of[0] else ())

    def asks_for_fresh_sign_in(self, seat: str | None = None) -> bool:
        """Whether it does, of whoever acts; or, where a seat is given, of who acts in it."""
        return self.fresh if isinstance(self.fresh, bool) else seat in self.fresh


def guard(
    office: Office, acting: Acting, row: Row[T, P], name: str, /, *_: P.args, **asked: P.kwargs
) -> Answer:
    """Carry out an act on the thing of that name.

    Raises ``Refused``, ``RefusedOnRecord``, or ``Problem`` for what the caller may not know of or
    do, for a sign-in that is not fresh where that is asked for, for what is stale or busy, and for
    a key under which something else was sent.
    """
    if (before := answered_before(office.record, acting)) is not None:
        return before
    refuse_tired(acting, row)
    if acting.promise is not None:  # by whose key it was just seen what is on record
        acting = replace(acting, caught_up=True)
    try:
        return _carry_out(office, acting, row, name, asked)
    except RefusedOnRecord:
        raise
    except (Problem, Refused, AlreadyClaimedError):
        # The same request, sent twice at once, may have been carried out by the other:
        # what it changed is then no reason to refuse this one.
        if (meanwhile := answered_before(office.record, acting)) is not None:
            return meanwhile
        raise


def look(
    office: Office, acting: Acting, row: Row[T, P], name: str, /, *none: P.args, **asked: P.kwargs
) -> Answer:
    """Carry out an act by which somebody sees something.

    Sent again, it is decided and recorded once more, by what holds then: a key opens nothing.
    Raises what ``guard`` raises.
    """
    answer = guard(office, acting, row, name, *none, **asked)
    return again(office, answer, acting, row, name, *none, **asked) if answer.replayed else answer


def again(
    office: Office,
    answer: Answer,
    acting: Acting,
    row: Row[T, P],
    name: str,
    /,
    *none: P.args,
    **asked: P.kwargs,
) -> Answer:
    """Decide and record anew what had been carried out before, so that it can be shown."""
    anew = guard(office, replace(acting, promise=None), row, name, *none, **asked)
    return replace(answer, anew=anew.happened)


def _carry_out(
    office: Office, acting: Acting, row: Row[T, Any], name: str, asked: dict[str, Any]
) -> Answer:
    named = row.about.stream(name)
    anew = repeat(replace(acting, caught_up=False))

    def attempt(desk: Desk) -> Answer | None:
        _refuse_ended(desk)
        try:
            deliberate(desk, row, name, asked)
        except Problem as problem:
            _record_questions(office, desk)
            if problem.code == "FORBIDDEN":
                _refuse_moved_on(desk, named)
            raise
        except Refused as refused:
            _record_questions(office, desk)
            _refuse_stale(desk, named)
            _note(office, desk, row, name, asked, refused)
            raise
        # Not sooner: to whom may not know of a thing, no version of it is stale.
        _refuse_stale(desk, named)
        if office.indicating is not None:
            office.indicating.indicate(desk.acting, desk)
        if not desk.writes:
            _record_questions(office, desk)
        try:
            return _append(desk.acting, desk, 201)
        except StreamConflictError as conflict:
            _refuse_if_replaced(conflict, named, acting.expected)
            _log.info("decided anew", reason="stream moved")
        except IdentityTakenError:
            _log.info("decided anew", reason="document bound meanwhile")
        return None

    return until_recorded(map(office.desk, chain([acting], anew)), attempt)


def deliberate(desk: Desk, row: Row[T, Any], name: str, asked: dict[str, Any]) -> None:
    """Whether the caller may know of the thing, and do this to it; then what follows from it."""
    thing = row.about.find(desk, name)
    if thing is None:
        raise Problem("FORBIDDEN" if row.about.reading is None else "NOT_FOUND")
    if name.startswith(_CASE):
        name_case(name)
    relations = row.about.stands(desk, thing)
    relation.require(desk, row.any_of, relations, reading=row.about.reading)
    competence.require(desk, row.any_of, relations, row.about.concern(desk, thing))
    stream = row.about.stream(name)
    if row.begins is not None:
        kind = cast("Kind", row.begins.topic.partition(":")[0])
        stream = desk.begun = new_stream(kind, desk.acting.at)
    row.about.seat(desk, thing, row.seats)
    refuse_tired(desk.acting, row, desk.seat)
    desk.write(stream, *row.decide(desk, thing, **asked))
    refuse_one_hand(desk)


def act_as(
    begin: Callable[[], Desk],
    actor: Actor,
    command: str,
    at: datetime,
    decide: Callable[[Desk], None],
) -> Answer:
    """Carry out an act of Mingjian itself or of the public, under a given command id.

    ``begin`` begins an attempt; ``decide`` reads and writes through it, and may be called
    several times.
    """

    def attempt(desk: Desk) -> Answer | None:
        decide(desk)
        if not desk.writes:
            return Answer(())
        request = AppendRequest(
            writes=desk.writes,
            checks=desk.checks,
            actor=actor,
            at=at,
            command=command,
            causation=desk.cause,
            identities=tuple(desk.identities),
        )
        try:
            return Answer(led_to(desk.record.append(request).recorded))
        except StreamConflictError:
            _log.info("decided anew", reason="stream moved")
        return None

    return until_recorded(iter(begin, None), attempt)


def _append(acting: Acting, desk: Desk, status: int, replay: str | None = None) -> Answer:
    if not desk.writes:
        return Answer(())
    promise = acting.promise
    request = AppendRequest(
        writes=desk.writes,
        checks=desk.checks,
        actor=replace(acting.actor, seat=desk.seat, appointment=desk.appointment, power=desk.power),
        at=acting.at,
        command=new_id(acting.at),
        request=acting.request,
        claim=None
        if promise is None
        else IdempotencyClaim(promise.account, promise.key, promise.body_digest, status, replay),
        identities=tuple(desk.identities),
    )
    try:
        recorded = desk.record.append(request).recorded
    except AcknowledgementLostError as lost:
        if (stored := _stored_all_the_same(desk.record, acting, lost)) is not None:
            return replace(stored, replayed=False)
        raise
    return Answer(led_to(recorded), stands=desk.after(recorded))


def _stored_all_the_same(
    record: Record, acting: Acting, lost: AcknowledgementLostError
) -> Answer | None:
    """What stands under the key of an act whose acknowledgement was lost.

    None says nothing: the server may still be at it.
    """
    try:
        return answered_before(record, acting)
    except PersistenceError as error:
        raise lost from error


def _note(
    office: Office, desk: Desk, row: Row[T, Any], name: str, asked: dict[str, Any], refused: Refused
) -> None:
    """Record a refusal that is itself a fact, in a stream of its own."""
    event = row.noted(desk, refused, name, **asked) if row.noted is not None else None
    if event is None:
        return
    acting = desk.acting
    alone = office.desk(acting)
    alone.write(new_stream("refusal", acting.at), event)
    replay = orjson.dumps([asdict(each) for each in refused.refusals]).decode()
    answer = _append(acting, alone, 409, replay)
    raise RefusedOnRecord(refused.refusals, answer.position, replayed=False) from refused


def _record_questions(office: Office, desk: Desk) -> None:
    """Whether a document is known, nothing tells without a record of who asked (查询留痕).

    Neither a refusal does, nor an answer by which nothing happened.
    """
    if not desk.asked:
        return
    acting = desk.acting
    alone, reader = office.desk(acting), acting.actor.person
    for person, what_for in desk.asked:
        words = Personal(what_for, reader, Purpose.OFFICIAL)
        asked = RecordConsulted(subject=person, extent=LOOK_UP, mandate=None, reason=words)
        alone.write(new_stream("consultation", acting.at), asked)
    _append(replace(acting, promise=None), alone, 201)


def _refuse_ended(desk: Desk) -> None:
    """An account that was disabled since it was let in does nothing any more."""
    account = desk.account(desk.acting.actor.account)
    if account is None or account.disabled:
        raise Problem("SIGN_IN_ENDED")


def refuse_tired(acting: Acting, row: Row[Any, Any], seat: str | None = None) -> None:
    """Ask whoever signed in a while ago for their secret, where the act asks for that."""
    if not acting.fresh and row.asks_for_fresh_sign_in(seat):
        raise Problem("FRESH_SIGN_IN_REQUIRED")


def _refuse_stale(desk: Desk, named: str) -> None:
    """Tell the caller that somebody changed what they saw; what Mingjian adds changes nothing.

    Its timekeeper says what the caller could have known: that a day has passed.
    """
    expected = desk.acting.expected
    if expected is None:
        return
    history = desk.history(named)
    since = history.recorded[expected:]
    if expected > history.version or any(one.actor != TIMEKEEPER for one in since):
        raise Problem("STALE", expected=expected, actual=history.version)


def _refuse_moved_on(desk: Desk, named: str) -> None:
    """What was the caller's when they read it may have become somebody else's since.

    A version that the stream never had says nothing of that, and the ban stands.
    """
    expected = desk.acting.expected
    if expected is not None and expected < desk.history(named).version:
        _refuse_stale(desk, named)


def _refuse_if_replaced(conflict: StreamConflictError, named: str, expected: int | None) -> None:
    """What the caller saw was taken away by a crash, and something else stands there."""
    for each in conflict.conflicts:
        if each.stream == named and expected is not None and each.actual <= each.expected:
            raise Problem("STALE", expected=expected, actual=each.actual) from conflict
