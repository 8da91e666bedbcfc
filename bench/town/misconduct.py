"""What may be tried about misconduct: from a suspicion to the review of a finding."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts import investigation, investigation_aftermath, reexamination
from api.acts.terms import Told
from bench.town.chance import MOSTLY, ONCE_IN_FOUR, a_case, one, one_that, somebody, somebody_as
from bench.town.papers import BY_HAND, WORDS
from domain.beijing import day
from domain.case.phase import Ended
from domain.case.reexamination import Reexamined
from domain.investigation.events import Ground, ReviewOutcome
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.service import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bench.town.town import Choose, Town
    from domain.investigation.state import Investigation

OPEN_INVESTIGATIONS = 2


def a_reexamination_is_asked_for(town: Town, choose: Choose) -> None:
    """Of how a case ended, by its applicant or somebody else."""
    for it in a_case(town, choose, Ended):
        by = town.acting(somebody_as(town, choose, it.applicant))
        town.act(by, reexamination.REQUEST, it.case, grounds=WORDS)


def a_reexamination_is_decided(town: Town, choose: Choose) -> None:
    """By who had a part in the case, or had none."""
    waiting = (e for e in town.cases.values() if e.ending is not None and e.ending.decide_by)
    for it in one_that(choose, town.cases, waiting):
        where = choose(tuple(each.organisation for each in it.chain) or tuple(town.organisations))
        by = town.acting(somebody(town, choose, where, INTEGRITY_LEADER))
        outcome, number = choose(tuple(Reexamined)), town.number("document")
        town.act(by, reexamination.DECIDE, it.case, outcome=outcome, decision=number, reason=WORDS)


def a_suspicion_is_taken_up(town: Town, choose: Choose) -> None:
    """About a case that was filed, on the ground of nothing, a complaint or an objection."""
    if sum(each.ended is None for each in town.investigations.values()) >= OPEN_INVESTIGATIONS:
        return
    filed = (each for each in town.cases.values() if each.chain)
    for it in one_that(choose, town.cases, filed):
        where = it.chain[-1].organisation if it.chain else choose(tuple(town.organisations))
        by = town.acting(somebody(town, choose, where, INTEGRITY_HANDLER))
        sources = (None, None, *one(choose, town.complaints), *one(choose, town.objections))
        source = choose(sources)
        town.act(by, investigation.OPEN, it.case, suspicion=WORDS, source=source)


def how_told(town: Town, choose: Choose) -> Told:
    """By hand today; or in any way, through the system too, on any day, with or without proof."""
    if choose(MOSTLY):
        return BY_HAND
    on = day(town.now) + timedelta(days=choose((0, 0, -1, 1)))
    return Told(channel=choose(tuple(Channel)), on=on, proof=choose(("回证1", None)))


def how_long(town: Town, choose: Choose) -> datetime | None:
    """Nothing said, long enough, or too short."""
    days = choose((None, None, 20, 1, -1))
    return None if days is None else town.now + timedelta(days=days)


def an_allegation_is_told(town: Town, choose: Choose) -> None:
    """For the term of the law, for longer, or for less than it gives; by hand, or not."""
    untold = (each for each in _running(town) if not each.told)
    for it in one_that(choose, town.investigations, untold):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        town.act(
            by,
            investigation.NOTIFY,
            it.investigation,
            allegation=WORDS,
            told=how_told(town, choose),
            answer_by=how_long(town, choose),
            hearing_on=choose((*(None,) * 9, day(town.now) + timedelta(days=8))),
        )


def a_statement_is_made(town: Town, choose: Choose) -> None:
    """By the person concerned, or entered by the handler."""
    unheard = (each for each in _running(town) if each.told and not each.heard)
    for it in one_that(choose, town.investigations, unheard):
        own = choose(MOSTLY)
        account = (
            somebody_as(town, choose, it.subject)
            if own
            else _officer(town, choose, it, INTEGRITY_HANDLER)
        )
        by = town.acting(account)
        town.act(by, investigation.STATE, it.investigation, statement=WORDS)


def a_finding_is_proposed(town: Town, choose: Choose) -> None:
    """By the first officer, heard or unheard."""
    for it in one_that(choose, town.investigations, _running(town)):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        ground = choose(tuple(Ground))
        town.act(
            by,
            investigation.PROPOSE,
            it.investigation,
            ground=ground,
            evidence=("证1",),
            finding=WORDS,
        )


def misconduct_is_found(town: Town, choose: Choose) -> None:
    """By the second officer; what it brings follows in the same append."""
    proposed = (each for each in _running(town) if each.proposal)
    for it in one_that(choose, town.investigations, proposed):
        by = town.acting(_officer(town, choose, it, INTEGRITY_LEADER))
        number = town.number("document")
        town.act(by, investigation.FIND, it.investigation, decision=number, finding=WORDS)


def an_investigation_is_closed(town: Town, choose: Choose) -> None:
    """The suspicion was not confirmed."""
    if choose(ONCE_IN_FOUR):
        for it in one_that(choose, town.investigations, _running(town)):
            by = town.acting(_officer(town, choose, it, INTEGRITY_LEADER))
            which = it.investigation
            town.act(by, investigation.CLOSE, which, decision="决0", reason=WORDS)


def a_decision_is_served(town: Town, choose: Choose) -> None:
    """Once, on or after its day."""
    unserved = (each for each in _found(town) if not each.served)
    for it in one_that(choose, town.investigations, unserved):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        told = how_told(town, choose)
        town.act(by, investigation_aftermath.SERVE, it.investigation, told=told, remedy=WORDS)


def a_review_is_asked_for(town: Town, choose: Choose) -> None:
    """By whom it was found against, or by somebody else."""
    for it in one_that(choose, town.investigations, _found(town)):
        by = town.acting(somebody_as(town, choose, it.subject))
        town.act(by, investigation_aftermath.REQUEST_REVIEW, it.investigation, grounds=WORDS)


def a_review_is_decided(town: Town, choose: Choose) -> None:
    """Upheld, corrected or annulled, at the same authority or above."""
    asked = (each for each in _found(town) if each.review_open)
    for it in one_that(choose, town.investigations, asked):
        where = choose((it.organisation, *town.bureaus))
        outcome = choose(tuple(ReviewOutcome))
        days = choose((30, 400, -4000)) if choose(MOSTLY) else None
        corrected = days is not None and outcome is ReviewOutcome.CORRECTED
        town.act(
            town.acting(somebody(town, choose, where, INTEGRITY_LEADER)),
            investigation_aftermath.DECIDE_REVIEW,
            it.investigation,
            outcome=outcome,
            decision=town.number("document"),
            ends_on=day(town.now) + timedelta(days=days or 0) if corrected else None,
            reason=WORDS,
        )


def _running(town: Town) -> Iterator[Investigation]:
    return (each for each in town.investigations.values() if each.ended is None)


def _found(town: Town) -> Iterator[Investigation]:
    return (each for each in town.investigations.values() if each.ended == "found")


def _officer(town: Town, choose: Choose, it: Investigation, seat: str) -> str:
    return somebody(town, choose, it.organisation, seat)
