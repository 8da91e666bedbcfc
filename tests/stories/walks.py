"""Four walks for every rule that can refuse: honest, silent, without paper, found out.

Somebody of whom it is true what the rule refuses says so; says nothing of it; claims otherwise
without a paper; claims otherwise with one, and whoever looks at it finds it untrue. What a rule
turns on is found by leaving one thing that a worked example tells out after another. Who may not
act yet acts, and who may not any more: the clock is not to be lied to.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.policy import records
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.policy.records import NOT_MENTIONED, NotMentioned
from domain.policy.sources import Source
from domain.policy.verdict import Outcome
from domain.replacing import replace
from tests.stories.claims import GROUPS, Told, shown_by
from tests.stories.proving import LAWS, own_rules, situations, variations
from tests.stories.setting import AREAS, NotLivedError, filed_at, unit_of
from tests.stories.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.policy.materials import Material
    from domain.refusal import Citation

NOT_WALKED = Path(__file__).with_name("not_walked.toml")
KINDS = ("honest", "silent", "paperless", "found_out")
CLAIMED: Mapping[str, str] = {
    "education": "education",
    "work": "work",
    "titles": "title",
    "assessments": "assessments",
    "achievements": "achievement",
}
"""The lists of a worked example, and the facts that they tell."""
_INSURED = dict.fromkeys(("employer.insured", "proof.seals"), "insurance")
"""What the claim of the social insurance tells."""
_ASKED = frozenset({"series", "specialty", "level"})
"""What somebody asks for is nothing that they claim."""
_LONG_AGO = date(2005, 7, 1)


@dataclass(frozen=True, kw_only=True)
class Refusing:
    """Somebody whom a rule refuses, and what it turns on there: facts by their names."""

    name: str
    law: Law
    facts: Facts
    turns_on: frozenset[str]

    @property
    def otherwise(self) -> Facts:
        """What somebody says who lies: the same without it."""
        told = self.facts
        for name in self.turns_on:
            told = _left_out(told, name)
        return told

    @property
    def spoken(self) -> frozenset[str]:
        """What of it the applicant or a reviewer says; never the register or the clock."""
        return frozenset(
            each
            for each in self.turns_on - _ASKED
            if each in GROUPS or not {Source.REGISTER} >= set(self.law.said_by(each))
        )

    @property
    def claimed(self) -> frozenset[str]:
        """What of it is the applicant's to claim."""
        return frozenset(
            _INSURED.get(each, each)
            for each in self.spoken
            if each in GROUPS or Source.APPLICANT in self.law.said_by(each)
        )

    @property
    def shown(self) -> frozenset[str]:
        """What of that the notice wants shown by a paper."""
        whole = self.law.whole
        asked = {each.material for each in whole.facts.values()}
        papers = [each for each in whole.materials.values() if each.required or each.id in asked]
        supported = {fact for each in papers for fact in shown_by(self.law, each.id, each.supports)}
        return self.claimed & supported

    def way(self, kind: str) -> Way | None:
        """One of the four walks; None where there is nothing that somebody could say."""
        law = self.law.id
        if kind == "honest":
            return Way(law=law, facts=self.facts)
        if self.law.assess(self.otherwise).outcome is Outcome.INELIGIBLE:
            return None
        match kind:
            case "silent" if self.spoken:
                return Way(law=law, facts=self.otherwise, unsaid=self.spoken)
            case "paperless" if self.shown:
                return Way(law=law, facts=self.otherwise, paperless=True)
            case "found_out" if self.claimed:
                titles = () if isinstance(self.facts.titles, NotMentioned) else self.facts.titles
                denied = titles if "title" in self.claimed else ()
                return Way(law=law, facts=self.otherwise, untrue=self.claimed, denied=denied)
            case _:
                return None


def _left_out(facts: Facts, name: str) -> Facts:
    for listed, fact in CLAIMED.items():
        if fact == name:
            unsaid: dict[str, Any] = {listed: NOT_MENTIONED}
            return replace(facts, **unsaid)
    kept = {each: value for each, value in facts.named.items() if each != name}
    return replace(facts, named=kept)


def _told(facts: Facts) -> Iterator[str]:
    for each in fields(facts):
        mentioned = not isinstance(getattr(facts, each.name), NotMentioned)
        if each.name in CLAIMED and mentioned:
            yield CLAIMED[each.name]
    yield from facts.named


def _refuses(law: Law, facts: Facts) -> frozenset[str]:
    return _own(cited for each in law.assess(facts).refusals for cited in each.citations)


def _own(citations: Iterable[Citation]) -> frozenset[str]:
    return frozenset(each.rule for each in citations) & own_rules().keys()


def _people() -> Iterator[tuple[str, Law, Facts]]:
    """Everybody of whom a worked example tells, and each of them with one thing gone wrong."""
    told = [(each.name, LAWS[each.law], each.facts) for each in situations()]
    yield from told
    for name, law, facts in told:
        yield from ((f"{name}, {how}", law, other) for how, other in _gone_wrong(law, facts))


def _gone_wrong(law: Law, facts: Facts) -> Iterator[tuple[str, Facts]]:
    """Who began to work, or graduated, yesterday; studied something else; failed each year."""
    filed = date.fromisoformat(filed_at(law, facts)[:10])
    yesterday, degrees = filed - timedelta(1), _degrees(facts)
    job = records.Work(first_day=_LONG_AGO, relation="same", professional=True)
    begun = (replace(job, first_day=yesterday),)
    yield "beginning", replace(facts, education=degrees, work=begun)
    graduated = tuple(replace(each, awarded=yesterday) for each in degrees)
    yield "graduating", replace(facts, education=graduated, work=(job,))
    specialty = AREAS[law.id][3]
    own = {"specialty": specialty, "specialty.worked": specialty}
    judged = {**own, **facts.named, "major": "园艺", "judgement": "different"}
    yield "studying otherwise", replace(facts, named=judged)
    failed = dict.fromkeys(range(filed.year - 5, filed.year), "不合格")
    yield "failing", replace(facts, assessments=failed)


def _degrees(facts: Facts) -> tuple[records.Education, ...]:
    if not isinstance(facts.education, NotMentioned):
        return facts.education
    levels = ("secondary", "college", "bachelor", "master")
    return tuple(
        records.Education(level=each, mode="full_time", degree=True, awarded=_LONG_AGO)
        for each in levels
    )


@cache
def refusing() -> Mapping[str, tuple[Refusing, ...]]:
    """Each rule of a notice that refuses somebody for what they are, with whom it refuses."""
    found = defaultdict[str, list[Refusing]](list)
    for name, law, facts in _people():
        refused = _refuses(law, facts)
        if law.assess(facts).outcome is not Outcome.INELIGIBLE or not _can_be_told(law, facts):
            continue
        if not refused - {rule for rule, several in found.items() if len(several) >= _TRIED}:
            continue
        without = {e: _refuses(law, _left_out(facts, e)) for e in _told(facts)}
        for rule in refused:
            turns_on = frozenset(e for e, left in without.items() if rule not in left)
            one = Refusing(name=name, law=law, facts=facts, turns_on=turns_on)
            found[rule].append(one)
    return {rule: tuple(sorted(each, key=_shows_most)) for rule, each in sorted(found.items())}


_TRIED = 6
"""How many people a rule refuses before no further one is looked for."""


def _shows_most(one: Refusing) -> tuple[bool, bool, bool, int]:
    return not one.shown, not one.claimed, not one.spoken, len(one.turns_on)


def _refusals(one: Refusing) -> int:
    return len(one.law.assess(one.facts).refusals)


def _can_be_told(law: Law, facts: Facts) -> bool:
    try:
        unit_of(facts, law)
        Told(facts, law)
    except NotLivedError:
        return False
    return True


# ── papers, days, turns ─────────────────────────────────────────────────────────────


def _papers(law: Law) -> Iterator[tuple[Material, Facts]]:
    """Each paper that is asked for, with somebody who is eligible and has to hand it in."""
    several = [Facts(), *(e.facts for e in situations() if e.law == law.id and _good(e.outcome))]
    told = [each for each in several if _can_be_told(law, each)]
    for material in law.whole.materials.values():
        if material.required and material.channel != "linked" and material.part_of is None:
            asked = (e for e in told if material.id in {m.id for m in law.materials(e)})
            yield from ((material, each) for each in [*asked][:1])


def _good(outcome: str) -> bool:
    return outcome == "eligible"


def _of_papers(law: Law) -> Iterator[tuple[frozenset[str], str, Way]]:
    for material, facts in _papers(law):
        rules = _own(material.citations)
        shows = frozenset(shown_by(law, material.id, material.supports) & GROUPS.keys())
        yield rules, "paperless", Way(law=law.id, facts=facts, paperless=True)
        if shows:
            yield rules, "silent", Way(law=law.id, facts=facts, unsaid=shows)
            yield rules, "found_out", Way(law=law.id, facts=facts, untrue=shows)


def _of_days(law: Law) -> Iterator[tuple[frozenset[str], str, Way]]:
    """Filed before a window and after it; and stages that do nothing until theirs has closed."""
    for one in variations():
        if one.law != law.id:
            continue
        if one.slow is not None:
            window = law.whole.windows[one.name.partition("-slow-")[2]]
            way = Way(law=law.id, facts=one.facts, slow=one.slow)
            yield _own(window.citations), "honest", way
        if isinstance(one.facts.submitted_at, NotMentioned):
            continue
        admitted = law.admission("applicant", one.facts.submitted_at, one.facts)
        if admitted.refusal is not None:
            yield _own(admitted.refusal.citations), "honest", Way(law=law.id, facts=one.facts)


def _of_turns(law: Law) -> Iterator[tuple[frozenset[str], str, Way]]:
    """Whoever reviews a case acts before it is their turn."""
    rules = _own(c for code in _OUT_OF_TURN for c in law.behind(code))
    if rules:
        yield rules, "honest", Way(law=law.id, facts=Facts(), impatient=True)


_OUT_OF_TURN = ("HANDLER_FIRST", "PUBLICITY_TOO_SHORT", "STAGE_ORDER")


@cache
def planned() -> Mapping[tuple[str, str], Way]:
    """The walk of each rule and kind, as far as there is one."""
    found: dict[tuple[str, str], Way] = {}
    for rule, several in refusing().items():
        for kind in KINDS:
            tried = sorted(several, key=_refusals) if kind == "honest" else several
            ways = (way for one in tried if (way := one.way(kind)) is not None)
            if (first := next(ways, None)) is not None:
                found[rule, kind] = first
    for law in LAWS.values():
        for rules, kind, way in (*_of_papers(law), *_of_days(law), *_of_turns(law)):
            for rule in rules:
                found.setdefault((rule, kind), way)
    apart = not_walked()
    return {each: way for each, way in sorted(found.items()) if each not in apart}


_IN_NO_ROW = {"HZ-45", "YY-16"}
"""Whom they refuse shows that they can: no row of a pack that refuses names them."""


def to_walk() -> list[tuple[str, str]]:
    """The rule and the kind of each walk, said without looking for somebody who walks it."""
    apart = not_walked()
    rules = sorted(_refusing_by_rows() | _IN_NO_ROW)
    return [(rule, kind) for rule in rules for kind in sorted(KINDS) if (rule, kind) not in apart]


@cache
def not_walked() -> Mapping[tuple[str, str], str]:
    """The kinds that can't apply to a rule, each with the reason."""
    rows = tomllib.loads(NOT_WALKED.read_text(encoding="utf-8"))["not"]
    return {
        (rule, kind): row["why"] for row in rows for rule in row["rules"] for kind in row["kinds"]
    }


def can_refuse() -> frozenset[str]:
    """The rules of the notices on which a refusal can rest, by what the packs say or answer."""
    return _refusing_by_rows() | refusing().keys()


def _refusing_by_rows() -> frozenset[str]:
    return frozenset(rule for law in LAWS.values() for rule in _refusing_rows(law))


def _refusing_rows(law: Law) -> frozenset[str]:
    whole = law.whole
    rows: list[Any] = [each for each in whole.conditions.values() if each.otherwise != "flag"]
    rows += [each for each in whole.case_types.values() if each.outcome != "open"]
    rows += [each for each in whole.materials.values() if each.required]
    tables = (whole.routes, whole.windows, whole.paper_legs, whole.fees, whole.publicity)
    rows += [each for table in tables for each in table.values()]
    rows += [] if whole.handled is None else [whole.handled]
    behind = (c for citations in whole.refusals.values() for c in citations)
    return _own((*(c for row in rows for c in row.citations), *behind))
