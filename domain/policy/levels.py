"""The levels of titles and of education, with their order and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.when import ALWAYS, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level; a higher rank is a higher level."""

    id: str
    chinese: str
    english: str
    rank: int
    citations: tuple[Citation, ...]

    @property
    def words(self) -> tuple[str, str]:
        """What it is called, in Chinese and English."""
        return self.chinese, self.english


@dataclass(frozen=True, kw_only=True)
class Equivalent:
    """An education that counts as another, such as one of a technical school (技工院校)."""

    id: str
    counts_as: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Handled:
    """The levels that the notice deals with; ``when`` says for whom."""

    levels: tuple[str, ...]
    citations: tuple[Citation, ...]
    when: When = ALWAYS


@dataclass(frozen=True, kw_only=True)
class YearsRule:
    """How years are counted: on which date, how near a boundary is, what needs evidence.

    ``reference`` is ``batch`` where each batch has its date, else ``filing``.
    ``counted_from`` is ``day`` (周年), or ``month`` or ``year`` where a notice counts only these.
    """

    reference: str
    borderline_days: int
    sum_margin_days: int
    evidence_required: bool
    counted_from: str
    remedy: tuple[str, str]
    citations: tuple[Citation, ...]


def read_level(reader: Reader) -> Level:
    """Read one ``[[levels]]`` or ``[[educations]]`` table."""
    return Level(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        rank=reader.number("rank"),
        citations=reader.citations(),
    )


def read_equivalent(reader: Reader) -> Equivalent:
    """Read one ``[[education_equivalents]]`` table; its id is the education that counts."""
    return Equivalent(
        id=reader.text("id"),
        counts_as=reader.text("counts_as"),
        citations=reader.citations(),
    )


def read_handled(reader: Reader) -> Handled:
    """Read the ``[handled]`` table."""
    return Handled(
        levels=reader.texts("levels"), when=read_when(reader), citations=reader.citations()
    )


def read_years_rule(reader: Reader) -> YearsRule:
    """Read the ``[years]`` table."""
    return YearsRule(
        reference=reader.one_of("reference", ("batch", "filing")),
        borderline_days=reader.number("borderline_days", 3),
        sum_margin_days=reader.number("sum_margin_days", 30),
        evidence_required=reader.flag("evidence_required", default=False),
        counted_from=reader.one_of("counted_from", ("day", "month", "year"), "day"),
        remedy=(reader.text("remedy_zh", ""), reader.text("remedy_en", "")),
        citations=reader.citations(),
    )
