"""Amendments (更正) of what was entered, and a handler's own opinion taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts.case_entry import ask_about_papers
from api.acts.guard import Row
from api.acts.publicity import posted, rule_of, run_of
from api.acts.review import about_applicant
from api.acts.stage import CASE, PAPERS, TURN, conflict, facts_of, in_house
from domain import beijing
from domain.case import amendment, handler_opinion, paper, payment
from domain.case.amendment import Amend, amended, entry_unknown, stage_of
from domain.case.entries import HandedIn, Paid, Posted, Voted
from domain.case.obstacles import owed
from domain.case.phase import Publicised, UnderPublicity, UnderReview
from domain.case.publicity import stands_in
from domain.case.refusals import wrong_phase
from domain.case.seats import word_objections
from domain.personal import Personal, Purpose
from domain.refusal import Refused, rules_of
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.case_entry import Vote
    from api.acts.desk import Desk, Events
    from api.acts.guard import Form
    from api.acts.stage import Turn
    from domain.case.entries import Entry
    from domain.case.next_stage import OverdueFlagged
    from domain.case.state import Case
    from domain.refusal import Refusal


def amend_posting(
    desk: Desk,
    turn: Turn,
    *,
    posted_on: date,
    place: str | None,
    address: str | None,
    evidence: str | None,
    reason: str,
) -> Events:
    """Amend when and where the case was posted; the posting stays, and so do its objections."""
    case, around = turn.case, turn.seated(desk)
    if not isinstance(case.phase, (UnderPublicity, Publicised)):
        raise Refused(wrong_phase(case, "更正公示登记", "amended in its posting"))
    posting, shown_from = case.phase.posting, desk.shown_from(case)
    rule = rule_of(desk, case, case.phase.stage)
    days = run_of(desk, rule, posted_on).days
    now = Posted(
        posted_on=posted_on,
        days=days,
        ends_on=days[-1],
        place=place or rule.place,
        address=address,
        late=posted_on < shown_from,
        runs=around.at < beijing.end(days[-1]),
    )
    command = Amend(
        entry=posting.entry,
        now=now,
        reason=_words(case, reason),
        rules=rules_of(rule.citations),
        evidence=about_applicant(case, evidence),
        shown_from=shown_from,
        objected_to=bool(desk.unscreened(case) or case.objections),
    )
    return amendment.amend(case, command, around)


def amend_announced(
    desk: Desk,
    turn: Turn,
    /,
    *,
    announcement: str,
    **said: Any,  # noqa: ANN401 -- of one posting
) -> Events:
    """Amend when and where the case was posted in an announcement, which has to be that one."""
    if not stands_in(turn.case, announcement):
        raise Refused(entry_unknown())
    return amend_posting(desk, turn, **said)


@dataclass(frozen=True)
class ReceiptAmendment:
    """Which papers a receipt should have named, of which ``entry``, and why."""

    entry: int
    leg: str | None
    received_on: date
    items: tuple[str, ...]
    originals: tuple[str, ...]
    sealed: tuple[str, ...]
    reason: str


def amend_receipt(desk: Desk, case: Case, *, command: ReceiptAmendment) -> Events:
    """Amend which papers were handed in, and when; neither items nor originals: none were."""
    around = in_house(desk, case)
    now = HandedIn(
        leg=command.leg,
        received_on=command.received_on,
        items=command.items,
        originals=command.originals,
        sealed=command.sealed,
        late=command.received_on < around.today,
    )
    obstacles, marks = _of_law(desk, case, command.entry, now)
    asked = Amend(
        entry=command.entry,
        now=now,
        reason=_words(case, command.reason),
        rules=(),
        obstacles=obstacles,
        marks=marks,
    )
    return amendment.amend(case, asked, around)


def amend_payment(
    desk: Desk,
    case: Case,
    *,
    entry: int,
    amount: int,
    channel: str,
    paid_on: date,
    receipt: str,
    reason: str,
) -> Events:
    """Amend what was paid, in fen; an amount of 0 says that nothing was."""
    now = Paid(amount=amount, channel=channel, paid_on=paid_on, receipt=receipt)
    obstacles, _ = _of_law(desk, case, entry, now)
    command = Amend(
        entry=entry, now=now, reason=_words(case, reason), rules=(), obstacles=obstacles
    )
    return amendment.amend(case, command, in_house(desk, case))


def amend_votes(desk: Desk, case: Case, *, entry: int, vote: Vote, reason: str) -> Events:
    """Amend how a committee voted, and on which day."""
    around = in_house(desk, case)
    if objections := word_objections(around, given=vote.no_reason_to_recuse):
        raise Refused(*objections)
    rule = desk.law_of(case).votes(facts_of(desk, case))
    now = Voted(
        held_on=vote.held_on,
        members=vote.members,
        present=vote.present,
        in_favour=vote.in_favour,
        against=vote.against,
        abstained=vote.abstained,
        carried=rule.carried(members=vote.members, present=vote.present, in_favour=vote.in_favour),
        late=vote.held_on < around.today,
    )
    command = Amend(
        entry=entry,
        now=now,
        reason=_words(case, reason),
        rules=rules_of(rule.citations),
        evidence=about_applicant(case, vote.minutes),
    )
    return amendment.amend(case, command, around)


def confirm_amendment(desk: Desk, case: Case, *, entry: int) -> Events:
    """Confirm, as the leader, an amendment of what others have built on."""
    around, proposed = in_house(desk, case), case.amendments.under(entry)
    obstacles, marks = ((), ()) if proposed is None else _of_law(desk, case, entry, proposed.now)
    return amendment.confirm_amendment(case, entry, around, obstacles, marks)


def take_back_opinion(desk: Desk, turn: Turn) -> Events:
    """Take one's own opinion back, as the handler, until the leader has acted."""
    return handler_opinion.take_back(turn.case, turn.seated(desk))


def _of_law(
    desk: Desk, case: Case, entry: int, now: Entry
) -> tuple[tuple[Refusal, ...], tuple[OverdueFlagged, ...]]:
    """Why the law does not take what an entry is to say, and what it marks of it.

    Where a title is recognised, it has to be so with the entry as amended, too.
    """
    found: tuple[Refusal, ...] = ()
    marks: tuple[OverdueFlagged, ...] = ()
    law, facts = desk.law_of(case), facts_of(desk, case)
    if isinstance(now, HandedIn) and (now.items or now.sealed):
        apart = replace(case, receipts=case.receipts.struck(entry))
        asked = ask_about_papers(desk, apart, now.leg, now.received_on, now.items, now.sealed)
        found = asked.obstacles
        if asked.due is not None:
            rules = rules_of(asked.due.citations)
            marks = paper.overdue(entry, now.received_on, asked.due.due_on, rules)
    if isinstance(now, Paid) and now.amount:
        others = sum(each.amount for each in case.payments.struck(entry))
        found = payment.payment_obstacles(law.fee(facts), now.channel, others + now.amount)
    if case.in_outcome and stage_of(case, entry, now) is not None:
        found += owed(law, facts, amended(case, entry, now))
    return found, marks


def _words(case: Case, reason: str) -> Personal:
    return Personal(reason, case.applicant, Purpose.APPLICANT)


AMEND_POSTING = Row(TURN, Act.PUBLICISE, amend_posting, (HANDLER,), noted=conflict, when=posted)
AMEND_ANNOUNCED = Row(TURN, Act.PUBLICISE, amend_announced, (HANDLER,), noted=conflict, when=posted)


def _no_papers(case: Case) -> Iterator[Form]:
    """Of each receipt that nothing was handed in, which says whose it is to amend."""
    for entry in case.receipts.every_key():
        yield {"command": ReceiptAmendment(entry, None, date.min, (), (), (), reason="")}


def _no_payment(case: Case) -> Iterator[Form]:
    """Of each payment that none was made."""
    nothing = {"amount": 0, "channel": "", "paid_on": date.min, "receipt": "", "reason": ""}
    for entry in case.payments.every_key():
        yield {"entry": entry, **nothing}


AMEND_RECEIPT = Row(
    PAPERS,
    Act.AMEND_RECEIPTS,
    amend_receipt,
    (HANDLER,),
    when=lambda case: bool(case.receipts),
    blank=_no_papers,
)
AMEND_PAYMENT = Row(
    PAPERS,
    Act.AMEND_RECEIPTS,
    amend_payment,
    (HANDLER,),
    when=lambda case: bool(case.payments),
    blank=_no_payment,
)
AMEND_VOTES = Row(
    CASE,
    Act.RECORD_VOTES,
    amend_votes,
    (HANDLER,),
    noted=conflict,
    when=lambda case: bool(case.votes),
)
CONFIRM_AMENDMENT = Row(
    CASE,
    Act.RESCIND,
    confirm_amendment,
    (LEADER,),
    fresh=True,
    noted=conflict,
    when=lambda case: bool(case.amendments),
)


def _opinion_stands(case: Case) -> bool:
    return isinstance(case.phase, UnderReview) and case.phase.opinion is not None


TAKE_BACK_OPINION = Row(
    TURN,
    Act.GIVE_OPINION,
    take_back_opinion,
    (HANDLER,),
    noted=conflict,
    when=_opinion_stands,
    blank={},
)
