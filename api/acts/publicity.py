"""Publicity of a case: entered by the handler, closed by the timekeeper, gone on from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts.guard import Row, act_as
from api.acts.review import about_applicant
from api.acts.stage import TURN, conflict, write
from api.identifiers import new_stream
from api.problems import Problem
from domain.actor import TIMEKEEPER
from domain.calendar import CalendarNotPublishedError
from domain.case import going_on, posting_proof, publicity
from domain.case.amendment import entry_unknown
from domain.case.phase import AwaitingPublicity, Publicised, UnderPublicity
from domain.case.publicity import OpenPublicity, VoidPublicity
from domain.case.refusals import wrong_phase
from domain.personal import Personal, Purpose
from domain.policy.undated import postpones_publicity
from domain.refusal import Refused, rules_of
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk, Events
    from api.acts.stage import Turn
    from api.office import Office
    from domain.case.posting_proof import ProvePosting
    from domain.case.publicity import PublicityOpened
    from domain.case.state import Case
    from domain.policy.publicity import Publicity, Run


def open_publicity(
    desk: Desk,
    turn: Turn,
    *,
    posted_on: date,
    place: str | None,
    address: str | None,
    content: str,
    evidence: str | None,
) -> tuple[PublicityOpened, ...]:
    """Enter that the case was posted; the days that count are reckoned."""
    case = turn.case
    if not isinstance(case.phase, AwaitingPublicity):
        raise Refused(wrong_phase(case, "公示", "made public"))
    rule = rule_of(desk, case, case.phase.stage)
    run = run_of(desk, rule, posted_on)
    command = OpenPublicity(
        posting=new_stream("posting", desk.acting.at),
        rule=rule.id,
        place=place or rule.place,
        address=address,
        posted_on=posted_on,
        days=run.days,
        source=rule.length_source,
        on_breach=rule.on_breach,
        content=content,
        evidence=about_applicant(case, evidence),
        rules=rules_of(rule.citations),
        shown_to=rule.shown_to,
    )
    return publicity.open_publicity(case, command, turn.seated(desk))


def announce(
    desk: Desk,
    turn: Turn,
    /,
    *,
    announcement: str,
    **said: Any,  # noqa: ANN401 -- of one posting
) -> Events:
    """Enter that the case was posted, with others, in an announcement."""
    opened = open_publicity(desk, turn, **said)
    return [replace(each, announcement=announcement) for each in opened]


def rule_of(desk: Desk, case: Case, stage: str) -> Publicity:
    """What the law says of the publicity at a stage of the case."""
    rule = desk.law_of(case).publicity(case.stage(stage).publicity or "")
    if rule is None:  # neither the edition of its filing is kept here nor a like one
        raise Problem("POLICY_UNKNOWN")
    return rule


def run_of(desk: Desk, rule: Publicity, posted_on: date) -> Run:
    """The days that count of what was posted on a day."""
    try:
        return rule.run(posted_on, desk.calendar)
    except CalendarNotPublishedError as unknown:
        raise Refused(postpones_publicity(unknown.year)) from unknown


def prove_posting(desk: Desk, turn: Turn, *, command: ProvePosting) -> Events:
    """Attach a file that proves what was put up elsewhere, uploaded before for this case."""
    return posting_proof.prove_posting(turn.case, command, turn.seated(desk))


def prove_announced(
    desk: Desk, turn: Turn, /, *, announcement: str, command: ProvePosting
) -> Events:
    """Attach it to one of the postings of an announcement, which has to be that one."""
    if not publicity.stands_in(turn.case, announcement):
        raise Refused(entry_unknown())
    return prove_posting(desk, turn, command=command)


def void_publicity(desk: Desk, turn: Turn, *, taken_down_on: date, reason: str) -> Events:
    """Enter that the posting was taken down early; it is void and must be repeated."""
    words = Personal(reason, turn.case.applicant, Purpose.APPLICANT)
    command = VoidPublicity(taken_down_on=taken_down_on, reason=words)
    return publicity.void_publicity(turn.case, command, turn.seated(desk))


def go_on(desk: Desk, turn: Turn) -> Events:
    """Let the case go on after its publicity: to the next stage, or to recognition."""
    events = going_on.go_on(turn.case, turn.going_on(desk))
    return write(desk, turn.case, events)


def close(office: Office, case_id: str, command: str, at: datetime) -> Answer:
    """The timekeeper's act at 24:00 of a publicity's last day."""

    def decide(desk: Desk) -> None:
        case = desk.case(case_id)
        if case is not None:
            desk.because(case_id, publicity.PublicityOpened)
            desk.write(case_id, *publicity.close_publicity(case, at))

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


def posted(case: Case) -> bool:
    """Whether a posting of the present stage stands, to be proven, amended or taken down."""
    return isinstance(case.phase, (UnderPublicity, Publicised))


def _unposted(case: Case) -> bool:
    return isinstance(case.phase, AwaitingPublicity)


PROVE = Row(TURN, Act.PUBLICISE, prove_posting, (HANDLER,), noted=conflict, when=posted)
PROVE_ANNOUNCED = Row(TURN, Act.PUBLICISE, prove_announced, (HANDLER,), noted=conflict, when=posted)
OPEN = Row(TURN, Act.PUBLICISE, open_publicity, (HANDLER,), noted=conflict, when=_unposted)
ANNOUNCE = Row(TURN, Act.PUBLICISE, announce, (HANDLER,), noted=conflict, when=_unposted)
VOID = Row(TURN, Act.PUBLICISE, void_publicity, fresh=(LEADER,), noted=conflict, when=posted)
GO_ON = Row(TURN, Act.GO_ON, go_on, fresh=(LEADER,), noted=conflict)
