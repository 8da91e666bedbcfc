"""What employers and their people hand in: applications for registration, lists, achievements.

Who registers a unit is law: whom the notice names; where it is silent, who has the registry over
its area, or a department of the sector that the unit states to be of.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.naive.callers import covers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.naive.callers import Caller
    from tests.naive.said import Said

_SECTOR = "unit.sector="
_REVIEWERS = {"handler", "leader"}
_OFFICERS = {"integrity_handler", "integrity_leader"}
_HANDED_IN = {"accession:applied:1", "accession:completed:1"}
_OPEN = {*_HANDED_IN, "accession:returned:1"}


def accessions_for(caller: Caller, *, settled: bool) -> list[str]:
    """In the charge of their office, or of watchers; who erases its words sees that there is one.

    The newest first; those that are over only where they are asked for.
    """
    return [
        stream
        for stream, history in reversed(caller.known.of_kind("accession"))
        if settled or history[-1].topic in _OPEN
        if _sees(caller, _stated(history))
    ]


def _stated(history: list[Said]) -> dict[str, Any]:
    """What was stated last."""
    return [each for each in history if each.topic in _HANDED_IN][-1].fields


def _sees(caller: Caller, stated: dict[str, Any]) -> bool:
    by, area = caller.may("accessions"), stated["employer"]["area"]
    if "area" in by and any(covers(each, area) for each in caller.watched):
        return True
    erases = "house" in by and caller.seats() & _OFFICERS and _has(caller, "objections", area)
    return bool(erases) or ("beneath" in by and _in_charge(caller, stated))


def _has(caller: Caller, power: str, area: str) -> bool:
    if caller.house is None:
        return False
    return any(covers(each["area"], area) for each in caller.powers(caller.house, power))


def _in_charge(caller: Caller, stated: dict[str, Any]) -> bool:
    """Whether their office has the registry there, or is a department of the unit's sector."""
    if caller.house is None:
        return False
    employer, area = stated["employer"], stated["employer"]["area"]
    own, named = caller.known.organisations[caller.house], stated["competent"] or {}
    sectors = {each for each in employer["traits"] if each.startswith(_SECTOR)}
    if named.get("sector") is not None:
        sectors = {f"{_SECTOR}{named['sector']}"}
    of_sector = bool(sectors & own["traits"]) and named.get("level") in (None, own["level"])
    return _has(caller, "registry", area) or (
        of_sector and _has(caller, "competent_department", area)
    )


def accession_queue_for(caller: Caller) -> list[str]:
    """Those that wait for their decision, as who administers the office that the notice names.

    The longest waiting first: since they were handed in, or again after they were sent back.
    """
    if "beneath" not in caller.may("accessions") or caller.house is None:
        return []
    own = caller.known.organisations[caller.house]
    found = []
    for stream, history in caller.known.of_kind("accession"):
        stated = _stated(history)
        named = stated["competent"] or {}
        is_named = named.get("level") in (None, own["level"]) and (
            named.get("sector") is None or f"{_SECTOR}{named['sector']}" in own["traits"]
        )
        if history[-1].topic in _HANDED_IN and is_named and _in_charge(caller, stated):
            found.append((history[-1].position, stream))
    return [stream for _, stream in sorted(found)]


def intakes_for(caller: Caller) -> list[tuple[str, Counter[str]]]:
    """Lists of organisations whose accounts they see, and how many accounts stand how by now."""
    return [
        (stream, Counter(_states(caller, history[0].fields)))
        for stream, history in reversed(caller.known.of_kind("intake"))
        if caller.sees_office("accounts", history[0].fields["organisation"])
    ]


def _states(caller: Caller, taken: dict[str, Any]) -> Iterator[str]:
    yield from ("existing" for _ in taken["existing"])
    for each in (*taken["opened"], *taken["existing"]):
        row = caller.known.accounts[each]
        if row["organisation"] != taken["organisation"]:
            yield "moved"
        else:
            yield "disabled" if row["disabled"] else ("active" if row["used"] else "opened")


def achievements_for(caller: Caller) -> list[str]:
    """Entries on which no employer said anything yet, as its handler or leader.

    Those that came through it, and those of who works there now; the longest waiting first.
    """
    if "house" not in caller.may("queue") or not caller.seats() & _REVIEWERS:
        return []
    known = caller.known
    works = {
        each["person"]
        for each in known.accounts.values()
        if each["organisation"] == caller.house and each["person"] in each["claims"]
        if not each["disabled"]
    }
    waiting = [
        (said.position, said.fields["entry"])
        for person, history in known.of_kind("person")
        if not any(each.topic == "person:erased:1" for each in history)
        for said in _unreviewed(history)
        if person in works or said.fields["organisation"] == caller.house
    ]
    return [entry for _, entry in sorted(waiting)]


def _unreviewed(history: list[Said]) -> Iterator[Said]:
    settled = {
        each.fields["entry"]
        for each in history
        if each.topic in ("person:achievement-reviewed:1", "person:achievement-withdrawn:1")
    }
    entered = [each for each in history if each.topic == "person:achievement-entered:1"]
    settled |= {each.fields["corrects"] for each in entered}
    yield from (each for each in entered if each.fields["entry"] not in settled)
