"""Whose employee the applicant is: the insured employer, and consents where there is none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.condition import Finding
from domain.policy.facts import Facts, NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.reading import Reader


def same_name(one: str, other: str) -> bool:
    """Whether two names of units are one: exactly, after spaces and widths are levelled."""
    return _levelled(one) == _levelled(other)


def _levelled(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


@dataclass(frozen=True)
class InsuredHere:
    """The applying employer is the insured one, or a proof bears all the seals asked for."""

    seals: tuple[str, ...]

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Names are compared exactly, never by likeness."""
        applying, insured = facts.value("employer.applying"), facts.value("employer.insured")
        if not isinstance(applying, str) or isinstance(insured, NotMentioned):
            return Finding(met=None)
        shown = (applying, str(insured))
        if isinstance(insured, str) and same_name(applying, insured):
            return Finding(met=True, facts=shown)
        sealed = facts.value("proof.seals")
        seals = sealed if isinstance(sealed, tuple) else ()
        return Finding(met=set(self.seals) <= set(seals), facts=(*shown, *seals))


@dataclass(frozen=True)
class Consented:
    """Steps that others must have taken before the filing, in order."""

    steps: tuple[str, ...]

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Name the steps that are missing."""
        taken = facts.value("consents")
        if isinstance(taken, NotMentioned):
            return Finding(met=None)
        done = taken if isinstance(taken, tuple) else (str(taken),) if taken else ()
        missing = [step for step in self.steps if step not in done]
        standing = (
            f"尚缺前置环节 {'、'.join(missing)}",
            f"still missing before this one are {', '.join(missing)}",
        )
        return Finding(met=not missing, facts=done, specifics={"standing": standing})


def read_insured(reader: Reader) -> Check:
    """``with = { seals = ["applying", "insured"] }``."""
    parameters = reader.needed("with")
    check = InsuredHere(parameters.texts("seals"))
    parameters.finish()
    return check


def read_consents(reader: Reader) -> Check:
    """``with = { steps = ["…"] }``."""
    parameters = reader.needed("with")
    check = Consented(parameters.texts("steps"))
    parameters.finish()
    return check
