"""Asking the law what an example asks, and giving the answer under the example's keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.calendar import Calendar, CalendarNotPublishedError
from domain.policy.computed import Anniversary, ClosedPeriod, Computed
from domain.policy.examples.asked import ask
from domain.policy.examples.facts import ExampleError, Given, facts_from, instant
from domain.policy.examples.posting import Posting
from domain.policy.examples.touching import touched
from domain.policy.periods import Length, Period, anniversary, total, without_overlaps

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.law import Law

Answer = Mapping[str, Any]


def answer(kind: str, given: Given, law: Law, calendar: Calendar) -> list[Answer]:
    """The law's answers, one for each case that the facts describe.

    Raises ``ExampleError`` for a kind or a key that the format does not know.
    """
    if kind == "eligibility":
        return [_eligibility(facts_from(each), law) for each in cases(given)]
    if kind == "years":
        return [_years(given, at) for at in _references(given)]
    if kind == "publicity":
        return _publicity(given, law, calendar)
    return ask(kind, given, law)


def cases(given: Given) -> Iterator[Given]:
    """One mapping for each case: of ``cases`` or ``persons``, or for each value of a list."""
    for key in ("cases", "persons"):
        if key in given:
            common = {name: value for name, value in given.items() if name != key}
            yield from ({**common, **each} for each in given[key])
            return
    for key in ("submitted_at", "applied", "proofs"):
        if isinstance(given.get(key), list):
            common = {name: value for name, value in given.items() if name != key}
            name = "proof" if key == "proofs" else key
            yield from ({**common, name: each} for each in given[key])
            return
    yield given


def _eligibility(facts: Facts, law: Law) -> Answer:
    verdict = law.assess(facts)
    return {
        "rests_on": list(touched(verdict, facts, law)),
        "outcome": verdict.outcome.value,
        "reasons": list(verdict.reasons),
        "flags": list(verdict.flags),
        "computed": list(verdict.computed),
        "level": verdict.level,
        "best_level": verdict.best_level,
        "route": verdict.route,
        "case_type": verdict.case_type,
        "supersedes": verdict.supersedes,
        "exceptional": verdict.exceptional,
        "required_years": verdict.required_years,
        "years_before": _text(verdict.years_before),
        "total": _text(verdict.total),
        "hint": verdict.hint,
        "next_possible": verdict.next_possible,
        "next_possible_on": verdict.next_possible_on,
        "suggested_series": verdict.suggested_series,
        "remedy": verdict.remedy,
        "batch": verdict.batch,
        "reference_date": verdict.reference_date,
        "authority": verdict.authority.code if verdict.authority else None,
        "action": verdict.action,
        "open": sorted(each.name for each in verdict.open),
        "said_by": {each.name: [*map(str, each.said_by)] for each in verdict.open},
        "open_until": {each.name: each.by for each in verdict.open},
    }


def _text(length: Length | None) -> str | None:
    return None if length is None else str(length)


def _references(given: Given) -> list[date | None]:
    """The days on which a reckoning is looked at; one None where no day is named."""
    for key in ("at", "as_of", "reference_date", "R"):
        if key in given:
            stated = given[key]
            return [_day(each) for each in (stated if isinstance(stated, list) else [stated])]
    return [None]


def _years(given: Given, reference: date | None) -> Answer:
    """Plain reckoning of ``from``, ``to``, ``periods`` and ``checks`` such as ``1 year``."""
    computed: list[Computed] = []
    reached = []
    for check in given.get("checks", ()):
        years, months = _amount(str(check))
        day = anniversary(given["from"], years=years, months=months)
        computed.append(Anniversary(given["from"], years, months, day))
        reached.append(day)
    jobs = list(given.get("periods") or given.get("work") or ())
    if "to" in given:
        jobs.append({"from": given["from"], "to": given["to"]})
    periods = [Period.closed(job["from"], job["to"]) for job in jobs]
    computed += [
        ClosedPeriod(job["from"], job["to"], period.length)
        for job, period in zip(jobs, periods, strict=True)
    ]
    late = reference is not None and any(day > reference for day in reached)
    return {
        "outcome": "refused" if late else "allowed",
        "reasons": ["YEARS_SHORT"] if late else [],
        "computed": computed,
        "total": str(total(without_overlaps(periods))) if periods else None,
    }


def _amount(check: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+) (year|month)s?", check)
    if not found:
        raise ExampleError(
            "facts.checks",
            f"{check} is neither '1 year' nor '6 months'",
            f"{check} 不能识别，应写成 1 year 或 6 months",
        )
    number = int(found[1])
    return (number, 0) if found[2] == "year" else (0, number)


def _day(value: date | str) -> date:
    return instant(value).date() if isinstance(value, str | datetime) else value


def _publicity(given: Given, law: Law, calendar: Calendar) -> list[Answer]:
    posting = Posting.of(given, law, calendar)
    try:
        return posting.answers()
    except CalendarNotPublishedError:
        return [{"outcome": "undetermined", "reasons": ["CALENDAR_NOT_PUBLISHED"], "computed": []}]
