"""Papers, fees and votes: what happened outside the system, entered with the day it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.guard import Row, act_as
from api.acts.review import about_applicant
from api.acts.stage import ANY_SEAT, PAPERS, TURN, conflict, facts_of, in_house, receives, write
from api.identifiers import new_stream, notice_number
from domain.actor import TIMEKEEPER
from domain.case import committee, handing_over, paper, payment
from domain.case.committee import RecordVotes
from domain.case.paper import PaperDated, PaperDue, PaperReceived, ReceivePaper, last_day, paper_due
from domain.case.payment import PayFee, RemindOfPayment
from domain.case.phase import UnderReview
from domain.refusal import Refusal, rules_of
from domain.separation import HANDLER

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk, Events
    from api.acts.stage import Turn
    from api.office import Office
    from audit.record import History
    from domain.case.state import Case
    from domain.policy.facts import Facts
    from domain.policy.law import Law

RECEIVING = (Act.RECEIVE_PAPERS, Act.TAKE_FEES, Act.AMEND_RECEIPTS)
"""What whoever receives papers and fees does about them."""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A vote as it was held."""

    held_on: date
    members: int
    present: int
    in_favour: int
    against: int
    abstained: int
    minutes: str | None
    no_reason_to_recuse: bool


def receive_paper(
    desk: Desk,
    case: Case,
    *,
    leg: str | None,
    received_on: date,
    items: tuple[str, ...],
    originals: tuple[str, ...],
    sealed: tuple[str, ...],
) -> Events:
    """Enter that papers were handed in, originals seen and handed back, and seals seen."""
    around = in_house(desk, case)
    asked = ask_about_papers(desk, case, leg, received_on, items, sealed)
    due = asked.due
    command = ReceivePaper(
        receipt=new_stream("receipt", around.at),
        leg=leg,
        place=asked.place,
        received_on=received_on,
        items=items,
        obstacles=asked.obstacles,
        rules=asked.rules,
        reached_on=None if due is None else due.reached_on,
        due_on=None if due is None else due.due_on,
        due_rules=() if due is None else rules_of(due.citations),
        originals=originals,
        sealed=sealed,
    )
    return paper.receive_paper(case, command, around)


@dataclass(frozen=True)
class AskedAboutPapers:
    """What the law says of papers: where, why not, under which rules, and until when."""

    place: str | None
    obstacles: tuple[Refusal, ...]
    rules: tuple[str, ...]
    due: PaperDue | None


def ask_about_papers(
    desk: Desk,
    case: Case,
    leg: str | None,
    received_on: date,
    items: tuple[str, ...],
    sealed: tuple[str, ...],
) -> AskedAboutPapers:
    """Ask the law about papers that were handed in on a day."""
    law, facts = desk.law_of(case), facts_of(desk, case)
    legs = {each.id: each for each in law.paper_legs(facts)}
    taken, place = legs.get(leg or ""), law.intake_place(facts)
    own = desk.house.organisation
    found = [] if place.refusal is None else [place.refusal]
    found += handing_over.leg_obstacles(law, facts, leg, received_on)
    found += handing_over.other_receiver(case, own, taken, place.place)
    found += handing_over.unasked(law, facts, items)
    found += handing_over.seals_without_paper(law, facts, case.papers.union(items), sealed)
    cited = taken.citations if taken else ()
    if taken and taken.after_approval:
        found += handing_over.not_yet_approved(case, taken.sender, cited)
    return AskedAboutPapers(
        place=None if place.place is None else place.place.address,
        obstacles=tuple(found),
        rules=rules_of(cited),
        due=paper_due(law, facts, case, desk.calendar, items),
    )


def awaited(desk: Desk, case: Case) -> frozenset[Act]:
    """Which of papers and fee are still to come to the caller's own organisation."""
    own = desk.acting.actor.organisation
    open_here = case.is_open or case.in_outcome
    if not open_here or own not in {each.organisation for each in filter(receives, case.chain)}:
        return frozenset()
    known = case, desk.law_of(case), facts_of(desk, case)
    return desk.history(case.case).once(_awaited, *known, own, desk.acting.today)


def _awaited(
    _: History, case: Case, law: Law, facts: Facts, own: str, today: date
) -> frozenset[Act]:
    fee, paid = law.fee(facts), sum(each.amount for each in case.payments)
    expected = {
        Act.RECEIVE_PAPERS: handing_over.awaits(law, facts, case, own, today),
        Act.TAKE_FEES: fee is not None
        and fee.unpaid(paid) is not None
        and not handing_over.with_papers(law, facts, case, own, fee),
    }
    return frozenset(act for act, comes in expected.items() if comes)


def remind(desk: Desk, case: Case, *, channel: str, reminded_on: date) -> Events:
    """Enter that the applicant was reminded to pay."""
    obstacles = () if desk.law_of(case).fee(facts_of(desk, case)) else (payment.not_asked(),)
    command = RemindOfPayment(channel=channel, reminded_on=reminded_on, obstacles=obstacles)
    return payment.remind(case, command, in_house(desk, case))


def pay(
    desk: Desk, case: Case, *, amount: int, channel: str, paid_on: date, receipt: str
) -> Events:
    """Enter a payment, in fen."""
    around = in_house(desk, case)
    law, facts, own = desk.law_of(case), facts_of(desk, case), around.organisation.organisation
    fee = law.fee(facts)
    paid = amount + sum(each.amount for each in case.payments)
    command = PayFee(
        amount=amount,
        channel=channel,
        paid_on=paid_on,
        receipt=receipt,
        flags=() if fee is None else fee.payment_flags(reminded=case.reminded),
        obstacles=(
            *payment.payment_obstacles(fee, channel, paid),
            *handing_over.with_papers(law, facts, case, own, fee),
        ),
        rules=() if fee is None else rules_of(fee.citations),
    )
    return payment.pay(case, command, around)


def record_votes(desk: Desk, turn: Turn, *, command: Vote) -> Events:
    """Enter a committee's vote as it was held."""
    case, around, vote = turn.case, turn.going_on(desk), command
    rule = desk.law_of(case).votes(facts_of(desk, case))
    entered = RecordVotes(
        held_on=vote.held_on,
        members=vote.members,
        present=vote.present,
        in_favour=vote.in_favour,
        against=vote.against,
        abstained=vote.abstained,
        carried=rule.carried(members=vote.members, present=vote.present, in_favour=vote.in_favour),
        minutes=about_applicant(case, vote.minutes),
        no_reason_to_recuse=vote.no_reason_to_recuse,
        rules=rules_of(rule.citations),
        notice=notice_number(around.at),
    )
    return write(desk, case, committee.record_votes(case, entered, around))


def date_paper(office: Office, case_id: str, receipt: str, command: str, at: datetime) -> Answer:
    """Add, as the timekeeper, the last day that could not be known when papers came in."""

    def decide(desk: Desk) -> None:
        events = desk.history(case_id).events
        if any(isinstance(each, PaperDated) and each.receipt == receipt for each in events):
            return
        for version, each in enumerate(events, start=1):
            if isinstance(each, PaperReceived) and each.receipt == receipt:
                due_on = last_day(each.reached_on, desk.calendar)
                if due_on is not None:
                    desk.because(case_id, PaperReceived)
                    desk.write(case_id, *paper.date_paper(each, version, due_on))

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


RECEIVE = Row(PAPERS, Act.RECEIVE_PAPERS, receive_paper, ANY_SEAT)
REMIND = Row(PAPERS, Act.TAKE_FEES, remind, ANY_SEAT)
PAY = Row(PAPERS, Act.TAKE_FEES, pay, ANY_SEAT)


def _unvoted(case: Case) -> bool:
    return isinstance(case.phase, UnderReview) and case.vote_of(case.phase.stage) is None


RECORD_VOTES = Row(TURN, Act.RECORD_VOTES, record_votes, (HANDLER,), noted=conflict, when=_unvoted)
