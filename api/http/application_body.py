"""What an applicant claims, as requests state it; cases and eligibility checks share it.

Each claim has an id of the applicant's choosing, by which materials support it.
Days are calendar days in Beijing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.conventions.fields import EARLIEST, LATEST, Body, Day, Flag, StatedValue, Text, WholeNumber
from api.conventions.vocabulary import Word, WordOfYear
from api.http.labels import RELATIONS
from api.http.labels_of_laws import educations, particulars, period_lists, title_levels
from api.http.word_fields import optional_stream
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
    from collections.abc import Callable, Mapping

_MOST = 100
"""Claims of one kind in one application."""

Read = dict[str, Any]
"""A body as its schema read it."""
Claimed = TypeVar("Claimed")


_CLAIM = Regexp(r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")


def claim_ids() -> fields.List[str]:
    """Claims that a body names by their ids; none where it says nothing."""
    return fields.List(
        fields.String(validate=_CLAIM), load_default=list, validate=Length(0, 8 * _MOST)
    )


def _claim() -> fields.String:
    return fields.String(
        validate=_CLAIM,
        metadata={"description": "The id of the claim, such as degree-1: no personal words."},
    )


def _optional(longest: int = 200) -> Text:
    return Text(longest=longest, load_default=None)


def _day() -> Day:
    return Day(load_default=None)


def _details(description: str) -> fields.List[Any]:
    return fields.List(
        StatedValue(longest=100),
        load_default=list,
        validate=Length(0, 20),
        metadata={"description": description},
    )


def _each(schema: type[Body]) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), load_default=list, validate=Length(0, _MOST))


def _listed(schema: type[Body]) -> fields.List[Any]:
    """A list of which to say nothing is not to say that there is none."""
    return fields.List(
        fields.Nested(schema),
        load_default=None,
        validate=Length(0, _MOST),
        metadata={"description": "Empty says that there is none; left out, nothing is said of it."},
    )


class EducationBody(Body):
    """A diploma or degree; ``started_on`` matters for post-doctoral stations.

    ``degree`` says whether a degree came with the diploma, ``degree_on`` on which day of its own;
    ``withdrew_on`` is the day on which a station was left without completing it.
    """

    claim = _claim()
    level = Word(educations)
    mode = Word(STUDY_MODES, load_default=None)
    major = _optional()
    started_on = _day()
    awarded_on = _day()
    school = _optional()
    degree = Flag(load_default=None)
    degree_on = _day()
    withdrew_on = _day()


class WorkBody(Body):
    """A period of work; ``last_day`` is the last day worked, null while it goes on."""

    claim = _claim()
    first_day = Day()
    last_day = _day()
    relation = Word(RELATIONS)
    professional = Flag()
    at_employer = Flag()
    specialty = _optional()
    workplace = _optional()
    setting = _optional(100)


class HeldTitleBody(Body):
    """A title already held; ``means`` is how it was gained."""

    level = Word(title_levels)
    series = _optional()
    means = _optional()
    gained_on = _day()
    appointed_on = _day()


class TitleBody(HeldTitleBody):
    """A title already held, as the applicant claims it."""

    claim = _claim()


class AnnualAssessmentBody(Body):
    """The grade of one year's assessment."""

    claim = _claim()
    year = WholeNumber(least=EARLIEST.year, most=LATEST.year)
    grade = Text(longest=100)


class AchievementBody(Body):
    """An achievement under the numbered item of the notice that lists it.

    ``entry`` is that of the applicant's own record from which it is drawn, which tells its year.
    """

    claim = _claim()
    item = Text(longest=100)
    year = WholeNumber(load_default=None, least=EARLIEST.year, most=LATEST.year)
    description = _optional(2000)
    details = _details("What the pack asks of it, each as name=value.")
    entry = optional_stream("achievement")


class LicenceBody(Body):
    """A professional qualification certificate."""

    claim = _claim()
    kind = Text(longest=100)
    gained_on = Day()


class ParticularBody(Body):
    """A further fact that the policy pack asks for by name."""

    claim = _claim()
    name = WordOfYear(particulars)
    value = StatedValue(longest=200)


class PeriodBody(Body):
    """One entry of a list of periods; ``last_day`` is included, null while it goes on."""

    first_day = Day()
    last_day = _day()
    details = _details("What the pack asks of an entry, each as name=value.")


class SpanBody(PeriodBody):
    """One entry of a list of periods that the policy pack names, such as insured months.

    ``last_day`` is the last day included, null while it goes on. Who has none states the list
    among the particulars, as none.
    """

    claim = _claim()
    name = Word(period_lists)
    description = _optional(2000)


class InsuranceBody(Body):
    """Who pays the social insurance; ``proof_seals`` are on the proof of subordination."""

    claim = _claim()
    insured_employer = _optional()
    linked = Flag()
    proof_seals = fields.List(Text(longest=40), load_default=list, validate=Length(0, 10))


class ApplicationBody(Body):
    """Everything that the applicant claims.

    A list that is left out, or null, says nothing; the law's answer may then be open.
    """

    specialty_studied = _optional()
    specialty_worked = _optional()
    educations = _listed(EducationBody)
    work = _listed(WorkBody)
    titles = _listed(TitleBody)
    assessments = _listed(AnnualAssessmentBody)
    achievements = _listed(AchievementBody)
    licences = _listed(LicenceBody)
    particulars = _each(ParticularBody)
    periods = _each(SpanBody)
    insurance = fields.Nested(InsuranceBody, load_default=None)


def read_application(body: Mapping[str, Any], applicant: str) -> Application:
    """The application that an ``ApplicationBody`` states; its words belong to the applicant."""
    insurance = body["insurance"]
    return Application(
        specialty_studied=body["specialty_studied"],
        specialty_worked=body["specialty_worked"],
        educations=_read(
            body["educations"], lambda e: Education(**_sealed(e, "school", applicant))
        ),
        work=_read(body["work"], lambda e: WorkPeriod(**_sealed(e, "workplace", applicant))),
        titles=_read(body["titles"], lambda each: HeldTitle(**each)),
        assessments=_read(body["assessments"], lambda each: AnnualAssessment(**each)),
        achievements=_read(
            body["achievements"], lambda each: Achievement(**_detailed(each, applicant))
        ),
        licences=_read(body["licences"], lambda each: Licence(**each)),
        particulars=tuple(Particular(**each) for each in body["particulars"]),
        periods=tuple(Span(**_detailed(each, applicant)) for each in body["periods"]),
        insurance=None if insurance is None else _insurance(insurance),
    )


def _read(stated: list[Read] | None, read: Callable[[Read], Claimed]) -> tuple[Claimed, ...] | None:
    """Each entry of a list as it was read; None where the list was left out."""
    return None if stated is None else tuple(map(read, stated))


def _sealed(stated: Read, member: str, applicant: str) -> Read:
    """The same with the words of one member as the applicant's own."""
    words = stated[member]
    own = None if words is None else Personal(words, applicant, Purpose.APPLICANT)
    return {**stated, member: own}


def _detailed(stated: Read, applicant: str) -> Read:
    return {**_sealed(stated, "description", applicant), "details": tuple(stated["details"])}


def _insurance(stated: Read) -> Insurance:
    return Insurance(**{**stated, "proof_seals": tuple(stated["proof_seals"])})
