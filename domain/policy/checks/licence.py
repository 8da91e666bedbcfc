"""A qualification that must be held before filing (职业资格、从业资格)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.policy.condition import Finding
from domain.policy.facts import Facts, NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.reading import Reader


@dataclass(frozen=True)
class Licensed:
    """The licence exists, and is dated no later than the filing."""

    def find(self, facts: Facts, context: Context) -> Finding:
        """``licence`` is a date, true, or none."""
        held = facts.value("licence")
        if isinstance(held, NotMentioned):
            return Finding(met=None)
        if isinstance(held, date):
            return Finding(met=held <= context.filed, facts=(held.isoformat(),))
        return Finding(met=bool(held), facts=(str(held),))


def read_licence(_reader: Reader) -> Check:
    """Has no parameters."""
    return Licensed()
