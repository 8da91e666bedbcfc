"""What misconduct brings, how long the integrity record runs, and what it bars (诚信档案)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.periods import anniversary
from domain.refusal import Citation

if TYPE_CHECKING:
    from datetime import datetime

    from domain.policy.reading import Reader

KINDS = ("fraud_before_grant", "revocation", "circular_criticism")
SCOPES = ("record", "province", "city", "authority", "organisation")


FOREVER = date.max
"""The last day of a record that never ends (永久): 9999-12-31, wherever a day has to stand."""


@dataclass(frozen=True, kw_only=True)
class TermByGround:
    """Another term of the record for some of the grounds; None and ``permanent``: it never ends."""

    grounds: tuple[str, ...]
    term_months: int | None
    permanent: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """The consequence of one kind of misconduct.

    ``acts`` are what has to be done together. ``term_months`` is how long the integrity
    record runs (None: no record, unless it is ``permanent``), ``term_source`` whether the notice
    or the default says so; ``terms`` are other terms for some grounds.
    ``effect`` is ``block`` or ``warn`` within the ``scope``, ``effect_elsewhere`` outside.
    """

    id: str
    chinese: str
    english: str
    acts: tuple[str, ...]
    grounds: tuple[str, ...]
    term_months: int | None
    term_source: str
    effect: str
    effect_elsewhere: str
    scope: str
    citations: tuple[Citation, ...]
    permanent: bool = False
    terms: tuple[TermByGround, ...] = ()

    def on_ground(self, ground: str) -> Sanction:
        """The same with the term that the law sets for a ground, where it sets one."""
        for term in self.terms:
            if ground in term.grounds:
                return replace(
                    self,
                    term_months=term.term_months,
                    permanent=term.permanent,
                    citations=self.citations + term.citations,
                )
        return self

    def last_day(self, start: date) -> date | None:
        """The record is active to 24:00 of this day (A-05); None where there is no record."""
        if self.permanent:
            return FOREVER
        return anniversary(start, months=self.term_months) if self.term_months else None

    def active(self, start: date, at: datetime) -> bool:
        """Whether a record that starts on a day is active at an instant."""
        last = self.last_day(start)
        return last is not None and start <= beijing.day(at) <= last


@dataclass(frozen=True, kw_only=True)
class SanctionWords:
    """What one layer says of a sanction; what it leaves open is None."""

    id: str
    chinese: str
    english: str
    acts: tuple[str, ...]
    grounds: tuple[str, ...]
    term_months: int | None
    effect: str | None
    effect_elsewhere: str | None
    scope: str | None
    citations: tuple[Citation, ...]
    permanent: bool = False
    terms: tuple[TermByGround, ...] = ()


def completed_sanction(words: SanctionWords, default: SanctionWords) -> Sanction:
    """The sanction, with what the notice leaves open taken from the default and shown so."""
    says_term = words.permanent or words.term_months is not None
    own_term = says_term and words is not default
    silent = words is not default and (not says_term or None in (words.effect, words.scope))
    return Sanction(
        id=words.id,
        chinese=words.chinese,
        english=words.english,
        acts=words.acts or default.acts,
        grounds=words.grounds or default.grounds,
        term_months=words.term_months if own_term else default.term_months,
        term_source="notice" if own_term else "default",
        effect=words.effect or default.effect or "block",
        effect_elsewhere=words.effect_elsewhere or default.effect_elsewhere or "warn",
        scope=words.scope or default.scope or "authority",
        permanent=words.permanent if says_term else default.permanent,
        terms=words.terms or default.terms,
        citations=words.citations + (default.citations if silent else ()),
    )


def read_sanction(reader: Reader) -> SanctionWords:
    """Read one ``[[sanctions]]`` table."""
    effects = ("block", "warn")
    months, permanent = _read_term(reader)
    return SanctionWords(
        id=reader.one_of("id", KINDS),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        acts=reader.texts("acts", ()),
        grounds=reader.texts("grounds", ()),
        term_months=months,
        permanent=permanent,
        terms=tuple(_read_term_by_ground(each) for each in reader.each("terms")),
        effect=reader.one_of("effect", effects) if "effect" in reader else None,
        effect_elsewhere=(
            reader.one_of("effect_elsewhere", effects) if "effect_elsewhere" in reader else None
        ),
        scope=reader.one_of("scope", SCOPES) if "scope" in reader else None,
        citations=reader.citations(),
    )


def _read_term(reader: Reader) -> tuple[int | None, bool]:
    """``term_months``, or ``permanent = true``; never both."""
    months = reader.maybe_number("term_months")
    permanent = reader.flag("permanent", default=False)
    if permanent and months is not None:
        reader.fault(
            "permanent", "a term that never ends has no months", "永久的不再写 term_months"
        )
    return months, permanent


def _read_term_by_ground(reader: Reader) -> TermByGround:
    months, permanent = _read_term(reader)
    if months is None and not permanent:
        reader.missing("term_months")
    term = TermByGround(
        grounds=reader.texts("grounds"),
        term_months=months,
        permanent=permanent,
        citations=reader.citations(),
    )
    reader.finish()
    return term
