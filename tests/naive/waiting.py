"""What waits for whom: cases and other matters, the longest waiting first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive import addressees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.naive.callers import Caller
    from tests.naive.case import Case
    from tests.naive.folded import Folded
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
    "erasure:requested:1": _FIRST | _SECOND,
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
_SCREENED = {"objection:admitted:1", "objection:not-admitted:1", "objection:withdrawn:1"}
Turn = tuple[str, str, int]
"""The stage at which a case waits, for which seat, and the position since which it does."""


def queue_for(
    caller: Caller, turns: Mapping[str, Turn | None], stood: Mapping[str, int]
) -> list[str]:
    """Cases that wait for a seat of theirs, for them in another's stead, or for what they decide.

    The last is whether somebody has to keep out of a case: who sits across decides that, whoever
    it waits for. ``stood`` says since when each open case has stood as it does.
    """
    if "house" not in caller.may("queue"):
        return []
    return [
        case
        for _, case in sorted((since, case) for case, since in stood.items())
        if _waits_for(caller, caller.known.cases[case], turns[case])
        or any(
            case_house == caller.house and seat in caller.seats()
            for case_house, seat in _to_decide(caller.known.cases[case])
        )
    ]


def _waits_for(caller: Caller, case: Case, turn: Turn | None) -> bool:
    if turn is None:
        return False
    stage, seat, _ = turn
    if case.chain[stage] == caller.house and seat in caller.seats():
        return True
    there = [account for *where, account in case.stand_ins if where == [stage, seat]]
    return there[-1:] == [caller.account]


def unscreened(known: Folded, case: str) -> bool:
    """Whether nobody has screened an objection to a case, or found it withdrawn."""
    return any(
        known.handed_in[stream]["case"] == case and not {e.topic for e in history} & _SCREENED
        for stream, history in known.matters.items()
        if stream.startswith("objection-")
    )


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
        for stream in known.matters
        for since, seats, above in steps_of(known, stream)
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


def steps_of(known: Folded, stream: str) -> Iterator[tuple[int, set[str], bool]]:
    """Since when a matter waits, for which seats, and whether for those above its office, too."""
    yield from next_of(known.matters[stream])
    yield from _to_investigate(known, stream)


def next_of(history: list[Said]) -> Iterator[tuple[int, set[str], bool]]:
    """Since when it waits, for which seats, and whether for those above its office as well."""
    steps = [each for each in history if each.topic in _NEXT]
    last = steps[-1].topic
    told = any(each.topic == "investigation:allegation-notified:1" for each in history)
    if last == "investigation:closed:1" and not told:
        return
    moved = [each for each in history if each.topic in _NEXT or "taken-over" in each.topic]
    yield moved[-1].position, _NEXT[last], last == "investigation:review-requested:1"


def _to_investigate(known: Folded, stream: str) -> Iterator[tuple[int, set[str], bool]]:
    """An upheld objection by which its case is held still waits until an investigation begins."""
    if not stream.startswith("objection-"):
        return
    named, since = False, None
    for said in known.cases[known.handed_in[stream]["case"]].history:
        of = said.fields
        if said.topic == "case:objection-ended:1" and of["objection"] == stream:
            named = of["disposition"] == "investigate"
        if said.topic == "case:suspended:1":
            since = said.position if named and of["investigation"] is None else None
            named = named and of["investigation"] is None
    if since is not None:
        yield since, _FIRST, False


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
