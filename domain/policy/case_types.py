"""Kinds of case by the titles already held: first, after a higher degree, promotion, transfer.

The first kind whose description fits is taken. Whether it is open, closed or for a human to
judge is the notice's rule on repetition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.facts import Facts, NotMentioned, Title
from domain.policy.match import When, bare, read_when
from domain.policy.wording import Wording, read_wording
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.reading import Reader

FIRST = "first"
LEVELS = ("any", "higher", "same", "lower_or_same")


@dataclass(frozen=True, kw_only=True)
class CaseType:
    """One kind of case of a person who holds a title.

    ``via`` is how the title was gained; ``level`` how the level applied for compares with
    it; ``other_series`` that the series differs; ``higher_degree`` that a higher education
    was gained after the title; ``revoked`` that the title was taken away.
    ``outcome`` is ``open``, ``refuse`` or ``manual``; ``supersedes`` that the new title takes
    the place of the old.
    """

    id: str
    chinese: str
    english: str
    titled: tuple[str, ...]
    via: tuple[str, ...]
    level: str
    other_series: bool | None
    higher_degree: bool | None
    revoked: bool
    when: When
    outcome: str
    refuses: Wording
    supersedes: bool
    citations: tuple[Citation, ...]

    def fits(self, facts: Facts, title: Title, ranks: Ranks) -> bool:
        """Whether this kind of case is meant; what is not mentioned does not speak against it."""
        return (
            title.revoked == self.revoked
            and (not self.titled or title.level in self.titled)
            and (not self.via or title.via is None or title.via in self.via)
            and ranks.compares(facts, title, self.level)
            and self._series_fits(facts, title)
            and self.higher_degree in {None, ranks.higher_degree_after(facts, title)}
            and self.when.holds(facts) is not False
        )

    def _series_fits(self, facts: Facts, title: Title) -> bool:
        """Whether the series differs as asked; where it is not known, the description decides."""
        if self.other_series is None:
            return True
        differs = _other_series(facts, title)
        return self.when.holds(facts) is True if differs is None else differs is self.other_series


@dataclass(frozen=True)
class Ranks:
    """How levels and educations compare."""

    levels: Mapping[str, int]
    educations: Mapping[str, int]

    def compares(self, facts: Facts, title: Title, how: str) -> bool:
        """Whether the level applied for is higher than, the same as … the title."""
        if how == "any" or isinstance(facts.applied, NotMentioned):
            return True
        difference = self.levels.get(facts.applied, 0) - self.levels.get(title.level, 0)
        if how == "higher":
            return difference > 0
        return difference == 0 if how == "same" else difference <= 0

    def higher_degree_after(self, facts: Facts, title: Title) -> bool:
        """Whether an education dated after the title outranks all that came before it."""
        if isinstance(facts.education, NotMentioned) or title.gained is None:
            return False
        dated = [(each.awarded, self.educations.get(each.level, 0)) for each in facts.education]
        earlier = max((rank for day, rank in dated if day and day <= title.gained), default=0)
        later = max((rank for day, rank in dated if day and day > title.gained), default=0)
        return later > earlier


def _other_series(facts: Facts, title: Title) -> bool | None:
    post = None if isinstance(facts.post, NotMentioned) else facts.post
    series = facts.series if isinstance(facts.series, str) else (post.series if post else None)
    return bare(series) != bare(title.series) if series and title.series else None


def kind_of_case(
    case_types: Iterable[CaseType], facts: Facts, ranks: Ranks
) -> tuple[CaseType, Title] | None:
    """The kind of case and the title that makes it so; None for a first case."""
    if isinstance(facts.titles, NotMentioned):
        return None
    held = sorted(
        facts.titles, key=lambda title: (title.revoked, -ranks.levels.get(title.level, 0))
    )
    for case_type in case_types:
        for title in held:
            if case_type.fits(facts, title, ranks):
                return case_type, title
    return None


def read_case_type(reader: Reader) -> CaseType:
    """Read one ``[[case_types]]`` table."""
    return CaseType(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        titled=reader.texts("titled", ()),
        via=reader.texts("via", ()),
        level=reader.one_of("level", LEVELS, "any"),
        other_series=reader.flag("other_series") if "other_series" in reader else None,
        higher_degree=reader.flag("higher_degree") if "higher_degree" in reader else None,
        revoked=reader.flag("revoked", default=False),
        when=read_when(reader),
        outcome=reader.one_of("outcome", ("open", "refuse", "manual")),
        refuses=read_wording(reader, frozenset({"condition"}), "ALREADY_TITLED"),
        supersedes=reader.flag("supersedes", default=False),
        citations=reader.citations(),
    )
