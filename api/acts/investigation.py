"""Misconduct: take up a suspicion, hear the person, find or close; serve, review.

What a finding brings happens in the same append, see ``sanction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import competence, standing, terms
from api.acts.addressee import stands_to
from api.acts.competence import matter_of
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.sanction import amend, carry_out
from api.acts.stage import CASE
from api.acts.thing import Offer, Thing
from api.problems import Problem
from domain.authority.power import INTEGRITY
from domain.case import suspension
from domain.case.phase import Suspended
from domain.case.suspension import InvestigationNoted, Resume, Suspend
from domain.investigation import aftermath, takeover
from domain.investigation.aftermath import DecideReview, RequestReview, ServeDecision
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
from domain.investigation.events import Ground, InvestigationOpened, MisconductFound, ReviewOutcome
from domain.objection.decide import take_up
from domain.personal import Personal, Purpose
from domain.policy.process import FINDING, REVIEW_DECISION, REVIEW_REQUEST, SERVICE
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
        suspicion=_words(case, suspicion),
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
    case = _case(desk, investigation)
    law = desk.law_of(case)
    command = ExtendTerm(
        due_on=terms.last_day(desk, law, FINDING, investigation.due_on),
        reason=_words(case, reason),
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
    case = _case(desk, investigation)
    law = desk.law_of(case)
    by = terms.told(desk, law, told, case.applicant, Purpose.DISCIPLINE)
    command = NotifyAllegation(
        allegation=_words(case, allegation),
        time=terms.time_to_answer(desk, law, by, answer_by),
        hearing=terms.hearing(desk, law, by, hearing_on),
        rules=terms.rules_of_hearing(law),
    )
    return _conduct(desk, investigation, command)


def state(desk: Desk, investigation: Investigation, *, statement: str) -> Events:
    """Answer the allegation, as the person or, for them, as the handler who received it."""
    if not standing.same_human(desk, investigation.subject):
        standing.take_seat(desk, investigation.organisation, _HANDLER)
    words = _words(_case(desk, investigation), statement)
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
    words = _words(_case(desk, investigation), finding)
    command = ProposeFinding(ground=ground, evidence=evidence, finding=words)
    return _conduct(desk, investigation, command)


def find(desk: Desk, investigation: Investigation, *, decision: str, finding: str) -> Events:
    """Find misconduct, as the second officer: disqualified and on record in one append."""
    case = _case(desk, investigation)
    command = FindMisconduct(decision=decision, finding=_words(case, finding))
    events = _conduct(desk, investigation, command)
    desk.write(investigation.investigation, *events)
    for event in events:
        if isinstance(event, MisconductFound):
            carry_out(desk, case, investigation.investigation, event)
    return ()


def close(desk: Desk, investigation: Investigation, *, decision: str, reason: str) -> Events:
    """Close it, as the second officer: the suspicion was not confirmed and the case goes on."""
    case, stream = _case(desk, investigation), investigation.investigation
    command = CloseInvestigation(decision=decision, reason=_words(case, reason))
    desk.write(stream, *_conduct(desk, investigation, command))
    if isinstance(case.phase, Suspended) and case.phase.investigation == stream:
        on = Resume(cause="investigation", investigation=stream)
        desk.write(case.case, *suspension.resume(case, on, desk.acting.at))
    return ()


def serve(
    desk: Desk, investigation: Investigation, *, told: Told | None, remedy: str | None
) -> Events:
    """Enter that the decision was served on the person, or that nothing was confirmed."""
    case = _case(desk, investigation)
    law = desk.law_of(case)
    by = terms.told(desk, law, told, case.applicant, Purpose.DISCIPLINE)
    ended = investigation.ended_on or desk.acting.today
    command = ServeDecision(
        told=by,
        remedy=None if remedy is None else _words(case, remedy),
        serve_by=terms.last_day(desk, law, SERVICE, ended),
        review_by=terms.last_day(desk, law, REVIEW_REQUEST, by.counted_from),
        rules=(*law.process_term(SERVICE).rules, *law.process_term(REVIEW_REQUEST).rules),
    )
    return aftermath.serve(investigation, command, around_investigation(desk, case))


def request_review(desk: Desk, investigation: Investigation, *, grounds: str) -> Events:
    """Ask, as the person concerned, for a review of the finding."""
    case = _case(desk, investigation)
    law = desk.law_of(case)
    command = RequestReview(
        grounds=_words(case, grounds),
        decide_by=terms.last_day(desk, law, REVIEW_DECISION, desk.acting.today),
        rules=law.process_term(REVIEW_DECISION).rules,
    )
    return aftermath.request_review(investigation, command, around_investigation(desk, case))


def decide_review(
    desk: Desk,
    investigation: Investigation,
    *,
    outcome: ReviewOutcome,
    decision: str,
    ends_on: date | None,
    reason: str,
) -> Events:
    """Decide the review, as somebody who had no part in the finding."""
    # a correction, to the entry's new last day, or an annulment follows in the same append
    case, stream = _case(desk, investigation), investigation.investigation
    command = DecideReview(
        outcome=outcome, decision=decision, ends_on=ends_on, reason=_words(case, reason)
    )
    authority = known(desk.organisation(investigation.organisation))
    forum = terms.forum(desk, desk.law_of(case), authority)
    around = around_investigation(desk, case)
    events = aftermath.decide_review(investigation, command, case, around, forum=forum)
    desk.write(stream, *events)
    amend(desk, case, stream, command)
    return ()


def _conduct(desk: Desk, investigation: Investigation, command: Command) -> Events:
    case = _case(desk, investigation)
    return decide(investigation, command, case, around_investigation(desk, case))


def _case(desk: Desk, investigation: Investigation) -> Case:
    return known(desk.case(investigation.case))


def around_investigation(desk: Desk, case: Case) -> Circumstances:
    """What an act of the caller's own organisation in an investigation is judged by."""
    own, law = desk.house, desk.law_of(case)
    persons = (case.applicant, *case.involved())
    return standing.circumstances(desk, own, law, persons, case)


def _words(case: Case, words: str) -> Personal:
    """What is said in an investigation is sealed under the subject's discipline key."""
    return Personal(words, case.applicant, Purpose.DISCIPLINE)


def _stands(desk: Desk, investigation: Investigation) -> set[Relation]:
    """Of organisations only the integrity officers count: others don't learn that there is one."""
    return standing.to_matter(
        desk,
        investigation.organisation,
        own=investigation.known_to_subject and standing.owns(desk, investigation.subject),
        officers_alone=(Relation.ORGANISATION, Relation.SUBORDINATE),
    )


def may_conduct(desk: Desk, organisation: str, investigation: Investigation) -> bool:
    """Whether an organisation has the power to conduct it today."""
    matters = (matter_of(desk, _case(desk, investigation)),)
    granted = desk.authority(organisation).by_which((INTEGRITY,), matters, desk.acting.today)
    return granted is not None


def whereabouts(desk: Desk, investigation: Investigation) -> Office:
    """What is known of the office that conducts it."""
    house, case = known(desk.organisation(investigation.organisation)), _case(desk, investigation)
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
    seats = standing.integrity_seats(desk)
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
    case = _case(desk, investigation)
    return tuple(party_objections(case, around_investigation(desk, case)))


def _may_be_reviewed(desk: Desk, investigation: Investigation) -> bool:
    last = investigation.review_by
    in_time = last is None or desk.acting.today <= last
    return investigation.ended == "found" and not investigation.review_open and in_time


def _concern(desk: Desk, investigation: Investigation) -> Concern:
    return competence.over(desk, matter_of(desk, _case(desk, investigation)))


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
    return not knows or standing.same_human(desk, investigation.subject)


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
)
NOTIFY = Row(INVESTIGATION, _CONDUCT, notify, _HANDLER, when=_under_way)
STATE = Row(
    INVESTIGATION,
    (Act.MAKE_STATEMENT, _CONDUCT),
    state,
    on_behalf=_HANDLER,
    when=lambda investigation: _under_way(investigation) and investigation.told,
)
PROPOSE = Row(INVESTIGATION, _CONDUCT, propose, _HANDLER, when=_under_way)
FIND = Row(
    INVESTIGATION,
    _DECIDE,
    find,
    _LEADER,
    fresh=True,
    when=lambda investigation: investigation.proposal is not None,
)
CLOSE = Row(INVESTIGATION, _DECIDE, close, _LEADER, fresh=True)
SERVE = Row(
    INVESTIGATION,
    _CONDUCT,
    serve,
    _HANDLER,
    when=lambda investigation: not _under_way(investigation),
)
REQUEST_REVIEW = Row(
    INVESTIGATION,
    Act.MAKE_STATEMENT,
    request_review,
    when=lambda investigation: investigation.ended == "found",
)
DECIDE_REVIEW = Row(INVESTIGATION, Act.DECIDE_REVIEW, decide_review, _LEADER, fresh=True)


_CLUE = "clue"


def take_up_source(desk: Desk, case: Case, source: str | None, authority: str) -> str:
    """The cause of an investigation; a complaint that leads to it is taken up in the same append.

    Raises the problem ``NOT_FOUND`` where the authority has no such objection to the case, and
    no such complaint.
    """
    if source is None:
        return "review"
    if source.startswith("objection-"):
        objection = desk.objection(source)
        if objection is None or objection.case != case.case or objection.ending != "upheld":
            raise Problem("NOT_FOUND")
        return "objection"
    complaint = desk.complaint(source)
    if complaint is None or Relation.ORGANISATION not in stands_to(desk, complaint):
        raise Problem("NOT_FOUND")
    desk.write(source, take_up(complaint, desk.begun, authority))
    return _CLUE if complaint.origin == _CLUE else "complaint"
