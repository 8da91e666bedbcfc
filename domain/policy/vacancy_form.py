"""The employer's statement of its posts (岗位信息表), as a notice asks for it.

Which columns it has, which sums must come out, whose seals it needs; the figures themselves
are stated by an employer and stand in ``domain.vacancies``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader

PER_NOTICE, PER_BATCH = "notice", "batch"
EMPLOYER, SUPERIOR, BUREAU = "employer", "superior", "bureau"
REFUSE, FLAG = "refuse", "flag"
SUMS = ("vacant", "totals", "offered", "promised", "recommended", "listed")
"""What can be asked of the figures; each is a named function of ``domain.vacancies``."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the form; its id is the level, or the group of levels, that it is for."""

    id: str
    chinese: str
    english: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class FormSeal:
    """One seal (意见、盖章) on the form.

    ``by`` is whose: the ``employer`` itself, its ``superior`` (主管部门; where it has none, the
    bureau stands in), or the ``bureau`` that it belongs to.
    """

    id: str
    chinese: str
    english: str
    by: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class FormSum:
    """One thing that must come out; ``otherwise`` refuses the statement or only marks it."""

    id: str
    otherwise: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class VacancyFormRule:
    """The form as one notice asks for it.

    ``per`` says whether an employer states it once for the notice or anew for each batch;
    ``when`` describes the cases that need it.
    """

    chinese: str
    english: str
    per: str
    when: When
    columns: Mapping[str, Column]
    seals: Mapping[str, FormSeal]
    sums: Mapping[str, FormSum]
    citations: tuple[Citation, ...]

    def column_of(self, level: str) -> Column | None:
        """The column for a level: its own, else that of its group; None where there is none."""
        if level in self.columns:
            return self.columns[level]
        groups = (each for each in self.columns if level in LEVEL_GROUPS.get(each, ()))
        return next((self.columns[each] for each in groups), None)


def read_vacancy_form(reader: Reader) -> VacancyFormRule:
    """Read the ``[vacancy_form]`` table with its ``columns``, ``seals`` and ``sums``."""
    rule = VacancyFormRule(
        chinese=reader.text("zh"),
        english=reader.text("en"),
        per=reader.one_of("per", (PER_NOTICE, PER_BATCH), PER_NOTICE),
        when=read_when(reader),
        columns=reader.by_id("columns", _read_column),
        seals=reader.by_id("seals", _read_seal),
        sums=reader.by_id("sums", _read_sum),
        citations=reader.citations(),
    )
    if not rule.columns:
        reader.fault(
            "columns", "a form of posts has a column for some level", "岗位信息表至少有一列"
        )
    return rule


def _read_column(reader: Reader) -> Column:
    return Column(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        citations=reader.citations(),
    )


def _read_seal(reader: Reader) -> FormSeal:
    return FormSeal(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        by=reader.one_of("by", (EMPLOYER, SUPERIOR, BUREAU)),
        citations=reader.citations(),
    )


def _read_sum(reader: Reader) -> FormSum:
    return FormSum(
        id=reader.one_of("id", SUMS),
        otherwise=reader.one_of("otherwise", (REFUSE, FLAG), REFUSE),
        citations=reader.citations(),
    )
