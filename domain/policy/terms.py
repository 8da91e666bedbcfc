"""A requirement of time: so many years or months of something, after or before something.

``{ years = 3, of = "work", after = "education", where = { relation = "same" } }``
Alternatives stand under ``any``; a reduction or surcharge under ``adjust``.
``after = "previous"`` begins where the requirement before it was reached, so that a probation
year and the years after it stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.policy.asking import read_record, read_when
from domain.policy.own_wording import Wording, read_wording
from domain.policy.periods import Length
from domain.policy.reckoning import LISTS, WAYS
from domain.policy.records import NotMentioned
from domain.policy.when import Recorded, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader

TOLD = frozenset({"needed", "had", "reference", "when"})
YEARS_SHORT = "YEARS_SHORT"
TOO_SHORT = Wording(YEARS_SHORT)
TITLE = "title"
MILESTONES = ("education", "diploma", "degree", TITLE, "previous")
"""What time may lie after or before; beside these, any named fact that is a date."""
COUNTED_FROM = ("day", "month", "next_month", "year")


@dataclass(frozen=True, kw_only=True)
class Term:
    """One requirement of time.

    ``title`` is what the title must be like after or before which the time lies.
    ``where`` is what the work (or another record) must be like whose time counts.
    ``around`` says that time before and after the education is added; ``marks_before`` with
    what a case is marked that rests on time before it. ``unbroken`` asks for the time in one
    piece (连续), ``until_now`` for the piece that lasts until the day up to which time is counted
    (连续至今): what was over before a break does not count. ``counted_from`` is how days are
    rounded, where not as for all requirements.
    """

    needed: Length
    of: str = "work"
    fact: str | None = None
    after: str | None = None
    before: str | None = None
    around: bool = False
    marks_before: str | None = None
    where: Recorded | None = None
    refuses: Wording = TOO_SHORT
    alternatives: tuple[Term, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    unbroken: bool = False
    until_now: bool = False
    counted_from: str | None = None
    title: Recorded | None = None

    def adjusted_by(self, further: tuple[Adjustment, ...]) -> Term:
        """The same requirement with further reductions or surcharges, also on alternatives."""
        return replace(
            self,
            alternatives=tuple(each.adjusted_by(further) for each in self.alternatives),
            adjustments=(*self.adjustments, *further),
        )


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A reduction (negative) or surcharge of a requirement, once, under a condition.

    ``given`` is a requirement of time that must itself be met, ``when`` a test of facts.
    ``per_grade``: once for each year that was assessed with one of these grades.
    """

    id: str
    months: int
    given: Term | None
    when: When
    per_grade: tuple[str, ...]
    citations: tuple[Citation, ...]

    def times(self, facts: Facts) -> int:
        """How often it applies: once, or for each such year."""
        if not self.per_grade:
            return 1
        if isinstance(facts.assessments, NotMentioned):
            return 0
        return sum(grade in self.per_grade for grade in facts.assessments.values())


def read_term(reader: Reader) -> Term:
    """Read one requirement of time."""
    alternatives = tuple(_finished(each) for each in reader.each("any"))
    length = Length(reader.number("years", 0), reader.number("months", 0), reader.number("days", 0))
    if not alternatives and length == Length():
        reader.fault(
            "years",
            "a requirement of time needs years, months or days",
            "年限须写 years、months 或 days",
        )
    if length.days and length.in_months:
        reader.fault("days", "days are counted alone", "days 不能与 years、months 一起写")
    of = reader.one_of("of", (*WAYS, *reader.known.lists), "work")
    after, before = _read_milestone(reader, "after"), _read_milestone(reader, "before")
    title = read_record(reader, TITLE, TITLE)
    if title and TITLE not in {after, before}:
        reader.fault(
            TITLE,
            "is of time after or before a title",
            "只在 after 或者 before 写 title 时可以写",
        )
    return Term(
        needed=length,
        of=of,
        fact=reader.named_fact("fact") if "fact" in reader else None,
        after=after,
        before=before,
        title=title,
        around=reader.text("around", "") == "education",
        marks_before=reader.maybe_text("marks_before"),
        where=_read_where(reader, of),
        refuses=read_wording(reader, TOLD, YEARS_SHORT),
        alternatives=alternatives,
        adjustments=tuple(read_adjustment(each) for each in reader.each("adjust")),
        unbroken=reader.flag("unbroken", default=False),
        until_now=reader.flag("until_now", default=False),
        counted_from=(
            reader.one_of("counted_from", COUNTED_FROM) if "counted_from" in reader else None
        ),
    )


def _read_where(reader: Reader, of: str) -> Recorded | None:
    listed = LISTS.get(of, of)
    if listed in {*LISTS.values(), *reader.known.lists}:
        return read_record(reader, "where", listed)
    if "where" in reader:
        reader.fault(
            "where", f"{of!r} counts no records", f"「{of}」数的不是一条条记录，不能写 where"
        )
    return None


def _read_milestone(reader: Reader, key: str) -> str | None:
    if key not in reader:
        return None
    return key_word if (key_word := reader.text(key)) in MILESTONES else reader.named_fact(key)


def read_adjustment(reader: Reader) -> Adjustment:
    """Read one reduction or surcharge; a reduction has negative years or months."""
    given = reader.inner("if")
    adjustment = Adjustment(
        id=reader.text("id"),
        months=reader.number("years", 0) * 12 + reader.number("months", 0),
        given=_finished(given) if given else None,
        when=read_when(reader),
        per_grade=reader.texts("per_grade", ()),
        citations=reader.citations(),
    )
    reader.finish()
    return adjustment


def _finished(reader: Reader) -> Term:
    term = read_term(reader)
    reader.finish()
    return term
