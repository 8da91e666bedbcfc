"""What misconduct brings, how long the integrity record runs, and what it bars (诚信档案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from domain.policy.occasion import BEIJING
from domain.policy.periods import anniversary
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader

KINDS = ("fraud_before_grant", "revocation", "circular_criticism")
SCOPES = ("record", "province", "city", "authority", "organisation")


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """The consequence of one kind of misconduct.

    ``acts`` are what has to be done together. ``term_months`` is how long the integrity
    record runs (None: no record), ``term_source`` whether the notice or the default says so.
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

    def last_day(self, start: date) -> date | None:
        """The record is active to 24:00 of this day (A-05); None where there is no record."""
        return anniversary(start, months=self.term_months) if self.term_months else None

    def active(self, start: date, at: datetime) -> bool:
        """Whether a record that starts on a day is active at an instant."""
        last = self.last_day(start)
        if last is None or at.astimezone(BEIJING).date() < start:
            return False
        return at < datetime.combine(last + timedelta(days=1), time(), BEIJING)


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


def completed_sanction(words: SanctionWords, default: SanctionWords) -> Sanction:
    """The sanction, with what the notice leaves open taken from the default and shown so."""
    own_term = words.term_months is not None and words is not default
    silent = words is not default and None in (words.term_months, words.effect, words.scope)
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
        citations=words.citations + (default.citations if silent else ()),
    )


def read_sanction(reader: Reader) -> SanctionWords:
    """Read one ``[[sanctions]]`` table."""
    effects = ("block", "warn")
    return SanctionWords(
        id=reader.one_of("id", KINDS),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        acts=reader.texts("acts", ()),
        grounds=reader.texts("grounds", ()),
        term_months=reader.maybe_number("term_months"),
        effect=reader.one_of("effect", effects) if "effect" in reader else None,
        effect_elsewhere=(
            reader.one_of("effect_elsewhere", effects) if "effect_elsewhere" in reader else None
        ),
        scope=reader.one_of("scope", SCOPES) if "scope" in reader else None,
        citations=reader.citations(),
    )
