"""How the town takes one of several: mostly what fits, sometimes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.case.phase import Phase
    from domain.case.state import Case

MOSTLY = (*(True,) * 7, False)


def a_case(town: Town, choose: Choose, *phases: type[Phase]) -> tuple[Case, ...]:
    """One case, mostly in a phase where the act belongs; none where the town has none."""
    every = tuple(town.cases.values())
    suitable = tuple(each for each in every if isinstance(each.phase, phases))
    return one(choose, suitable if choose(MOSTLY) else every)


def one(choose: Choose, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """One of these cases, where there are any."""
    return (choose(cases),) if cases else ()
