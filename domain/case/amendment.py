"""Amendment (更正) of what was entered: a posting, papers, a fee, a vote, by a second event.

The handler of whoever entered it amends it alone while nothing rests on it; afterwards that is a
proposal, which the leader confirms. Both entries stay visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.case.acts import seated
from domain.case.committee import held_objections
from domain.case.entries import Entry, HandedIn, Paid, Posted, Said, Voted, said
from domain.case.next_stage import OverdueFlagged
from domain.case.paper import copies_missing, out_of_time
from domain.case.payment import already_paid
from domain.case.phase import Publicised, UnderPublicity, UnderReview
from domain.case.publicity import posting_objections
from domain.case.remembered import Amending
from domain.case.seats import fills, hand_objections, person_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import proposal_first
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By, PaperReceipt, Payment, Vote
    from domain.case.state import Case
    from domain.case.values import ChainStage


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(Event, topic="case:amendment-proposed:1", chinese="提出更正"):
    """A handler proposed that an entry on which others have built says something else.

    ``entry`` is the version of the entry, ``says`` what it is to say.
    """

    entry: int
    stage: str
    organisation: str
    says: Said
    evidence: Personal | None
    reason: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EntryAmended(Event, topic="case:entry-amended:1", chinese="更正"):
    """An entry says something else from now on: by its handler, or confirmed by the leader.

    ``proposal`` is the version of the proposal that the leader confirmed, whose reason it has.
    """

    entry: int
    proposal: int | None
    stage: str
    organisation: str
    seat: str
    says: Said
    evidence: Personal | None
    reason: Personal | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Amend:
    """An entry is to say ``now``; ``obstacles`` are the law's, ``marks`` what it then marks.

    ``shown_from`` is the day from which a posting was shown here; ``objected_to`` says that
    somebody from the public has objected to it.
    """

    entry: int
    now: Entry
    reason: Personal
    rules: tuple[str, ...]
    obstacles: tuple[Refusal, ...] = ()
    marks: tuple[OverdueFlagged, ...] = ()
    evidence: Personal | None = None
    shown_from: date | None = None
    objected_to: bool = False


def amend(case: Case, command: Amend, around: Circumstances) -> tuple[Event, ...]:
    """The handler of whoever made the entry amends it, or proposes that, where others built on it.

    The law is asked of what it says then as it was of what it said.
    """
    stage = stage_of(case, command.entry, command.now)
    if stage is None:
        raise Refused(entry_unknown())
    objections = _seat_objections(case, stage, HANDLER, around)
    objections += _said_objections(case, command, around)
    objections += command.obstacles
    if objections:
        raise Refused(*objections)
    if case.built_on > command.entry or command.objected_to:
        proposed = AmendmentProposed(
            entry=command.entry,
            stage=stage.stage,
            organisation=stage.organisation,
            says=said(command.now),
            evidence=command.evidence,
            reason=command.reason,
            rules=command.rules,
        )
        return (proposed,)
    amended = EntryAmended(
        entry=command.entry,
        proposal=None,
        stage=stage.stage,
        organisation=stage.organisation,
        seat=HANDLER,
        says=said(command.now),
        evidence=command.evidence,
        reason=command.reason,
        rules=command.rules,
    )
    return (amended, *command.marks)


def confirm_amendment(
    case: Case,
    entry: int,
    around: Circumstances,
    obstacles: tuple[Refusal, ...],
    marks: tuple[OverdueFlagged, ...],
) -> tuple[Event, ...]:
    """The leader confirms what the handler proposed; never the person who proposed it."""
    proposed = case.amendments.under(entry)
    if proposed is None:
        raise Refused(proposal_first("更正", "amendment"))
    stage = stage_of(case, entry, proposed.now)
    if stage is None:
        raise Refused(entry_unknown())
    objections = _seat_objections(case, stage, LEADER, around)
    objections += obstacles
    if objections:
        raise Refused(*objections)
    now = proposed.now
    if isinstance(now, Posted):
        now = replace(now, runs=around.at < beijing.end(now.ends_on))
    amended = EntryAmended(
        entry=entry,
        proposal=proposed.proposal,
        stage=stage.stage,
        organisation=stage.organisation,
        seat=LEADER,
        says=said(now),
        evidence=None,
        reason=None,
        rules=(),
    )
    return (amended, *marks)


def amended(case: Case, entry: int, now: Entry) -> Case:
    """The case with an entry that says something else."""
    match now:
        case Posted():
            return _posted(case, now)
        case HandedIn():
            receipt = case.receipts.under(entry)
            assert receipt is not None
            received = replace(
                receipt,
                leg=now.leg,
                items=now.items,
                originals=now.originals,
                sealed=now.sealed,
            )
            return replace(case, receipts=case.receipts.entered(entry, received))
        case Paid():
            payment = case.payments.under(entry)
            assert payment is not None
            paid = replace(payment, amount=now.amount, channel=now.channel, receipt=now.receipt)
            return replace(case, payments=case.payments.entered(entry, paid))
        case Voted():
            vote = case.votes.under(entry)
            assert vote is not None
            voted = replace(vote, carried=now.carried)
            return replace(case, votes=case.votes.entered(entry, voted))
        case _:
            assert_never(now)


def _posted(case: Case, now: Posted) -> Case:
    """A posting that runs again has not run its length."""
    phase = case.phase
    assert isinstance(phase, (UnderPublicity, Publicised))
    posting = replace(phase.posting, ends_on=now.ends_on, posted_on=now.posted_on, late=now.late)
    if isinstance(phase, UnderPublicity):
        return replace(case, phase=UnderPublicity(phase.stage, posting))
    if now.runs:
        again = UnderPublicity(phase.stage, posting)
        return replace(case, phase=again, ran=case.ran.struck(posting.posting))
    ran = case.ran.entered(posting.posting, (posting.rule, now.ends_on))
    return replace(case, phase=Publicised(phase.stage, posting), ran=ran)


def stage_of(case: Case, entry: int, now: Entry) -> ChainStage | None:
    """The stage whose organisation made an entry of this kind; None where there is no such."""
    match now:
        case Posted():
            return _of_posting(case, entry)
        case HandedIn():
            return _of_house(case, case.receipts.under(entry))
        case Paid():
            return _of_house(case, case.payments.under(entry))
        case Voted():
            vote = case.votes.under(entry)
            return None if vote is None else case.stage(vote.stage)
        case _:
            assert_never(now)


def _of_posting(case: Case, entry: int) -> ChainStage | None:
    phase = case.phase
    if not isinstance(phase, (UnderPublicity, Publicised)) or phase.posting.entry != entry:
        return None
    return case.stage(phase.stage)


def _of_house(case: Case, entered: PaperReceipt | Payment | None) -> ChainStage | None:
    """The stage that has, or took over from, the organisation which entered it."""
    if entered is None:
        return None
    houses = ((each, case.houses(each.stage)) for each in case.chain)
    return next((each for each, known in houses if entered.organisation in known), None)


def _seat_objections(
    case: Case, stage: ChainStage, seat: str, around: Circumstances
) -> list[Refusal]:
    here = around.organisation.organisation == stage.organisation
    holds = here and around.sits(seat)
    barred = person_objections(case, stage, seat, around.actor.person, around)
    if not (holds or fills(case, stage, seat, around)):
        return [not_in_seat(seat), *barred]
    return [*barred, *hand_objections(case, stage, seat, around)]


def _said_objections(case: Case, command: Amend, around: Circumstances) -> list[Refusal]:
    """What can't have been so, whoever enters it."""
    now, today = command.now, around.today
    match now:
        case Posted():
            shown_from, proven = command.shown_from or today, command.evidence is not None
            return posting_objections(now.posted_on, shown_from, around, proven=proven)
        case HandedIn():
            others = replace(case, receipts=case.receipts.struck(command.entry))
            return [
                *out_of_time(case, now.received_on, today, "/received_on"),
                *copies_missing(others.papers, now.items, now.originals),
            ]
        case Paid():
            payments = case.payments.struck(command.entry)
            objections = out_of_time(case, now.paid_on, today, "/paid_on")
            if any(each.receipt == now.receipt for each in payments):
                objections.append(already_paid())
            return objections
        case Voted():
            objections = held_objections(now, around)
            vote = case.votes.under(command.entry)
            if vote is not None and vote.carried != now.carried and not _open(case, vote):
                objections.append(_decided_upon())
            return objections
        case _:
            assert_never(now)


def _open(case: Case, vote: Vote) -> bool:
    """Whether nobody has decided upon a vote."""
    here = isinstance(case.phase, UnderReview) and case.phase.stage == vote.stage
    return here and case.built_on < vote.entry


def entry_unknown() -> Refusal:
    """No entry of that number stands, or not in what is amended."""
    return Refusal(
        "ENTRY_UNKNOWN",
        "没有可以更正的这一登记：序号有误，或公示已经结束办理。已办结的请先办理纠错撤回。",
        "There is no such entry to amend: another number is meant, or the case has left its"
        " publicity. Where it has gone on, have the act corrected first.",
    )


def _decided_upon() -> Refusal:
    return Refusal(
        "VOTE_DECIDED_UPON",
        "更正后的票数改变表决结果，而本案已据原结果办理。请先办理纠错撤回。",
        "With these numbers the vote ends otherwise, and the case was decided upon it; have that"
        " act corrected first.",
        pointer="/in_favour",
    )


Events = AmendmentProposed | EntryAmended
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with an entry that says something else, or is to."""
    match event:
        case AmendmentProposed():
            asked = Amending(state.version + 1, event.organisation, event.says.entry)
            proposed = seated(state, event, HANDLER, by)
            return replace(proposed, amendments=state.amendments.entered(event.entry, asked))
        case EntryAmended():
            acted = seated(state, event, event.seat, by)
            now = amended(acted, event.entry, event.says.entry)
            return replace(now, amendments=state.amendments.struck(event.entry))
        case _:
            assert_never(event)
