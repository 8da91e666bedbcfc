"""When a committee's vote recognises: quorum and majority (表决)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.choice import choose
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class VoteRule:
    """When a committee's vote recognises (表决).

    ``of`` is what the majority is taken of: those present or all members. ``quorum`` is the
    part of the members that must be present. ``members`` and ``present`` are the least numbers
    of each, where the law sets any; ``instead`` is what holds for some cases.
    """

    majority: Fraction
    of: str
    quorum: Fraction
    citations: tuple[Citation, ...]
    members: int = 0
    present: int = 0
    instead: tuple[OtherVote, ...] = ()

    def in_case(self, facts: Facts) -> VoteRule:
        """The rule for these facts: the first other one that fits, else this."""
        other = choose(self.instead, facts).first
        return other.rule if other else self

    def carried(self, *, members: int, present: int, in_favour: int) -> bool:
        """Whether the vote carries; a number that is exactly the part is enough."""
        if members < self.members or present < self.present:
            return False
        if Fraction(present) < self.quorum * members:
            return False
        return Fraction(in_favour) >= self.majority * (present if self.of == "present" else members)


@dataclass(frozen=True, kw_only=True)
class OtherVote:
    """The rule that holds instead in the cases that ``when`` describes."""

    when: When
    rule: VoteRule


def read_votes(reader: Reader) -> VoteRule:
    """Read the ``[votes]`` table; fractions are written as ``"2/3"``."""
    return replace(_read_vote(reader), instead=tuple(map(_read_other, reader.each("instead"))))


def _read_other(reader: Reader) -> OtherVote:
    other = OtherVote(when=read_when(reader), rule=_read_vote(reader))
    reader.finish()
    return other


def _read_vote(reader: Reader) -> VoteRule:
    return VoteRule(
        majority=reader.fraction("majority"),
        of=reader.one_of("of", ("present", "members")),
        quorum=reader.fraction("quorum"),
        members=reader.number("members", 0),
        present=reader.number("present", 0),
        citations=reader.citations(),
    )
