"""The guard over a record in memory: what it decides anew, refuses, and answers again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from eventsourcing.persistence import PersistenceError
from structlog.testing import capture_logs

from api.access import Act, Relation
from api.acts.acting import Acting, Promise, RefusedOnRecord
from api.acts.attempts import ATTEMPTS
from api.acts.guard import Row, act_as, again, guard, look
from api.acts.replay import happened
from api.acts.thing import Offer, Thing, read
from api.problems import Problem
from audit.record import (
    AcknowledgementLostError,
    AlreadyClaimedError,
    AppendRequest,
    IdentityClaim,
    IdentityTakenError,
    Outcome,
    StreamConflict,
    StreamConflictError,
    Write,
)
from bench.town.founding import founded
from domain.account.events import AccountDisabled
from domain.actor import TIMEKEEPER, AccountActor, Actor, SystemActor
from domain.erasure.events import ErasureApproved
from domain.organisation.state import stream_of
from domain.person.hold import HoldLifted
from domain.personal import Personal, Purpose
from domain.refusal import Citation, Refusal, Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.acts.acting import Answer
    from api.acts.desk import Desk
    from audit.record import Appended, Record
    from domain.event import Event

    Think = Callable[[Desk, str], list[Event]]

HERE, THERE = "erasure-here", "person-there"
APPROVED = ErasureApproved(grounds=Personal("符合条件", HERE, Purpose.DISCIPLINE))
NO = Refusal("NO", "不可。", "No.", (Citation("R-1", "第一条", "不可", "pack"),))
OTHER = SystemActor("other")


class Counter:
    """An office over the record of a town that keeps claims, to which much happens meanwhile."""

    def __init__(self) -> None:
        town = founded()
        self._record: Any = town.record
        self.office = replace(town.office, record=cast("Record", self), indicating=None)
        seats = [each for house in town.organisations for each in town.seats_of(house).appointments]
        self.seat = next(each for each in seats if each.seat == LEADER)
        self.acting = town.acting(self.seat.account)
        self.relations = {Relation.ORGANISATION}
        """How the caller stands to what the act is about."""
        self.meanwhile: list[Callable[[], object]] = []
        """What happens just before the next appends, one each."""
        self.afterwards: list[Callable[[], object]] = []
        """The same, just behind them."""
        self.claims: dict[tuple[str, str], Outcome] = {}
        self.requests: list[AppendRequest] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- of the town's record
        return getattr(self._record, name)

    def append(self, request: AppendRequest) -> Appended:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        claim = request.claim
        if claim is not None and (claim.account, claim.key) in self.claims:
            raise AlreadyClaimedError(claim.key)
        self.requests.append(request)
        appended: Appended = self._record.append(request)
        if claim is not None:
            self.claims[claim.account, claim.key] = Outcome(
                claim.body_digest,
                claim.status,
                appended.positions[0],
                appended.positions[-1],
                claim.replay,
                request.at,
            )
        if self.afterwards:
            self.afterwards.pop(0)()
        return appended

    def outcome_of(self, account: str, key: str) -> Outcome | None:
        return self.claims.get((account, key))

    def happens(self, stream: str, event: Event = APPROVED, by: Actor = OTHER) -> None:
        """Somebody else continues a stream."""
        self._record.append(
            AppendRequest(
                writes=(Write(self._record.load(stream).head, (event,)),),
                actor=by,
                at=self.acting.at,
                command="command-other",
            )
        )

    def row(self, think: Think, **members: Any) -> Row[str, []]:  # noqa: ANN401 -- of a row
        """An act on what is found wherever it is looked for, but under no name that is empty."""
        thing = Thing(
            find=lambda _, name: name or None,
            stands=lambda _desk, _thing: self.relations,
            reading=Act.READ_ERASURE,
        )
        return Row(**{"about": thing, "acts": Act.APPROVE_ERASURE, "decide": think, **members})

    def act(
        self,
        think: Think,
        acting: Acting | None = None,
        name: str = HERE,
        **members: Any,  # noqa: ANN401 -- of a row
    ) -> Answer:
        return guard(self.office, acting or self.acting, self.row(think, **members), name)

    def refused(
        self,
        think: Think,
        acting: Acting | None = None,
        name: str = HERE,
        **members: Any,  # noqa: ANN401 -- of a row
    ) -> Problem:
        with pytest.raises(Problem) as problem:
            self.act(think, acting, name, **members)
        return problem.value

    def seen(self, version: int | None) -> Acting:
        """Somebody who saw what the act is about at a version."""
        return replace(self.acting, expected=version)

    def promising(self, body: bytes = b"body") -> Acting:
        """The same request, under an idempotency key."""
        return replace(self.acting, promise=self.promise(body))

    def promise(self, body: bytes = b"body") -> Promise:
        return Promise(self.acting.actor.account, "key", body)

    def version(self, stream: str) -> int:
        return int(self._record.load(stream).version)


@pytest.fixture
def at() -> Counter:
    return Counter()


@dataclass
class Approving:
    """Somebody reads there, and approves here; counted, and refused as it is told."""

    refused: list[Exception] = field(default_factory=list)
    times: int = 0

    def __call__(self, desk: Desk, _thing: str) -> list[Event]:
        self.times += 1
        desk.history(THERE)
        if self.refused:
            raise self.refused[0]
        return [APPROVED]

    def of_nobody(self, desk: Desk) -> None:
        """The same, by Mingjian itself."""
        desk.write(HERE, *self(desk, HERE))


def fail(error: Exception) -> Callable[[], None]:
    def failing() -> None:
        raise error

    return failing


def test_an_act_is_told_where_its_events_stand(at: Counter) -> None:
    answer = at.act(Approving())
    assert [(each.stream, each.version) for each in answer.happened] == [(HERE, 1)]
    assert (answer.position, answer.replayed) == (at.head(), False)
    (request,) = at.requests
    assert isinstance(request.actor, AccountActor)
    assert request.actor == replace(at.acting.actor, power=request.actor.power)
    own = at.acting.actor.organisation or ""
    of_its_power = {own, stream_of("authority", own)}
    read = {each.stream for each in request.checks}
    assert read - of_its_power == {at.acting.actor.account, THERE}


def test_an_act_that_changes_nothing_appends_nothing(at: Counter) -> None:
    assert at.act(lambda *_: []).happened == ()
    assert act_as(at.office.desk, OTHER, "command-1", at.acting.at, lambda _: None).happened == ()
    assert at.requests == []


def test_the_seat_in_which_an_act_is_done_is_on_record(at: Counter) -> None:
    at.act(Approving(), seats=(HANDLER, LEADER))
    actor = at.load(HERE).recorded[-1].actor
    assert (actor.seat, actor.appointment) == (LEADER, at.seat.appointment)


def test_what_an_act_begins_has_a_stream_of_its_own(at: Counter) -> None:
    begun: list[str] = []

    def think(desk: Desk, _: str) -> list[Event]:
        begun.append(desk.begun)
        return [APPROVED]

    answer = at.act(think, begins=ErasureApproved)
    assert [each.stream for each in answer.happened] == begun
    assert begun[0].startswith("erasure-")
    assert at.version(HERE) == 0


def test_who_may_not_read_of_a_thing_is_told_of_none_and_others_what_they_may_not(
    at: Counter,
) -> None:
    think = Approving()
    assert at.refused(think, name="").code == "NOT_FOUND"
    nowhere = replace(at.row(think).about, reading=None)
    assert at.refused(think, name="", about=nowhere).code == "FORBIDDEN"
    assert at.refused(think, acts=Act.HOLD_PERSON).code == "FORBIDDEN"
    at.act(think, acts=(Act.HOLD_PERSON, Act.APPROVE_ERASURE))
    at.relations = set()
    assert at.refused(think, at.seen(0)).code == "NOT_FOUND"
    assert think.times == 1


def test_an_account_that_was_disabled_or_never_was_does_nothing(at: Counter) -> None:
    nobody = replace(at.acting, actor=replace(at.acting.actor, account="account-nobody"))
    assert at.refused(Approving(), nobody).code == "SIGN_IN_ENDED"
    why = Personal("离职", at.acting.actor.person, Purpose.OFFICIAL)
    at.happens(at.acting.actor.account, AccountDisabled(reason=why))
    assert at.refused(Approving()).code == "SIGN_IN_ENDED"
    assert at.requests == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IdentityTakenError("person-1"), "document bound meanwhile"),
        (StreamConflictError((StreamConflict(THERE, 0, 1),)), "stream moved"),
    ],
)
def test_what_was_overtaken_is_decided_anew_on_what_is_there_now(
    at: Counter, error: Exception, reason: str
) -> None:
    think = Approving()
    at.meanwhile = [fail(error), lambda: at.happens(HERE)]
    with capture_logs() as logs:
        assert at.act(think).version_of(HERE) == 2
    assert think.times == 3
    assert [each["event"] for each in logs] == ["decided anew"] * 2
    assert [each["reason"] for each in logs] == [reason, "stream moved"]


def test_who_looked_for_the_key_has_seen_the_record_and_looks_anew_when_overtaken(
    at: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()
    look_for, look_on = at.outcome_of, at.catch_up

    def looking(account: str, key: str) -> Outcome | None:
        looked.append("for the key")
        return look_for(account, key)

    def looking_on() -> None:
        looked.append("anew")
        look_on()

    monkeypatch.setattr(at, "outcome_of", looking)
    monkeypatch.setattr(at, "catch_up", looking_on, raising=False)
    at.act(Approving())
    assert looked == ["anew"], "who has no key has looked at nothing"
    looked.clear()
    at.meanwhile = [lambda: at.happens(THERE)]
    assert at.act(Approving(), at.promising()).version_of(HERE) == 2
    assert looked == ["for the key", "anew"]


def test_what_was_reckoned_is_known_aside_and_nothing_of_aside_is_known_here(at: Counter) -> None:
    desk, reckoned = at.office.desk(at.acting), list[tuple[object, ...]]()

    def reckon(_: Desk, *given: object) -> int:
        reckoned.append(given)
        return len(reckoned)

    assert [desk.once(reckon, each) for each in (HERE, HERE, THERE)] == [1, 1, 2]
    aside = desk.aside()
    assert [aside.once(reckon, each) for each in (THERE, HERE)] == [2, 3]
    assert desk.once(reckon, THERE) == 2


def test_a_document_is_claimed_in_the_append_of_the_act_that_binds_it(at: Counter) -> None:
    claim = IdentityClaim("passport", "ZZ-guard", HERE)

    def bind(desk: Desk) -> None:
        desk.bind(claim)
        desk.write(HERE, APPROVED)

    def think(desk: Desk, _: str) -> list[Event]:
        bind(desk)
        return []

    at.act(think)
    act_as(at.office.desk, OTHER, "command-1", at.acting.at, bind)
    assert [each.identities for each in at.requests] == [(claim,), (claim,)]


@pytest.mark.parametrize(
    "act",
    [
        lambda at, think: at.act(think),
        lambda at, think: act_as(at.office.desk, OTHER, "command-1", at.acting.at, think.of_nobody),
    ],
    ids=["an account", "Mingjian"],
)
def test_what_is_overtaken_again_and_again_is_given_up_and_may_be_tried_a_second_later(
    at: Counter, act: Callable[[Counter, Approving], object]
) -> None:
    think = Approving()
    at.meanwhile = [lambda: at.happens(THERE)] * (ATTEMPTS + 1)
    with pytest.raises(Problem) as busy:
        act(at, think)
    assert (busy.value.code, busy.value.headers) == ("BUSY", {"Retry-After": "1"})
    assert think.times == ATTEMPTS + 1


def test_what_mingjian_does_itself_is_decided_anew_too(at: Counter) -> None:
    think = Approving()
    at.meanwhile = [lambda: at.happens(THERE)]
    with capture_logs() as logs:
        answer = act_as(at.office.desk, TIMEKEEPER, "command-1", at.acting.at, think.of_nobody)
    assert [each["event"] for each in logs] == ["decided anew"]
    assert ([each.stream for each in answer.happened], think.times) == ([HERE], 2)
    (request,) = at.requests[1:]
    assert (request.actor, request.command, request.at) == (TIMEKEEPER, "command-1", at.acting.at)
    assert [each.stream for each in request.checks] == [THERE]


class TestAStreamThatTheCallerNamed:
    """Stands as they saw it, or they are told."""

    @pytest.mark.parametrize("version", [0, 2])
    def test_is_stale_where_it_does_not_stand_as_it_was_seen(
        self, at: Counter, version: int
    ) -> None:
        at.happens(HERE)
        stale = at.refused(Approving(), at.seen(version))
        assert (stale.code, stale.words) == ("STALE", {"expected": version, "actual": 1})
        assert at.requests == []

    @pytest.mark.parametrize("version", [1, None])
    def test_is_not_stale_where_it_does_or_they_did_not_say(
        self, at: Counter, version: int | None
    ) -> None:
        at.happens(HERE)
        assert at.act(Approving(), at.seen(version)).happened

    def test_is_not_stale_by_what_mingjian_added(self, at: Counter) -> None:
        at.happens(HERE, by=TIMEKEEPER)
        assert at.act(Approving(), at.seen(0)).happened
        at.happens(HERE)
        at.happens(HERE, by=TIMEKEEPER)
        assert at.refused(Approving(), at.seen(2)).code == "STALE"

    def test_is_stale_where_it_is_overtaken(self, at: Counter) -> None:
        at.meanwhile = [lambda: at.happens(HERE)]
        stale = at.refused(Approving(), at.seen(0))
        assert (stale.code, stale.words) == ("STALE", {"expected": 0, "actual": 1})

    def test_is_stale_where_a_crash_has_put_something_else_there(self, at: Counter) -> None:
        at.happens(HERE)
        think = Approving()
        at.meanwhile = [fail(StreamConflictError((StreamConflict(HERE, 1, 1),)))]
        stale = at.refused(think, at.seen(1))
        assert (stale.code, stale.words, think.times) == ("STALE", {"expected": 1, "actual": 1}, 1)

    def test_may_be_another_than_the_one_in_whose_place_something_else_stands(
        self, at: Counter
    ) -> None:
        at.happens(HERE)
        at.meanwhile = [fail(StreamConflictError((StreamConflict(THERE, 1, 1),)))]
        assert at.act(Approving(), at.seen(1)).happened

    def test_may_stand_as_nobody_said_that_they_saw_it(self, at: Counter) -> None:
        at.meanwhile = [fail(StreamConflictError((StreamConflict(HERE, 1, 1),)))]
        assert at.act(Approving()).happened

    def test_is_said_to_be_stale_before_anything_is_refused(self, at: Counter) -> None:
        at.happens(HERE)
        think = Approving([Refused(NO)])
        assert at.refused(think, at.seen(0)).code == "STALE"
        with pytest.raises(Refused, match="NO"):
            at.act(think, at.seen(1))

    @pytest.mark.parametrize(
        ("version", "code"),
        [(0, "STALE"), (1, "FORBIDDEN"), (2, "FORBIDDEN"), (None, "FORBIDDEN")],
    )
    def test_is_stale_to_whom_it_was_taken_from_and_to_nobody_else(
        self, at: Counter, version: int | None, code: str
    ) -> None:
        at.happens(HERE)
        assert at.refused(Approving([Problem("FORBIDDEN")]), at.seen(version)).code == code

    def test_is_not_told_of_where_it_is_not_known(self, at: Counter) -> None:
        at.happens(HERE)
        assert at.refused(Approving([Problem("NOT_FOUND")]), at.seen(0)).code == "NOT_FOUND"


class TestARefusalOnRecord:
    """Stands in a stream of its own, and is answered again."""

    NOTED = HoldLifted(hold="hold-1", reason=Personal("…", THERE, Purpose.OFFICIAL))

    def refused(self, at: Counter, acting: Acting | None = None) -> RefusedOnRecord:
        with pytest.raises(RefusedOnRecord) as refusal:
            at.act(Approving([Refused(NO)]), acting, noted=lambda *_: self.NOTED)
        return refusal.value

    def test_writes_nothing_else(self, at: Counter) -> None:
        refusal = self.refused(at)
        assert (refusal.refusals, refusal.position, refusal.replayed) == ((NO,), at.head(), False)
        (request,) = at.requests
        assert [each.events for each in request.writes] == [(self.NOTED,)]
        assert request.writes[0].head.stream.startswith("refusal-")

    def test_is_the_answer_to_the_same_request(self, at: Counter) -> None:
        first = self.refused(at, at.promising())
        again = self.refused(at, at.promising())
        assert (again.refusals, again.position, again.replayed) == ((NO,), first.position, True)
        assert len(at.requests) == 1
        assert at.claims[at.acting.actor.account, "key"].status == 409

    def test_is_none_where_there_is_nothing_to_note(self, at: Counter) -> None:
        with pytest.raises(Refused) as refusal:
            at.act(Approving([Refused(NO)]), noted=lambda *_: None)
        assert type(refusal.value) is Refused


class TestTheSameRequest:
    """Is carried out once, and answered as it was."""

    def test_is_answered_again(self, at: Counter) -> None:
        first = at.act(Approving(), at.promising())
        at.happens(THERE)
        again = at.act(Approving(), at.promising())
        assert (first.replayed, again.replayed) == (False, True)
        assert (again.happened, at.version(HERE)) == (first.happened, 1)
        assert at.claims[at.acting.actor.account, "key"].status == 201

    def test_is_another_where_it_says_something_else(self, at: Counter) -> None:
        first = at.act(Approving(), at.promising())
        assert at.refused(Approving(), at.promising(b"else")).code == "IDEMPOTENCY_KEY_REUSED"
        record = at.office.record
        assert happened(record, at.promise(b"else")) == ()
        assert happened(record, at.promise()) == first.happened

    def test_that_never_came_has_led_to_nothing(self, at: Counter) -> None:
        assert happened(at.office.record, at.promise()) == ()

    @pytest.mark.parametrize("how", ["refused", "claimed"])
    def test_sent_twice_at_once_is_carried_out_by_one_and_answered_to_both(
        self, at: Counter, how: str
    ) -> None:
        def other() -> None:
            at.act(Approving(), at.promising())

        def think(desk: Desk, thing: str) -> list[Event]:
            if how == "refused":
                other()
                raise Refused(NO)
            return Approving()(desk, thing)

        at.meanwhile = [other] if how == "claimed" else []
        answer = at.act(think, at.promising())
        assert (answer.replayed, at.version(HERE)) == (True, 1)

    def test_whose_acknowledgement_was_lost_is_answered_from_the_record(self, at: Counter) -> None:
        at.afterwards = [fail(AcknowledgementLostError())]
        answer = at.act(Approving(), at.promising())
        assert (answer.replayed, answer.version_of(HERE), at.version(HERE)) == (False, 1, 1)

    def test_whose_acknowledgement_was_lost_is_not_sent_again(self, at: Counter) -> None:
        think = Approving()
        at.meanwhile = [fail(AcknowledgementLostError())]
        with pytest.raises(AcknowledgementLostError):
            at.act(think, at.promising())
        assert (think.times, at.version(HERE)) == (1, 0)

    def test_of_which_nothing_can_be_learnt_is_as_lost_as_before(
        self, at: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def gone(account: str, _: str) -> None:
            asked.append(account)
            if len(asked) > 1:
                raise PersistenceError

        monkeypatch.setattr(at, "outcome_of", gone)
        at.afterwards = [fail(AcknowledgementLostError())]
        with pytest.raises(AcknowledgementLostError) as lost:
            at.act(Approving(), at.promising())
        assert isinstance(lost.value.__cause__, PersistenceError)

    def test_to_see_something_is_an_act_of_its_own_each_time(self, at: Counter) -> None:
        row = at.row(Approving())
        first = look(at.office, at.promising(), row, HERE)
        second = look(at.office, at.promising(), row, HERE)
        assert (first.anew, second.replayed, second.happened) == ((), True, first.happened)
        assert [(each.stream, each.version) for each in second.anew] == [(HERE, 2)]
        third = again(at.office, first, at.promising(), row, HERE)
        assert [(each.stream, each.version) for each in third.anew] == [(HERE, 3)]


def test_nobody_is_told_that_something_was_indicated_about_them(at: Counter) -> None:
    def indicate(acting: Acting, desk: Desk) -> None:
        assert acting.actor == at.acting.actor
        desk.write("indicator-1", APPROVED)

    watching: Any = SimpleNamespace(indicate=indicate)
    at.office = replace(at.office, indicating=watching)
    first = at.act(Approving(), at.promising())
    second = at.act(Approving(), at.promising())
    assert [each.stream for each in first.happened] == [HERE]
    assert second.happened == first.happened
    assert at.version("indicator-1") == 1


def test_a_thing_is_read_as_the_caller_sees_it_with_what_they_may_do_next(at: Counter) -> None:
    at.happens(HERE)
    invites = (Act.APPROVE_ERASURE, Act.HOLD_PERSON)
    thing = replace(at.row(Approving()).about, invites=lambda *_: invites)
    seen = read(at.office, at.acting, thing, HERE)
    assert (seen.state, seen.version) == (HERE, 1)
    assert seen.relations == {Relation.ORGANISATION}
    assert seen.offers == (Offer(Act.APPROVE_ERASURE),)
    with pytest.raises(Problem, match="NOT_FOUND"):
        read(at.office, at.acting, thing, "")
    with pytest.raises(Problem, match="FORBIDDEN"):
        read(at.office, at.acting, thing, HERE, Act.HOLD_PERSON)
    at.relations = set()
    with pytest.raises(Problem, match="NOT_FOUND"):
        read(at.office, at.acting, thing, HERE)
    assert read(at.office, at.acting, replace(thing, reading=None), HERE).offers == ()


def test_who_signed_in_a_while_ago_is_asked_for_the_secret_where_the_act_asks(at: Counter) -> None:
    tired = replace(at.acting, fresh=False)
    refused = at.refused(Approving(), tired, name="", fresh=True)
    assert refused.code == "FRESH_SIGN_IN_REQUIRED"
    seated = at.refused(Approving(), tired, seats=(HANDLER, LEADER), fresh=(LEADER,))
    assert seated.code == "FRESH_SIGN_IN_REQUIRED"
    assert at.requests == []
    at.act(Approving(), tired, seats=(HANDLER, LEADER), fresh=(HANDLER,))
    at.act(Approving(), at.acting, seats=(LEADER,), fresh=(LEADER,))


def test_what_was_done_is_told_again_without_the_secret(at: Counter) -> None:
    first = at.act(Approving(), at.promising(), fresh=True)
    again = at.act(Approving(), replace(at.promising(), fresh=False), fresh=True)
    assert (again.happened, again.replayed) == (first.happened, True)
