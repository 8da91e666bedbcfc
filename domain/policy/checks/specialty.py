"""Series and specialties: whether they are known, and whether two are the same or close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.policy.comparing import Equal, bare
from domain.policy.condition import Finding, unsaid
from domain.policy.meanings import Meanings
from domain.policy.records import NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


SPECIALTY = "specialty"
"""The fact whose values the specialties studied and worked in are, too."""


@dataclass(frozen=True, kw_only=True)
class SpecialtiesAgree:
    """Compares the facts named ``of`` by what they mean, or takes the ``judgement`` on them.

    ``accept`` is what the judgement may say. Words that differ without a judgement are
    refused (``differing = "refuse"``) or await one (``"judge"``).
    ``by_work`` reads the relation of the latest job where nothing else is mentioned.
    """

    of: tuple[str, ...]
    judgement: str
    accept: tuple[str, ...]
    differing: str
    by_work: bool
    meanings: Meanings = field(default_factory=Meanings)

    def find(self, facts: Facts, _context: Context) -> Finding:
        """The judgement if there is one, else the words, else the relation of the work."""
        judged = facts.value(self.judgement)
        if isinstance(judged, str):
            return Finding(met=judged in self.accept, facts=(f"{self.judgement}={judged}",))
        words = [facts.value(name) for name in self.of]
        stated = [bare(word) for word in words if isinstance(word, str)]
        shown = tuple(stated)
        if len(stated) == len(self.of):
            same = len({self.meanings.called(SPECIALTY, word) for word in stated}) == 1
            return Finding(met=same, facts=shown, manual=not same and self.differing == "judge")
        if self.by_work and not isinstance(facts.work, NotMentioned) and facts.work:
            latest = max(facts.work, key=lambda job: job.first_day)
            if isinstance(latest.relation, NotMentioned):
                return unsaid("work.relation")
            return Finding(met=latest.relation in self.accept, facts=(latest.relation,))
        return Finding(met=None, facts=shown, open_on=self._missing(facts))

    def _missing(self, facts: Facts) -> frozenset[str]:
        missing = {each for each in self.of if isinstance(facts.value(each), NotMentioned)}
        return frozenset(missing or {self.judgement})


@dataclass(frozen=True)
class IsKnown:
    """A name must be one that the law knows; what nobody knows is for people to judge."""

    known: Equal

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Whether the fact's value is called so, or is part of something; or there is none."""
        value = facts.value(self.known.name)
        if isinstance(value, NotMentioned):
            return unsaid(self.known.name)
        met = value is None or self.known.holds(facts) is not False
        return Finding(met=met, facts=(str(value),))


def read_known(reader: Reader) -> Check:
    """``with = { fact = "series" }``."""
    parameters = reader.needed("with")
    check = IsKnown(parameters.known.meanings.known(parameters.named_fact("fact")))
    parameters.finish()
    return check


def read_specialty(reader: Reader) -> Check:
    """``with = { of = ["major", "specialty.worked"], accept = ["same", "close"] }``."""
    parameters = reader.needed("with")
    check = SpecialtiesAgree(
        of=parameters.texts("of"),
        judgement=parameters.text("judgement", "judgement"),
        accept=parameters.texts("accept", ("same", "close")),
        differing=parameters.one_of("differing", ("refuse", "judge"), "judge"),
        by_work=parameters.flag("by_work", default=False),
        meanings=parameters.known.meanings,
    )
    parameters.finish()
    return check
