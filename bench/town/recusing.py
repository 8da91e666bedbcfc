"""Reviewers who recuse themselves, and whose recusal others ask for and decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import recusal
from bench.town.chance import MOSTLY, a_case, an_administrator, one, one_that, somebody, somebody_as
from bench.town.founding import REVIEWING
from bench.town.papers import WORDS
from domain.case.phase import UnderReview
from domain.separation import HANDLER, opposite

if TYPE_CHECKING:
    from bench.town.town import Choose, Town

_GROUNDS = ("relative", "interest", "other")
_ONE_IN_THREE = (True, False, False)
"""How many cases somebody is recused from, so that cases go on."""


def a_reviewer_recuses_themselves(town: Town, choose: Choose) -> None:
    """In any seat of any stage; mostly one that is theirs."""
    for it in a_case(town, choose, UnderReview):
        if not it.chain or it.recusals or it.recusal_applications or not choose(_ONE_IN_THREE):
            return
        stage, seat = choose(it.chain), choose(REVIEWING)
        town.act(
            town.acting(somebody(town, choose, stage.organisation, seat)),
            recusal.DECLARE,
            it.case,
            stage=stage.stage,
            seat=seat,
            ground=choose(_GROUNDS),
            words=WORDS if choose(MOSTLY) else None,
        )


def recusal_is_applied_for(town: Town, choose: Choose) -> None:
    """By the applicant, against whoever fills a seat."""
    for it in a_case(town, choose, UnderReview):
        if not it.chain or it.recusals or it.recusal_applications or not choose(_ONE_IN_THREE):
            return
        stage, seat = choose(it.chain), choose(REVIEWING)
        seats = town.seats_of(stage.organisation)
        held = tuple(each.account for each in seats.appointments if each.seat == seat)
        for account in one(choose, held):
            town.act(
                town.acting(somebody_as(town, choose, it.applicant)),
                recusal.APPLY,
                it.case,
                stage=stage.stage,
                seat=seat,
                account=account,
                ground=choose(_GROUNDS),
                words=WORDS if choose(MOSTLY) else None,
            )


def a_recusal_is_decided(town: Town, choose: Choose) -> None:
    """Mostly against it, by the other seat or an administrator."""
    asked = (each for each in town.cases.values() if each.recusal_applications)
    for it in one_that(choose, town.cases, asked):
        for application in one(choose, it.recusal_applications):
            where, across = application.organisation, opposite(application.seat) or HANDLER
            seated = somebody(town, choose, where, across)
            by = seated if choose(MOSTLY) else an_administrator(town, choose, where)
            town.act(
                town.acting(by),
                recusal.DECIDE,
                it.case,
                application=application.application,
                granted=not choose(MOSTLY),
                reason=WORDS,
            )
