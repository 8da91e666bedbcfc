"""What who watches looks for: late acts, seats that nobody fills in truth, duties of one person.

Whether duties were separated, the audit's own proof says from the stored bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from audit.duties.bindings import STREAMS, Bindings
from audit.duties.leaf import Leaf
from audit.duties.proof import prove

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.naive.callers import Caller
    from tests.naive.case import Case
    from tests.naive.folded import Folded
    from tests.naive.said import Said
    from tests.naive.waiting import Turn

Row = dict[str, Any]


def late_for(caller: Caller, kind: str | None = None) -> list[int]:
    """What was late in cases that they watch, of a kind or of all, the newest first."""
    found = [
        at
        for case in caller.known.cases.values()
        if caller.sees_case("findings", case)
        for at, of in case.late.items()
        if kind in (None, of)
    ]
    return sorted(found, reverse=True)


def backdated_for(caller: Caller) -> list[tuple[str, str]]:
    """Appointments whose beginning or end was entered after the day from which it counts."""
    found = []
    for row in _seats_watched(caller):
        entries = (
            ("beginning", row["opened"], row["effective_on"]),
            ("end", row["closed"], row["over"]),
        )
        for what, said, counts_from in entries:
            if said is not None and counts_from < said.day:
                found.append((said.position, row["appointment"], what))
    return [(appointment, what) for _, appointment, what in sorted(found, reverse=True)]


def stale_for(
    caller: Caller, turns: Mapping[str, Turn | None], now: datetime, days: int
) -> list[tuple[str, str]]:
    """Seats held today by an account that is stopped or was never used, or by who does nothing.

    That is: cases have waited there for so many days while its holder, who was there, did nothing.
    """
    found, before = [], now - timedelta(days=days)
    for row in _seats_watched(caller):
        if row["effective_on"] > caller.today or (row["over"] and row["over"] <= caller.today):
            continue
        account = caller.known.accounts[row["account"]]
        why = "disabled" if account["disabled"] else ("" if account["used"] else "opened")
        if not why and _idle(caller, row, turns, before):
            why = "idle"
        if why:
            found.append((row["opened"].position, row["appointment"], why))
    return [(appointment, why) for _, appointment, why in sorted(found, reverse=True)]


def _seats_watched(caller: Caller) -> Iterator[Row]:
    for house, rows in caller.known.seats.items():
        if caller.sees_office("findings", house):
            yield from ({**each, "organisation": house} for each in rows)


def _idle(caller: Caller, row: Row, turns: Mapping[str, Turn | None], before: datetime) -> bool:
    known, house, seat = caller.known, row["organisation"], row["seat"]
    waits = [
        since
        for case, turn in turns.items()
        for stage, needed, since in ([turn] if turn is not None else [])
        if needed == seat and known.cases[case].chain[stage] == house
        if not any(where == [stage, seat] for *where, _ in known.cases[case].stand_ins)
    ]
    acted = [row["opened"].at] + [
        each.at
        for case in known.cases.values()
        for each in case.history
        if each.actor.get("person") == row["person"]
        if (each.actor.get("organisation"), each.actor.get("seat")) == (house, seat)
    ]
    return bool(waits) and known.times[min(waits)] < before and max(acted) < before


@dataclass(frozen=True, order=True)
class Proven:
    """A stage of a case to which it came at a position, and what an auditor finds of it."""

    entered: int
    stage: str
    case: str
    organisation: str
    round: int
    verdicts: frozenset[str]


def proven(known: Folded) -> list[Proven]:
    """Every stage to which a case came, by the stored bytes alone, the newest first."""
    bindings = Bindings.of(map(_leaf, _binding(known)))
    found = []
    for stream, case in known.cases.items():
        entered = dict(_entered(case))
        for each in prove(map(_leaf, case.history), bindings):
            place = each.stage, each.organisation, each.round
            verdicts = {each.verdict, each.corrected}
            verdicts |= {"CROSS_LEVEL"} if each.cross_level else set()
            found.append(
                Proven(entered[place], each.stage, stream, *place[1:], frozenset(verdicts))
            )
    return sorted(found, key=lambda each: (each.entered, each.stage), reverse=True)


def findings_for(
    caller: Caller, every: list[Proven], verdict: str | None = None
) -> list[tuple[str, str, str, int]]:
    """Stages of cases that they watch that were not decided by two persons, as an auditor finds.

    Or, where that is asked for, at which one person acted who acted at another office, too.
    """
    wanted = {"SAME", "INCOMPLETE"} if verdict is None else {verdict}
    seen = {name for name, each in caller.known.cases.items() if caller.sees_case("findings", each)}
    return [
        (each.case, each.stage, each.organisation, each.round)
        for each in every
        if each.case in seen and each.verdicts & wanted
    ]


def _entered(case: Case) -> Iterator[tuple[tuple[str, str, int], int]]:
    """When a case came to which stage, at which office, in which round."""
    chain: dict[str, str] = {}
    for said in case.history:
        of, stage = said.fields, None
        match said.topic:
            case "case:submitted:1":
                chain = {each["stage"]: each["organisation"] for each in of["chain"]}
                stage = of["chain"][0]["stage"]
            case "case:resubmitted:1" | "case:outcome-set-aside:1":
                stage = of["resume_stage"]
            case "case:forwarded:1":
                stage = of["to_stage"]
            case "case:stage-taken-over:1":
                chain[of["stage"]] = of["to_organisation"]
                stage = of["stage"]
            case _:
                continue
        yield (stage, chain[stage], of["round"]), said.position


def _binding(known: Folded) -> list[Said]:
    every = known.histories.items()
    some = [each for stream, said in every if stream.startswith(STREAMS) for each in said]
    return sorted(some, key=lambda each: each.position)


def _leaf(said: Said) -> Leaf:
    at = said.at.isoformat()
    return Leaf(said.position, said.stream, said.version, said.topic, at, said.actor, said.fields)
