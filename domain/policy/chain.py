"""The stages that a case passes, in order, and who must act at each (逐级审核)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.choice import choose, held
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.policy.facts import Facts
    from domain.policy.publicity import PublicityWords
    from domain.policy.reading import Reader

CLAIM_KINDS = (
    "education",
    "work",
    "title",
    "assessment",
    "achievement",
    "licence",
    "particular",
    "period",
    "insurance",
)
BODIES = (
    "employer",
    "hr_agency",
    "competent_department",
    "industry_department",
    "county_hr",
    "county_title_office",
    "city_hr",
    "city_title_office",
    "province_title_office",
    "committee_office",
    "final_body",
)
"""Kinds of body. A pack gives each its own label, so that no further word is needed."""


@dataclass(frozen=True, kw_only=True)
class OtherBody:
    """The body that a stage belongs to instead, in the cases that ``when`` describes."""

    body: str
    when: When
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage.

    ``seats`` must each act, in order, by different persons; ``votes`` says that a committee
    votes here instead. ``first_to_assert`` are the kinds of claim that this body may be the
    first to confirm. ``publicity`` is the id of the publicity that has to run before the
    case goes on (or before the outcome is issued, where this stage decides).
    ``stands_in`` is the body that takes this place where there is none.
    ``ageing_days`` is after how many days the ageing report names the case.
    """

    id: str
    chinese: str
    english: str
    body: str
    seats: tuple[str, ...]
    votes: bool
    first_to_assert: tuple[str, ...]
    publicity: str | None
    decides: bool
    stands_in: str | None
    ageing_days: int
    when: When
    instead: tuple[OtherBody, ...]
    citations: tuple[Citation, ...]

    def at_its_body(self, facts: Facts) -> Stage:
        """The stage as it is for these facts: at its own body, or at the other one."""
        other = choose(self.instead, facts).first
        if other is None:
            return self
        return replace(self, body=other.body, citations=self.citations + other.citations)

    def made_public(self, publicity: Mapping[str, PublicityWords], facts: Facts) -> Stage:
        """The stage without its publicity where it is known that this case has none."""
        words = publicity.get(self.publicity or "")
        if words is None or words.when.applies(facts) is not False:
            return self
        return replace(self, publicity=None)


def stages_for(
    stages: Iterable[Stage], publicity: Mapping[str, PublicityWords], facts: Facts
) -> tuple[Stage, ...]:
    """The stages that apply, or may yet, each at the body that it belongs to."""
    return tuple(
        stage.at_its_body(facts).made_public(publicity, facts) for stage in held(stages, facts)
    )


def deciding_bodies(stages: Iterable[Stage]) -> frozenset[str]:
    """The kinds of body that decide some case, or stand in where they do."""
    deciding = [each for each in stages if each.decides]
    others = (other.body for each in deciding for other in each.instead)
    standing = (each.stands_in for each in deciding if each.stands_in)
    return frozenset({*(each.body for each in deciding), *others, *standing})


def stands_in(stages: Iterable[Stage]) -> dict[str, str]:
    """Which body takes the place of another where there is none, over all stages."""
    return {each.body: each.stands_in for each in stages if each.stands_in is not None}


def read_stage(reader: Reader) -> Stage:
    """Read one ``[[stages]]`` table."""
    return Stage(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        body=reader.one_of("body", BODIES),
        seats=reader.texts("seats", ("handler", "leader")),
        votes=reader.flag("votes", default=False),
        first_to_assert=reader.some_of("first_to_assert", CLAIM_KINDS, CLAIM_KINDS),
        publicity=reader.maybe_text("publicity"),
        decides=reader.flag("decides", default=False),
        stands_in=reader.one_of("stands_in", BODIES) if "stands_in" in reader else None,
        ageing_days=reader.number("ageing_days", 15),
        when=read_when(reader),
        instead=tuple(_read_other_body(each) for each in reader.each("instead")),
        citations=reader.citations(),
    )


def _read_other_body(reader: Reader) -> OtherBody:
    other = OtherBody(
        body=reader.one_of("body", BODIES),
        when=read_when(reader),
        citations=reader.citations(),
    )
    reader.finish()
    return other
