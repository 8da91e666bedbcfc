"""Who deals with what was handed in, and who is shown it: nobody what is about their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.naive.callers import covers

if TYPE_CHECKING:
    from tests.naive.callers import Caller

_SEATS = {"duty_officer", "integrity_handler", "integrity_leader"}


def sees(caller: Caller, row: dict[str, Any]) -> bool:
    """Whether they deal with it, or watch whom it is about; nobody what is about their own."""
    by, watched = caller.may("objections"), caller.to_office(row["about"])
    there = "area" in by and row["about"] is not None and "area" in watched
    return deals_with(caller, row) or (there and not is_of_own(caller, row))


def deals_with(caller: Caller, row: dict[str, Any]) -> bool:
    """Whether they hold a seat that deals with it, at an office with the power."""
    house = caller.house
    if "house" not in caller.may("objections") or house is None or is_of_own(caller, row):
        return False
    if not _deals(caller, house) or not _SEATS & caller.seats():
        return False
    if row["authority"] is None and row["about"] is None:
        return not any(_deals(caller, each) for each in caller.above(house))
    return row["authority"] == house and any(
        _reaches(caller, each, row) for each in caller.powers(house, "objections")
    )


def is_of_own(caller: Caller, row: dict[str, Any]) -> bool:
    """Whether it is about an organisation to which they belong, by whatever account."""
    known = caller.known.accounts
    same = caller.same(known[caller.account]["person"])
    return row["about"] is not None and any(
        each["organisation"] == row["about"]
        for each in known.values()
        if each["person"] in same & each["claims"] and not each["disabled"]
    )


def _deals(caller: Caller, house: str) -> bool:
    there = caller.known.organisations[house]["ended"] is None
    return there and bool(caller.powers(house, "objections"))


def _reaches(caller: Caller, power: dict[str, Any], row: dict[str, Any]) -> bool:
    known = caller.known
    areas = [] if row["about"] is None else [known.organisations[row["about"]]["area"]]
    case = None if row["case"] is None else known.cases[row["case"]]
    if case is not None:
        areas.append(known.organisations[case.employer]["area"])
        if power["levels"] and case.level not in power["levels"]:
            return False
        if power["series"] and case.series not in power["series"]:
            return False
    return all(covers(power["area"], each) for each in areas)
