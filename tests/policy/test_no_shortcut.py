"""No chain of commands, valid or not, leads around two persons, publicity, votes or papers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.law import packs
from bench.town.watch.known import Known
from bench.town.watch.openness import Openness
from bench.town.watch.separation import Separation
from domain import beijing
from domain.actor import AccountActor
from domain.calendar import Calendar
from domain.case import (
    committee,
    going_on,
    handler_opinion,
    leader_decision,
    paper,
    payment,
    publicity,
    returning,
)
from domain.case.circumstances import Circumstances
from domain.case.committee import RecordVotes
from domain.case.handler_opinion import GiveOpinion
from domain.case.leader_decision import DecideAsLeader
from domain.case.obstacles import obstacles_of
from domain.case.paper import ReceivePaper
from domain.case.payment import PayFee
from domain.case.phase import (
    AwaitingPublicity,
    Publicised,
    Recognised,
    Returned,
    UnderPublicity,
    UnderReview,
)
from domain.case.publicity import OpenPublicity
from domain.case.resubmission import Resubmit, resubmit
from domain.case.returning import ReturnForRevision
from domain.case.values import ChainStage, ClaimFinding, Recommendation, Verification
from domain.organisation.seats import Appointment, Seats
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.policy.process import CORRECTION
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER, Humans
from domain.shared_collections import Ledger
from tests.domain.invented import AN, Unhanded, organisation, words
from tests.domain.story import OPENED, STATED, SUBMITTED, after, result
from tests.domain.telling import by_system
from tests.policy.test_verdicts import FACTS, LAWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.case.state import Case

SIXTH = packs.load(str(Path(__file__).parent / "sixth" / "jiading-2025.toml"))
NINE = datetime(2024, 3, 4, 1, 0, tzinfo=UTC)
FACTS_OF_SOMEBODY = Facts(
    submitted_at=NINE,
    applied="intermediate",
    series="林业工程",
    named={"unit.type": "institution", "unit.owner": "county"},
)
PEOPLE = (AN, "person-1", "person-2", "person-3", "person-4")
FITTING = "whatever is next"
KINDS = ("opinion", "decision", "posting", "closing", "going on", "vote", "paper", "return")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*(FITTING,) * 12, *KINDS)),
        st.sampled_from((*PEOPLE[1:], *PEOPLE)),
        st.sampled_from((True, True, True, False)),
    ),
    min_size=20,
    max_size=70,
)


@dataclass
class Desk:
    """One case under one law, at whose every stage everybody holds every seat."""

    law: Law
    facts: Facts
    now: datetime = NINE
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The case is submitted with the chain that the law names for these facts."""
        known = Known()
        self._known, self._laws = known, (Separation(known), Openness(known))
        stages = self.law.chain(self.facts)
        self.chain = tuple(
            ChainStage(
                stage=each.id,
                label=each.chinese,
                body=each.body,
                organisation=f"organisation-{number}",
                seats=each.seats,
                first_to_assert=tuple(kind for kind in each.first_to_assert),
                decides=each.decides,
                publicity=each.publicity,
                rules=(),
                votes=each.votes,
            )
            for number, each in enumerate(stages)
        )
        submitted = replace(
            SUBMITTED, chain=self.chain, result=replace(result(), assessed_at=self.now)
        )
        self.case: Case = after(None, (OPENED, AN), (STATED, AN))
        for event in (OPENED, STATED, submitted):
            self._watch(event, AN)
        self.case = after(self.case, (submitted, AN))

    def step(self, kind: str, person: str, *, well: bool) -> None:
        """Somebody tries something; the law may refuse."""
        phase = self.case.phase
        if kind == FITTING:
            kind = self._next(phase)
        stage = getattr(phase, "stage", self.chain[0].stage)
        around = self._around(person, self.case.stage(stage).organisation)
        try:
            events = self._events(kind, around, well=well)
        except Refused:
            return
        for event in events:
            if event.topic == "case:recognised:1":
                self.broken += self._papers()
            self._watch(event, person)
            self.case = after(self.case, (event, person))

    def _next(self, phase: object) -> str:
        match phase:
            case UnderReview(opinion=None) if not self.case.stage(phase.stage).seats:
                return "vote"
            case UnderReview(opinion=None):
                return "opinion"
            case UnderReview():
                stage = self.case.stage(phase.stage)
                unvoted = stage.votes and self.case.vote_of(stage.stage) is None
                return "vote" if unvoted else "decision"
            case AwaitingPublicity():
                return "posting"
            case UnderPublicity():
                return "closing"
            case Publicised():
                return "going on"
            case _:
                return "paper"

    def _events(self, kind: str, around: Circumstances, *, well: bool) -> Any:  # noqa: ANN401 -- events of a case
        case = self.case
        match kind:
            case "opinion":
                finding = ClaimFinding.CONFIRMED if well else ClaimFinding.DOUBTFUL
                return handler_opinion.give_opinion(
                    case,
                    GiveOpinion(
                        recommendation=Recommendation.APPROVE,
                        reasons=(),
                        verifications=tuple(
                            Verification(claim=claim, finding=finding, materials=(), note=None)
                            for claim in case.claims
                        ),
                        established=(),
                        obstacles=(),
                        opinion=words("可"),
                        no_reason_to_recuse=True,
                    ),
                    around,
                )
            case "decision":
                decided = DecideAsLeader(
                    decision=Recommendation.APPROVE,
                    reasons=(),
                    opinion=words("可"),
                    no_reason_to_recuse=True,
                    notice="notice-1",
                )
                return leader_decision.decide_as_leader(case, decided, around)
            case "posting":
                return publicity.open_publicity(case, self._posting(), around)
            case "closing":
                self.now += timedelta(days=30 if well else 0)
                return publicity.close_publicity(case, self.now)
            case "going on":
                return going_on.go_on(case, around)
            case "vote":
                return committee.record_votes(case, _vote(around, carried=well), around)
            case "return" if isinstance(case.phase, Returned):
                again = Resubmit(
                    answers=(),
                    result=result(),
                    obstacles=(),
                    declared_truthful=well,
                    declared_unclassified=True,
                )
                return resubmit(case, again, self.now)
            case "return":
                back = ReturnForRevision(
                    items=(),
                    resume_stage=None,
                    no_reason_to_recuse=True,
                    told=by_system(around.today),
                    due_at=self.now + timedelta(days=9),
                    least=self.now,
                    term=self.law.process_term(CORRECTION),
                    due_rules=(),
                )
                return returning.return_for_revision(case, back, HANDLER, around)
            case _:
                return (*self._handed_in(around), *self._paid(around)) if well else ()

    def _handed_in(self, around: Circumstances) -> Any:  # noqa: ANN401 -- events of a case
        legs = tuple(each.id for each in self.law.paper_legs(self.facts)) or (None,)
        return [each for leg in legs for each in self._received(leg, around)]

    def _received(self, leg: str | None, around: Circumstances) -> Any:  # noqa: ANN401 -- events
        named = tuple(each.id for each in self.law.materials(self.facts)) or ("forms",)
        received = ReceivePaper(
            receipt="receipt-1",
            leg=leg,
            place=None,
            received_on=around.today,
            items=named,
            originals=named,
            sealed=named,
            obstacles=(),
            rules=(),
            due_on=None,
            due_rules=(),
        )
        return paper.receive_paper(self.case, received, around)

    def _paid(self, around: Circumstances) -> Any:  # noqa: ANN401 -- events of a case
        fee = self.law.fee(self.facts)
        if fee is None:
            return ()
        paid = PayFee(
            amount=10**9,
            channel="any",
            paid_on=around.today,
            receipt="1",
            flags=(),
            obstacles=(),
            rules=(),
        )
        return payment.pay(self.case, paid, around)

    def _posting(self) -> OpenPublicity:
        stage = self.case.stage(getattr(self.case.phase, "stage", self.chain[0].stage))
        rule = self.law.publicity(stage.publicity or "")
        today = beijing.day(self.now)
        return OpenPublicity(
            posting=f"posting-{len(self.case.postings)}",
            rule="first",
            place="公告栏",
            address=None,
            posted_on=today,
            days=(today + timedelta(days=9),),
            source="law",
            on_breach="refuse" if rule is None else rule.on_breach,
            content="0" * 64,
            evidence=None,
            rules=(),
        )

    def _around(self, person: str, where: str) -> Circumstances:
        account = person.replace("person", "account")
        standing_in = obstacles_of(self.law, self.facts, self.case, self.now, Calendar())
        stage = getattr(self.case.phase, "stage", self.chain[0].stage)
        late = self.law.admission(
            stage, self.now, self.facts
        ).refusal  # time is not the matter here
        return Circumstances(
            actor=AccountActor(account, person, where, None, None, "-", "password"),
            at=self.now,
            humans=Humans({}),
            organisation=organisation(where),
            seats=_seating_everybody(where),
            law=self.law,
            outcome_label="认定",
            secrets=Unhanded(),
            onward=tuple(each for each in standing_in if each != late),
        )

    def _papers(self) -> list[str]:
        """What the law wanted on paper before this, asked without the code that let it pass."""
        missing = self.law.missing_materials(self.facts, self.case.papers, channels=("paper",))
        duty = self.law.paper_duty(self.facts)
        if duty is None or not duty.required:
            return [] if duty is not None else [f"is recognised without {e.code}" for e in missing]
        came = {each.leg for each in self.case.receipts}
        gone = [each.id for each in self.law.paper_legs(self.facts) if each.id not in came]
        if gone:
            return [f"is recognised without {gone}"]
        return [] if self.case.papers else ["is recognised without any paper"]

    def _watch(self, event: Any, person: str) -> None:  # noqa: ANN401 -- an event of a case
        seen: Any = SimpleNamespace(
            stream="case-1",
            event=event,
            recorded_at=self.now,
            position=1,
            actor=AccountActor(
                person.replace("person", "account"), person, None, None, None, "-", "password"
            ),
        )
        for law in self._laws:
            self.broken += law.see(seen)
        self._known.hear(seen)


def _seating_everybody(where: str) -> Seats:
    long_ago = beijing.day(NINE) - timedelta(days=900)
    appointments = (
        Appointment(f"{person}-{seat}", seat, person, person.replace("person", "account"), long_ago)
        for person in PEOPLE
        for seat in (HANDLER, LEADER)
    )
    return Seats(where, Ledger.of(*((each.appointment, each) for each in appointments)))


def _vote(around: Circumstances, *, carried: bool) -> RecordVotes:
    return RecordVotes(
        held_on=around.today,
        members=9,
        present=9,
        in_favour=9 if carried else 0,
        against=0 if carried else 9,
        abstained=0,
        carried=carried,
        minutes=None,
        no_reason_to_recuse=True,
        rules=(),
        notice="notice-1",
    )


def recognised(desk: Desk) -> bool:
    return isinstance(desk.case.phase, Recognised)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from((*LAWS, SIXTH)), FACTS, STEPS)
def test_no_chain_of_commands_leads_around_what_a_law_asks_for(
    law: Law, facts: Facts, steps: list[tuple[str, str, bool]]
) -> None:
    desk = Desk(law, facts)
    for kind, person, well in steps:
        desk.step(kind, person, well=well)
    assert desk.broken == []


ORDERLY = [(FITTING, person, True) for _ in range(40) for person in PEOPLE[1:3]]


@pytest.mark.parametrize("law", [*LAWS, SIXTH], ids=lambda law: law.id)
def test_an_orderly_chain_of_commands_leads_to_a_title(law: Law) -> None:
    desk = Desk(law, FACTS_OF_SOMEBODY)
    for kind, person, well in [("paper", PEOPLE[1], True), *ORDERLY]:
        desk.step(kind, person, well=well)
    assert recognised(desk)
    assert desk.broken == []


SHORT = [
    ("opinion", HANDLER),
    ("decision", LEADER),
    ("vote", HANDLER),
    ("paper", HANDLER),
    ("posting", HANDLER),
    ("closing", HANDLER),
    ("going on", LEADER),
]


@pytest.mark.parametrize(
    ("gone", "instead", "left_out", "breach"),
    [
        ("domain.case.seats.opposite", lambda _seat: None, "", "handler and leader"),
        (
            "domain.case.going_on.publicity_objections",
            lambda _case, _around: ([], []),
            "closing",
            "before its publicity has run",
        ),
        ("domain.case.obstacles._papers", lambda *_given: [], "paper", "is recognised without"),
    ],
    ids=["two persons", "publicity", "papers"],
)
def test_a_shortcut_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
    gone: str,
    instead: Callable[..., object],
    left_out: str,
    breach: str,
) -> None:
    monkeypatch.setattr(gone, instead)
    found: list[str] = []
    for law in (*LAWS, SIXTH):
        for handler, leader in (PEOPLE[1:2] * 2, PEOPLE[1:3]):
            desk = Desk(law, FACTS_OF_SOMEBODY)
            for kind, seat in SHORT * 12:
                if kind != left_out:
                    desk.step(kind, handler if seat == HANDLER else leader, well=True)
            found += desk.broken
    assert any(breach in each for each in found), set(found)
