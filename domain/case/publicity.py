"""Publicity (公示) of a case: posted, run out, forwarded after it; taken down early it is void.

A posting happened when it happened (``posted_on``), not when it was entered.
The working days that count are written into the event, so no calendar changes the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.case import refusals
from domain.case.acts import seated
from domain.case.phase import AwaitingPublicity, InPublicity, Posting, Publicised, UnderPublicity
from domain.case.seats import seat_objections
from domain.event import Event
from domain.personal import Personal
from domain.policy.publicity import PUBLIC, runs_until
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.sentences_by_code import refusal
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class PublicityOpened(Event, topic="case:publicity-opened:1", chinese="公示开始"):
    """The case was made public at a stage.

    ``rule`` is the pack's id of the publicity, ``days`` the working days that count, in order;
    it ends at 24:00 of ``ends_on`` in Beijing. ``source`` is the pack that sets the length,
    ``on_breach`` what a shorter one brings. ``content`` is the SHA-256 of what was posted.
    ``late_entry`` marks that it was entered on a later day than it was posted; ``shown_to`` is
    ``unit`` where it is for who holds its number there, and listed to nobody else.
    ``announcement`` is the one announcement of many persons in which it stood, if it did.
    """

    posting: str
    rule: str
    round: int
    stage: str
    organisation: str
    place: str
    address: str | None
    posted_on: date
    days: tuple[date, ...]
    ends_on: date
    source: str
    on_breach: str
    content: str
    evidence: Personal | None
    late_entry: bool
    rules: tuple[str, ...]
    shown_to: str = PUBLIC
    announcement: str | None = None


@dataclass(frozen=True, kw_only=True)
class PublicityClosed(Event, topic="case:publicity-closed:1", chinese="公示结束"):
    """The publicity ran its full length."""

    posting: str
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class PublicityVoided(Event, topic="case:publicity-voided:1", chinese="公示作废"):
    """The publicity was interrupted before its end and does not count."""

    posting: str
    taken_down_on: date
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class DeviationFlagged(Event, topic="case:deviation-flagged:1", chinese="不符默认规则标记"):
    """An act departed from a rule whose breach is marked and not refused (A-21)."""

    code: str
    stage: str
    due_on: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpenPublicity:
    """Enter that the case was posted; the days were counted by the law."""

    posting: str
    rule: str
    place: str
    address: str | None
    posted_on: date
    days: tuple[date, ...]
    source: str
    on_breach: str
    content: str
    evidence: Personal | None
    rules: tuple[str, ...]
    shown_to: str = PUBLIC


@dataclass(frozen=True, kw_only=True)
class VoidPublicity:
    """Enter that a posting was taken down before its end."""

    taken_down_on: date
    reason: Personal


def open_publicity(
    case: Case, command: OpenPublicity, around: Circumstances
) -> tuple[PublicityOpened, ...]:
    """The handler of the stage enters the posting."""
    if not isinstance(case.phase, AwaitingPublicity):
        raise Refused(refusals.wrong_phase(case, "公示", "made public"))
    stage = case.stage(case.phase.stage)
    _, objections = seat_objections(case, stage, HANDLER, around)
    proven = command.evidence is not None
    objections += posting_objections(command.posted_on, around.today, around, proven=proven)
    if objections:
        raise Refused(*objections)
    return (
        PublicityOpened(
            posting=command.posting,
            rule=command.rule,
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
            place=command.place,
            address=command.address,
            posted_on=command.posted_on,
            days=command.days,
            ends_on=command.days[-1],
            source=command.source,
            on_breach=command.on_breach,
            content=command.content,
            evidence=command.evidence,
            late_entry=command.posted_on < around.today,
            rules=command.rules,
            shown_to=command.shown_to,
        ),
    )


def posting_objections(
    posted_on: date, shown_from: date, around: Circumstances, *, proven: bool
) -> list[Refusal]:
    """Why a case can't have been posted on a day; ``shown_from`` is when it was first shown here.

    Before that it counts only where it is ``proven``.
    """
    objections = []
    if posted_on > around.today:
        objections.append(occurred_later(posted_on, "/posted_on"))
    if around.public_from is not None and posted_on < around.public_from:
        objections.append(_before_approval(posted_on, around.public_from))
    if posted_on < shown_from and not proven:
        objections.append(_unproven(posted_on, around))
    return objections


def _unproven(posted_on: date, around: Circumstances) -> Refusal:
    """Days on which nothing was shown here count by evidence alone."""
    return Refusal(
        "POSTING_UNPROVEN",
        f"公示自在本系统公布之日起算。{posted_on} 已在他处公示的，须写明证据"
        "（网址及网页存档、张贴照片、公示情况说明），并由领导决定是否继续办理；否则请填今日。",
        "A publicity counts from the day on which it is shown here. Where it was put up elsewhere"
        f" on {posted_on}, name the evidence, and the leader lets the case go on; else enter"
        " today.",
        around.law.behind("POSTING_UNPROVEN"),
        "/evidence",
    )


def close_publicity(case: Case, at: datetime) -> tuple[PublicityClosed, ...]:
    """The timekeeper closes a posting after 24:00 of its last day; nothing, where it is over."""
    if not isinstance(case.phase, UnderPublicity):
        return ()
    posting = case.phase.posting
    if at < beijing.end(posting.ends_on):
        return ()
    return (PublicityClosed(posting=posting.posting, ended_on=posting.ends_on),)


def void_publicity(
    case: Case, command: VoidPublicity, around: Circumstances
) -> tuple[PublicityVoided, ...]:
    """Handler or leader enters that the posting was interrupted; a new one runs its full length.

    Also after its last day, where it was interrupted before that and nobody had entered it.
    """
    if not isinstance(case.phase, (UnderPublicity, Publicised)):
        raise Refused(refusals.wrong_phase(case, "作废公示", "taken down from publicity"))
    stage = case.stage(case.phase.stage)
    _, as_handler = seat_objections(case, stage, HANDLER, around)
    _, as_leader = seat_objections(case, stage, LEADER, around)
    objections = as_handler if as_leader else []
    objections += _taken_down_objections(case.phase.posting, command.taken_down_on, around.today)
    if objections:
        raise Refused(*objections)
    return (
        PublicityVoided(
            posting=case.phase.posting.posting,
            taken_down_on=command.taken_down_on,
            reason=command.reason,
        ),
    )


def stands_in(case: Case, announcement: str) -> bool:
    """Whether the posting that stands was in that announcement."""
    phase = case.phase
    if not isinstance(phase, (UnderPublicity, Publicised)):
        return False
    return phase.posting.announcement == announcement


def publicity_objections(
    case: Case, around: Circumstances
) -> tuple[list[Refusal], list[DeviationFlagged]]:
    """Why the case may not go on from its publicity, and what is marked where it may."""
    objections: list[Refusal] = []
    marks: list[DeviationFlagged] = []
    if case.objections:
        objections.append(open_objection(around))
    if isinstance(case.phase, AwaitingPublicity):
        objections.append(_too_short(None, around))
    if isinstance(case.phase, UnderPublicity) and not close_publicity(case, around.at):
        posting = case.phase.posting
        if posting.on_breach == "flag":
            marks.append(
                DeviationFlagged(
                    code="PUBLICITY_TOO_SHORT",
                    stage=case.phase.stage,
                    due_on=posting.ends_on,
                    rules=posting.rules,
                )
            )
        else:
            objections.append(_too_short(posting.ends_on, around))
    assert isinstance(case.phase, (AwaitingPublicity, UnderPublicity, Publicised))
    return objections, marks


def open_objection(around: Circumstances) -> Refusal:
    """The case goes on only once no objection is open (公示无异议后)."""
    return refusal("OPEN_OBJECTION", around.law.behind("OPEN_OBJECTION"))


def _too_short(ends_on: date | None, around: Circumstances) -> Refusal:
    cited = around.law.behind("PUBLICITY_TOO_SHORT")
    return refusal("PUBLICITY_TOO_SHORT", cited, standing=runs_until(ends_on))


def _taken_down_objections(posting: Posting, day: date, today: date) -> list[Refusal]:
    if day > today:
        return [occurred_later(day, "/taken_down_on")]
    if day > posting.ends_on or (posting.posted_on is not None and day < posting.posted_on):
        return [
            Refusal(
                "NOT_INTERRUPTED",
                f"公示自 {posting.posted_on} 至 {posting.ends_on} 24 时止，{day} 不在其间，"
                "不构成提前撤下。请核对日期。",
                f"The posting was up from {posting.posted_on} to the end of {posting.ends_on};"
                f" on {day} nothing of it was cut short. Check the day.",
                pointer="/taken_down_on",
            )
        ]
    return []


def _before_approval(posted_on: date, public_from: date) -> Refusal:
    return Refusal(
        "OCCURRED_EARLIER",
        f"公示张贴日期 {posted_on} 早于 {public_from}：审核同意（或上一次公示被撤下）之前的张贴"
        "不作为本次公示。请重新张贴后录入。",
        f"The posting of {posted_on} is earlier than {public_from}, when the case was approved or"
        " the posting before was taken down; it does not count. Post it anew and enter that.",
        pointer="/posted_on",
    )


Events = PublicityOpened | PublicityClosed | PublicityVoided | DeviationFlagged
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case before, in and after its publicity."""
    match event:
        case PublicityOpened():
            posting = Posting(
                event.posting,
                event.rule,
                event.ends_on,
                event.on_breach,
                event.rules,
                event.posted_on,
                event.late_entry,
                state.version + 1,
                announcement=event.announcement,
            )
            posted = seated(state, event, HANDLER, by)
            return replace(
                posted,
                phase=UnderPublicity(event.stage, posting),
                postings=state.postings.added(event.posting),
            )
        case PublicityClosed():
            phase = state.phase
            if isinstance(phase, UnderPublicity):
                run = (phase.posting.rule, event.ended_on)
                publicised = Publicised(phase.stage, phase.posting)
                ran = state.ran.entered(phase.posting.posting, run)
                return replace(state, phase=publicised, ran=ran, built_on=state.version + 1)
            return state
        case PublicityVoided():
            phase = state.phase
            assert isinstance(phase, InPublicity)
            ran = state.ran
            if isinstance(phase, Publicised):
                ran = ran.struck(phase.posting.posting)
            return replace(state, phase=AwaitingPublicity(phase.stage), ran=ran)
        case DeviationFlagged():
            return state
        case _:
            assert_never(event)
