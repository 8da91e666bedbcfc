"""Comparing what an example expects with what the law answers, key by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.policy.computed import Anniversary, ClosedPeriod, Computed, DaysAfter, WorkingDays
from domain.policy.examples.facts import instant
from domain.policy.faults import at, close_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.calendar import Calendar
    from domain.policy.faults import Fault

ALLOWED = frozenset({"eligible", "accepted", "allowed"})
REFUSED = frozenset({"ineligible", "refused", "not_accepted"})
"""Words that say the same of an attempt."""

AMONG = frozenset(
    {"flags", "asked", "issued", "forms", "own", "references", "not_supplied", "rests_on"}
)
"""Lists of which an example names only what it is about."""

EXPLANATIONS = frozenset({"because", "note", "message", "ambiguous"})


def differences(
    expect: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], calendar: Calendar
) -> list[Fault]:
    """Each expectation that the answers don't meet, and what was found."""
    found: list[Fault] = []
    for key, wanted in expect.items():
        if key in EXPLANATIONS:
            continue
        if key == "outcome":
            found += _outcomes(wanted, answers)
        elif key == "reasons":
            given = {code for each in answers for code in each.get("reasons", ())}
            if set(wanted) != given:
                found.append(_differs("reasons", sorted(wanted), sorted(given)))
        elif key == "open":
            found += _open(wanted, answers)
        elif key in AMONG:
            there = {each for answer in answers for each in answer.get(key, ())}
            if not set(wanted) <= there:
                found.append(_differs(key, sorted(wanted), sorted(there)))
        elif key == "computed":
            done = [computed for each in answers for computed in each.get("computed", ())]
            found += [
                _not_done(_whole(dict(item)), _whole([_shown(each) for each in done]))
                for item in wanted
                if not _is_computed(item, done, calendar)
            ]
        else:
            found += _plain(key, wanted, answers)
    return found


def _differs(key: str, wanted: object, given: object) -> Fault:
    expected, found = _whole(wanted), _whole(given)
    return at(
        f"expect.{key}", f"expected {expected}, found {found}", f"预期 {expected}，实际 {found}"
    )


def _not_done(wanted: str, done: str) -> Fault:
    return at(
        "expect.computed",
        f"{wanted} not among {done}",
        f"预期的算式 {wanted} 不在实际的算式 {done} 之中",
    )


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _whole(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_iso).replace('"', "")


def _outcomes(wanted: object, answers: Sequence[Mapping[str, Any]]) -> list[Fault]:
    expected = wanted if isinstance(wanted, list) else [wanted] * len(answers)
    given = [each["outcome"] for each in answers]
    if len(expected) == len(given) and all(map(_same_outcome, expected, given)):
        return []
    return [_differs("outcome", wanted, given if len(given) != 1 else given[0])]


def _open(wanted: Sequence[Any], answers: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """The open facts in any order: one list for every case, or one for each."""
    for_each = any(isinstance(each, list) for each in wanted)
    expected = [sorted(each) for each in (wanted if for_each else [wanted] * len(answers))]
    given = [sorted(each.get("open", ())) for each in answers]
    if expected == given:
        return []
    return [_differs("open", wanted, given if len(given) != 1 else given[0])]


def _same_outcome(one: str, other: str) -> bool:
    return one == other or any({one, other} <= words for words in (ALLOWED, REFUSED))


def _plain(key: str, wanted: object, answers: Sequence[Mapping[str, Any]]) -> list[Fault]:
    known = {each for answer in answers for each in answer}
    if key not in known:
        near = close_to([key], known)
        return [at(f"expect.{key}", "the law gives no such answer", "没有这种答复", near)]
    given = [each.get(key) for each in answers]
    if len(given) == 1 and _equal(wanted, given[0]):
        return []
    expected = wanted if isinstance(wanted, list) else [wanted] * len(given)
    if len(expected) == len(given) and all(map(_equal, expected, given)):
        return []
    return [_differs(key, wanted, given if len(given) != 1 else given[0])]


def _equal(wanted: object, given: object) -> bool:
    if isinstance(given, datetime) and isinstance(wanted, str):
        return instant(wanted) == given
    if isinstance(given, Mapping) and isinstance(wanted, Mapping):
        return wanted.items() <= given.items()
    return wanted == given


def _is_computed(item: Mapping[str, Any], done: Sequence[Computed], calendar: Calendar) -> bool:
    """Whether a line of arithmetic was done; whether a day is a working day is looked up."""
    if item["calc"] == "is_workday":
        return calendar.is_working_day(item["day"]) is item["is"]
    return any(_matches(item, each) for each in done)


def _matches(item: Mapping[str, Any], done: Computed) -> bool:
    shown = _in_months(_shown(done))
    return all(shown.get(key) == value for key, value in _in_months(item).items())


def _in_months(item: Mapping[str, Any]) -> dict[str, Any]:
    """The same with years and months as months, so that 18 months and 1½ years are one."""
    rest = {key: value for key, value in item.items() if key not in {"years", "months"}}
    if len(rest) == len(item):
        return rest
    return {**rest, "months": item.get("years", 0) * 12 + item.get("months", 0)}


def _shown(done: Computed) -> dict[str, Any]:
    """A line of arithmetic under the keys of examples."""
    if isinstance(done, Anniversary):
        length: dict[str, int | str | date] = {"from": done.start, "reached": done.reached}
        if done.years:
            length["years"] = done.years
        if done.months:
            length["months"] = done.months
        return {"calc": "anniversary", **length}
    if isinstance(done, ClosedPeriod):
        days = {"from": done.first_day, "to": done.last_day}
        return {"calc": "closed", **days, "is": str(done.length)}
    if isinstance(done, WorkingDays):
        return {"calc": "workdays", "posted": done.posted, "n": done.count, "ends": done.ends}
    if isinstance(done, DaysAfter):
        return {
            "calc": "plus_days",
            "from": done.start,
            "days": done.days,
            "reached": done.reached,
            "rest": done.rest,
            "moved": done.moved,
        }
    return {"calc": "sum", "total": str(done.total), "reached": done.reached}
