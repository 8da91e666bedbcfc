"""What reviewers may try, each mostly in a seat that is theirs, up to the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import certificate, review
from bench.town import papers
from bench.town.chance import MOSTLY, a_case, an_administrator, one_that, somebody
from bench.town.founding import REVIEWING
from domain.case.certificate import VoidingGround
from domain.case.phase import InPublicity, Recognised, Returned, UnderReview
from domain.case.values import ClaimFinding, Recommendation
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.review import Establishes
    from bench.town.town import Choose, Town
    from domain.case.state import Case

NEGATIVE = (Recommendation.REJECT, Recommendation.NOT_ACCEPT)


def a_handler_gives_an_opinion(town: Town, choose: Choose) -> None:
    """For or against, with findings that fit or don't."""
    for it in one_that(choose, town.cases, _waiting(town, HANDLER)):
        confirmed = choose(MOSTLY)
        finding = ClaimFinding.CONFIRMED if choose(MOSTLY) else ClaimFinding.DOUBTFUL
        town.act(
            reviewer(town, choose, it, HANDLER),
            review.GIVE_OPINION,
            it.case,
            recommendation=Recommendation.APPROVE if confirmed else Recommendation.REJECT,
            reasons=(papers.REASON,) if choose(MOSTLY) else (),
            verifications=papers.found(it, finding),
            establishes=_said(it, choose),
            opinion=papers.WORDS,
            no_reason_to_recuse=True,
        )


def _said(it: Case, choose: Choose) -> tuple[Establishes, ...]:
    """Nearly always what a handler should say of facts; else the contrary, or nothing."""
    said = choose((*(True,) * 14, False, None))
    return () if said is None else papers.established(it, well=said)


def a_leader_decides(town: Town, choose: Choose) -> None:
    """Mostly to approve, whatever the handler said."""
    for it in one_that(choose, town.cases, _waiting(town, LEADER)):
        town.act(
            reviewer(town, choose, it, LEADER),
            review.DECIDE,
            it.case,
            decision=Recommendation.APPROVE if choose(MOSTLY) else choose(NEGATIVE),
            reasons=(papers.REASON,) if choose(MOSTLY) else (),
            opinion=papers.WORDS,
            no_reason_to_recuse=True,
        )


def a_case_is_returned(town: Town, choose: Choose) -> None:
    """By the handler or the leader, to be resumed at any stage."""
    for it in a_case(town, choose, UnderReview):
        stages = (None, None, *(each.stage for each in it.chain), "nowhere")
        town.act(
            reviewer(town, choose, it, *REVIEWING),
            review.RETURN,
            it.case,
            items=(papers.MEND,),
            resume_stage=choose(stages),
            told=papers.BY_HAND,
            due_on=None,
            no_reason_to_recuse=True,
        )


def a_question_is_judged(town: Town, choose: Choose) -> None:
    """What the law left open is answered by a reviewer."""
    asked = (e for e in _waiting(town, *REVIEWING) if e.open_questions())
    for it in one_that(choose, town.cases, asked):
        questions = it.open_questions()
        town.act(
            reviewer(town, choose, it, *REVIEWING),
            review.RECORD_JUDGEMENT,
            it.case,
            question=choose(questions) if questions else "NOT_ASKED",
            satisfied=choose(MOSTLY),
            grounds=papers.WORDS,
        )


def a_substitute_is_designated(town: Town, choose: Choose) -> None:
    """Anybody, for any seat of any stage; mostly somebody of the house."""
    for it in a_case(town, choose, UnderReview, Returned):
        if not it.chain or len(it.substitutes) > len(it.chain):
            return
        stage = choose(it.chain)
        accounts = town.accounts
        here = tuple(n for n, a in accounts.items() if a.organisation == stage.organisation)
        town.act(
            town.acting(an_administrator(town, choose, stage.organisation)),
            review.DESIGNATE_SUBSTITUTE,
            it.case,
            stage=stage.stage,
            seat=choose((*REVIEWING, *REVIEWING, "committee")),
            account=choose(here if choose(MOSTLY) else tuple(accounts)),
            reason=papers.WORDS,
        )


def a_certificate_is_issued(town: Town, choose: Choose) -> None:
    """Once, if at all."""
    new = (
        each
        for each in town.cases.values()
        if isinstance(each.phase, Recognised) and each.phase.certificate is None
    )
    for it in one_that(choose, town.cases, new):
        town.act(reviewer(town, choose, it, HANDLER), certificate.ISSUE_CERTIFICATE, it.case)


def a_certificate_is_void(town: Town, choose: Choose) -> None:
    """By the leader who did not issue it, if at all."""
    certified = (
        each
        for each in town.cases.values()
        if isinstance(each.phase, Recognised) and each.phase.certificate is not None
    )
    for it in one_that(choose, town.cases, certified):
        by, why = reviewer(town, choose, it, LEADER), {"explanation": "有误"}
        town.act(by, certificate.VOID_CERTIFICATE, it.case, ground=VoidingGround.WRONG, **why)


def reviewer(town: Town, choose: Choose, it: Case, *seats: str) -> Acting:
    """Somebody acting where the case is now, mostly in one of those seats."""
    where = stage_of(it)
    named = [s.account for s in it.substitutes if s.organisation == where and s.seat in seats]
    return town.acting(somebody(town, choose, where, *seats, beside=named))


def stage_of(it: Case) -> str:
    """The organisation where the case is now; the last that had it, or the employer."""
    stage = getattr(it.phase, "stage", None)
    if stage is not None and isinstance(it.phase, (UnderReview, InPublicity, Recognised)):
        return it.stage(stage).organisation
    return it.chain[-1].organisation if it.chain else it.employer


def _waiting(town: Town, *seats: str) -> Iterator[Case]:
    """The cases under review that wait for one of these seats."""
    for each in town.cases.values():
        if isinstance(each.phase, UnderReview):
            turn = HANDLER if each.phase.opinion is None else LEADER
            if turn in seats:
                yield each
