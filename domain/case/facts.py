"""What the law is told about a case: the claims, the employer and the person as facts.

Names of facts are those that packs ask for; see ``domain.policy.facts``.
A claim that no material supports is told as a claim without evidence: whether that matters
is for the law to say (XW-29).
A list that an application leaves out is not mentioned; an empty one says that there is none. What
it leaves out of what it states it does not claim: no diploma without a date, no post.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from domain.beijing import day
from domain.case import held_titles, particulars
from domain.case.application import Application, Relation
from domain.case.remembered import Established
from domain.document import DocumentKind
from domain.organisation.events import Kind, Ownership
from domain.organisation.state import Organisation
from domain.person.integrity import IntegrityEntry, in_scope
from domain.person.state import Person
from domain.policy import facts as policy
from domain.policy import records
from domain.policy.records import NOT_MENTIONED, Span
from domain.policy.sources import TITLES, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from domain.case.application import Achievement, Education, WorkPeriod
    from domain.case.application import Span as Stretch
    from domain.case.state import Case
    from domain.case.values import EstablishedPeriod
    from domain.person.achievements import Kept
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.records import Value


_TYPES = {Kind.PRIVATE_NON_ENTERPRISE: "non_enterprise"}
_OWNERSHIPS = {
    Ownership.STATE: "state",
    Ownership.STATE_CONTROLLED: "state",
    Ownership.NON_STATE: "private",
    Ownership.MIXED: "mixed",
}
"""State-controlled enterprises count as the state's (XW-18)."""

_OWNED = {Ownership.STATE, Ownership.STATE_CONTROLLED}
"""What belongs to a level of government; whatever else is registered there belongs to none."""

_DIRECT = {"province": "省直", "city": "市直"}
"""How notices call the area of who belongs to no county."""

_ELSEWHERE = frozenset(
    {
        "employer.insured",
        "licence",
        "licence.kind",
        "major",
        "prior_employment",
        "proof.seals",
        "specialty",
        "specialty.worked",
    }
)
"""What an application states in a member of its own, and nowhere else."""

_FOREIGN = "foreign"
_REGIONS: Mapping[str, str] = {
    DocumentKind.RESIDENT_IDENTITY_CARD: "CN",
    DocumentKind.HK_MACAO_RESIDENCE_PERMIT: "HK",
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: "HK",
    DocumentKind.TAIWAN_RESIDENCE_PERMIT: "TW",
    DocumentKind.TAIWAN_TRAVEL_PERMIT: "TW",
}
"""Where a person is from by the document under which the record knows them; else from abroad."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What a case is about, whether it is on record already or only asked about."""

    series: str
    specialty: str
    level: str
    application: Application
    supported: frozenset[str]
    employer: Organisation
    applicant: tuple[Person, ...]
    documents: tuple[str, ...]
    established: tuple[Established, ...] = ()
    """What reviewers established."""
    consents: tuple[str, ...] = ()
    """What offices above consented to before the filing."""
    following: tuple[IntegrityEntry, ...] = ()
    """Integrity entries of others that follow the applicant, by a document or a former link."""
    case: str | None = None
    """The case, where it is on record already."""

    @property
    def entries(self) -> tuple[IntegrityEntry, ...]:
        """The integrity record against the applicant, their own entries and those that follow."""
        own = (entry for person in self.applicant for entry in person.entries)
        return tuple(dict.fromkeys((*own, *self.following)))


def about(
    case: Case,
    employer: Organisation,
    applicant: tuple[Person, ...],
    following: tuple[IntegrityEntry, ...] = (),
) -> About:
    """What is known of a case on record; ``applicant`` are all persons that are that human."""
    assert case.application is not None
    return About(
        series=case.series,
        specialty=case.specialty,
        level=case.level,
        application=case.application,
        supported=frozenset(claim for each in case.materials for claim in each.supports),
        employer=employer,
        applicant=applicant,
        documents=tuple(kind for person in applicant for kind in person.documents),
        established=tuple(case.established.values()),
        consents=tuple(case.consented),
        following=following,
        case=case.case,
    )


def facts(of: About, law: Law, submitted_at: datetime) -> Facts:
    """The facts as the law reads them; ``submitted_at`` is the instant of the first filing.

    What nobody has said is open, and nobody's word counts for what is another's to say.
    """
    named = _stated(of, law) | _named(of) | _known(of, day(submitted_at))
    named |= {e.fact: particulars.value(e.value) for e in of.established if e.value is not None}
    if of.consents:
        named["consents"] = of.consents
    found = (title for each in of.established for title in each.titles)
    granted = (title for person in of.applicant for title in person.titles)
    titles, whole = held_titles.told(of.application.titles, found, granted)
    return policy.Facts(
        submitted_at=submitted_at,
        applied=of.level,
        series=of.series,
        titles=titles,
        **_records(of),
        post=particulars.post(named),
        periods=MappingProxyType(_periods(of, law, named)),
        named=MappingProxyType(named),
        partly=frozenset() if whole else frozenset({TITLES}),
        assumes_stated=False,
    )


def _stated(of: About, law: Law) -> dict[str, Value]:
    """What the applicant states by name.

    Who does not ask for the exceptional way goes without, and who chooses no bureau files with
    that of the employer.
    """
    stated = particulars.named(
        each
        for each in of.application.particulars
        if each.name not in _ELSEWHERE and Source.APPLICANT in law.said_by(each.name)
    )
    unless_stated: dict[str, Value] = {"exceptional": False}
    bureau = _named_of_unit(of.employer).get("unit.hr_bureau")
    if bureau is not None:
        unless_stated["filing.accepted_by"] = bureau
    return unless_stated | stated


def _records(of: About) -> dict[str, Any]:
    """The lists of records as far as the applicant speaks of them."""
    application, found = of.application, dict[str, Any]()
    if application.educations is not None:
        found["education"] = tuple(
            _education(each)
            for each in application.educations
            if each.awarded_on is not None or each.started_on is not None
        )
    if application.work is not None:
        found["work"] = tuple(_work(each, of.supported) for each in application.work)
    if application.assessments is not None:
        found["assessments"] = {each.year: each.grade for each in application.assessments}
    if application.achievements is not None:
        found["achievements"] = tuple(
            _achievement(each, drawn(each, of.applicant), known=bool(of.applicant))
            for each in application.achievements
        )
    return found


def _education(claimed: Education) -> records.Education:
    degree = True if claimed.degree_on else claimed.degree
    return records.Education(
        level=claimed.level,
        mode=claimed.mode,
        major=claimed.major,
        degree=NOT_MENTIONED if degree is None else degree,
        diploma_on=claimed.awarded_on if claimed.degree_on else None,
        degree_on=claimed.degree_on,
        awarded=claimed.awarded_on,
        entered=claimed.started_on,
        left=(claimed.withdrew_on or claimed.awarded_on) if claimed.started_on else None,
        withdrew=claimed.withdrew_on is not None,
    )


def _work(claimed: WorkPeriod, supported: frozenset[str]) -> records.Work:
    """Work for the present employer needs no further evidence; earlier work does (XW-29)."""
    relation = claimed.relation.value
    if claimed.relation is Relation.OTHER and claimed.professional:
        relation = "professional"
    return records.Work(
        first_day=claimed.first_day,
        last_day=claimed.last_day,
        relation=relation,
        evidence=claimed.at_employer or claimed.claim in supported,
        setting=claimed.setting,
        professional=claimed.professional,
    )


def drawn(claimed: Achievement, applicant: Iterable[Person]) -> Kept | None:
    """The entry of the applicant's own record from which a claim is drawn, while it stands."""
    if claimed.entry is None:
        return None
    entries = (person.achievements.kept.under(claimed.entry) for person in applicant)
    return next((each for each in entries if each is not None), None)


def _achievement(claimed: Achievement, entry: Kept | None, *, known: bool) -> records.Achievement:
    """What is claimed; of what the record does not ``know`` of anybody nothing is said."""
    year = claimed.year if entry is None else entry.gained_on.year
    named = particulars.details(claimed.details)
    confirmed = None if entry is None else entry.confirmed
    return records.Achievement(
        item=claimed.item,
        named=named if year is None else named | {"year": year},
        recorded=entry is not None if known else NOT_MENTIONED,
        confirmed=NOT_MENTIONED if confirmed is None else confirmed,
    )


def _periods(of: About, law: Law, named: Mapping[str, Value]) -> dict[str, tuple[Span, ...]]:
    """The lists of periods that the pack names, as far as anybody spoke of them.

    Where there are none, that is said by name; of whom nothing is said it is open. What was
    established stands, whatever the applicant states.
    """
    none = {name: () for name in law.lists() if name in named and named[name] is None}
    stated = {
        name: tuple(_span(each) for each in of.application.periods if each.name == name)
        for name in dict.fromkeys(each.name for each in of.application.periods)
        if Source.APPLICANT in law.said_by(name)
    }
    established = {
        each.fact: tuple(map(_span, each.periods))
        for each in of.established
        if each.periods or each.fact in none
    }
    return none | stated | established


def _span(said: Stretch | EstablishedPeriod) -> Span:
    return Span(
        first_day=said.first_day,
        last_day=said.last_day,
        named=particulars.details(said.details),
    )


def facts_of_unit(unit: Organisation) -> Facts:
    """What the register knows of a unit, as the law reads it."""
    return policy.Facts(named=_named_of_unit(unit))


def _named_of_unit(unit: Organisation) -> dict[str, Value]:
    named: dict[str, Value] = {
        "unit.type": _TYPES.get(unit.kind, unit.kind.value),
        "unit.ownership": _OWNERSHIPS[unit.ownership],
        "unit.owner": unit.level if unit.ownership in _OWNED else None,
        "unit.registered": unit.level,
        "unit.area": _DIRECT.get(unit.level, unit.area.rsplit("/", maxsplit=1)[-1]),
        "unit.name": unit.name,
    }
    if unit.bureau is not None:
        named["unit.hr_bureau"] = unit.bureau
    for trait in unit.traits:
        name, _, value = trait.partition("=")
        named[name] = particulars.value(value or "true")
    return named


def _known(of: About, filed: date) -> dict[str, Value]:
    """What the record knows of the applicant without anybody stating it."""
    filings = {each for person in of.applicant for each in person.filed if each[0] != of.case}
    return {
        "filings.this_year": sum(on.year == filed.year for _, on in filings),
        "integrity.active": bool(in_scope(of.entries, of.employer.area, filed)),
    }


def _named(of: About) -> dict[str, Value]:
    application, employer = of.application, of.employer
    named: dict[str, Value] = {"employer.applying": employer.name, "specialty": of.specialty}
    named |= _origin(of)
    named |= _named_of_unit(employer)
    if application.specialty_worked is not None:
        named["specialty.worked"] = application.specialty_worked
    if application.specialty_studied is not None:
        named["major"] = application.specialty_studied
    if application.insurance is not None:
        named["employer.insured"] = _present_name(employer, application.insurance.insured_employer)
        named["proof.seals"] = (
            application.insurance.proof_seals if application.insurance.claim in of.supported else ()
        )
    if application.work is not None:
        named["prior_employment"] = any(
            each.professional and not each.at_employer for each in application.work
        )
    if application.licences is not None:
        named["licence.kind"] = tuple(each.kind for each in application.licences)
        named["licence"] = min((each.gained_on for each in application.licences), default=None)
    return named


def _present_name(employer: Organisation, stated: str | None) -> str | None:
    """A proof that bears an earlier name of the employer is a proof of the employer."""
    return employer.name if stated in employer.former else stated


def _origin(of: About) -> dict[str, Value]:
    """All documents of the person, where they are from by these, and where they are employed."""
    if not of.documents:
        return {}
    known = [_REGIONS[kind] for kind in of.documents if kind in _REGIONS]
    return {
        "person.document": of.documents,
        "person.nationality": known[0] if known else _FOREIGN,
        "person.employed_in": tuple(of.employer.area.split("/")),
    }
