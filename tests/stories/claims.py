"""What a worked example claims of somebody, and what others will find of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from api.demo.reviewing import USUAL as FOUND
from domain.case.application import (
    Achievement,
    AnnualAssessment,
    Application,
    Education,
    HeldTitle,
    Insurance,
    Licence,
    Particular,
    Relation,
    WorkPeriod,
)
from domain.policy import records
from domain.policy.records import NotMentioned
from domain.policy.sources import Source
from tests.api.filings import USUAL
from tests.stories.setting import NotLivedError, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.records import Value

GROUPS = {
    "education": "educations",
    "work": "work",
    "title": "titles",
    "assessments": "assessments",
    "achievement": "achievements",
    "licence": "licences",
    "particular": "particulars",
}
"""The lists of an application by the facts that they tell, particulars each by its own name."""
_LONG_AGO = date(2005, 7, 1)
_DEGREE = tuple(
    records.Education(level=level, mode="full_time", degree=True, awarded=_LONG_AGO)
    for level in ("secondary", "college", "bachelor", "master")
)
_JOB = (records.Work(first_day=_LONG_AGO, relation="same", professional=True),)
PATENT = (records.Achievement(item="四", named={"granted": True, "year": 2019}),)
_GOOD: dict[str, Value] = {
    "published": True,
    "cn": True,
    "approved": True,
    "in_force": True,
    "main_contributor": True,
    "granted": True,
    "completed": True,
    "level": "县级",
    "prize": "一等奖",
}
"""What is taken for granted of somebody of whom the example says nothing of the kind."""


class Told:
    """The claims of an example: what the applicant says, and what others will find."""

    def __init__(self, facts: Facts, law: Law, unsaid: frozenset[str] = frozenset()) -> None:
        if facts.vacancy_form or not isinstance(facts.stated_years, NotMentioned):
            raise NotLivedError("of a form of posts, or a document that was not supplied")
        if {"person.document", "person.nationality", "person.employed_in"} & facts.named.keys():
            raise NotLivedError("of who the person is")
        if any(each.revoked for each in listed(facts.titles)):
            raise NotLivedError("of a title that this record has revoked")
        self.facts, self.law, self.unsaid = facts, law, unsaid
        self.found = dict(FOUND)
        self.particulars = dict(USUAL)
        self.supported: list[str] = []
        consents = facts.named.get("consents", ())
        self.consents = consents if isinstance(consents, tuple) else (str(consents),)
        for name, value in facts.named.items():
            self._named(name, value)
        if facts.post:
            self.particulars["post.since"] = in_words(facts.post.since)  # type: ignore[union-attr]
            if facts.post.series:  # type: ignore[union-attr]
                self.particulars["post.series"] = facts.post.series  # type: ignore[union-attr]

    def _named(self, name: str, value: Value) -> None:
        elsewhere = ("unit.", "employer.", "proof.", "filing.day", "filings.", "integrity.")
        apart = {"specialty", "specialty.worked", "major", "licence", "licence.kind", "consents"}
        if name.startswith(elsewhere) or name in apart or name == "prior_employment":
            return
        if Source.APPLICANT in self.law.said_by(name):
            self.particulars[name] = in_words(value)
        else:
            self.found[name] = in_words(value)

    def application(self, specialty: str, name: str) -> Application:
        """What is claimed, but for what is left unsaid."""
        whole = self._whole(specialty, name)
        kept: dict[str, Any] = {
            group: None if kind in self.unsaid else getattr(whole, group)
            for kind, group in GROUPS.items()
        }
        kept["particulars"] = tuple(e for e in whole.particulars if e.name not in self.unsaid)
        insured = None if {"insurance", "employer.insured"} & self.unsaid else whole.insurance
        studied = None if "major" in self.unsaid else whole.specialty_studied
        worked = None if "specialty.worked" in self.unsaid else whole.specialty_worked
        kept |= {"specialty_studied": studied, "specialty_worked": worked}
        return replace(whole, insurance=insured, **kept)

    def _whole(self, specialty: str, name: str) -> Application:
        named = self.facts.named
        worked = str(named.get("specialty.worked", specialty))
        educations = tuple(self._educations())
        studied = named.get("major") or next((e.major for e in educations if e.major), worked)
        insured = named.get("employer.insured", name)
        seals = named.get("proof.seals") or ()
        licences = self._licences()
        return Application(
            specialty_studied=str(studied),
            specialty_worked=worked,
            educations=educations,
            work=tuple(self._work()),
            titles=tuple(
                HeldTitle(
                    claim=f"title-{number}",
                    level=each.level,
                    series=_text(each.series),
                    means=_text(each.via),
                    gained_on=each.gained,
                    appointed_on=each.appointed,
                )
                for number, each in enumerate(listed(self.facts.titles))
            ),
            assessments=tuple(
                AnnualAssessment(claim=f"assessed-{year}", year=year, grade=grade)
                for year, grade in self._assessments().items()
            ),
            achievements=tuple(self._achievements()),
            licences=licences,
            particulars=tuple(
                Particular(claim=f"said-{number}", name=named_, value=value)
                for number, (named_, value) in enumerate(self.particulars.items())
            ),
            insurance=Insurance(
                claim="insurance",
                insured_employer=_text(insured),
                linked=True,
                proof_seals=tuple(map(str, seals)) if isinstance(seals, tuple) else (str(seals),),
            ),
        )

    def _assessments(self) -> dict[int, str]:
        if isinstance(self.facts.assessments, NotMentioned):
            return dict.fromkeys(range(2005, 2024), "合格")
        return dict(self.facts.assessments)

    def _educations(self) -> list[Education]:
        found = []
        for number, each in enumerate(listed(self.facts.education, _DEGREE)):
            mode = "full_time" if isinstance(each.mode, NotMentioned) else each.mode
            found.append(
                Education(
                    claim=f"degree-{number}",
                    level=each.level,
                    mode=mode,
                    major=_text(each.major),
                    started_on=each.entered,
                    awarded_on=_awarded(each),
                    school=None,
                    degree=True if isinstance(each.degree, NotMentioned) else each.degree,
                    degree_on=each.degree_on,
                    withdrew_on=each.left if each.withdrew else None,
                )
            )
        return found

    def _work(self) -> list[WorkPeriod]:
        found = []
        for number, each in enumerate(listed(self.facts.work, _JOB)):
            relation = "same" if isinstance(each.relation, NotMentioned) else each.relation
            other = relation not in {"same", "close"}
            elsewhere = each.evidence is True or each.evidence is False
            if each.evidence is True:
                self.supported.append(f"work-{number}")
            found.append(
                WorkPeriod(
                    claim=f"work-{number}",
                    first_day=each.first_day,
                    last_day=each.last_day,
                    relation=Relation.OTHER if other else Relation(relation),
                    professional=each.professional is not False,
                    at_employer=not elsewhere,
                    specialty=None,
                    workplace=None,
                    setting=_text(each.setting),
                )
            )
        return found

    def _achievements(self) -> list[Achievement]:
        return [
            Achievement(
                claim=f"achievement-{number}",
                item=each.item,
                year=year if isinstance(year := each.named.get("year"), int) else None,
                description=None,
                details=tuple(
                    f"{name}={in_words(value)}"
                    for name, value in {**_GOOD, **each.named}.items()
                    if name != "year"
                ),
            )
            for number, each in enumerate(listed(self.facts.achievements, PATENT))
        ]

    def _licences(self) -> tuple[Licence, ...]:
        held = self.facts.named.get("licence", True)
        if not held:
            return ()
        gained = held if isinstance(held, date) else date(2010, 1, 1)
        return (Licence(claim="licence", kind="资格证", gained_on=gained),)


def listed(several: Any, unless_told: Any = ()) -> Any:  # noqa: ANN401 -- one of the lists
    """The entries of a list; where it is not mentioned, what puts nothing in question."""
    return unless_told if isinstance(several, NotMentioned) else several


def _awarded(education: records.Education) -> date | None:
    """The day of the diploma; of a station, that of leaving it with its certificate."""
    if education.withdrew:
        return None
    return education.left if education.entered else education.diploma_on or education.awarded


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def called(kind: str, claim: Any) -> str:  # noqa: ANN401 -- one of the claims
    """The fact that a claim tells."""
    return str(claim.name) if kind == "particular" else kind


SHOWN = {"assessment": "assessments"}
"""Where what a material supports is not called as the fact is."""


def shown_by(law: Law, material: str, supports: Iterable[str]) -> set[str]:
    """The facts that a material shows."""
    facts = law.whole.facts.items()
    shows = {name for name, fact in facts if fact.material == material}
    return shows | {SHOWN.get(each, each) for each in supports}
