"""One layer of the law: the document of a notice, of a county's overlay, or of the default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from domain.policy.accounts import (
    AccountCreator,
    AccountRules,
    Separation,
    read_account_rules,
    read_creator,
    read_separation,
)
from domain.policy.asking import read_meaning
from domain.policy.authority import Authority, read_authority
from domain.policy.case_types import CaseType, Ranks, read_case_type
from domain.policy.chain import Stage, read_stage
from domain.policy.checks import CHECKS
from domain.policy.condition import Rule, read_rule
from domain.policy.duties import (
    AnnualRoll,
    Completion,
    ObjectionRule,
    PaperForm,
    Retention,
    ReturnRule,
    read_annual_roll,
    read_completion,
    read_objections,
    read_paper_form,
    read_retention,
    read_returns,
)
from domain.policy.fees import Fee, read_fee
from domain.policy.header import Header, Quoted, citations_of, read_header, read_quoted
from domain.policy.levels import (
    Handled,
    Level,
    YearsRule,
    read_education,
    read_handled,
    read_level,
    read_years_rule,
)
from domain.policy.materials import Material, read_material
from domain.policy.meanings import Meaning
from domain.policy.names import NAMES
from domain.policy.outcome import (
    Document,
    Label,
    read_document,
    read_label,
)
from domain.policy.places import (
    Area,
    Contact,
    PaperDuty,
    PaperLeg,
    Place,
    read_area,
    read_contact,
    read_paper_duty,
    read_paper_leg,
    read_place,
)
from domain.policy.process import ProcessTerm, read_process_term
from domain.policy.publicity import (
    PublicityDefault,
    PublicityWords,
    read_publicity,
    read_publicity_default,
)
from domain.policy.reading import Known, Reader
from domain.policy.recurring import read_recurring
from domain.policy.recusing import RecusalGround, read_recusal_ground
from domain.policy.reference import Reference, read_reference
from domain.policy.routes import Route, Way, read_route
from domain.policy.sanctions import SanctionWords, read_sanction
from domain.policy.silent import Silent, read_silent
from domain.policy.sources import Fact, read_fact
from domain.policy.terms import Adjustment, read_adjustment
from domain.policy.vacancy_form import VacancyFormRule, read_vacancy_form
from domain.policy.votes import VoteRule, read_votes
from domain.policy.windows import Batch, Window, read_batch, read_window
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.faults import Fault


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Everything that one document says. Lists are kept by id, in the document's order.

    ``set_aside`` are words of the notice that nothing carries, each with the reason.
    """

    header: Header
    rules: Mapping[str, Quoted]
    facts: Mapping[str, Fact]
    names: Mapping[str, Meaning]
    levels: Mapping[str, Level]
    educations: Mapping[str, Level]
    conditions: Mapping[str, Rule]
    case_types: Mapping[str, CaseType]
    routes: Mapping[str, Route]
    adjustments: Mapping[str, Adjustment]
    batches: Mapping[str, Batch]
    windows: Mapping[str, Window]
    silent: Mapping[str, Silent]
    stages: Mapping[str, Stage]
    publicity: Mapping[str, PublicityWords]
    authorities: Mapping[str, Authority]
    materials: Mapping[str, Material]
    fees: Mapping[str, Fee]
    places: Mapping[str, Place]
    paper_duties: Mapping[str, PaperDuty]
    paper_legs: Mapping[str, PaperLeg]
    paper_forms: Mapping[str, PaperForm]
    contacts: Mapping[str, Contact]
    areas: Mapping[str, Area]
    account_creators: Mapping[str, AccountCreator]
    sanctions: Mapping[str, SanctionWords]
    process_terms: Mapping[str, ProcessTerm]
    completion: Mapping[str, Completion]
    labels: Mapping[str, Label]
    documents: Mapping[str, Document]
    references: Mapping[str, Reference]
    recusal_grounds: Mapping[str, RecusalGround]
    refusals: Mapping[str, tuple[Citation, ...]]
    set_aside: Mapping[str, str]
    handled: Handled | None
    years: YearsRule | None
    publicity_default: PublicityDefault | None
    returns: ReturnRule | None
    annual_roll: AnnualRoll | None
    votes: VoteRule | None
    accounts: AccountRules | None
    separation: Separation | None
    retention: Retention | None
    objections: ObjectionRule | None
    vacancy_form: VacancyFormRule | None

    def silent_about(self, what: str) -> tuple[Silent, ...]:
        """Where the document refers to another that was not supplied, about one thing."""
        return tuple(each for each in self.silent.values() if each.about == what)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Its routes, each with the surcharges for all and the conditions that it asks for."""
        general = tuple(self.adjustments.values()), self.conditions, self.ranks.levels
        return tuple(each.under(*general) for each in self.routes.values())

    @cached_property
    def upward(self) -> tuple[Way, ...]:
        """The ways that are open to anybody, those to the highest level first."""
        ordinary = (each for each in self.ways if each.highest and not each.route.exceptional)
        return tuple(sorted(ordinary, key=lambda way: way.rank, reverse=True))

    @cached_property
    def ranks(self) -> Ranks:
        """How its levels compare, and its educations; one that counts as another ranks as that."""
        known = self.educations
        educations = {name: known[each.counts_as or name].rank for name, each in known.items()}
        return Ranks({each.id: each.rank for each in self.levels.values()}, educations)

    @property
    def own_educations(self) -> Mapping[str, Level]:
        """The educations that count as themselves; only these does a route ask for."""
        return {name: each for name, each in self.educations.items() if each.counts_as is None}

    def over(self, lower: Layer) -> Layer:
        """The layer over another: its entries come first and take the place of the same id."""
        merged: dict[str, Any] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(lower, field.name)
            if isinstance(mine, Mapping):
                rest = {name: each for name, each in theirs.items() if name not in mine}
                merged[field.name] = {**mine, **rest}
            else:
                merged[field.name] = theirs if mine is None else mine
        return replace(self, **merged)


LISTS: Mapping[str, Callable[[Reader], Any]] = {
    "levels": read_level,
    "educations": read_education,
    "conditions": lambda reader: read_rule(reader, CHECKS),
    "case_types": read_case_type,
    "routes": read_route,
    "adjustments": read_adjustment,
    "batches": read_batch,
    "windows": read_window,
    "recurring_windows": read_recurring,
    "silent": read_silent,
    "stages": read_stage,
    "publicity": read_publicity,
    "authorities": read_authority,
    "materials": read_material,
    "fees": read_fee,
    "places": read_place,
    "paper_duties": read_paper_duty,
    "paper_legs": read_paper_leg,
    "paper_forms": read_paper_form,
    "contacts": read_contact,
    "areas": read_area,
    "account_creators": read_creator,
    "sanctions": read_sanction,
    "process_terms": read_process_term,
    "completion": read_completion,
    "labels": read_label,
    "documents": read_document,
    "references": read_reference,
    "recusal_grounds": read_recusal_ground,
}
"""Sections that are lists of tables (``[[name]]``), each with its reader."""

NAMED = ("rules", "facts", "refusals", "set_aside", "names")
"""Sections that are one table of names, each with what it means or rests on."""

TABLES: Mapping[str, Callable[[Reader], Any]] = {
    "handled": read_handled,
    "years": read_years_rule,
    "publicity_default": read_publicity_default,
    "returns": read_returns,
    "annual_roll": read_annual_roll,
    "votes": read_votes,
    "accounts": read_account_rules,
    "separation": read_separation,
    "retention": read_retention,
    "objections": read_objections,
    "vacancy_form": read_vacancy_form,
}
"""Sections that are one table (``[name]``), each with its reader."""


def read_layer(
    name: str,
    table: Mapping[str, Any],
    beneath: Known,
    faults: list[Fault] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Layer:
    """Read one document.

    ``name`` is how errors call it; ``beneath`` are the rules and facts of the layers beneath,
    which a document may cite. ``sources`` tells of a rule the pack that it is inherited from.
    What is wrong is added to ``faults``; without them ``PackError`` is raised.
    """
    whole = Reader(table, name, beneath, faults)
    header_reader = whole.needed("pack")
    header = read_header(header_reader)
    header_reader.finish()
    quoted = _quotes(whole.inner("rules"), header, sources or {})
    named = _facts(whole.inner("facts"))
    whole.known = beneath.with_further(citations_of(quoted), named, lists_of(named))
    behind = _behind(whole.inner("refusals"))
    aside = _set_aside(whole.inner("set_aside"))
    read: dict[str, Any] = {"names": _names(whole.inner("names"))}
    whole.known = whole.known.with_names(read["names"].values())
    read |= {section: whole.by_id(section, reader) for section, reader in LISTS.items()}
    for section, one in TABLES.items():
        inner = whole.inner(section)
        read[section] = one(inner) if inner else None
        if inner:
            inner.finish()
    whole.finish()
    recurring = read.pop("recurring_windows").values()
    for section in ("batches", "windows"):
        short = (made for each in recurring for made in getattr(each, section)())
        read[section] = {**{each.id: each for each in short}, **read[section]}
    return Layer(header=header, rules=quoted, facts=named, refusals=behind, set_aside=aside, **read)


def _quotes(reader: Reader | None, header: Header, sources: Mapping[str, str]) -> dict[str, Quoted]:
    rules = reader.every_key() if reader else ()
    return {
        rule: read_quoted(
            reader.needed(rule),
            rule,
            sources.get(rule, header.id),
            own_words=header.own_words,
        )
        for rule in rules
        if reader
    }


def _names(reader: Reader | None) -> dict[str, Meaning]:
    """What things are called; each may rest on those above it, and so none on itself."""
    above: dict[str, Meaning] = {}
    if reader is None:
        return above
    for name in reader.every_key():
        inner = reader.needed(name)
        inner.known = inner.known.with_names(above.values())
        above[name] = read_meaning(inner, name)
        inner.finish()
    return above


def _behind(reader: Reader | None) -> dict[str, tuple[Citation, ...]]:
    """The rules behind what the deciders refuse, who know the act but not the locality.

    They are written rule by rule, each with the codes that rest on it.
    """
    behind: dict[str, tuple[Citation, ...]] = {}
    if reader is None:
        return behind
    for rule in reader.every_key():
        cited = reader.cited(rule, (rule,))
        for code in reader.texts(rule):
            behind[code] = (*behind.get(code, ()), *cited)
    return behind


def _set_aside(reader: Reader | None) -> dict[str, str]:
    """Words of the notice that no value rests on, each with the reason."""
    if reader is None:
        return {}
    aside = {words: reader.text(words) for words in reader.every_key()}
    for words, reason in aside.items():
        if not reason.strip():
            reader.fault(words, "a reason is needed", "须写明不需要执行的理由")
    return aside


def _facts(reader: Reader | None) -> dict[str, Fact]:
    return {name: read_fact(reader, name) for name in reader.every_key()} if reader else {}


def lists_of(facts: Mapping[str, Fact]) -> dict[str, frozenset[str]]:
    """The lists of periods among the facts that a pack names, with the properties of an entry."""
    return {name: fact.properties for name, fact in facts.items() if fact.properties}


BASE_NAMES = frozenset(NAMES)
