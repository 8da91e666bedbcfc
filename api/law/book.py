"""The law book: which law holds where and when, found by area, by id, or by its digest.

What officials put in force is read from the record whenever it is asked for, so that every process
goes by it from the moment in which it stands there. Nothing falls back to another text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from api.conventions.vocabulary import OR
from api.law.library import Library, TextMissingError
from api.problems import Problem
from domain.area import covers
from domain.case.values import LawReference
from domain.law.editions_in_force import (
    Force,
    Holding,
    calendars,
    default_of,
    holding,
    overlays_over,
    packs_over,
    supplementing,
)
from domain.law.events import EditionKind
from domain.law.refusals import filings_suspended, other_law_holds
from domain.organisation.areas import Gazetteer
from domain.policy.faults import PackError
from domain.policy.language import ENGINE, LANGUAGE
from domain.refusal import Refused
from domain.refusals.sentences_by_code import outside_area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from api.law.library import Layers
    from audit.record import Record
    from domain.calendar import Calendar
    from domain.policy.binding import Binding
    from domain.policy.chain import Stage
    from domain.policy.law import Law
    from domain.policy.levels import Level
    from domain.policy.loader import Document
    from domain.policy.windows import Batch
    from domain.refusal import Refusal


T = TypeVar("T")


class LawBook:
    """The laws that a release offers, and what officials put in force beside and instead."""

    def __init__(
        self,
        default: Law,
        laws: Iterable[Law],
        overlays: Iterable[Document] = (),
        calendars: Iterable[Document] = (),
    ) -> None:
        self.library = Library(default, laws, overlays, calendars)
        self._force: Callable[[], Force] = Force
        self.today: Callable[[], date] = lambda: date.max

    def seen(self, force: Callable[[], Force], today: Callable[[], date]) -> LawBook:
        """The same book as it stands where this is in force, on that day in Beijing."""
        return self._with(self.library, force, today)

    def on(self, day: date) -> LawBook:
        """The same book as it stands on another day in Beijing."""
        return self.seen(lambda: self.force, lambda: day)

    def over(self, record: Record, today: Callable[[], date]) -> LawBook:
        """The same book with the texts on a record, where a clock says which day it is."""
        return self._with(self.library.over(record), self._force, today)

    def _with(
        self, library: Library, force: Callable[[], Force], today: Callable[[], date]
    ) -> LawBook:
        book: LawBook = object.__new__(LawBook)
        book.library, book._force, book.today = library, force, today
        return book

    def __iter__(self) -> Iterator[Law]:
        """Every law that is offered or was put in force, in its own area and its overlays'.

        What this program can't read is left out: see ``unread``.
        """
        return iter(self._once("laws", self._every))

    def _every(self) -> tuple[Law, ...]:
        known = (*self.library.editions, *self.force.editions)
        layers = dict.fromkeys(layers for _, layers in self._variants(known))
        found = map(self.library.law, layers)
        return tuple(law for law in found if not isinstance(law, PackError))

    def unread(self) -> dict[str, str]:
        """What holds today and can't be read by this program, and why not, by the pack's id."""
        found: dict[str, str] = {}
        for pack, layers in self._variants(self.held):
            try:
                self.library.read(layers)
            except (PackError, TextMissingError) as wrong:
                found[pack.edition.law] = str(wrong).partition("\n")[0]
        return found

    def check(self) -> None:
        """Read everything that is offered. Raises ``PackError`` or ``CalendarDataError``."""
        for _, layers in self._variants(self.library.editions):
            self.library.read(layers)
        self.calendar  # noqa: B018 -- read now, and not when it is first needed

    @cached_property
    def force(self) -> Force:
        """What officials put in force, read once in this book."""
        return self._force()

    @cached_property
    def held(self) -> tuple[Holding, ...]:
        """What holds today, whatever the area."""
        return self._once("held", self._held)

    def _held(self) -> tuple[Holding, ...]:
        return holding(self.force, self.library.holding, self._day)

    @cached_property
    def _day(self) -> date:
        return self.today()

    def _once(self, what: str, reckon: Callable[[], T]) -> T:
        """What follows from what is in force on the day, once for all books over these texts."""
        return self.library.once(what, reckon, self.force, self._day)

    def earlier(self, law: str, kind: EditionKind) -> tuple[Holding, ...]:
        """The editions of one text: what is offered, then what was put in force, in its order."""
        named = (law, kind)
        offered = (e for e in self.library.editions if (e.edition.law, e.edition.kind) == named)
        return (*offered, *self.force.of(law, kind))

    def law(self, pack: str, area: str | None = None) -> Law:
        """The latest law under an id, as it is in an area, else in all of its own.

        Raises the problems ``POLICY_UNKNOWN`` and ``LAW_UNREADABLE``.
        """
        known = [
            each
            for each in self.earlier(pack, EditionKind.PACK)
            if each.proposal is None or each.since <= self.today()
        ]
        if not known:
            raise Problem("POLICY_UNKNOWN")
        return self._of(known[-1], known[-1].edition.jurisdiction if area is None else area)

    def of(self, reference: LawReference) -> Law:
        """The law under which something was done, in the edition of that time."""
        return self.edition(reference.digest)

    def edition(self, digest: str) -> Law:
        """As ``of``, by the digest. Raises ``POLICY_UNKNOWN`` and ``LAW_UNREADABLE``."""
        try:
            law = self.library.under(digest)
        except PackError as wrong:
            raise Problem("LAW_UNREADABLE") from wrong
        if law is None:
            raise Problem("POLICY_UNKNOWN")
        return law

    def found(self, area: str, named: str | None) -> Law:
        """The law under which a case is opened in an area today, which nobody need name.

        Raises ``Refused`` with the right one where another was named, and where several
        procedures hold and none was.
        """
        right = self._right(area)
        wanted = [each for each in right if named in (None, each.edition.law)]
        if named is not None and not wanted:
            raise Refused(self._wrong(named, area, right))
        if not wanted or len({each.edition.procedure for each in wanted}) > 1:
            raise Refused(other_law_holds([each.edition for each in right]))
        return self._of(wanted[0], area)

    def for_draft(self, pack: str, area: str) -> Law:
        """The law under which a draft is filed today: of its procedure, whatever it began under."""
        known = self.earlier(pack, EditionKind.PACK)
        right = self._right(area, known[-1].edition.procedure if known else None)
        if not right:
            return self.law(pack, area)
        own = [each for each in right if each.edition.law == pack]
        return self._of((own or right)[0], area)

    def supplementing(self, law: Law) -> tuple[Holding, ...]:
        """The supplements that bind today who filed under a law, the first first."""
        return supplementing(self.force, law.own, self.today())

    def supplemented(
        self, law: Law, by: tuple[Holding, ...], binds: frozenset[Binding]
    ) -> Law | None:
        """A law with what of its supplements binds so who filed under it; None where nothing does.

        Raises the problem ``LAW_UNREADABLE``.
        """
        if not by or not (
            bound := self.library.parts(by[-1].edition.documents, len(law.own), binds)
        ):
            return None
        default, *above = (digest for _, digest in law.layers)
        return self._read((default, *law.own, *bound, *above[len(law.own) :]))

    def suspended(self, law: Law, area: str) -> list[Refusal]:
        """Why no filings are taken in an area under a law that holds; nothing where they are."""
        packs = [e for e in self._right(area) if e.edition.law == law.id]
        return [
            filings_suspended(each.edition, each.suspended)
            for each in (*packs, *overlays_over(self.held, law.id, area))
            if each.suspended is not None
        ]

    def _right(self, area: str, procedure: str | None = None) -> list[Holding]:
        """The packs that hold nearest to an area, of a procedure or of any, the newest first."""
        packs = packs_over(self.held, area)
        held = [each for each in packs if procedure in (None, each.edition.procedure)]
        return [e for e in held if e.edition.jurisdiction == held[0].edition.jurisdiction]

    def _wrong(self, named: str, area: str, right: list[Holding]) -> Refusal:
        law = self.law(named)
        if not covers(law.jurisdiction, area):
            return outside_area(law.title)
        return other_law_holds([each.edition for each in right])

    def for_area(self, area: str) -> Law:
        """The newest law that holds in an area, nearest first; else the national default."""
        nearest = packs_over(self.held, area)
        if nearest:
            return self._of(nearest[0], area)
        return self._read(default_of(self.held).edition.documents)

    @property
    def calendar(self) -> Calendar:
        """The working days, with the years that were put in force."""
        return self._once("calendar", self._calendar)

    def _calendar(self) -> Calendar:
        found = [each.edition.documents[0] for each in calendars(self.held)]
        return self.library.calendar(tuple(found))

    def cited(self, refusal: Refusal) -> Refusal:
        """The refusal with the words on which it rests: its own, or else the national default's."""
        if refusal.citations:
            return refusal
        default = self._read(default_of(self.held).edition.documents)
        return replace(refusal, citations=default.behind(refusal.code))

    def vocabularies(self, pack: str | None = None) -> dict[str, dict[str, str]]:
        """The words by which lists of cases are narrowed and that the laws alone define.

        With the Chinese name of each; with all of them, where laws call it differently. Those of
        a ``pack`` alone, where one is named.
        """
        laws = [each for each in self if pack in (None, each.id)]

        def named(tables: Iterable[Mapping[str, Stage | Level | Batch]]) -> dict[str, str]:
            found: dict[str, dict[str, None]] = {}
            for each in (each for table in tables for each in table.values()):
                found.setdefault(each.id, {})[each.chinese] = None
            return {word: OR.join(names) for word, names in found.items()}

        return {
            "pack": {law.id: law.title for law in laws},
            "stage": named(law.whole.stages for law in laws),
            "level": named(law.whole.levels for law in laws),
            "batch": named(law.whole.batches for law in laws),
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
        return LawReference(
            pack=law.id,
            number=law.version,
            digest=law.digest,
            layers=tuple(layer for layer, _ in law.layers),
            language=LANGUAGE,
            engine=ENGINE,
            calendar=self.calendar.edition,
        )

    def _of(self, pack: Holding, area: str) -> Law:
        return self._read(self._stacked(pack, area))

    def _stacked(self, pack: Holding, area: str) -> Layers:
        """The layers of a pack as it is in an area."""
        held, own = self.held, pack.edition
        over = overlays_over(held, own.law, area)
        above = (digest for each in over for digest in each.edition.documents)
        return (*default_of(held).edition.documents, *own.documents, *above)

    def _variants(self, packs: Iterable[Holding]) -> Iterator[tuple[Holding, Layers]]:
        """Each of some packs, in its own area and in that of each overlay that holds."""
        for pack in packs:
            if pack.edition.kind is not EditionKind.PACK:
                continue
            over = (each.edition for each in self.held if each.edition.extends == pack.edition.law)
            areas = [pack.edition.jurisdiction, *(each.jurisdiction for each in over)]
            for area in dict.fromkeys(areas):
                yield pack, self._stacked(pack, area)

    def _read(self, layers: Layers) -> Law:
        try:
            return self.library.read(layers)
        except (PackError, TextMissingError) as wrong:
            raise Problem("LAW_UNREADABLE") from wrong
