"""What reviewers may try, each mostly in a seat that is theirs, and what ends a case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bench.town import papers
from bench.town.chance import MOSTLY, a_case, one
from bench.town.people import SEATS
from bench.town.town import FOUNDER, words
from domain.case import commands as case
from domain.case import ending, returning, review
from domain.case.phase import InPublicity, Recognised, Returned, Suspended, UnderReview
from domain.case.values import ClaimFinding, Recommendation, ReturnItem
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def a_handler_gives_an_opinion(town: Town, choose: Choose) -> None:
    """For or against, with findings that fit or don't."""
    for it in _a_case_for(town, choose, HANDLER):
        around = reviewer(town, choose, it, HANDLER)
        confirmed = choose(MOSTLY)
        command = case.GiveOpinion(
            recommendation=Recommendation.APPROVE if confirmed else Recommendation.REJECT,
            reasons=(papers.REASON,),
            verifications=papers.verifications(
                it, ClaimFinding.CONFIRMED if choose(MOSTLY) else ClaimFinding.DOUBTFUL
            ),
            opinion=words(it.applicant),
        )
        town.record(it.case, review.give_opinion(it, command, around), around.actor)


def a_leader_decides(town: Town, choose: Choose) -> None:
    """Mostly to approve, whatever the handler said."""
    for it in _a_case_for(town, choose, LEADER):
        around = reviewer(town, choose, it, LEADER)
        negative = (Recommendation.REJECT, Recommendation.NOT_ACCEPT)
        command = case.DecideAsLeader(
            decision=Recommendation.APPROVE if choose(MOSTLY) else choose(negative),
            reasons=(papers.REASON,),
            opinion=words(it.applicant),
            notice=town.number("notice"),
        )
        town.record(it.case, review.decide_as_leader(it, command, around), around.actor)


def a_case_is_returned(town: Town, choose: Choose) -> None:
    """By the handler or the leader, to be resumed at any stage."""
    for it in a_case(town, choose, UnderReview):
        seat = choose(SEATS)
        around = reviewer(town, choose, it, seat)
        item = ReturnItem(item="1", subject="work", problem=words(it.applicant), rules=())
        command = case.ReturnForRevision(
            items=(item,),
            resume_stage=choose((None, "employer", "department", "bureau")),
            due_at=town.now + timedelta(days=10),
            due_rules=(),
        )
        town.record(it.case, returning.return_for_revision(it, command, seat, around), around.actor)


def a_question_is_judged(town: Town, choose: Choose) -> None:
    """What the law left open is answered by a reviewer."""
    for it in a_case(town, choose, UnderReview):
        seat = choose(SEATS)
        around = reviewer(town, choose, it, seat)
        command = case.RecordJudgement(
            judgement=town.number("judgement"),
            question=papers.QUESTION,
            satisfied=choose(MOSTLY),
            grounds=words(it.applicant),
            rules=(),
        )
        town.record(it.case, review.record_judgement(it, command, seat, around), around.actor)


def a_substitute_is_designated(town: Town, choose: Choose) -> None:
    """Anybody, for any seat of any stage."""
    for it in a_case(town, choose, UnderReview, Returned):
        account = choose(tuple(town.accounts))
        holder = town.accounts[account]
        command = case.DesignateSubstitute(
            designation=town.number("designation"),
            stage=choose(("employer", "department", "bureau")),
            seat=choose(SEATS),
            person=holder.person,
            account=account,
            home=holder.organisation or "",
            reason=words(holder.person),
        )
        around = town.around(choose(tuple(town.accounts)), _organisation_of(it))
        town.record(it.case, review.designate_substitute(it, command, around), around.actor)


def a_case_is_held_still_or_goes_on(town: Town, choose: Choose) -> None:
    """An investigation begins, or is over, or ends the case."""
    for it in a_case(town, choose, UnderReview, Returned, Suspended):
        hold = {"cause": "investigation", "investigation": "investigation-1"}
        if not isinstance(it.phase, Suspended):
            town.record(it.case, ending.suspend(it, case.Suspend(**hold), town.now), FOUNDER)
        elif choose(MOSTLY):
            town.record(it.case, ending.resume(it, case.Resume(**hold), town.now), FOUNDER)
        else:
            command = case.Disqualify(
                investigation="investigation-1",
                ground="弄虚作假",
                decision=town.number("decision"),
                authority=_organisation_of(it),
                rules=(),
            )
            town.record(it.case, ending.disqualify(it, command), FOUNDER)


def a_certificate_is_issued(town: Town, choose: Choose) -> None:
    """Once, if at all."""
    for it in a_case(town, choose, Recognised):
        where = it.chain[-1].organisation if it.chain else it.employer
        seat = choose(SEATS)
        around = town.around(somebody(town, choose, it, where, seat), where)
        command = case.IssueCertificate(certificate=town.number("certificate"), forms=())
        town.record(it.case, ending.issue_certificate(it, command, seat, around), around.actor)


def _a_case_for(town: Town, choose: Choose, seat: str) -> tuple[Case, ...]:
    """One case under review, mostly one that waits for this seat."""
    under_review = tuple(e for e in town.cases.values() if isinstance(e.phase, UnderReview))
    waiting = tuple(each for each in under_review if _waits_for(each) == seat)
    return one(choose, waiting if choose(MOSTLY) else under_review)


def _waits_for(it: Case) -> str:
    return HANDLER if isinstance(it.phase, UnderReview) and it.phase.opinion is None else LEADER


def reviewer(town: Town, choose: Choose, it: Case, seat: str) -> Circumstances:
    """Somebody acting where the case is now, mostly in that seat."""
    where = _organisation_of(it)
    return town.around(somebody(town, choose, it, where, seat), where)


def somebody(town: Town, choose: Choose, it: Case, where: str, seat: str) -> str:
    """Mostly somebody who holds the seat or stands in for it, else anybody."""
    held = [a.account for a in town.organisations[where].open_on(town.now.date()) if a.seat == seat]
    standing_in = [s.account for s in it.substitutes if (s.organisation, s.seat) == (where, seat)]
    suitable = (*held, *standing_in)
    likely = choose(MOSTLY)
    return choose(suitable if suitable and likely else tuple(town.accounts))


def _organisation_of(it: Case) -> str:
    """Where the case is now; at the employer, while nobody has it."""
    phase, at_a_stage = it.phase, (UnderReview, InPublicity)
    return it.stage(phase.stage).organisation if isinstance(phase, at_a_stage) else it.employer
