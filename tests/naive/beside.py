"""What the lists beside those of cases hold for somebody, each rule said once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.naive.callers import Caller

_OVER = {
    "revoked",
    "disqualified",
    "withdrawn",
    "lapsed",
    "rejected",
    "not_accepted",
    "referred_up",
}
"""Where a case stands after which nothing is done about what was found in it."""


def erasures_for(caller: Caller) -> list[str]:
    """Of their own person, of the office where they are an integrity officer, or watched."""
    officer = bool({"integrity_handler", "integrity_leader"} & caller.seats())

    def sees(row: dict[str, Any]) -> bool:
        stands = caller.to_office(row["organisation"]) - (set() if officer else {"house"})
        own = {"own"} if row["person"] in caller.own else set()
        return bool(caller.may("erasures") & (stands | own))

    return sorted((e for e, row in caller.known.erasures.items() if sees(row)), reverse=True)


def holds_for(caller: Caller, *, lifted: bool) -> list[str]:
    """Holds on whoever has an account where they watch, the newest first."""
    everywhere = "" in caller.watched and bool(caller.may("holds"))
    return [
        hold
        for hold, row in reversed(caller.known.holds.items())
        if lifted or not row["lifted"]
        if everywhere or caller.sees_page("holds", row["person"])
    ]


def mandates_for(caller: Caller, *, over: bool) -> list[str]:
    """Those of their own body and of bodies in their charge, the newest first."""
    return [
        mandate
        for mandate, row in reversed(caller.known.mandates.items())
        if over or (not row["declined"] and caller.today <= row["last_day"])
        if caller.sees_office("mandates", row["organisation"])
    ]


def moves_for(caller: Caller, *, over: bool) -> list[str]:
    """Their own, and those from or to the employers that they look after, the newest first."""
    by = caller.may("moves")
    return [
        move
        for move, row in reversed(caller.known.moves.items())
        if over or not row["over"]
        if ("own" in by and row["person"] in caller.own)
        or any(caller.sees_office("moves", row[side]) for side in ("leaves", "joins"))
    ]


def links_for(caller: Caller, *, settled: bool) -> list[str]:
    """Proposals of their own office, or of one that they watch, the newest first."""
    return [
        link
        for link, row in reversed(caller.known.proposed_links.items())
        if settled or row["asked"]
        if caller.sees_office("links", row["organisation"])
    ]


def unfinished_for(caller: Caller, phases: Mapping[str, tuple[str, object]]) -> list[str]:
    """What was found where they watch, and has no outcome, or is on no integrity record."""
    known = caller.known
    entered = {each["investigation"] for each in known.entries.values()}
    found = [
        stream
        for stream, row in known.investigations.items()
        if row["found"] and caller.sees_office("unfinished", row["organisation"])
        if phases[row["case"]][0] not in _OVER or stream not in entered
    ]
    return sorted(found, key=lambda each: -known.matters[each][-1].position)
