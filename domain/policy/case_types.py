"""Kinds of case by the titles already held: first, after a higher degree, promotion, transfer.

The first kind whose description fits is taken. Whether it is open, closed or for a human to
judge is the notice's rule on repetition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.asking import read_record, read_when
from domain.policy.comparing import bare
from domain.policy.own_wording import Wording, read_wording
from domain.policy.records import NotMentioned, Title
from domain.policy.truth import Truth, every
from domain.policy.when import Recorded, When
from domain.refusal import Citation
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader

FIRST = "first"
TITLE = "title"


@dataclass(frozen=True, kw_only=True)
class CaseType:
    """One kind of case of a person who holds a title.

    ``title`` is what the title must be like; one that was taken away is meant only where the
    description asks for it. ``outcome`` is ``open``, ``refuse`` or ``manual``; ``supersedes``
    that the new title takes the place of the old.
    """

    id: str
    chinese: str
    english: str
    title: Recorded | None
    when: When
    outcome: str
    refuses: Wording
    supersedes: bool
    citations: tuple[Citation, ...]

    def of(self, title: Title, facts: Facts) -> Truth:
        """Whether this kind of case is meant; what nobody says of a title does not decide."""
        if title.revoked and not (self.title and "revoked" in self.title.like.names()):
            return False
        like = self.title.of(title, facts) if self.title else True
        return every((facts.settled(like, silent=True), self.when.applies(facts)))

    def open_on(self, title: Title, facts: Facts) -> frozenset[str]:
        """What it turns on whether it is meant."""
        inner = self.title.open_in(title, facts) if self.title else frozenset()
        return inner | self.when.open_on(facts)


class Kind(NamedTuple):
    """The kind of a case and the title that makes it so; ``open_on`` while that is open."""

    case_type: CaseType
    title: Title
    open_on: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ranks:
    """How levels and educations compare."""

    levels: Mapping[str, int]
    educations: Mapping[str, int]

    def beside(self, facts: Facts) -> Facts:
        """The facts with how each title compares with what is applied for."""
        if isinstance(facts.titles, NotMentioned):
            return facts
        return replace(facts, titles=tuple(self._compared(each, facts) for each in facts.titles))

    def _compared(self, title: Title, facts: Facts) -> Title:
        return replace(
            title,
            applied=self._applied(facts, title),
            other_series=_other_series(facts, title),
            higher_degree=self._higher_degree_after(facts, title),
        )

    def _applied(self, facts: Facts, title: Title) -> str | None:
        if isinstance(facts.applied, NotMentioned):
            return None
        difference = self.levels.get(facts.applied, 0) - self.levels.get(title.level, 0)
        return "same" if difference == 0 else "higher" if difference > 0 else "lower"

    def _higher_degree_after(self, facts: Facts, title: Title) -> bool | None:
        """Whether an education dated after the title outranks all that came before it."""
        if isinstance(facts.education, NotMentioned) or title.gained is None:
            return False if facts.assumes_stated else None
        dated = [(each.awarded, self.educations.get(each.level, 0)) for each in facts.education]
        earlier = max((rank for day, rank in dated if day and day <= title.gained), default=0)
        later = max((rank for day, rank in dated if day and day > title.gained), default=0)
        return later > earlier


def _other_series(facts: Facts, title: Title) -> bool | None:
    post = None if isinstance(facts.post, NotMentioned) else facts.post
    series = facts.series if isinstance(facts.series, str) else (post.series if post else None)
    return bare(series) != bare(title.series) if series and title.series else None


def kind_of_case(case_types: Iterable[CaseType], facts: Facts, ranks: Ranks) -> Kind | None:
    """The kind of case; None for a first case.

    One that is open is taken rather than a later one.
    """
    if isinstance(facts.titles, NotMentioned):
        return None
    held = sorted(
        facts.titles, key=lambda title: (title.revoked, -ranks.levels.get(title.level, 0))
    )
    for case_type in case_types:
        answers = [(case_type.of(title, facts), title) for title in held]
        for wanted in (True, None):
            found = next((title for answer, title in answers if answer is wanted), None)
            if found is not None:
                open_on = frozenset() if wanted else case_type.open_on(found, facts)
                return Kind(case_type, found, open_on)
    return None


def read_case_type(reader: Reader) -> CaseType:
    """Read one ``[[case_types]]`` table."""
    return CaseType(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        title=read_record(reader, TITLE, TITLE),
        when=read_when(reader),
        outcome=reader.one_of("outcome", ("open", "refuse", "manual")),
        refuses=read_wording(reader, frozenset({"condition"}), "ALREADY_TITLED"),
        supersedes=reader.flag("supersedes", default=False),
        citations=reader.citations(),
    )
