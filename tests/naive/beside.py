"""What the lists beside those of cases hold for somebody, each rule said once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.naive.callers import Caller
    from tests.naive.said import Said

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


def erasures_for(caller: Caller, phase: str | None = None) -> list[str]:
    """Of their own person, of the office where they are an integrity officer, or watched."""
    officer = bool({"integrity_handler", "integrity_leader"} & caller.seats())

    def sees(row: dict[str, Any]) -> bool:
        stands = caller.to_office(row["organisation"]) - (set() if officer else {"house"})
        own = {"own"} if row["person"] in caller.own else set()
        return bool(caller.may("erasures") & (stands | own))

    return sorted(
        (
            stream
            for stream, row in caller.known.erasures.items()
            if sees(row) and phase in (None, _reached(caller.known.histories[stream]))
        ),
        reverse=True,
    )


def _reached(history: list[Said]) -> str:
    """How far an erasure has come."""
    return history[-1].topic.split(":")[1].replace("-", "_")


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


def renamings_for(caller: Caller, *, settled: bool) -> list[str]:
    """Changes of name that an office of theirs, or one that they watch, proposed."""
    return _proposed(caller, "renaming", "renamings", settled=settled)


def corrections_for(caller: Caller, *, settled: bool) -> list[str]:
    """Documents that are somebody else's, as such an office says; they are seen as links are."""
    return _proposed(caller, "rebinding", "links", settled=settled)


def _proposed(caller: Caller, kind: str, table: str, *, settled: bool) -> list[str]:
    """The newest first; those that were confirmed only where they are asked for."""
    return [
        stream
        for stream, history in reversed(caller.known.of_kind(kind))
        if settled or not any(each.topic == f"{kind}:confirmed:1" for each in history)
        if caller.sees_office(table, history[0].fields["organisation"])
    ]


def editions_for(caller: Caller, *, waiting: bool) -> list[str]:
    """Every edition of law, to everybody; or those that wait for another official."""
    proposing = ("edition:proposed:1", "edition:notice-attached:1", "edition:step-proposed:1")
    return [
        stream
        for stream, history in reversed(caller.known.of_kind("edition"))
        if not waiting or history[-1].topic in proposing
    ]


def exports_for(caller: Caller, person: str | None = None) -> list[int]:
    """What somebody of an office that they watch took out, or one person did, newest first."""
    return [
        history[0].position
        for _, history in reversed(caller.known.of_kind("export"))
        if person in (None, history[0].actor["person"])
        if caller.sees_office("exports", history[0].actor["organisation"])
    ]


def indicators_for(caller: Caller, asked: Mapping[str, str]) -> list[int]:
    """What two persons' acts have in common, at offices that they watch, the newest first."""
    return [
        said.position
        for _, (said,) in reversed(caller.known.of_kind("indicator"))
        if asked.get("subject") in (None, said.fields["subject"])
        if asked.get("sign") is None or asked["sign"] in said.fields["signs"]
        if caller.sees_office("findings", said.fields["organisation"])
    ]


def decisions_of(caller: Caller, house: str) -> list[str] | None:
    """The documents of an authority, the oldest first; None to whom they are not told."""
    return _of_house(caller, house, "decision")


def forms_of(caller: Caller, house: str) -> list[str] | None:
    """The forms of posts of an employer, likewise."""
    return _of_house(caller, house, "vacancies")


def extensions_of(caller: Caller, house: str) -> list[str] | None:
    """The extensions of windows by an authority, likewise."""
    if not caller.sees_office("of_houses", house):
        return None
    proposed = caller.known.histories.get(house.replace("organisation", "windows"), [])
    return [each.fields["extension"] for each in proposed if "proposed" in each.topic]


def _of_house(caller: Caller, house: str, kind: str) -> list[str] | None:
    if not caller.sees_office("of_houses", house):
        return None
    every = caller.known.of_kind(kind)
    return [name for name, said in every if said[0].fields["organisation"] == house]
