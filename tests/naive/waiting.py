"""What waits for whom: cases and other matters, the longest waiting first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive import addressees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.naive.callers import Caller
    from tests.naive.case import Case
    from tests.naive.said import Said

_SCREENING, _FIRST, _SECOND = (
    {"duty_officer", "integrity_handler"},
    {"integrity_handler"},
    {"integrity_leader"},
)
_NEXT: Mapping[str, set[str]] = {
    "objection:raised:1": _SCREENING,
    "objection:admitted:1": _FIRST,
    "objection:not-admitted:1": set(),
    "objection:investigated:1": _SECOND,
    "objection:upheld:1": set(),
    "objection:dismissed:1": set(),
    "objection:withdrawn:1": set(),
    "complaint:received:1": _FIRST,
    "complaint:taken-up:1": set(),
    "complaint:closed:1": set(),
    "investigation:opened:1": _FIRST,
    "investigation:finding-proposed:1": _SECOND,
    "investigation:misconduct-found:1": _FIRST,
    "investigation:closed:1": _FIRST,
    "investigation:decision-served:1": set(),
    "investigation:review-requested:1": _SECOND,
    "investigation:review-decided:1": set(),
    "erasure:requested:1": _FIRST,
    "erasure:approved:1": _SECOND,
    "erasure:ordered:1": set(),
    "erasure:declined:1": set(),
}
"""Of which seats any does what is next, once something was said last of a matter."""
_TURNED_AWAY = {
    "case:not-accepted:1",
    "case:rejected:1",
    "case:rejected-by-vote:1",
    "case:rejected-on-objection:1",
    "case:returned-on-objection:1",
    "case:returned:1",
}
_REEXAMINED = {
    "case:outcome-upheld:1",
    "case:outcome-set-aside:1",
    "case:lapse-set-aside:1",
}
_ACROSS = {"handler": "leader", "leader": "handler"}
Turn = tuple[str, str, int]
"""The stage at which a case waits, for which seat, and the position since which it does."""


def queue_for(caller: Caller, turns: Mapping[str, Turn | None]) -> list[str]:
    """Cases that wait for a seat of theirs, for them in another's stead, or for what they decide.

    The last is whether somebody has to keep out of a case: who sits across decides that.
    """
    if "house" not in caller.may("queue"):
        return []
    waiting = [(turn[2], case, turn) for case, turn in turns.items() if turn is not None]
    return [
        case
        for _, case, turn in sorted(waiting)
        if _waits_for(caller, caller.known.cases[case], turn)
        or any(
            case_house == caller.house and seat in caller.seats()
            for case_house, seat in _to_decide(caller.known.cases[case])
        )
    ]


def _waits_for(caller: Caller, case: Case, turn: Turn) -> bool:
    stage, seat, _ = turn
    if case.chain[stage] == caller.house and seat in caller.seats():
        return True
    there = [account for *where, account in case.stand_ins if where == [stage, seat]]
    return there[-1:] == [caller.account]


def _to_decide(case: Case) -> Iterator[tuple[str, str]]:
    """By whom it has to be decided whether somebody keeps out of a case: office and seat."""
    for said in case.history:
        of = said.fields
        if said.topic == "case:recusal-applied-for:1" and not any(
            (
                later.topic == "case:recusal-decided:1"
                and later.fields["application"] == of["application"]
            )
            or (later.topic == "case:recusal-declared:1" and later.fields["person"] == of["person"])
            for later in case.history
            if later.position > said.position
        ):
            yield case.chain[of["stage"]], _ACROSS.get(of["seat"], "leader")


def matters_for(caller: Caller) -> list[str]:
    """Matters that wait for a seat of theirs at home; a second look, above that office as well."""
    if "house" not in caller.may("queue"):
        return []
    known = caller.known
    found = [
        (since, stream)
        for stream, history in known.matters.items()
        for since, seats, above in next_of(history)
        if seats & caller.seats() and _is_theirs(caller, stream, above=above)
    ]
    found += [
        (since, stream)
        for stream, case in known.cases.items()
        for since, house in _asked_again(case)
        if caller.seats() & _SECOND and caller.house is not None
        if caller.house == house or (house is not None and caller.house in caller.above(house))
    ]
    return [stream for _, stream in sorted(found)]


def next_of(history: list[Said]) -> Iterator[tuple[int, set[str], bool]]:
    """Since when it waits, for which seats, and whether for those above its office as well."""
    steps = [each for each in history if each.topic in _NEXT]
    last = steps[-1].topic
    told = any(each.topic == "investigation:allegation-notified:1" for each in history)
    if last == "investigation:closed:1" and not told:
        return
    moved = [each for each in history if each.topic in _NEXT or "taken-over" in each.topic]
    yield moved[-1].position, _NEXT[last], last == "investigation:review-requested:1"


def _is_theirs(caller: Caller, stream: str, *, above: bool) -> bool:
    known, kind = caller.known, stream.partition("-")[0]
    if kind in ("objection", "complaint"):
        return addressees.deals_with(caller, known.handed_in[stream])
    rows = known.erasures if kind == "erasure" else known.investigations
    house = rows[stream]["organisation"]
    led = above and "integrity_leader" in caller.seats()
    return bool(caller.house == house or (led and caller.house in caller.above(house)))


def _asked_again(case: Case) -> Iterator[tuple[int, str | None]]:
    """Since when a case waits to be re-examined, and who turned it away."""
    asked = house = None
    for said in case.history:
        if said.topic in _TURNED_AWAY:
            house = said.fields["organisation"]
        if said.topic == "case:reexamination-requested:1":
            asked = said.position, house
        if said.topic in _REEXAMINED:
            asked = None
    if asked is not None:
        yield asked
