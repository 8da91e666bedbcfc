"""How the town takes one of several: mostly what fits, sometimes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from domain.beijing import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bench.town.town import Choose, Town
    from domain.case.phase import Phase
    from domain.case.state import Case

T = TypeVar("T")

MOSTLY = (*(True,) * 9, False)
ONCE_IN_FOUR = (True, False, False, False)
_SELDOM = (True, *(False,) * 19)


def one(choose: Choose, of: Iterable[T]) -> tuple[T, ...]:
    """One of several, where there are any."""
    several = tuple(of)
    return (choose(several),) if several else ()


def one_that(choose: Choose, of: Mapping[str, T], fits: Iterable[T]) -> tuple[T, ...]:
    """One of those that fit, mostly; seldom any of them, whether one fits or not."""
    fitting = tuple(fits)
    likely = bool(fitting) and choose(MOSTLY)
    if likely:
        return one(choose, fitting)
    anything = bool(fitting) or choose(_SELDOM)
    return one(choose, of.values()) if anything else ()


def a_case(town: Town, choose: Choose, *phases: type[Phase]) -> tuple[Case, ...]:
    """One case, mostly in a phase where the act belongs; none where the town has none."""
    suitable = (each for each in town.cases.values() if isinstance(each.phase, phases))
    return one_that(choose, town.cases, suitable)


def somebody(
    town: Town, choose: Choose, where: str, *seats: str, beside: Iterable[str] = ()
) -> str:
    """The account of somebody who holds one of the seats there, or stands beside; else anybody."""
    known, today = town.seats_of(where), day(town.now)
    held = [a.account for a in known.appointments if a.seat in seats and a.holds(today)]
    accounts = town.accounts
    fitting = tuple(name for name in (*held, *beside) if name in accounts)
    likely = bool(fitting) and choose(MOSTLY)
    return choose(fitting if likely else tuple(accounts))


def somebody_as(town: Town, choose: Choose, *persons: str) -> str:
    """An account of one of these persons, mostly; else anybody's."""
    own = tuple(name for name, each in town.accounts.items() if each.person in persons)
    likely = bool(own) and choose(MOSTLY)
    return choose(own if likely else tuple(town.accounts))


def an_administrator(town: Town, choose: Choose, where: str) -> str:
    """An account of that organisation, mostly; anybody's else."""
    here = tuple(name for name, each in town.accounts.items() if each.organisation == where)
    likely = bool(here) and choose(MOSTLY)
    return choose(here[:3] if likely else tuple(town.accounts))
