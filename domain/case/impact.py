"""What a draft of the law would change: one filing judged under its own law and under the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.beijing import day
from domain.refusal import Refusal
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from datetime import date

    from domain.case.facts import About
    from domain.case.law_answer import LawAnswer
    from domain.person.state import Person


@dataclass(frozen=True, kw_only=True)
class Judged:
    """How a filing is judged: whether it is taken, what it would come to, and why not."""

    taken: bool
    outcome: str
    level: str | None
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class Impact:
    """One filing under both; ``invited`` says that it was refused and would now be taken."""

    case: str
    applicant: str
    filed_at: datetime
    before: Judged
    after: Judged

    @property
    def flips(self) -> bool:
        """Whether it would be taken where it is not, or come to something else."""
        now, then = self.before, self.after
        if not now.taken and not then.taken:
            return False
        return (now.taken, now.outcome, now.level) != (then.taken, then.outcome, then.level)

    @property
    def invited(self) -> bool:
        """Whether the applicant is to be invited to file again."""
        return self.after.taken and not self.before.taken


def judged(answer: LawAnswer) -> Judged:
    """How an answer of the law judges a filing."""
    return Judged(
        taken=not answer.obstacles,
        outcome=answer.result.outcome,
        level=answer.result.level,
        reasons=answer.obstacles,
    )


def at_filing(known: About, filed_at: datetime) -> About:
    """What a case is about, without the titles gained since, by it or by another.

    Without any integrity record, too: it stands in the way of a filing whatever the notice says,
    and is read for a recorded reason alone, so that no draft may ask who has one.
    """
    filed = day(filed_at)
    applicant = tuple(_before(each, known.case, filed) for each in known.applicant)
    return replace(known, applicant=applicant, following=())


def _before(person: Person, case: str | None, filed: date) -> Person:
    kept = [each for each in person.titles if each.case != case and each.gained_on <= filed]
    return replace(person, titles=Ledger.of(*enumerate(kept)), entries=Ledger())
