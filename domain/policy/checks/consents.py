"""Steps that others must have taken before a filing (前置同意)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.condition import Finding, unsaid
from domain.policy.records import NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


@dataclass(frozen=True)
class Consented:
    """Steps that others must have taken before the filing, in order."""

    steps: tuple[str, ...]

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Name the steps that are missing."""
        taken = facts.value("consents")
        if isinstance(taken, NotMentioned):
            return unsaid("consents")
        done = taken if isinstance(taken, tuple) else (str(taken),) if taken else ()
        missing = [step for step in self.steps if step not in done]
        standing = (
            f"尚缺前置环节 {'、'.join(missing)}",
            f"still missing before this one are {', '.join(missing)}",
        )
        return Finding(met=not missing, facts=done, specifics={"standing": standing})


def read_consents(reader: Reader) -> Check:
    """``with = { steps = ["…"] }``."""
    parameters = reader.needed("with")
    check = Consented(parameters.texts("steps"))
    parameters.finish()
    return check
