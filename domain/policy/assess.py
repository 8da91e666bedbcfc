"""Eligibility: every condition put to the facts, the ways to the level tried, the best taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.assess_route import General, Taken, take, ways
from domain.policy.case_types import FIRST, CaseType, Kind, Ranks, kind_of_case
from domain.policy.choice import choose
from domain.policy.context import Context
from domain.policy.missing_table import by_stated_years, not_supplied
from domain.policy.records import NotMentioned
from domain.policy.sentences import refusal
from domain.policy.silent import DATES, YEARS
from domain.policy.summing import Findings, summed_up
from domain.policy.verdict import Condition, Status, Verdict
from domain.policy.when import LEVEL_GROUPS
from domain.policy.windows import batch_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.facts import Facts
    from domain.policy.layer import Layer
    from domain.policy.routes import Route
    from domain.policy.silent import Silent
    from domain.refusal import Refusal

FILING_DAY = "filing.day"
REFERENCE_DAY = "reference.day"
EVIDENCE_PENDING = "evidence_pending"
OUTCOME_STATUS: Mapping[str, Status] = {
    "open": Status.MET,
    "refuse": Status.UNMET,
    "manual": Status.MANUAL,
}


def assess(law: Layer, facts: Facts) -> Verdict:
    """The law's answer about an application.

    ``law`` is the merged law. Raises nothing: what cannot be answered is an outcome.
    """
    facts = compared(law, facts)
    repeated = kind_of_case(law.case_types.values(), facts, _ranks(law))
    context = context_of(law, facts, repeated)
    known, pending = _known_education(facts, context)
    asked = (rule for rule in law.conditions.values() if not rule.only_where_asked)
    conditions = [rule.put(known, context) for rule in asked]
    repetition = _repetition(repeated) or _untold(law, facts)
    handled = _level_handled(law, known, context)
    conditions += repetition + handled
    every = _every_way(law, known, context)
    tried = [] if _refused(handled) else _tried(every, known, context)
    if not any(each.status in {Status.UNMET, Status.OPEN} for each in repetition + handled):
        conditions += _way(law, known, context, tried)
    findings = Findings(
        conditions=tuple(conditions),
        taken=tried[0] if tried else None,
        reachable=_reachable(every, context),
        authority=choose(law.authorities.values(), facts),
        flags=(EVIDENCE_PENDING,) if pending else (),
    )
    return summed_up(law, facts, context, findings)


def compared(law: Layer, facts: Facts) -> Facts:
    """The facts with what the law itself finds of them: how titles and educations compare."""
    if not isinstance(facts.education, NotMentioned) and law.education_equivalents:
        alike = {each.id: each.counts_as for each in law.education_equivalents.values()}
        listed = tuple(replace(e, counts_as=alike.get(e.level)) for e in facts.education)
        facts = replace(facts, education=listed)
    return _ranks(law).beside(facts)


def ways_tried(law: Layer, facts: Facts) -> tuple[Context, list[Taken]]:
    """The ways to the level applied for as an assessment tries them, best first."""
    facts = compared(law, facts)
    context = context_of(law, facts, kind_of_case(law.case_types.values(), facts, _ranks(law)))
    known, _ = _known_education(facts, context)
    return context, _tried(_every_way(law, known, context), known, context)


def context_of(law: Layer, facts: Facts, repeated: Kind | None = None) -> Context:
    """The dates and words for one question."""
    filed = _filed(law, facts)
    batch = facts.batch if isinstance(facts.batch, str) else None
    dated_here = not any(other.when.applies(facts) for other in law.silent_about(DATES))
    if batch is None and dated_here and not isinstance(facts.submitted_at, NotMentioned):
        batch = batch_at(law.windows.values(), facts, filed)
    stated = facts.reference_date
    known = law.batches.get(batch) if batch else None
    education_by = known.education_reference if known else None
    of_batch = known.reference if known else None
    reference = of_batch if law.years and law.years.reference == "batch" and of_batch else filed
    case_type, title, _ = repeated or (None, None, None)
    return Context(
        reference=stated if isinstance(stated, date) else reference,
        filed=filed,
        batch=batch,
        case_type=case_type.id if case_type else FIRST,
        supersedes=title.level if case_type and title and case_type.supersedes else None,
        borderline_days=law.years.borderline_days if law.years else 0,
        sum_margin_days=law.years.sum_margin_days if law.years else 0,
        needs_evidence=bool(law.years and law.years.evidence_required),
        counted_from=law.years.counted_from if law.years else "day",
        levels={each.id: (each.chinese, each.english) for each in law.levels.values()},
        educations={each.id: (each.chinese, each.english) for each in law.educations.values()},
        education_rank=_ranks(law).educations,
        level_rank=_ranks(law).levels,
        vacancy_form=law.vacancy_form,
        education_by=education_by,
    )


def _filed(law: Layer, facts: Facts) -> date:
    """The day of the filing; where it is not mentioned, the last on which one could file."""
    if not isinstance(facts.submitted_at, NotMentioned):
        return beijing.day(facts.submitted_at)
    closing = [
        window.closes
        for window in law.windows.values()
        if window.closes
        if isinstance(facts.batch, NotMentioned) or window.batch == facts.batch
    ]
    return max(closing, default=law.header.issued_on or date.max)


def _ranks(law: Layer) -> Ranks:
    educations = {each.id: each.rank for each in law.educations.values()}
    for equal in law.education_equivalents.values():
        educations[equal.id] = educations[equal.counts_as]
    return Ranks({each.id: each.rank for each in law.levels.values()}, educations)


def _known_education(facts: Facts, context: Context) -> tuple[Facts, bool]:
    """Only what is gained by the reference date counts; what is gained after filing is awaited.

    Beside it the days of the filing and of the reference date, which packs may compare with.
    """
    days = {FILING_DAY: context.filed, REFERENCE_DAY: context.reference}
    facts = replace(facts, named={**facts.named, **days})
    if isinstance(facts.education, NotMentioned):
        return facts, False
    until = context.education_by or context.reference
    counted = tuple(
        each for each in facts.education if (each.awarded or each.entered or date.min) <= until
    )
    pending = any(each.awarded and each.awarded > context.filed for each in counted)
    return replace(facts, education=counted), pending


def _repetition(repeated: Kind | None) -> list[Condition]:
    if repeated is None:
        return []
    kind, title, open_on = repeated
    status = Status.OPEN if open_on else OUTCOME_STATUS[kind.outcome]
    return [
        Condition(
            id=f"case_type.{kind.id}",
            chinese=kind.chinese,
            english=kind.english,
            status=status,
            facts=tuple(filter(None, (title.level, title.via, title.series))),
            citations=kind.citations,
            refusal=_about_repetition(kind, status),
            open_on=open_on,
        )
    ]


def _untold(law: Layer, facts: Facts) -> list[Condition]:
    """That nobody said which titles are held, or which level is applied for."""
    untold = {
        name
        for name, fact, asked in (
            ("title", facts.titles, law.case_types),
            ("level", facts.applied, law.routes),
        )
        if asked and isinstance(fact, NotMentioned)
    }
    if facts.assumes_stated or not untold:
        return []
    return [
        Condition(
            id="untold",
            chinese="已有职称和申报级别",
            english="The titles held and the level applied for",
            status=Status.OPEN,
            open_on=frozenset(untold),
        )
    ]


def _about_repetition(kind: CaseType, status: Status) -> Refusal | None:
    words = {"condition": (kind.chinese, kind.english)}
    if status is Status.MANUAL:
        return kind.refuses.question(kind.citations, words)
    if status is Status.UNMET:
        return kind.refuses.refusal(kind.citations, words)
    return None


def _level_handled(law: Layer, facts: Facts, context: Context) -> list[Condition]:
    if law.handled is None or isinstance(facts.applied, NotMentioned):
        return []
    applied = facts.applied
    handled = any(
        applied in LEVEL_GROUPS.get(level, ()) or _gives(level, applied, context)
        for level in law.handled.levels
    )
    return [
        Condition(
            id="handled",
            chinese="申报级别属于本通知办理范围",
            english="The notice deals with this level",
            status=Status.MET if handled else Status.UNMET,
            facts=(applied,),
            citations=law.handled.citations,
            refusal=(
                None
                if handled
                else refusal(
                    "LEVEL_NOT_HANDLED", law.handled.citations, level=_level(context, applied)
                )
            ),
        )
    ]


def _level(context: Context, level: str) -> tuple[str, str]:
    return context.levels.get(level, (level, level))


def _refused(conditions: list[Condition]) -> bool:
    return any(each.status is Status.UNMET for each in conditions)


def _every_way(law: Layer, facts: Facts, context: Context) -> list[Taken]:
    """Every route put to the facts by every education on which it may rest."""
    general = General(tuple(law.adjustments.values()), law.conditions)
    return [
        take(route, basis, facts, context, general)
        for route in law.routes.values()
        if _fits(route, facts, context)
        for basis in ways(route, facts)
    ]


def _tried(every: list[Taken], facts: Facts, context: Context) -> list[Taken]:
    """The ways to the level applied for, best first; exceptional ones only where no other fits."""
    leading = [each for each in every if _leads_to(each.route, facts, context)]
    ordinary = [each for each in leading if not each.route.exceptional]
    asked = facts.value("exceptional") is True
    return sorted(leading if asked or not ordinary else ordinary, key=Taken.preference)


def _fits(route: Route, facts: Facts, context: Context) -> bool:
    if route.case_types and context.case_type not in route.case_types:
        return False
    return route.when.applies(facts) is not False


def _leads_to(route: Route, facts: Facts, context: Context) -> bool:
    if isinstance(facts.applied, NotMentioned):
        return True
    applied = facts.applied
    return any(_gives(level, applied, context) for level in route.levels)


def _gives(level: str, applied: str, context: Context) -> bool:
    """Whether a level is the one applied for: 初级 by its highest, never 高级 by 副高级."""
    if level == applied:
        return True
    ranks = context.level_rank
    grouped = level in LEVEL_GROUPS.get(applied, ())
    return grouped and ranks.get(level, 0) >= ranks.get(applied, 0)


def _way(law: Layer, facts: Facts, context: Context, tried: list[Taken]) -> list[Condition]:
    """The way taken, with those not taken beside it; or why there is none."""
    if tried:
        others = (replace(each.condition, binding=False) for each in tried[1:])
        return [tried[0].condition, *others]
    stated = facts.stated_years
    if elsewhere := _years_elsewhere(law, facts):
        if not isinstance(stated, NotMentioned):
            return [by_stated_years(elsewhere, facts, context, stated)]
        at_issue = not (facts.assumes_stated and isinstance(facts.education, NotMentioned))
        return [not_supplied(elsewhere, at_issue=at_issue)]
    if not law.routes:
        return []
    applied = "" if isinstance(facts.applied, NotMentioned) else facts.applied
    citations = tuple(citation for route in law.routes.values() for citation in route.citations[:1])
    return [
        Condition(
            id="route",
            chinese="有相应的申报途径",
            english="There is a route",
            status=Status.UNMET,
            citations=citations,
            refusal=refusal("NO_ROUTE", citations, level=_level(context, applied)),
        )
    ]


def _years_elsewhere(law: Layer, facts: Facts) -> Silent | None:
    """The document that has the years for these facts, or may have them, where there is one."""
    silent = (each for each in law.silent_about(YEARS) if each.when.fits(facts) is not False)
    return next(silent, None)


def _reachable(tried: list[Taken], context: Context) -> str | None:
    """The highest level that some way reaches."""
    reached = [
        level
        for each in tried
        if each.leads_on and not each.route.exceptional
        for level in each.route.levels
    ]
    return max(reached, key=lambda level: context.level_rank.get(level, 0), default=None)
