"""How somebody files who should not, and where they are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.policy.facts import Facts
from domain.policy.records import Title

if TYPE_CHECKING:
    from tests.api.client import Answer

Refusals = tuple[Mapping[str, Any], ...]
FILING = "filing"
RECOGNISED = "recognised"
REFUSED = 400


@dataclass(frozen=True, kw_only=True)
class Way:
    """How somebody files who should not, and what those who look at it find.

    Of what is ``unsaid``, a fact or a kind of claim, neither the applicant nor a reviewer says
    anything. Who is ``paperless`` hands in nothing; anybody else whatever they are told is missing.
    What is ``untrue`` is claimed all the same, and found so. ``denied`` are titles that somebody
    has and does not speak of. ``slow`` is a stage that does nothing before a day; who is
    ``impatient`` acts before their turn, wherever the case is.
    """

    law: str
    facts: Facts
    unsaid: frozenset[str] = frozenset()
    paperless: bool = False
    untrue: frozenset[str] = frozenset()
    denied: tuple[Title, ...] = ()
    slow: tuple[str, date] | None = None
    impatient: bool = False


@dataclass(frozen=True, kw_only=True)
class Ended:
    """Where somebody was refused, at the filing or at a stage; or that they were recognised.

    ``without`` has by each rule what was refused of the same where it was taken out of the pack.
    """

    where: str
    refusals: Refusals = ()
    without: Mapping[str, Refusals] = field(default_factory=dict)

    @property
    def rules(self) -> frozenset[str]:
        """On which the refusals rest."""
        return frozenset(rule for each in self.refusals for rule in each["rules"])

    @property
    def codes(self) -> frozenset[str]:
        """Of the refusals."""
        return frozenset(each["code"] for each in self.refusals)


def refusals_of(answer: Answer) -> Refusals:
    """The refusals of an answer; of one that is no refusal by rules, its code alone."""
    if answer.status < REFUSED:
        return ()
    alone = {"code": answer.code, "detail": answer.body["detail"], "pointer": "", "rules": []}
    return tuple(answer.body.get("refusals") or [alone])
