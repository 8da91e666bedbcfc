"""The texts of law at hand: what this release offers, and what stands on record, each read once.

A text is known by its digest, so that what was read once needs no second look; a law by the
digests of its layers. What was read is kept for a bounded number of laws.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from audit.history import Kept, reckoned_once
from domain.calendar import Calendar, read_calendar
from domain.law.editions_in_force import Holding
from domain.law.events import Edition, EditionKind
from domain.law.texts import digest_of_text, document_of, stream_of_text
from domain.policy.edition import OWN, header_of
from domain.policy.faults import Fault, PackError
from domain.policy.law import NATIONAL_DEFAULT
from domain.policy.loader import Document, canonical, digest_of, load_default, load_law, table_of
from domain.policy.supplement import parts
from domain.single_events import PolicyPublished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from audit.record import Record
    from domain.policy.binding import Binding
    from domain.policy.law import Law

KEPT = 64
"""How many laws are kept as they were read, beside those that are offered."""

T = TypeVar("T")
Layers = tuple[str, ...]
"""The digests of a law's layers, the national default's first."""

_log = structlog.get_logger()


class LawForgedError(RuntimeError):
    """A text or a law that is found under a digest has another."""


class TextMissingError(LookupError):
    """No text of this digest is offered or on record."""


class Library:
    """What a release offers, over what the record holds; without a record there is no more."""

    def __init__(
        self,
        default: Law,
        laws: Iterable[Law],
        overlays: Iterable[Document] = (),
        calendars: Iterable[Document] = (),
    ) -> None:
        self.default = default
        offered, above, years = list(laws), list(overlays), list(calendars)
        self._record: Record | None = None
        self._laws = {_layers(each): each for each in (default, *offered)}
        self._digests = {each.digest: each for each in self._laws.values()}
        self._texts = {
            digest: Document(*text)
            for law in self._laws.values()
            for (_, digest), text in zip(law.layers, law.texts, strict=True)
        }
        self._texts |= {digest_of_text(each.text): each for each in (*above, *years)}
        self.editions: tuple[Holding, ...] = (
            *map(_offered, (default, *offered)),
            *(_as_issued(each) for each in (*above, *years)),
        )
        self._begin_to_keep()

    def over(self, record: Record) -> Library:
        """The same library, with what stands on a record."""
        library = copy(self)
        library._record = record  # noqa: SLF001 -- its own
        library._begin_to_keep()  # noqa: SLF001 -- its own
        return library

    def _begin_to_keep(self) -> None:
        self.law = lru_cache(maxsize=KEPT)(self._law)
        self.parts = lru_cache(maxsize=KEPT)(self._parts_of)
        self.calendar = lru_cache(maxsize=KEPT)(self._calendar_of)
        self._published = lru_cache(maxsize=KEPT)(self._layers_on_record)
        self._reckoned: Kept = {}

    def once(self, what: str, reckon: Callable[[], T], *given: object) -> T:
        """What follows from these texts and from what is given, reckoned once as long as that is.

        ``what`` tells the questions apart; ``given`` is what officials put in force, and a day.
        """
        return reckoned_once(self._reckoned, what, given, reckon)

    @property
    def holding(self) -> tuple[Holding, ...]:
        """What holds so long as officials put nothing else in force.

        An edition that says only how it differs from an earlier one is offered, and no more.
        """
        return tuple(
            each
            for each in self.editions
            if each.edition.kind is not EditionKind.PACK or len(each.edition.documents) == 1
        )

    def offers(self, law: str) -> tuple[Document, ...]:
        """The texts of an edition that is offered, the lowest first; none where it is not."""
        found = [each.edition for each in self.editions if each.edition.law == law]
        return tuple(self._texts[each] for each in found[-1].documents) if found else ()

    def text(self, digest: str) -> Document:
        """The text of a digest. Raises ``TextMissingError`` or ``LawForgedError``."""
        if digest in self._texts:
            return self._texts[digest]
        stream = stream_of_text(digest)
        events = () if self._record is None else self._record.load(stream).events
        document = document_of(events)
        if document is None:
            raise TextMissingError(stream)
        if digest_of_text(document.text) != digest:
            raise LawForgedError(stream)
        return document

    def under(self, digest: str) -> Law | None:
        """The law of that digest, in whatever edition; None where it was never relied on here."""
        if digest in self._digests:
            return self._digests[digest]
        try:
            law = self.read(self._published(digest))
        except TextMissingError:
            return None
        if law.digest != digest:
            raise LawForgedError(digest)
        return law

    def read(self, layers: Layers) -> Law:
        """The law of these layers. Raises ``PackError`` where this program can't read it."""
        found = self.law(layers)
        if isinstance(found, PackError):
            raise found
        return found

    def _parts_of(self, documents: Layers, over: int, binds: frozenset[Binding]) -> Layers:
        """The parts of the supplements among a pack's texts that bind who filed beneath them."""
        found = parts([*map(self.text, documents)], over, binds)
        digests = tuple(digest_of_text(each.text) for each in found)
        self._texts |= zip(digests, found, strict=True)
        return digests

    def _law(self, layers: Layers) -> Law | PackError:
        if layers in self._laws:
            return self._laws[layers]
        default, *above = map(self.text, layers)
        try:
            if not above:
                return load_default(default)
            return load_law(default, above[0], above[1:])
        except PackError as wrong:
            _log.error("a law does not read", layers=list(layers), because=str(wrong))
            return wrong

    def _calendar_of(self, digests: Layers) -> Calendar:
        texts = map(self.text, digests)
        return read_calendar((each.name, each.text) for each in texts)

    def _layers_on_record(self, digest: str) -> Layers:
        events = () if self._record is None else self._record.load(stream_of_law(digest)).events
        for each in events:
            if isinstance(each, PolicyPublished):
                return tuple(layer.rpartition(":")[2] for layer in each.layers)
        raise TextMissingError(digest)


def stream_of_law(digest: str) -> str:
    """The one stream that says of which layers the law of a digest consists."""
    return f"policy-{digest}"


def digest_of_texts(texts: Iterable[Document]) -> str:
    """The digest of several texts together."""
    return digest_of(b"".join(canonical(each.text) for each in texts))


def _layers(law: Law) -> Layers:
    return tuple(digest for _, digest in law.layers)


def _offered(law: Law) -> Holding:
    texts = tuple(Document(*each) for each in law.texts)
    return Holding(edition_of(texts[1:] or texts), law.issued_on or date.min)


def _as_issued(document: Document) -> Holding:
    """An overlay or a calendar that is offered, since the day of its notice if it has one."""
    issued = _header(document).get("issued_on")
    return Holding(edition_of((document,)), issued if isinstance(issued, date) else date.min)


@lru_cache(maxsize=KEPT)
def edition_of(texts: tuple[Document, ...]) -> Edition:
    """The edition that the last of some texts is; those before it are what it follows.

    Raises ``PackError`` where it does not say what it is, ``CalendarDataError`` for a calendar.
    """
    if "year" in table_of(texts[-1]):
        return _calendar(texts[-1])
    said: dict[str, Any] = {}
    for each in map(_header, texts):
        said = {key: value for key, value in said.items() if key not in OWN} | dict(each)
    wanted = (("id", str), ("version", int), ("title", str), ("jurisdiction", str))
    missing = [f"pack.{key}" for key, kind in wanted if not isinstance(said.get(key), kind)]
    if missing:
        name = texts[-1].name
        keys = missing if said else ["pack"]
        raise PackError(
            *(Fault(document=name, key=e, english="is missing", chinese="缺少此项") for e in keys)
        )
    supplemented = said.get("supplements")
    extends, default = said.get("extends"), said["id"] == NATIONAL_DEFAULT
    kind = EditionKind.DEFAULT if default else EditionKind.PACK
    return Edition(
        kind=EditionKind.OVERLAY if isinstance(extends, str) else kind,
        law=said["id"],
        number=said["version"],
        title=said["title"],
        jurisdiction="" if default else said["jurisdiction"],
        procedure=str(said.get("procedure", "")),
        extends=extends if isinstance(extends, str) else None,
        documents=tuple(digest_of_text(each.text) for each in texts),
        digest=digest_of_texts(texts),
        supplements=supplemented.get("version") if isinstance(supplemented, dict) else None,
    )


def _header(document: Document) -> Mapping[str, Any]:
    """What a text says of itself under ``[pack]``. Raises ``PackError`` where it is no TOML."""
    return header_of(table_of(document))


def _calendar(document: Document) -> Edition:
    """A calendar's edition, the first of its year."""
    (year,) = read_calendar([(document.name, document.text)]).years.values()
    digest = digest_of_text(document.text)
    return Edition(
        kind=EditionKind.CALENDAR,
        law=str(year.year),
        number=1,
        title=year.source,
        jurisdiction="",
        procedure="",
        extends=None,
        documents=(digest,),
        digest=digest,
    )
