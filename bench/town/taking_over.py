"""Leaders of organisations above who take a stage over, for themselves or for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import stage_takeover
from bench.town.chance import MOSTLY, a_case, one, somebody
from bench.town.papers import WORDS
from domain.case.phase import AwaitingPublicity, Publicised, Returned, UnderReview
from domain.case.takeover import may_be_taken_over
from domain.separation import LEADER
from domain.takeover import TakeoverCause

if TYPE_CHECKING:
    from bench.town.town import Choose, Town

_DOCUMENT = "某人社发〔2010〕7号"


def a_stage_is_taken_over(town: Town, choose: Choose) -> None:
    """Mostly one that can be, by who stands above; for a cause that may not hold."""
    for it in a_case(town, choose, UnderReview, AwaitingPublicity, Publicised, Returned):
        if it.former:
            return
        for stage in one(choose, may_be_taken_over(it) or it.chain):
            here = town.organisations[stage.organisation]
            above = tuple(filter(None, (here.superior, here.bureau)))
            everybody = tuple(town.organisations)
            likely = bool(above) and choose(MOSTLY)
            by = choose(above if likely else everybody)
            town.act(
                town.acting(somebody(town, choose, by, LEADER)),
                stage_takeover.TAKE_OVER,
                it.case,
                stage=stage.stage,
                organisation=None if choose(MOSTLY) else choose(everybody),
                cause=choose(tuple(TakeoverCause)),
                reason=WORDS,
                document=_DOCUMENT,
            )
