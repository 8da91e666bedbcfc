"""The moment at which the law is asked, and the words it needs for its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.policy.case_types import Ranks
from domain.policy.levels import Level
from domain.policy.vacancy_form import VacancyFormRule


@dataclass(frozen=True, kw_only=True)
class Context:
    """What holds for one question.

    ``reference`` is the date on which years are measured (终算时间), ``filed`` the day of the
    filing. ``borderline_days`` is how near to the boundary a human should look (A-01).
    ``needs_evidence`` says that earlier work without evidence is not counted.
    ``education_by`` is until when a diploma counts, where that is another day than ``reference``.
    ``counted_from`` is ``day``, or ``month`` or ``year`` where only these are counted.
    ``levels`` and ``educations`` give the words for each id, ``ranks`` how they compare.
    """

    reference: date
    filed: date
    batch: str | None
    case_type: str
    supersedes: str | None
    borderline_days: int
    sum_margin_days: int
    needs_evidence: bool
    counted_from: str
    levels: Mapping[str, Level]
    educations: Mapping[str, Level]
    ranks: Ranks
    vacancy_form: VacancyFormRule | None = None
    education_by: date | None = None
