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
    """One level; a higher rank is a higher level.

    ``counts_as`` is the education as which another is treated, such as one of a technical school
    (视同): it has that one's rank.
    """

    id: str
    chinese: str
    english: str
    rank: int
    citations: tuple[Citation, ...]
    counts_as: str | None = None

    @property
    def words(self) -> tuple[str, str]:
        """What it is called, in Chinese and English."""
        return self.chinese, self.english


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
    """Read one ``[[levels]]`` table."""
    return Level(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        rank=reader.number("rank"),
        citations=reader.citations(),
    )


def read_education(reader: Reader) -> Level:
    """Read one ``[[educations]]`` table: it has a rank of its own, or counts as another."""
    counts_as = reader.maybe_text("counts_as")
    if counts_as is None and "rank" not in reader:
        reader.missing("rank")
    if counts_as is not None and "rank" in reader:
        reader.fault(
            "rank", "it has the rank of what it counts as", "视同的学历用所视同的次序，不另写"
        )
    return Level(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        rank=reader.number("rank", 0),
        counts_as=counts_as,
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
