"""Eligibility: every condition put to the facts, the ways to the level tried, the best taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.policy.assess_route import Taken, take, ways
from domain.policy.choice import choose
from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.context import Context
from domain.policy.facts import Facts
from domain.policy.missing_table import by_stated_years, not_supplied
from domain.policy.occasion import occasion_of
from domain.policy.records import NotMentioned
from domain.policy.silent import YEARS
from domain.policy.summing import Findings, summed_up
from domain.policy.verdict import Condition, Status, Verdict
from domain.refusals.sentences_by_code import refusal
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.case_types import CaseType, Kind
    from domain.policy.layer import Layer
    from domain.policy.routes import Route, Way
    from domain.policy.silent import Silent
    from domain.refusal import Refusal

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
    asked = occasion_of(law, facts)
    known, context = asked.known, asked.context
    general = (rule for rule in law.conditions.values() if not rule.only_where_asked)
    conditions = [rule.put(known, context) for rule in general]
    repetition = _repetition(asked.repeated) + _untold(law, known)
    handled = _level_handled(law, known, context)
    conditions += repetition + handled
    trying = Trying(known, context)
    tried = [] if _refused(handled) else _tried(law, trying)
    if not any(each.status in {Status.UNMET, Status.OPEN} for each in repetition + handled):
        conditions += _way(law, known, context, tried)
    findings = Findings(
        conditions=tuple(conditions),
        taken=tried[0] if tried else None,
        reachable=_reachable(law, trying),
        authority=choose(law.authorities.values(), asked.facts),
        flags=(EVIDENCE_PENDING,) if asked.pending else (),
    )
    return summed_up(law, asked.facts, context, findings)


def ways_tried(law: Layer, facts: Facts) -> tuple[Context, list[Taken]]:
    """The ways to the level applied for as an assessment tries them, best first."""
    asked = occasion_of(law, facts)
    known, context = asked.known, asked.context
    return context, _tried(law, Trying(known, context))


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
    """That nobody said which titles are held, or whether others are, or the level applied for."""
    untold = {
        name
        for name, fact, asked in (
            ("title", facts.titles, law.case_types),
            ("level", facts.applied, law.routes),
        )
        if asked and (isinstance(fact, NotMentioned) or facts.may_lack(name))
    }
    if facts.assumes_stated or not untold:
        return []
    asking = law.case_types.values() if "title" in untold else ()
    return [
        Condition(
            id="untold",
            chinese="已有职称和申报级别",
            english="The titles held and the level applied for",
            status=Status.OPEN,
            citations=tuple(dict.fromkeys(c for each in asking for c in each.citations)),
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
    applied, applies = facts.applied, law.handled.when.applies(facts)
    if applies is False:
        return []
    handled = any(
        applied in LEVEL_GROUPS.get(level, ()) or _gives(level, applied, context)
        for level in law.handled.levels
    )
    status = Status.MET if handled else Status.UNMET if applies else Status.OPEN
    return [
        Condition(
            id="handled",
            chinese="申报级别属于本通知办理范围",
            english="The notice deals with this level",
            status=status,
            facts=(applied,),
            citations=law.handled.citations,
            refusal=(
                refusal("LEVEL_NOT_HANDLED", law.handled.citations, level=_level(context, applied))
                if status is Status.UNMET
                else None
            ),
            open_on=law.handled.when.open_on(facts) if status is Status.OPEN else frozenset(),
        )
    ]


def _level(context: Context, level: str) -> tuple[str, str]:
    known = context.levels.get(level)
    return known.words if known else (level, level)


def _refused(conditions: list[Condition]) -> bool:
    return any(each.status is Status.UNMET for each in conditions)


@dataclass(frozen=True)
class Trying:
    """The ways as they are put to the facts: each once, and only when somebody asks."""

    facts: Facts
    context: Context
    tried: dict[str, tuple[Taken, ...]] = field(default_factory=dict)

    def taken(self, way: Way) -> tuple[Taken, ...]:
        """How a way stands, by every education on which it may rest; none where it doesn't fit."""
        if way.route.id not in self.tried:
            self.tried[way.route.id] = self._taken(way)
        return self.tried[way.route.id]

    def _taken(self, way: Way) -> tuple[Taken, ...]:
        if not _fits(way.route, self.facts, self.context):
            return ()
        bases = ways(way.route, self.facts)
        return tuple(take(way, basis, self.facts, self.context) for basis in bases)


def _tried(law: Layer, trying: Trying) -> list[Taken]:
    """The ways to the level applied for, best first; exceptional ones only where no other fits."""
    facts, context = trying.facts, trying.context
    leading = [each for each in law.ways if _leads_to(each.route, facts, context)]
    asked = facts.value("exceptional") is True
    ordinary = [t for each in leading if not each.route.exceptional for t in trying.taken(each)]
    if ordinary and not asked:
        return sorted(ordinary, key=Taken.preference)
    return sorted((t for each in leading for t in trying.taken(each)), key=Taken.preference)


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
    ranks = context.ranks.levels
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
        return [not_supplied(elsewhere, facts)]
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


def _reachable(law: Layer, trying: Trying) -> str | None:
    """The highest level that some way reaches; those to lower ones are not even tried."""
    for way in law.upward:
        if any(taken.leads_on for taken in trying.taken(way)):
            return way.highest
    return None
