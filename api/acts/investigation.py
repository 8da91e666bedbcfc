"""Misconduct: take up a suspicion, hear the person, find or close.

What a finding brings happens in the same append, see ``sanction``; what follows the end of an
investigation stands in ``investigation_aftermath``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import circumstances, competence, relation, terms
from api.acts.competence import matter_of
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.investigation_cause import take_up_source
from api.acts.rehearsal import empty
from api.acts.sanction import carry_out
from api.acts.seats import integrity_seats, take_seat
from api.acts.stage import CASE
from api.acts.thing import Offer, Thing
from domain.authority.power import INTEGRITY
from domain.case import suspension
from domain.case.phase import Suspended
from domain.case.suspension import InvestigationNoted, Resume, Suspend
from domain.investigation import takeover
from domain.investigation.decide import (
    CloseInvestigation,
    Command,
    ExtendTerm,
    FindMisconduct,
    NotifyAllegation,
    OpenInvestigation,
    ProposeFinding,
    ReceiveStatement,
    decide,
    party_objections,
)
from domain.investigation.events import Ground, InvestigationOpened, MisconductFound
from domain.personal import Personal, Purpose
from domain.policy.process import FINDING
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.takeover import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from api.acts.competence import Concern
    from api.acts.terms import Told
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.refusal import Refusal


def open_investigation(desk: Desk, case: Case, *, suspicion: str, source: str | None) -> Events:
    """Take up a suspicion about a case, which is held still meanwhile."""
    around, investigation = around_investigation(desk, case), desk.begun
    own = around.organisation.organisation
    law = desk.law_of(case)
    others = (desk.investigation(each) for each in case.investigations)
    command = OpenInvestigation(
        suspicion=sealed(case, suspicion),
        due_on=terms.last_day(desk, law, FINDING, around.today),
        rules=law.process_term(FINDING).rules,
        under_way=any(each is not None and each.ended is None for each in others),
        raised_at_stage=getattr(case.phase, "stage", None),
        cause=take_up_source(desk, case, source, own),
        source=source,
    )
    desk.write(investigation, *decide(None, command, case, around))
    if case.is_open:
        held = Suspend(cause="investigation", investigation=investigation)
        desk.write(case.case, *suspension.suspend(case, held, around.at))
    else:
        desk.write(case.case, InvestigationNoted(investigation=investigation))
    return ()


def extend(desk: Desk, investigation: Investigation, *, reason: str) -> Events:
    """Extend the term of the investigation once, as the second officer, with a reason."""
    case = case_of(desk, investigation)
    law = desk.law_of(case)
    command = ExtendTerm(
        due_on=terms.last_day(desk, law, FINDING, investigation.due_on),
        reason=sealed(case, reason),
        rules=law.process_term(FINDING).rules,
    )
    return _conduct(desk, investigation, command)


def notify(
    desk: Desk,
    investigation: Investigation,
    *,
    allegation: str,
    told: Told | None,
    answer_by: datetime | None,
    hearing_on: date | None,
) -> Events:
    """Tell the person what is alleged, and until when to answer."""
    case = case_of(desk, investigation)
    law = desk.law_of(case)
    time = terms.time_to_answer(desk, law, told, case.applicant, answer_by)
    command = NotifyAllegation(
        allegation=sealed(case, allegation),
        time=time,
        hearing=terms.hearing(desk, law, time.told, hearing_on),
        rules=terms.rules_of_hearing(law),
    )
    return _conduct(desk, investigation, command)


def state(desk: Desk, investigation: Investigation, *, statement: str) -> Events:
    """Answer the allegation, as the person or, for them, as the handler who received it."""
    if not relation.same_human(desk, investigation.subject):
        take_seat(desk, investigation.organisation, _HANDLER)
    words = sealed(case_of(desk, investigation), statement)
    return _conduct(desk, investigation, ReceiveStatement(statement=words))


def propose(
    desk: Desk,
    investigation: Investigation,
    *,
    ground: Ground,
    evidence: tuple[str, ...],
    finding: str,
) -> Events:
    """Propose, as the first officer, what to find."""
    words = sealed(case_of(desk, investigation), finding)
    command = ProposeFinding(ground=ground, evidence=evidence, finding=words)
    return _conduct(desk, investigation, command)


def find(desk: Desk, investigation: Investigation, *, decision: str, finding: str) -> Events:
    """Find misconduct, as the second officer: disqualified and on record in one append."""
    case = case_of(desk, investigation)
    command = FindMisconduct(decision=decision, finding=sealed(case, finding))
    events = _conduct(desk, investigation, command)
    desk.write(investigation.investigation, *events)
    for event in events:
        if isinstance(event, MisconductFound):
            carry_out(desk, case, investigation.investigation, event)
    return ()


def close(desk: Desk, investigation: Investigation, *, decision: str, reason: str) -> Events:
    """Close it, as the second officer: the suspicion was not confirmed and the case goes on."""
    case, stream = case_of(desk, investigation), investigation.investigation
    command = CloseInvestigation(decision=decision, reason=sealed(case, reason))
    desk.write(stream, *_conduct(desk, investigation, command))
    if isinstance(case.phase, Suspended) and case.phase.investigation == stream:
        on = Resume(cause="investigation", investigation=stream)
        desk.write(case.case, *suspension.resume(case, on, desk.acting.at))
    return ()


def _conduct(desk: Desk, investigation: Investigation, command: Command) -> Events:
    case = case_of(desk, investigation)
    return decide(investigation, command, case, around_investigation(desk, case))


def case_of(desk: Desk, investigation: Investigation) -> Case:
    """The case that is investigated."""
    return known(desk.case(investigation.case))


def around_investigation(desk: Desk, case: Case) -> Circumstances:
    """What an act of the caller's own organisation in an investigation is judged by."""
    own, law = desk.house, desk.law_of(case)
    persons = (case.applicant, *case.involved())
    return circumstances.of(desk, own, law, persons, case)


def sealed(case: Case, words: str) -> Personal:
    """What is said in an investigation is sealed under the subject's discipline key."""
    return Personal(words, case.applicant, Purpose.DISCIPLINE)


def _stands(desk: Desk, investigation: Investigation) -> set[Relation]:
    """Of organisations only the integrity officers count: others don't learn that there is one."""
    return relation.to_matter(
        desk,
        investigation.organisation,
        own=investigation.known_to_subject and relation.owns(desk, investigation.subject),
        officers_alone=(Relation.ORGANISATION, Relation.SUBORDINATE),
    )


def may_conduct(desk: Desk, organisation: str, investigation: Investigation) -> bool:
    """Whether an organisation has the power to conduct it today."""
    matters = (matter_of(desk, case_of(desk, investigation)),)
    granted = desk.authority(organisation).by_which((INTEGRITY,), matters, desk.acting.today)
    return granted is not None


def whereabouts(desk: Desk, investigation: Investigation) -> Office:
    """What is known of the office that conducts it."""
    house, case = known(desk.organisation(investigation.organisation)), case_of(desk, investigation)
    seats, today = desk.seats(house.organisation), desk.acting.today
    humans = desk.humans([each.person for each in seats.open_on(today)])
    return Office(
        powerful=may_conduct(desk, house.organisation, investigation),
        eligible=takeover.somebody_eligible(investigation, case, seats, humans, today),
        ended=house.ended is not None,
    )


def _invites(desk: Desk, investigation: Investigation) -> Iterator[Act | Offer]:
    """Hear, find or close; then serve, ask for a review, and decide it; or take it over.

    Who holds the seat, and reviewed the case or is its applicant, is told that this keeps them.
    """
    seats = integrity_seats(desk)
    barred = _barred(desk, investigation) if seats else ()
    under_way, found = investigation.ended is None, investigation.ended == "found"
    decided = found or (not under_way and investigation.told)
    unserved = decided and not investigation.served
    if INTEGRITY_HANDLER in seats and (under_way or unserved):
        yield Offer(Act.CONDUCT_INVESTIGATION, barred)
    if INTEGRITY_LEADER in seats and under_way:
        yield Offer(Act.DECIDE_INVESTIGATION, barred)
    hears = under_way and investigation.told
    if hears or _may_be_reviewed(desk, investigation):
        yield Act.MAKE_STATEMENT
    person = desk.acting.actor.person
    humans = desk.humans([person, *investigation.deciders])
    had_a_part = humans.among(person, investigation.deciders)
    if INTEGRITY_LEADER in seats and investigation.review_open and not had_a_part:
        yield Offer(Act.DECIDE_REVIEW, barred)
    elsewhere = desk.acting.actor.organisation != investigation.organisation
    leads = INTEGRITY_LEADER in seats and not barred
    if leads and elsewhere and whereabouts(desk, investigation).stands_still:
        yield Act.TAKE_OVER_INVESTIGATION


def _barred(desk: Desk, investigation: Investigation) -> tuple[Refusal, ...]:
    """What keeps the caller from it in whatever seat: that they had a part in the case."""
    case = case_of(desk, investigation)
    return tuple(party_objections(case, around_investigation(desk, case)))


def _may_be_reviewed(desk: Desk, investigation: Investigation) -> bool:
    last = investigation.review_by
    in_time = last is None or desk.acting.today <= last
    return investigation.ended == "found" and not investigation.review_open and in_time


def _concern(desk: Desk, investigation: Investigation) -> Concern:
    return competence.over_cases(desk, case_of(desk, investigation))


INVESTIGATION = Thing(
    find=Desk.investigation,
    stands=_stands,
    reading=Act.READ_INVESTIGATION,
    invites=_invites,
    concern=_concern,
)


def kept_from(desk: Desk, stream: str) -> bool:
    """Whether it is kept from the caller that there is an investigation: until the person was told.

    Whoever may read it, and is not that person, knows of it.
    """
    investigation = desk.investigation(stream)
    if investigation is None:
        return True
    if investigation.known_to_subject:
        return False
    stands = INVESTIGATION.stands(desk, investigation)
    knows = permitted(Act.READ_INVESTIGATION, desk.acting.roles, stands)
    return not knows or relation.same_human(desk, investigation.subject)


_HANDLER, _LEADER = (INTEGRITY_HANDLER,), (INTEGRITY_LEADER,)
_CONDUCT, _DECIDE = Act.CONDUCT_INVESTIGATION, Act.DECIDE_INVESTIGATION
OPEN = Row(CASE, Act.OPEN_INVESTIGATION, open_investigation, _HANDLER, begins=InvestigationOpened)


def _under_way(investigation: Investigation) -> bool:
    return investigation.ended is None


EXTEND = Row(
    INVESTIGATION,
    _DECIDE,
    extend,
    _LEADER,
    fresh=True,
    when=lambda investigation: not investigation.extended,
    blank=empty(extend),
)
NOTIFY = Row(INVESTIGATION, _CONDUCT, notify, _HANDLER, when=_under_way)
STATE = Row(
    INVESTIGATION,
    (Act.MAKE_STATEMENT, _CONDUCT),
    state,
    on_behalf=_HANDLER,
    when=lambda investigation: _under_way(investigation) and investigation.told,
)
PROPOSE = Row(
    INVESTIGATION,
    _CONDUCT,
    propose,
    _HANDLER,
    when=_under_way,
    blank={"ground": Ground.FRAUD, "evidence": (), "finding": ""},
)
FIND = Row(
    INVESTIGATION,
    _DECIDE,
    find,
    _LEADER,
    fresh=True,
    when=lambda investigation: investigation.proposal is not None,
    blank=empty(find),
)
CLOSE = Row(INVESTIGATION, _DECIDE, close, _LEADER, fresh=True, blank=empty(close))
