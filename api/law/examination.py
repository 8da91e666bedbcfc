"""Looking at a text before it becomes law: what it is, and whether all that it touches reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from api.law.library import KEPT, edition_of
from domain.area import covers
from domain.calendar import CalendarDataError, read_calendar
from domain.law.editions_in_force import Force, Holding, default_of, holding, overlays_over
from domain.law.events import Edition, EditionKind
from domain.law.refusals import faulty
from domain.policy.edition import named_by
from domain.policy.faults import Fault, PackError
from domain.policy.heading import ill_headed
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.loader import Document, load_default, load_law, table_of
from domain.policy.spelling import oddities
from domain.policy.supplement import ill_fitting
from domain.policy.unsettled import unsettled
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from api.law.book import LawBook
    from api.law.library import Layers

_LAID = ""
"""Under which an edition is laid among those in force, to see what would be: of no proposal."""


@dataclass(frozen=True)
class Examined:
    """What a text is, with the texts that it needs; ``law`` is None where it does not read.

    ``rules`` are those that it brings and whoever confirms it confirms one by one.
    """

    edition: Edition
    texts: tuple[Document, ...]
    rules: tuple[str, ...]
    law: Law | None
    faults: tuple[Fault, ...]


def examined(
    laws: LawBook, texts: Sequence[Document], on: date, known: Edition | None = None
) -> Examined:
    """A text as it would be law from a day on, over what holds then.

    The last of ``texts`` is what is proposed, those before it are what it follows. ``known`` is
    how it was proposed, where it was.
    Raises ``Refused`` where not even what it is can be read.
    """
    try:
        all_texts = (*_followed(laws, texts[-1]), *texts) if len(texts) == 1 else tuple(texts)
        edition = known or edition_of(all_texts)
    except PackError as wrong:
        raise Refused(*map(faulty, wrong.faults)) from wrong
    except CalendarDataError as wrong:
        fault = Fault(document="", key="", english=wrong.told("en"), chinese=wrong.told("zh"))
        raise Refused(faulty(fault)) from wrong
    if edition.kind is EditionKind.CALENDAR:
        faults = tuple(_rewriting(laws, all_texts[-1], on))
        return Examined(known or _next(laws, edition), all_texts, (), None, faults)
    return _Examining(laws, edition, all_texts, on).examined()


def _next(laws: LawBook, calendar: Edition) -> Edition:
    """A calendar under the number that follows those of its year."""
    earlier = laws.earlier(calendar.law, EditionKind.CALENDAR)
    return replace(calendar, number=max((e.edition.number for e in earlier), default=0) + 1)


def _rewriting(laws: LawBook, text: Document, on: date) -> Iterator[Fault]:
    """A day before the first day of a calendar of which it says otherwise than is known."""
    said = read_calendar([(text.name, text.text)])
    (year,) = said.years
    if day := laws.calendar.differing(said, year, on):
        yield _fault(
            text,
            str(day),
            f"lies before {on} and was known otherwise; nothing is law for the past",
            f"在生效日期（{on}）以前，与现行的工作日历不同；政策不溯及既往",
        )


class _Examining:
    """One text of law, and what holds on its first day."""

    def __init__(
        self, laws: LawBook, edition: Edition, texts: tuple[Document, ...], on: date
    ) -> None:
        self._laws = laws
        self._edition = edition
        self._texts = texts
        self._on = on
        self._held = holding(laws.force, laws.library.holding, on)

    def examined(self) -> Examined:
        edition, faults = self._edition, [*self._misplaced()]
        law: Law | None = None
        for documents in dict.fromkeys(self._stacks()) if not faults else ():
            read, wrong = _read(documents)
            law = law or read
            faults += wrong
        if edition.kind is EditionKind.DEFAULT and not faults:
            law = load_default(self._texts[-1])
        rules = () if law is None else tuple(_brought(law, edition))
        return Examined(edition, self._texts, rules, law, tuple(dict.fromkeys(faults)))

    def _stacks(self) -> Iterator[tuple[Document, ...]]:
        """Every law of which the text would be a layer, its own first."""
        match self._edition.kind:
            case EditionKind.OVERLAY:
                yield (self._default(), *self._of(self._extended()), *self._texts)
            case EditionKind.PACK:
                yield (self._default(), *self._texts)
            case _:
                pass
        own = dict(zip(self._edition.documents, self._texts, strict=True))
        for layers in dict.fromkeys(self._layers()):
            yield tuple(own.get(each) or self._laws.library.text(each) for each in layers)

    def _layers(self) -> Iterator[Layers]:
        """Every law of which it would be a layer, on its first day and when others begin.

        Of each pack, in its own area and in that of each overlay.
        """
        force = self._laws.force.editions
        laid = Force(force.entered(_LAID, Holding(self._edition, self._on, _LAID)))
        days = {self._on, *(each.since for each in force if each.since > self._on)}
        for day in sorted(days):
            held = holding(laid, self._laws.library.holding, day)
            default = default_of(held).edition
            for pack in (each.edition for each in held if each.edition.kind is EditionKind.PACK):
                above = [each.edition for each in held if each.edition.extends == pack.law]
                for area in dict.fromkeys([pack.jurisdiction, *(e.jurisdiction for e in above)]):
                    over = [each.edition for each in overlays_over(held, pack.law, area)]
                    every = (default, pack, *over)
                    if self._edition in every:
                        yield tuple(digest for each in every for digest in each.documents)

    def _default(self) -> Document:
        return self._of(default_of(self._held))[0]

    def _of(self, holds: Holding | None) -> tuple[Document, ...]:
        if holds is None:
            return ()
        return tuple(map(self._laws.library.text, holds.edition.documents))

    def _extended(self) -> Holding | None:
        """The pack over which an overlay lies."""
        wanted = (EditionKind.PACK, self._edition.extends)
        return next((e for e in self._held if (e.edition.kind, e.edition.law) == wanted), None)

    def _misplaced(self) -> Iterator[Fault]:
        if self._edition.kind is not EditionKind.OVERLAY:
            return
        pack = self._extended()
        if pack is None:
            yield _fault(
                self._texts[-1],
                "pack.extends",
                f"no pack {self._edition.extends} holds on that day",
                f"当日没有施行中的政策包「{self._edition.extends}」",
            )
        elif not covers(pack.edition.jurisdiction, self._edition.jurisdiction):
            yield _fault(
                self._texts[-1],
                "pack.jurisdiction",
                f"does not lie in {pack.edition.jurisdiction}, for which the pack is law",
                f"不在所叠加的政策包的适用地区“{pack.edition.jurisdiction}”之内",
            )


@lru_cache(maxsize=KEPT)
def _read(documents: tuple[Document, ...]) -> tuple[Law | None, tuple[Fault, ...]]:
    """A stack of texts as one law, None where they are none, and what is wrong with it.

    The same for the same texts, so whoever reads an edition again has it read once.
    """
    try:
        law = load_law(documents[0], documents[1], documents[2:])
    except PackError as wrong:
        return None, wrong.faults
    odd = (each for each in oddities(law) if each.grave)
    return law, (*ill_headed(law), *unsettled(law), *ill_fitting(law), *odd)


def _brought(law: Law, edition: Edition) -> Iterator[str]:
    """The rules of a law that an edition brings: a pack whatever is not of the default."""
    for rule, quoted in law.rules.items():
        source = quoted.citation.source
        if (edition.kind is EditionKind.PACK and source != NATIONAL_DEFAULT) or (
            edition.kind is not EditionKind.PACK and source == edition.law
        ):
            yield rule


def _followed(laws: LawBook, text: Document) -> tuple[Document, ...]:
    """The texts of the edition that one says it follows; none where it follows none."""
    named = named_by(table_of(text))
    if named is None:
        return ()
    for each in laws.earlier(str(named[1].get("id")), EditionKind.PACK):
        if each.edition.number == named[1].get("version"):
            return tuple(map(laws.library.text, each.edition.documents))
    return ()


def _fault(text: Document, key: str, english: str, chinese: str) -> Fault:
    return Fault(document=text.name, key=key, english=english, chinese=chinese)
