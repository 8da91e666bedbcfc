"""A verdict of the law as plain data, for the answers of the API and of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.problems.problem import plain_citation
from domain.policy.computed import Anniversary, ClosedPeriod, DaysAfter, Sum, WorkingDays

if TYPE_CHECKING:
    from datetime import date

    from domain.policy.computed import Computed
    from domain.policy.law import Law
    from domain.policy.sources import Open
    from domain.policy.verdict import Condition, Verdict
    from domain.refusal import Refusal

Plain = dict[str, Any]


def plain_verdict(verdict: Verdict) -> Plain:
    """The verdict with its whole tree; days as 2024-05-31, lengths as 2y3m0d."""
    authority = verdict.authority
    return {
        "outcome": verdict.outcome.value,
        "level": verdict.level,
        "best_level": verdict.best_level,
        "route": verdict.route,
        "route_id": verdict.route_id,
        "case_type": verdict.case_type,
        "supersedes": verdict.supersedes,
        "exceptional": verdict.exceptional,
        "required_years": verdict.required_years,
        "years_before": None if verdict.years_before is None else str(verdict.years_before),
        "total": None if verdict.total is None else str(verdict.total),
        "hint": verdict.hint,
        "next_possible": verdict.next_possible,
        "next_possible_on": _day(verdict.next_possible_on),
        "suggested_series": verdict.suggested_series,
        "remedy": verdict.remedy,
        "batch": verdict.batch,
        "reference_date": _day(verdict.reference_date),
        "authority": None if authority is None else authority.code,
        "action": verdict.action,
        "flags": list(verdict.flags),
        "refusals": [plain_refusal(each) for each in verdict.refusals],
        "computed": [plain_computed(each) for each in verdict.computed],
        "conditions": [plain_condition(each) for each in verdict.root.children],
    }


def plain_open(law: Law, fact: Open) -> Plain:
    """A fact on which the answer turns: who may say it, by when, what shows it, whose rule asks."""
    chinese, english = law.means(fact.name)
    return {
        "fact": fact.name,
        "zh": chinese,
        "en": english,
        "said_by": list(fact.said_by),
        "by": fact.by,
        "material": fact.material,
        "rules": [plain_citation(each) for each in fact.citations],
    }


def plain_condition(condition: Condition) -> Plain:
    """One condition with all beneath it."""
    return {
        "id": condition.id,
        "zh": condition.chinese,
        "en": condition.english,
        "status": condition.status.value,
        "binding": condition.binding,
        "facts": list(condition.facts),
        "computed": [plain_computed(each) for each in condition.computed],
        "flags": list(condition.flags),
        "borderline": condition.borderline,
        "next_on": _day(condition.next_on),
        "refusal": None if condition.refusal is None else plain_refusal(condition.refusal),
        "rules": [plain_citation(each) for each in condition.citations],
        "conditions": [plain_condition(each) for each in condition.children],
    }


def plain_refusal(refusal: Refusal) -> Plain:
    """One refusal with its sentences and the words that it rests on."""
    return {
        "code": refusal.code,
        "zh": refusal.chinese,
        "en": refusal.english,
        "pointer": refusal.pointer,
        "rules": [plain_citation(each) for each in refusal.citations],
    }


def plain_computed(computed: Computed) -> Plain:
    """One line of arithmetic, under the keys that worked examples use."""
    match computed:
        case Anniversary(start, years, months, reached):
            length: Plain = {"years": years, "months": months}
            return {"calc": "anniversary", "from": _day(start), **length, "reached": _day(reached)}
        case ClosedPeriod(first_day, last_day, length_of):
            days = {"from": _day(first_day), "to": _day(last_day)}
            return {"calc": "closed", **days, "is": str(length_of)}
        case Sum(parts, total, reached_on):
            added = {"parts": [str(each) for each in parts], "total": str(total)}
            return {"calc": "sum", **added, "reached": _day(reached_on)}
        case WorkingDays(posted, count, ends):
            return {"calc": "workdays", "posted": _day(posted), "n": count, "ends": _day(ends)}
        case DaysAfter(start, days_after, reached, rest, moved):
            ending = {"reached": _day(reached), "rest": rest, "moved": _day(moved)}
            return {"calc": "plus_days", "from": _day(start), "days": days_after, **ending}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
