"""The law's answer about an application: a tree of conditions that explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.policy.authority import Authority
from domain.policy.computed import Computed
from domain.policy.periods import Length
from domain.policy.sources import Open
from domain.policy.terms import Term
from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


class Outcome(StrEnum):
    """What an eligibility check ends in."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    MANUAL_REVIEW = "manual_review"
    """A human judgement is called for by the law itself, and will be recorded."""
    UNDETERMINED = "undetermined"
    """Facts are open, or the law refers to a text that was not supplied; nothing is guessed."""


class Status(StrEnum):
    """How one condition stands."""

    MET = "met"
    UNMET = "unmet"
    MANUAL = "manual"
    OPEN = "open"
    """It turns on facts that nobody has said yet."""
    UNKNOWN = "unknown"
    """It turns on a text that was not supplied."""
    NOT_AT_ISSUE = "not_at_issue"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition with the facts it read, its arithmetic and the words it rests on.

    ``binding`` is False for a branch that was looked at but not taken, such as another route.
    ``next_on`` is the day from which time alone will have met it; ``open_on`` are the facts on
    which it turns while it is open. ``term`` is the requirement of time that it is, if it is one.
    """

    id: str
    chinese: str
    english: str
    status: Status
    facts: tuple[str, ...] = ()
    computed: tuple[Computed, ...] = ()
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    flags: tuple[str, ...] = ()
    borderline: bool = False
    next_on: date | None = None
    open_on: frozenset[str] = frozenset()
    children: tuple[Condition, ...] = ()
    binding: bool = True
    term: Term | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether nothing beneath it binds: what stands there was looked at and not taken."""
        return not any(each.binding for each in self.children)

    def walk(self) -> Iterator[Condition]:
        """The condition and all beneath it that bind."""
        if not self.binding:
            return
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer, with everything a later reader needs to check it.

    ``refusals`` are the reasons why not; where the outcome is left to human judgement, they
    are the questions to be answered, each under its code.
    ``level`` is the level that may be granted, ``best_level`` the highest that the facts
    reach by any route. ``next_possible`` is the batch, ``next_possible_on`` the day from
    which time alone will have cured an ineligible application.
    ``required_years``, ``years_before`` and ``total`` belong to the route that was taken.
    ``open`` are the facts on which the answer, the way of the case or its materials still turn.
    """

    outcome: Outcome
    root: Condition
    refusals: tuple[Refusal, ...] = ()
    flags: tuple[str, ...] = ()
    computed: tuple[Computed, ...] = ()
    level: str | None = None
    best_level: str | None = None
    route: str | None = None
    route_id: str | None = None
    case_type: str | None = None
    supersedes: str | None = None
    exceptional: bool = False
    required_years: int | None = None
    years_before: Length | None = None
    total: Length | None = None
    hint: str | None = None
    next_possible: str | None = None
    next_possible_on: date | None = None
    suggested_series: str | None = None
    remedy: str | None = None
    batch: str | None = None
    reference_date: date | None = None
    authority: Authority | None = None
    open: tuple[Open, ...] = ()
    citations: tuple[Citation, ...] = field(default=())

    @property
    def action(self) -> str | None:
        """What the routing of authority asks for besides, such as ``refer_up``."""
        return self.authority.action if self.authority else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the refusals, each once, in order."""
        return tuple(dict.fromkeys(refusal.code for refusal in self.refusals))
