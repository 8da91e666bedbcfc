"""What may be tried about misconduct: from a suspicion to the review of a finding."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts.investigations import Reviewed
from bench.town.chance import MOSTLY, ONCE_IN_FOUR, one, one_that, somebody, somebody_as
from bench.town.papers import WORDS
from domain.beijing import day
from domain.investigation.aftermath import ReviewOutcome
from domain.investigation.events import Ground
from domain.organisation.events import Kind
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.town.town import Choose, Town
    from domain.investigation.state import Investigation

OPEN_INVESTIGATIONS = 2


def a_suspicion_is_taken_up(town: Town, choose: Choose) -> None:
    """About a case that was filed, on the ground of nothing, a complaint or an objection."""
    if sum(each.ended is None for each in town.investigations.values()) >= OPEN_INVESTIGATIONS:
        return
    filed = (each for each in town.cases.values() if each.chain)
    for it in one_that(choose, town.cases, filed):
        where = it.chain[-1].organisation if it.chain else choose(tuple(town.organisations))
        by = town.acting(somebody(town, choose, where, INTEGRITY_HANDLER))
        sources = (None, None, *one(choose, town.complaints), *one(choose, town.objections))
        town.office.investigations.open(by, it.case, WORDS, choose(sources))


def an_allegation_is_told(town: Town, choose: Choose) -> None:
    """With five days to answer, or none."""
    for it in one_that(choose, town.investigations, _running(town)):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        answer_by = town.now + timedelta(days=choose((5, 5, 5, 1, -1)))
        town.office.investigations.notify(by, it.investigation, WORDS, answer_by)


def a_statement_is_made(town: Town, choose: Choose) -> None:
    """By the person concerned, or entered by the handler."""
    for it in one_that(choose, town.investigations, _running(town)):
        own = choose(MOSTLY)
        account = (
            somebody_as(town, choose, it.subject)
            if own
            else _officer(town, choose, it, INTEGRITY_HANDLER)
        )
        by = town.acting(account)
        town.office.investigations.receive_statement(by, it.investigation, WORDS)


def a_finding_is_proposed(town: Town, choose: Choose) -> None:
    """By the first officer, heard or unheard."""
    for it in one_that(choose, town.investigations, _running(town)):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        ground = choose(tuple(Ground))
        town.office.investigations.propose(by, it.investigation, ground, ("证1",), WORDS)


def misconduct_is_found(town: Town, choose: Choose) -> None:
    """By the second officer; what it brings follows in the same append."""
    proposed = (each for each in _running(town) if each.proposal)
    for it in one_that(choose, town.investigations, proposed):
        by = town.acting(_officer(town, choose, it, INTEGRITY_LEADER))
        town.office.investigations.find(by, it.investigation, town.number("document"), WORDS)


def an_investigation_is_closed(town: Town, choose: Choose) -> None:
    """The suspicion was not confirmed."""
    if choose(ONCE_IN_FOUR):
        for it in one_that(choose, town.investigations, _running(town)):
            by = town.acting(_officer(town, choose, it, INTEGRITY_LEADER))
            town.office.investigations.close(by, it.investigation, "决0", WORDS)


def a_decision_is_served(town: Town, choose: Choose) -> None:
    """Once, on or after its day."""
    unserved = (each for each in _found(town) if not each.served)
    for it in one_that(choose, town.investigations, unserved):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        on = day(town.now) + timedelta(days=choose((0, 0, -1, 1)))
        town.office.investigations.serve(by, it.investigation, on, "直接送达", WORDS)


def a_review_is_asked_for(town: Town, choose: Choose) -> None:
    """By whom it was found against, or by somebody else."""
    for it in one_that(choose, town.investigations, _found(town)):
        by = town.acting(somebody_as(town, choose, it.subject))
        town.office.investigations.request_review(by, it.investigation, WORDS)


def a_review_is_decided(town: Town, choose: Choose) -> None:
    """Upheld, corrected or annulled, at the same authority or above."""
    asked = (each for each in _found(town) if each.review_open)
    for it in one_that(choose, town.investigations, asked):
        authorities = [n for n, o in town.organisations.items() if o.kind is Kind.GOVERNMENT]
        where = choose((it.organisation, *authorities))
        outcome = choose(tuple(ReviewOutcome))
        days = choose((30, 400, -4000)) if choose(MOSTLY) else None
        reviewed = Reviewed(
            outcome=outcome,
            decision=town.number("document"),
            ends_on=day(town.now) + timedelta(days=days)
            if days is not None and outcome is ReviewOutcome.CORRECTED
            else None,
            reason=WORDS,
        )
        by = town.acting(somebody(town, choose, where, INTEGRITY_LEADER))
        town.office.investigations.decide_review(by, it.investigation, reviewed)


def _running(town: Town) -> Iterator[Investigation]:
    return (each for each in town.investigations.values() if each.ended is None)


def _found(town: Town) -> Iterator[Investigation]:
    return (each for each in town.investigations.values() if each.ended == "found")


def _officer(town: Town, choose: Choose, it: Investigation, seat: str) -> str:
    return somebody(town, choose, it.organisation, seat)
