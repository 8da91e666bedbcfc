"""What an applicant claims: education, work, titles, and whatever else a notice asks for.

These classes stand inside events and are permanent in the same way: see the law of
compatibility in ``domain.event``.
All dates are calendar days in Beijing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.personal import Personal


class Relation(StrEnum):
    """How near one specialty is to another (相同、相近、不同)."""

    SAME = "same"
    CLOSE = "close"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Education:
    """A diploma or degree. ``level`` is a word of the pack, such as ``bachelor``.

    ``started_on`` matters for post-doctoral stations, ``awarded_on`` is the date of the
    diploma or degree (None while a station has not been left). ``degree`` says whether a degree
    came with the diploma, None where nobody said; ``degree_on`` its day, where it is another.
    ``withdrew_on`` is the day on which a station was left without completing it (退站).
    """

    claim: str
    level: str
    mode: str | None
    major: str | None
    started_on: date | None
    awarded_on: date | None
    school: Personal | None
    degree: bool | None = None
    degree_on: date | None = None
    withdrew_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WorkPeriod:
    """A period of work; ``last_day`` is the last day worked, None while it goes on.

    ``relation`` compares the work with the specialty applied for; ``professional`` says that
    it was professional work even where the specialty differs; ``at_employer`` that it is
    work for the employer through which the applicant files; ``setting`` where it was done, in
    the pack's words.
    """

    claim: str
    first_day: date
    last_day: date | None
    relation: Relation
    professional: bool
    at_employer: bool
    specialty: str | None
    workplace: Personal | None
    setting: str | None = None


@dataclass(frozen=True, kw_only=True)
class HeldTitle:
    """A title that the applicant already holds; ``means`` is how it was gained (认定, 评审, …)."""

    claim: str
    level: str
    series: str | None
    means: str | None
    gained_on: date | None
    appointed_on: date | None


@dataclass(frozen=True, kw_only=True)
class AnnualAssessment:
    """The grade (等次) of one year's assessment."""

    claim: str
    year: int
    grade: str


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """An achievement under the numbered item of the notice that lists it.

    ``details`` are what the notice asks of it, each as ``name=value`` in the pack's words.
    ``entry`` is that of the person's own record from which it is drawn: its year is that entry's.
    """

    claim: str
    item: str
    year: int | None
    description: Personal | None
    details: tuple[str, ...] = ()
    entry: str | None = None


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A professional qualification certificate (从业资格证) with the date it was gained."""

    claim: str
    kind: str
    gained_on: date


@dataclass(frozen=True, kw_only=True)
class Particular:
    """A further fact that a pack asks for by name, answered in the pack's own words."""

    claim: str
    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """One entry of a list of periods that a pack names: insured months, a contract, a stay.

    ``name`` is the list, ``last_day`` the last day included, None while it goes on; ``details``
    are what the pack asks of an entry, each as ``name=value`` in its words.
    """

    claim: str
    name: str
    first_day: date
    last_day: date | None
    description: Personal | None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Insurance:
    """The social insurance link: who pays for the applicant, in the insurer's own spelling.

    ``proof_seals`` names the seals on the proof of subordination where the two names differ
    (``applying``, ``insured``).
    """

    claim: str
    insured_employer: str | None
    linked: bool
    proof_seals: tuple[str, ...]


Claim = (
    Education
    | WorkPeriod
    | HeldTitle
    | AnnualAssessment
    | Achievement
    | Licence
    | Particular
    | Span
    | Insurance
)
"""One thing that an applicant claims, under an id by which materials support it."""


@dataclass(frozen=True, kw_only=True)
class Application:
    """Everything that the applicant claims; each claim has an id, so that materials support it.

    A list that was left out is None: nothing was said of it. An empty one says that there is none.
    """

    specialty_studied: str | None
    specialty_worked: str | None
    educations: tuple[Education, ...] | None
    work: tuple[WorkPeriod, ...] | None
    titles: tuple[HeldTitle, ...] | None
    assessments: tuple[AnnualAssessment, ...] | None
    achievements: tuple[Achievement, ...] | None
    licences: tuple[Licence, ...] | None
    particulars: tuple[Particular, ...]
    insurance: Insurance | None
    periods: tuple[Span, ...] = ()

    @property
    def specialties(self) -> tuple[str | None, str | None]:
        """The specialty that was studied, and the one that is worked in."""
        return self.specialty_studied, self.specialty_worked

    def stated(self) -> tuple[tuple[str, str], ...]:
        """Each claim's id with its kind (education, work, title, …), in order."""
        return tuple((each.claim, kind) for kind, each in self._each_with_kind())

    def unchanged_since(self, before: Application) -> frozenset[str]:
        """The ids of the claims that this application makes word for word as ``before`` did.

        Asked while the words are there, and answered in the event: no fold asks it again.
        """
        then = {each.claim: each for _, each in before._each_with_kind()}
        now = self._each_with_kind()
        return frozenset(each.claim for _, each in now if then.get(each.claim) == each)

    def _each_with_kind(self) -> tuple[tuple[str, Claim], ...]:
        insurance = () if self.insurance is None else (("insurance", self.insurance),)
        return (
            *(("education", each) for each in self.educations or ()),
            *(("work", each) for each in self.work or ()),
            *(("title", each) for each in self.titles or ()),
            *(("assessment", each) for each in self.assessments or ()),
            *(("achievement", each) for each in self.achievements or ()),
            *(("licence", each) for each in self.licences or ()),
            *(("particular", each) for each in self.particulars),
            *(("period", each) for each in self.periods),
            *insurance,
        )

    def claims(self) -> dict[str, str]:
        """The kind of each claim by its id."""
        return dict(self.stated())


NOTHING_STATED = Application(
    specialty_studied=None,
    specialty_worked=None,
    educations=None,
    work=None,
    titles=None,
    assessments=None,
    achievements=None,
    licences=None,
    particulars=(),
    insurance=None,
)
"""What somebody applies with who has said nothing yet."""
