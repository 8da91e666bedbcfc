"""The law book: every policy pack that this installation carries, found by id or by area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.problems import Problem
from domain.area import covers
from domain.case.values import LawReference
from domain.organisation.areas import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.law.editions import Editions
    from domain.case.state import Case
    from domain.policy.law import Law
    from domain.refusal import Refusal


class LawBook:
    """The laws by their id; the national default stands behind those who have none.

    ``editions`` keeps what was law before a pack was amended.
    """

    def __init__(self, default: Law, laws: Iterable[Law], editions: Editions | None = None) -> None:
        self._default = default
        self._laws = {law.id: law for law in laws}
        self._editions = editions

    def kept_by(self, editions: Editions) -> LawBook:
        """The same book, with every law in it kept as an edition from now on."""
        return LawBook(self._default, self, editions)

    def keep(self) -> None:
        """Keep the texts of every law, before anything is done under it."""
        for law in self:
            if self._editions is not None:
                self._editions.keep(law)

    def __iter__(self) -> Iterator[Law]:
        return iter(self._laws.values())

    def law(self, pack: str) -> Law:
        """The law of a pack. Raises the problem ``POLICY_UNKNOWN``."""
        if pack not in self._laws:
            raise Problem("POLICY_UNKNOWN")
        return self._laws[pack]

    def of(self, reference: LawReference) -> Law:
        """The law under which something was done, in the edition of that time.

        The pack's present edition where that of the time was never kept here.
        Raises the problem ``POLICY_UNKNOWN``.
        """
        return self.edition(reference.pack, reference.digest)

    def edition(self, pack: str, digest: str) -> Law:
        """As ``of``, by the pack's id and the digest of the edition."""
        present = self._laws.get(pack)
        if present is not None and present.digest == digest:
            return present
        then = self._editions.find(digest) if self._editions is not None else None
        return then or self.law(pack)

    def for_case(self, case: Case) -> Law:
        """What holds now for a draft, and for a filed case what held when it was filed."""
        return self.of(case.law) if case.chain else self.law(case.law.pack)

    def cited(self, refusal: Refusal) -> Refusal:
        """The refusal with the words on which it rests: its own, or else the national default's."""
        if refusal.citations:
            return refusal
        return replace(refusal, citations=self._default.behind(refusal.code))

    def vocabularies(self) -> dict[str, frozenset[str]]:
        """The words by which lists of cases are narrowed and that the laws alone define."""
        return {
            "pack": frozenset(law.id for law in self),
            "stage": frozenset(each for law in self for each in law.whole.stages),
            "level": frozenset(each for law in self for each in law.whole.levels),
            "batch": frozenset(each for law in self for each in law.whole.batches),
        }

    def areas(self) -> Gazetteer:
        """The places that the laws know: those for which they hold, and those that they list."""
        listed: dict[str, frozenset[str]] = {}
        for law in self:
            names = frozenset(law.whole.areas)
            listed[law.jurisdiction] = listed.get(law.jurisdiction, frozenset()) | names
        return Gazetteer(listed)

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
