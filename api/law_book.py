"""The law book: every policy pack that this installation carries, found by id or by area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.problems import Problem
from domain.area import covers
from domain.case.values import LawReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.policy.law import Law
    from domain.refusal import Refusal


class LawBook:
    """The laws by their id; the national default stands behind those who have none."""

    def __init__(self, default: Law, laws: Iterable[Law]) -> None:
        self._default = default
        self._laws = {law.id: law for law in laws}

    def __iter__(self) -> Iterator[Law]:
        return iter(self._laws.values())

    def law(self, pack: str) -> Law:
        """The law of a pack. Raises the problem ``POLICY_UNKNOWN``."""
        if pack not in self._laws:
            raise Problem("POLICY_UNKNOWN")
        return self._laws[pack]

    def of(self, reference: LawReference) -> Law:
        """The law under which a case was filed."""
        return self.law(reference.pack)

    def cited(self, refusal: Refusal) -> Refusal:
        """The refusal with the words on which it rests: its own, or else the national default's."""
        if refusal.citations:
            return refusal
        return replace(refusal, citations=self._default.behind(refusal.code))

    def reference(self, law: Law) -> LawReference:
        """How an event names a law."""
        return LawReference(pack=law.id, number=law.version, digest=law.digest)

    def for_area(self, area: str) -> Law:
        """The newest law that holds in an area, nearest first; else the national default."""
        holding = [law for law in self if covers(law.jurisdiction, area)]
        nearest = sorted(
            holding,
            key=lambda law: (law.jurisdiction.count("/"), str(law.issued_on or "")),
            reverse=True,
        )
        return nearest[0] if nearest else self._default
