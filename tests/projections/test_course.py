"""The course that views follow in the stored fields is that of the case as the domain folds it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.leaf.envelope import Envelope, to_leaf
from bench.town.watch.folds import stands
from domain.actor import AccountActor
from domain.case.amendment import AmendmentProposed, EntryAmended
from domain.case.certificate import CertificateIssued, CertificateSignedFor, CertificateVoided
from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.draft import CaseOpened
from domain.case.ending import (
    ApplicantDisqualified,
    RevocationAnnulled,
    TitleRevoked,
)
from domain.case.entries import Posted, Said
from domain.case.evolve import CaseEvent, evolve
from domain.case.filing import CaseSubmitted
from domain.case.handler_opinion import HandlerOpinionGiven, OpinionTakenBack
from domain.case.judgement import JudgementRecorded
from domain.case.lapse import CaseLapsed
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.next_stage import CaseForwarded, CaseReferredUp, TitleRecognised
from domain.case.objections import RejectedOnObjection, ReturnedOnObjection
from domain.case.phase import (
    AwaitingPublicity,
    Draft,
    Ended,
    Publicised,
    Recognised,
    Returned,
    Revoked,
    Suspended,
    UnderPublicity,
    UnderReview,
)
from domain.case.posting_proof import PostingProven
from domain.case.publicity import PublicityClosed, PublicityOpened, PublicityVoided
from domain.case.reexamination import Events as ReexaminationEvent
from domain.case.reexamination import LapseSetAside, OutcomeSetAside
from domain.case.rescission import ActRescinded
from domain.case.resubmission import CaseResubmitted
from domain.case.returning import CaseReturned
from domain.case.suspension import CaseResumed, CaseSuspended
from domain.case.takeover import StageTakenOver
from domain.case.withdrawal import CaseWithdrawn
from domain.separation import HANDLER, LEADER
from projections.chain import chain_of
from projections.course import APPLICANT, CHANGES, DRAFT, Course
from projections.fact import fact
from tests.domain.dull import dull
from tests.domain.invented import NOON, TODAY
from tests.domain.story import CHAIN, stage_of
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.phase import Phase
    from domain.case.state import Case
    from projections.fact import Fact

ACTOR = AccountActor("account-1", "person-1", None, None, None, "session-1", "password")

EMPLOYER, DEPARTMENT, BUREAU = CHAIN
COMMITTEE = replace(stage_of("committee", "organisation-committee", (), decides=False), votes=True)
STAGES = (
    EMPLOYER,
    replace(DEPARTMENT, publicity="posting"),
    replace(COMMITTEE, seats=()),
    replace(BUREAU, publicity="posting"),
)
"""Two seats, two and a posting, a committee's vote, and two with a posting that decide."""

GOING_ON = (UnderReview, Returned, AwaitingPublicity, UnderPublicity, Publicised)
WHERE: dict[type, tuple[type, ...]] = {
    CaseSubmitted: (Draft,),
    CaseResubmitted: (Returned,),
    CaseLapsed: (Returned,),
    CaseWithdrawn: (Draft, *GOING_ON),
    HandlerOpinionGiven: (UnderReview,),
    LeaderApproved: (UnderReview,),
    OpinionTakenBack: (UnderReview,),
    CaseForwarded: (UnderReview, Publicised),
    CaseReturned: (UnderReview,),
    CaseNotAccepted: (UnderReview,),
    CaseRejected: (UnderReview,),
    JudgementRecorded: (UnderReview,),
    StageTakenOver: (UnderReview, AwaitingPublicity, Publicised, Returned),
    VotesRecorded: (UnderReview,),
    RejectedByVote: (UnderReview,),
    PublicityOpened: (AwaitingPublicity,),
    PublicityVoided: (UnderPublicity, Publicised),
    AmendmentProposed: (UnderPublicity, Publicised),
    EntryAmended: (UnderPublicity, Publicised),
    PostingProven: (UnderPublicity, Publicised),
    ReturnedOnObjection: (UnderPublicity, Publicised),
    RejectedOnObjection: (UnderPublicity, Publicised),
    CaseSuspended: (*GOING_ON, Suspended),
    CaseResumed: (Suspended,),
    TitleRecognised: (UnderReview, Publicised),
    CaseReferredUp: (UnderReview, Publicised),
    CertificateIssued: (Recognised,),
    CertificateVoided: (Recognised,),
    CertificateSignedFor: (Recognised,),
    TitleRevoked: (Recognised,),
    RevocationAnnulled: (Revoked,),
    ApplicantDisqualified: (Suspended, *GOING_ON),
    PublicityClosed: (object,),
    ActRescinded: (object,),
}
"""Where a case can stand when something happens; what is not here happens anywhere."""

ENDING = (
    *(CaseWithdrawn, CaseNotAccepted, CaseRejected, CaseLapsed),
    *(RejectedByVote, RejectedOnObjection, ApplicantDisqualified, CaseReferredUp),
)
EVERYTHING = sorted(
    (kind for kind in get_args(CaseEvent) if kind is not CaseOpened),
    key=lambda kind: str(kind.topic),
)
OFTEN = [kind for kind in EVERYTHING if kind in WHERE and kind not in ENDING]
"""What brings a case on happens oftener, so that few cases end early."""


def may_happen(kind: type, case: Case) -> bool:
    """Whether the office could record this of a case that stands thus."""
    if not isinstance(case.phase, WHERE.get(kind, object)):
        return False
    here = stage_now(case)
    if kind is ActRescinded:
        return case.last_act is not None and not isinstance(case.phase, Suspended)
    if kind in get_args(ReexaminationEvent):
        return isinstance(case.phase, Ended) and may_be_reexamined(kind, case)
    if kind in (LeaderApproved, OpinionTakenBack):
        return isinstance(case.phase, UnderReview) and case.phase.opinion is not None
    if kind is HandlerOpinionGiven:
        return bool(case.stage(here).seats)
    if kind in (CertificateVoided, CertificateSignedFor):
        return isinstance(case.phase, Recognised) and case.phase.certificate is not None
    if kind is CaseForwarded:
        return case.after(here) is not None
    return kind is not TitleRecognised or case.after(here) is None


def may_be_reexamined(kind: type, case: Case) -> bool:
    """Whether that can come of how the case ended: a lapse leaves time to mend, all else none."""
    if case.ending is None or not case.chain:
        return False
    lapsed = isinstance(case.ending.before, Returned)
    return {OutcomeSetAside: not lapsed, LapseSetAside: lapsed}.get(kind, True)


def stage_now(case: Case) -> str:
    """The stage at which the case stands, or stood last."""
    where = case.phase.before if isinstance(case.phase, Suspended) else case.phase
    return str(getattr(where, "stage", STAGES[0].stage))


def happening(kind: type[CaseEvent], case: Case, pick: int) -> CaseEvent:
    """One of this kind, in the words of the case; ``pick`` is chance."""
    here = stage_now(case)
    following = case.after(here) if case.chain else None
    stages = [each.stage for each in STAGES[: [e.stage for e in STAGES].index(here) + 1]]
    said: dict[str, Any] = {
        "stage": STAGES[pick % len(STAGES)].stage if kind is StageTakenOver else here,
        "organisation": next(each.organisation for each in STAGES if each.stage == here),
        "to_organisation": f"organisation-{pick}",
        "round": case.round + (kind in (CaseSubmitted, CaseResubmitted, OutcomeSetAside)),
        "chain": STAGES,
        "resume_stage": getattr(case.phase, "resume_stage", stages[pick % len(stages)]),
        "due_at": NOON + timedelta(hours=pick % 1000),
        "ends_on": TODAY + timedelta(days=pick % 1000),
        "posting": f"posting-{pick}",
        "from_stage": here,
        "to_stage": here if following is None else following.stage,
        "act": 1 if case.last_act is None else case.last_act.version,
        "seat": HANDLER,
        "says": Said(
            posted=dull(Posted, ends_on=TODAY + timedelta(days=pick % 1000), runs=pick % 3 > 0)
        ),
    }
    if kind is OutcomeSetAside and case.ending is not None:
        said["resume_stage"] = case.ending.stage
    if kind is CaseResumed and not isinstance(getattr(case.phase, "before", None), Returned):
        said["due_at"] = None
    names = {each.name for each in fields(kind)}
    return dull(kind, **{name: value for name, value in said.items() if name in names})


def stored(event: CaseEvent, version: int) -> Fact:
    """The event as a view reads it."""
    leaf = to_leaf(
        Envelope(
            event=event,
            origin="origin",
            stream="case-1",
            version=version,
            actor=ACTOR,
            recorded_at=NOON,
            command="command",
            request=None,
            causation=None,
            previous=None,
        ),
        lambda _pointer, _words: "sealed",
    )
    return fact((version, "case-1", version, event.topic, leaf, NOON))


def followed(course: Course, event: Fact) -> Course:
    """The course after an event, as the views of status and queue follow it."""
    if event.topic == CaseSubmitted.topic:
        course = course._replace(chain=chain_of(event))
    return course.follow(event) if event.topic in CHANGES else course


def seat_of(case: Case, phase: Phase) -> set[str | None]:
    """Whose turn it can be, as far as the domain's state tells."""
    match phase:
        case Draft() | Returned():
            return {APPLICANT}
        case AwaitingPublicity():
            return {HANDLER}
        case Publicised(stage, posting):
            return {HANDLER if case.after(stage) and not posting.late else LEADER}
        case UnderReview(stage, None):
            return {*case.stage(stage).seats[:1]} or {None}
        case UnderReview(stage) if case.last_act is not None and case.last_act.stage == stage:
            return {LEADER, None} if case.last_act.topic == VotesRecorded.topic else _then(case)
        case UnderReview():
            return {LEADER, None}
        case Suspended(before):
            return seat_of(case, before)
        case _:
            return {None}


def _then(case: Case) -> set[str | None]:
    assert case.last_act is not None
    return {LEADER if case.last_act.topic == HandlerOpinionGiven.topic else None}


def agree(course: Course, case: Case) -> None:
    """The two tell the same of everything that both know."""
    stand = course.stand
    phase, before, round_, _, _, due_at = stands(case)
    assert (stand.phase, stand.before, stand.round) == (phase, before, round_)
    where = case.phase.before if isinstance(case.phase, Suspended) else case.phase
    if isinstance(where, Returned | UnderPublicity):
        assert stand.due_at == due_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if not isinstance(where, Draft | Ended):
        stage = case.stage(where.stage)
        assert (stand.stage, stand.organisation) == (stage.stage, stage.organisation)
    assert stand.seat in seat_of(case, case.phase)


@settings(max_examples=300)
@given(st.lists(st.integers(0, 10**6), min_size=40, max_size=120))
def test_the_course_of_a_view_is_that_of_the_case_after_whatever_happens(
    picks: list[int],
) -> None:
    case = evolve(None, dull(CaseOpened), told("case-1", ACTOR))
    course = Course((), DRAFT, None)
    for version, pick in enumerate(picks, start=2):
        fitting = [kind for kind in EVERYTHING + OFTEN * 7 if may_happen(kind, case)]
        event = happening(fitting[pick % len(fitting)], case, pick)
        case = evolve(case, event, told("case-1", ACTOR, version))
        course = followed(course, stored(event, version))
        agree(course, case)
