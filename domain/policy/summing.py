"""From the tree of conditions to the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.assess_route import Taken, years_before
from domain.policy.authority import Authority
from domain.policy.choice import Choice, turning
from domain.policy.computed import ClosedPeriod, Computed
from domain.policy.periods import Period
from domain.policy.records import NotMentioned
from domain.policy.silent import DATES
from domain.policy.sources import Open, open_fact
from domain.policy.verdict import Condition, Outcome, Status, Verdict
from domain.policy.windows import next_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from domain.policy.condition import Rule
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.layer import Layer
    from domain.refusal import Citation, Refusal

BORDERLINE = "borderline"
TELLING: Mapping[Outcome, frozenset[Status]] = {
    Outcome.ELIGIBLE: frozenset(),
    Outcome.INELIGIBLE: frozenset({Status.UNMET}),
    Outcome.UNDETERMINED: frozenset({Status.UNKNOWN, Status.MANUAL}),
    Outcome.MANUAL_REVIEW: frozenset({Status.MANUAL}),
}
"""Which conditions say why: what refuses, or what is left to human judgement."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the assessment found, before it is summed up."""

    conditions: tuple[Condition, ...]
    taken: Taken | None
    reachable: str | None
    authority: Choice[Authority]
    flags: tuple[str, ...]


def summed_up(law: Layer, facts: Facts, context: Context, findings: Findings) -> Verdict:
    """The verdict: what binds decides, everything else explains."""
    binding = [each for top in findings.conditions for each in top.walk()]
    outcome = _outcome(binding)
    authority = None if findings.authority.open_on else findings.authority.first
    sent_away = _sent_away(authority)
    if sent_away:
        outcome = Outcome.INELIGIBLE
    open_facts = () if outcome is Outcome.INELIGIBLE else _open(law, facts, findings, binding)
    if open_facts:
        outcome = Outcome.UNDETERMINED
    telling = TELLING[outcome]
    refusals = tuple(each.refusal for each in binding if each.refusal and each.status in telling)
    unmet = [each for each in binding if each.status is Status.UNMET]
    cured = _cured_on(unmet) if outcome is Outcome.INELIGIBLE and not sent_away else None
    taken = findings.taken
    return Verdict(
        outcome=outcome,
        root=_root(outcome, findings.conditions),
        refusals=(*refusals, *sent_away),
        flags=_flags(findings, authority, binding),
        computed=_computed(facts, binding),
        level=_level(facts, taken) if outcome is not Outcome.INELIGIBLE else None,
        best_level=findings.reachable,
        route=taken.route.kind if taken else None,
        route_id=taken.route.id if taken else None,
        case_type=context.case_type,
        supersedes=context.supersedes,
        exceptional=bool(taken and taken.route.exceptional),
        required_years=taken.required_years if taken else None,
        years_before=years_before(taken, facts, context) if taken else None,
        total=taken.total if taken else None,
        hint=BORDERLINE if any(each.borderline for each in binding) else None,
        next_possible=_next_batch(law, facts, context, cured),
        next_possible_on=cured,
        suggested_series=_suggested(law, unmet),
        remedy=_remedy(law, facts, unmet),
        batch=context.batch,
        reference_date=context.reference,
        authority=authority,
        open=open_facts,
        citations=tuple(dict.fromkeys(c for each in binding for c in each.citations)),
    )


def _outcome(binding: list[Condition]) -> Outcome:
    statuses = {each.status for each in binding}
    if Status.UNMET in statuses:
        return Outcome.INELIGIBLE
    if statuses & {Status.UNKNOWN, Status.OPEN}:
        return Outcome.UNDETERMINED
    return Outcome.MANUAL_REVIEW if Status.MANUAL in statuses else Outcome.ELIGIBLE


def _root(outcome: Outcome, conditions: tuple[Condition, ...]) -> Condition:
    status = {
        Outcome.ELIGIBLE: Status.MET,
        Outcome.INELIGIBLE: Status.UNMET,
        Outcome.UNDETERMINED: Status.UNKNOWN,
        Outcome.MANUAL_REVIEW: Status.MANUAL,
    }[outcome]
    return Condition(
        id="eligibility",
        chinese="申报资格",
        english="Eligibility",
        status=status,
        children=conditions,
    )


def _sent_away(authority: Authority | None) -> tuple[Refusal, ...]:
    if authority is None or authority.refuses is None:
        return ()
    return (authority.refuses.refusal(authority.citations, {}),)


def _open(
    law: Layer, facts: Facts, findings: Findings, binding: list[Condition]
) -> tuple[Open, ...]:
    """The facts on which the answer, the way of the case or its materials turn, by name."""
    if facts.assumes_stated:
        return ()
    stages = law.stages.values()
    others = [other for stage in stages for other in stage.instead]
    asking = [(each.open_on, each.citations) for each in binding if each.open_on]
    public = law.publicity.values()
    for rows in (findings.authority.rows, stages, others, public, law.materials.values()):
        asking += turning(rows, facts)
    first = next((each.id for each in stages), None)
    return tuple(
        open_fact(name, law.facts, first, tuple(dict.fromkeys(_behind(name, asking))))
        for name in sorted(frozenset[str]().union(*(names for names, _ in asking)))
    )


def _behind(
    name: str, asking: list[tuple[frozenset[str], tuple[Citation, ...]]]
) -> Iterator[Citation]:
    """The words of every rule that turns on a fact."""
    for names, citations in asking:
        if name in names:
            yield from citations


def _flags(
    findings: Findings, authority: Authority | None, binding: list[Condition]
) -> tuple[str, ...]:
    marked = [flag for each in binding for flag in each.flags]
    of_authority = authority.flag if authority else None
    found = (*marked, *findings.flags, *((of_authority,) if of_authority else ()))
    return tuple(dict.fromkeys(found))


def _computed(facts: Facts, binding: list[Condition]) -> tuple[Computed, ...]:
    """The length of every closed job, then what the conditions reckoned."""
    closed: list[Computed] = []
    if not isinstance(facts.work, NotMentioned):
        closed = [
            ClosedPeriod(
                job.first_day, job.last_day, Period.closed(job.first_day, job.last_day).length
            )
            for job in facts.work
            if job.last_day
        ]
    reckoned = [computed for each in binding for computed in each.computed]
    return tuple(dict.fromkeys((*closed, *reckoned)))


def _level(facts: Facts, taken: Taken | None) -> str | None:
    if not isinstance(facts.applied, NotMentioned):
        return facts.applied
    return taken.route.levels[0] if taken and taken.route.levels else None


def _cured_on(unmet: list[Condition]) -> date | None:
    """When time alone will have met everything that is unmet; None if it never will."""
    days = [each.next_on for each in unmet if each.is_leaf]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def _next_batch(law: Layer, facts: Facts, context: Context, cured: date | None) -> str | None:
    if cured is None or any(other.when.applies(facts) for other in law.silent_about(DATES)):
        return None
    return next_batch(law.windows.values(), law.batches, facts, context.filed, cured)


def _rules(law: Layer, unmet: list[Condition]) -> list[Rule]:
    return [law.conditions[each.id] for each in unmet if each.id in law.conditions]


def _suggested(law: Layer, unmet: list[Condition]) -> str | None:
    return next((each.suggests for each in _rules(law, unmet) if each.suggests), None)


def _remedy(law: Layer, facts: Facts, unmet: list[Condition]) -> str | None:
    found = next((each.remedy[1] for each in _rules(law, unmet) if each.remedy), None)
    if found or law.years is None or not law.years.evidence_required:
        return found
    work = () if isinstance(facts.work, NotMentioned) else facts.work
    unproven = any(job.evidence is False for job in work)
    short = any(each.refusal for each in unmet)
    return law.years.remedy[1] or None if unproven and short else None
