"""Looking at a text before it becomes law: what it is, and whether all that it touches reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.law.library import edition_of
from domain.area import covers
from domain.calendar import CalendarDataError
from domain.law.events import Edition, EditionKind
from domain.law.force import default_of, holding, overlays_over
from domain.law.refusals import faulty
from domain.policy.edition import named_by
from domain.policy.faults import Fault, PackError
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
    from domain.law.force import Holding


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
        return Examined(known or _next(laws, edition), all_texts, (), None, ())
    return _Examining(laws, edition, all_texts, on).examined()


def _next(laws: LawBook, calendar: Edition) -> Edition:
    """A calendar under the number that follows those of its year."""
    earlier = laws.earlier(calendar.law, EditionKind.CALENDAR)
    return replace(calendar, number=max((e.edition.number for e in earlier), default=0) + 1)


class _Examining:
    """One text of law, and what holds on its first day."""

    def __init__(
        self, laws: LawBook, edition: Edition, texts: tuple[Document, ...], on: date
    ) -> None:
        self._laws = laws
        self._edition = edition
        self._texts = texts
        self._held = holding(laws.force, laws.library.holding, on)

    def examined(self) -> Examined:
        edition, faults = self._edition, [*self._misplaced()]
        law: Law | None = None
        for documents in self._stacks() if not faults else ():
            try:
                read = load_law(documents[0], documents[1], documents[2:])
            except PackError as wrong:
                faults += wrong.faults
            else:
                law = law or read
                faults += [
                    *unsettled(read),
                    *ill_fitting(read),
                    *(each for each in oddities(read) if each.grave),
                ]
        if edition.kind is EditionKind.DEFAULT and not faults:
            law = load_default(self._texts[-1])
        rules = () if law is None else tuple(_brought(law, edition))
        return Examined(edition, self._texts, rules, law, tuple(dict.fromkeys(faults)))

    def _stacks(self) -> Iterator[list[Document]]:
        """Every law of which the text would be a layer, its own first."""
        match self._edition.kind:
            case EditionKind.OVERLAY:
                yield [self._default(), *self._of(self._extended()), *self._texts]
            case EditionKind.PACK:
                yield [self._default(), *self._texts]
                for each in self._held:
                    if each.edition.extends == self._edition.law:
                        yield [self._default(), *self._texts, *self._of(each)]
            case EditionKind.DEFAULT:
                for pack in self._held:
                    if pack.edition.kind is EditionKind.PACK:
                        own = pack.edition
                        over = overlays_over(self._held, own.law, own.jurisdiction)
                        above = (text for each in over for text in self._of(each))
                        yield [self._texts[-1], *self._of(pack), *above]
            case _:
                return

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
