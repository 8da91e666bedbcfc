"""What waits long, and what stands still because nobody at its office may go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive import addressees
from tests.naive.waiting import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.naive.callers import Caller
    from tests.naive.case import Case
    from tests.naive.waiting import Turn

_ACROSS = {"handler": "leader", "leader": "handler"}
_EXAMINED = {
    "objection:investigated:1",
    "investigation:finding-proposed:1",
    "erasure:approved:1",
}
"""After these somebody else decides."""


def ageing_for(caller: Caller, turns: Mapping[str, Turn | None]) -> list[str]:
    """Cases that wait at their office or beneath it, of those that they see, the longest first."""
    return [case for _, case, _ in _waiting(caller, turns)]


def _waiting(
    caller: Caller, turns: Mapping[str, Turn | None]
) -> Iterator[tuple[int, str, tuple[str, str]]]:
    """Since when a case waits, and at which stage for which seat."""
    some = sorted((turn[2], case, turn[:2]) for case, turn in turns.items() if turn is not None)
    for since, stream, (stage, seat) in some:
        case = caller.known.cases[stream]
        here = seat in _ACROSS and caller.sees_office("ageing", case.chain[stage])
        if here and caller.sees_case("ageing", case):
            yield since, stream, (stage, seat)


def still_for(caller: Caller, turns: Mapping[str, Turn | None]) -> list[str]:
    """Cases to who leads or administers, other matters to who leads in integrity, there or above.

    The longest first; nothing that is about their own office.
    """
    found, seats = [], caller.seats()
    if "leader" in seats or "administrator" in caller.roles:
        found += [
            (since, case)
            for since, case, (stage, seat) in _waiting(caller, turns)
            if _nobody_goes_on(caller, case, stage, seat)
        ]
    if "integrity_leader" in seats:
        found += [
            (since, stream)
            for stream, house, since, needed in _matters(caller)
            if caller.sees_office("ageing", house)
            if not _somebody_holds(caller, house, needed, _involved(caller, stream, needed))
        ]
    return [stream for _, stream in sorted(found)]


def _nobody_goes_on(caller: Caller, stream: str, stage: str, seat: str) -> bool:
    case = caller.known.cases[stream]
    barred = _barred(caller, stream, case.chain[stage], seat)
    lent = [account for *where, account in case.stand_ins if where == [stage, seat]][-1:]
    if any(caller.known.accounts[each]["person"] not in barred for each in lent):
        return False
    return not _somebody_holds(caller, case.chain[stage], {seat}, barred)


def _barred(caller: Caller, stream: str, house: str, seat: str) -> set[str]:
    """Who does not act in a seat of a case there: whose it is, who acted across, who keeps out."""
    case = caller.known.cases[stream]
    found = {case.applicant, *_officers(caller, stream), *_recused(case)}
    for each in case.history:
        if each.topic == "case:assistance-begun:1":
            found.add(each.actor["person"])
        there = each.fields.get("organisation") == house
        if there and each.actor.get("seat") == _ACROSS[seat]:
            found.add(each.actor["person"])
    return found


def _recused(case: Case) -> Iterator[str]:
    """Who is recused from a case, or may have to be until that is decided."""
    declined = {
        each.fields["application"]
        for each in case.history
        if each.topic == "case:recusal-decided:1" and not each.fields["granted"]
    }
    for each in case.history:
        applied = each.topic == "case:recusal-applied-for:1"
        if applied and each.fields["application"] not in declined:
            yield each.fields["person"]
        if each.topic == "case:recusal-declared:1":
            yield each.fields["person"]


def _officers(caller: Caller, stream: str) -> Iterator[str]:
    """Who dealt with an objection to a case, or investigated it."""
    for kind in ("objection", "investigation"):
        for _, history in caller.known.of_kind(kind):
            if history[0].fields["case"] == stream:
                yield from (each.actor["person"] for each in history if each.who)


def _somebody_holds(caller: Caller, house: str, seats: set[str], barred: set[str]) -> bool:
    """Whether anybody holds one of some seats there today who is none of some human beings."""
    known, barred = caller.known, set[str]().union(*(caller.same(each) for each in barred))
    ended = known.organisations[house]["ended"]
    if ended is not None and ended <= caller.today:
        return False
    return any(
        each["seat"] in seats and each["person"] not in barred
        for each in known.seats[house]
        if each["effective_on"] <= caller.today
        if each["over"] is None or caller.today < each["over"]
    )


def _matters(caller: Caller) -> Iterator[tuple[str, str, int, set[str]]]:
    """What waits at which office, since when, for which seats; what may go on above, does not."""
    known = caller.known
    for stream in known.matters:
        row = known.handed_in.get(stream) or known.investigations.get(stream)
        row = row or known.erasures[stream]
        house = row["authority"] if stream in known.handed_in else row["organisation"]
        if house is None or addressees.is_of_own(caller, {"about": None, **row}):
            continue
        for since, seats, above in steps_of(known, stream):
            if seats and not above:
                yield stream, house, since, seats


def _involved(caller: Caller, stream: str, needed: set[str]) -> set[str]:
    """Who examined or proposed before, reviewed the case, or whose case it is."""
    known, history, found = caller.known, caller.known.matters[stream], set[str]()
    if needed == {"integrity_leader"}:
        found |= {each.actor["person"] for each in history if each.topic in _EXAMINED}
    case = known.cases.get(history[0].fields.get("case") or "")
    if case is not None:
        found.add(case.applicant)
        acted = (each for each in case.history if each.actor.get("seat") in _ACROSS)
        found |= {each.actor["person"] for each in acted}
    return found
