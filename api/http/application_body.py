"""What an applicant claims, as requests state it; cases and eligibility checks share it.

Each claim has an id of the applicant's choosing, by which materials support it.
Days are calendar days in Beijing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.conventions.fields import EARLIEST, LATEST, Body, Day, Flag, StatedValue, Text, WholeNumber
from api.conventions.vocabulary import Word, WordOfYear
from api.http.vocabularies import RELATIONS, educations, particulars, period_lists, title_levels
from api.http.words import optional_stream
from api.law.words import STUDY_MODES
from domain.case.application import (
    Achievement,
    AnnualAssessment,
    Application,
    Education,
    HeldTitle,
    Insurance,
    Licence,
    Particular,
    Span,
    WorkPeriod,
)
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 100
"""Claims of one kind in one application."""

Read = dict[str, Any]
"""A body as its schema read it."""


_CLAIM = Regexp(r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")


def claim_ids() -> fields.List[str]:
    """Claims that a body names by their ids; none where it says nothing."""
    return fields.List(
        fields.String(validate=_CLAIM), load_default=list, validate=Length(0, 8 * _MOST)
    )


def _claim() -> fields.String:
    return fields.String(
        required=True,
        validate=_CLAIM,
        metadata={"description": "The id of the claim, such as degree-1: no personal words."},
    )


def _optional(longest: int = 200) -> Text:
    return Text(longest=longest, load_default=None, allow_none=True)


def _day(*, required: bool = False) -> Day:
    return Day(required=True) if required else Day(load_default=None, allow_none=True)


def _details(description: str) -> fields.List[Any]:
    return fields.List(
        StatedValue(longest=100),
        load_default=list,
        validate=Length(0, 20),
        metadata={"description": description},
    )


def _each(schema: type[Body]) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), load_default=list, validate=Length(0, _MOST))


class EducationBody(Body):
    """A diploma or degree; ``started_on`` matters for post-doctoral stations.

    ``degree`` says whether a degree came with the diploma, ``degree_on`` on which day of its own;
    ``withdrew_on`` is the day on which a station was left without completing it.
    """

    claim = _claim()
    level = Word(educations, required=True)
    mode = Word(STUDY_MODES, load_default=None, allow_none=True)
    major = _optional()
    started_on = _day()
    awarded_on = _day()
    school = _optional()
    degree = Flag(load_default=None, allow_none=True)
    degree_on = _day()
    withdrew_on = _day()


class WorkBody(Body):
    """A period of work; ``last_day`` is the last day worked, null while it goes on."""

    claim = _claim()
    first_day = _day(required=True)
    last_day = _day()
    relation = Word(RELATIONS, required=True)
    professional = Flag(required=True)
    at_employer = Flag(required=True)
    specialty = _optional()
    workplace = _optional()
    setting = _optional(100)


class TitleBody(Body):
    """A title already held; ``means`` is how it was gained."""

    claim = _claim()
    level = Word(title_levels, required=True)
    series = _optional()
    means = _optional()
    gained_on = _day()
    appointed_on = _day()


class AnnualAssessmentBody(Body):
    """The grade of one year's assessment."""

    claim = _claim()
    year = WholeNumber(required=True, least=EARLIEST.year, most=LATEST.year)
    grade = Text(required=True, longest=100)


class AchievementBody(Body):
    """An achievement under the numbered item of the notice that lists it.

    ``entry`` is that of the applicant's own record from which it is drawn, which tells its year.
    """

    claim = _claim()
    item = Text(required=True, longest=100)
    year = WholeNumber(load_default=None, allow_none=True, least=EARLIEST.year, most=LATEST.year)
    description = _optional(2000)
    details = _details("What the pack asks of it, each as name=value.")
    entry = optional_stream("achievement")


class LicenceBody(Body):
    """A professional qualification certificate."""

    claim = _claim()
    kind = Text(required=True, longest=100)
    gained_on = _day(required=True)


class ParticularBody(Body):
    """A further fact that the policy pack asks for by name."""

    claim = _claim()
    name = WordOfYear(particulars, required=True)
    value = StatedValue(required=True, longest=200)


class PeriodBody(Body):
    """One entry of a list of periods; ``last_day`` is included, null while it goes on."""

    first_day = _day(required=True)
    last_day = _day()
    details = _details("What the pack asks of an entry, each as name=value.")


class SpanBody(PeriodBody):
    """One entry of a list of periods that the policy pack names, such as insured months.

    ``last_day`` is the last day included, null while it goes on. Who has none states the list
    among the particulars, as none.
    """

    claim = _claim()
    name = Word(period_lists, required=True)
    description = _optional(2000)


class InsuranceBody(Body):
    """Who pays the social insurance; ``proof_seals`` are on the proof of subordination."""

    claim = _claim()
    insured_employer = _optional()
    linked = Flag(required=True)
    proof_seals = fields.List(Text(longest=40), load_default=list, validate=Length(0, 10))


class ApplicationBody(Body):
    """Everything that the applicant claims."""

    specialty_studied = _optional()
    specialty_worked = _optional()
    educations = _each(EducationBody)
    work = _each(WorkBody)
    titles = _each(TitleBody)
    assessments = _each(AnnualAssessmentBody)
    achievements = _each(AchievementBody)
    licences = _each(LicenceBody)
    particulars = _each(ParticularBody)
    periods = _each(SpanBody)
    insurance = fields.Nested(InsuranceBody, load_default=None, allow_none=True)


def read_application(body: Mapping[str, Any], applicant: str) -> Application:
    """The application that an ``ApplicationBody`` states; its words belong to the applicant."""
    insurance = body["insurance"]
    return Application(
        specialty_studied=body["specialty_studied"],
        specialty_worked=body["specialty_worked"],
        educations=tuple(
            Education(**_sealed(each, "school", applicant)) for each in body["educations"]
        ),
        work=tuple(WorkPeriod(**_sealed(each, "workplace", applicant)) for each in body["work"]),
        titles=tuple(HeldTitle(**each) for each in body["titles"]),
        assessments=tuple(AnnualAssessment(**each) for each in body["assessments"]),
        achievements=tuple(
            Achievement(**_detailed(each, applicant)) for each in body["achievements"]
        ),
        licences=tuple(Licence(**each) for each in body["licences"]),
        particulars=tuple(Particular(**each) for each in body["particulars"]),
        periods=tuple(Span(**_detailed(each, applicant)) for each in body["periods"]),
        insurance=None if insurance is None else _insurance(insurance),
    )


def _sealed(stated: Read, member: str, applicant: str) -> Read:
    """The same with the words of one member as the applicant's own."""
    words = stated[member]
    own = None if words is None else Personal(words, applicant, Purpose.APPLICANT)
    return {**stated, member: own}


def _detailed(stated: Read, applicant: str) -> Read:
    return {**_sealed(stated, "description", applicant), "details": tuple(stated["details"])}


def _insurance(stated: Read) -> Insurance:
    return Insurance(**{**stated, "proof_seals": tuple(stated["proof_seals"])})
