"""Where and when paper is handed in (纸质材料提交时间、地点), and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.chain import BODIES
from domain.policy.choice import choose, held
from domain.policy.records import NotMentioned
from domain.policy.when import ALWAYS, When
from domain.policy.windows import Window
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Place:
    """One intake place; ``body`` is who receives there, and enters it, where the notice says so."""

    id: str
    address: str
    short: str
    phones: tuple[str, ...]
    body: str | None
    when: When
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PaperLeg:
    """One hand-over of paper from a sender to a receiver, in its window.

    ``opens`` and ``closes`` are None where the notice sets no window for this case.
    ``after_approval`` says that the sender must have approved first.
    """

    id: str
    leg: int
    sender: tuple[str, ...]
    receiver: str
    opens: date | None
    closes: date | None
    after_approval: bool
    when: When
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PaperDuty:
    """Whether a case has to be handed in on paper as well."""

    id: str
    required: bool
    chinese: str
    english: str
    when: When
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """An office that answers questions."""

    id: str
    name: str
    phones: tuple[str, ...]
    address: str | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class PlaceAnswer:
    """The place for a case, or the refusal that says that none is named."""

    place: Place | None
    refusal: Refusal | None


def place_for(places: Iterable[Place], facts: Facts, silence: tuple[Citation, ...]) -> PlaceAnswer:
    """The first place that fits; no default place is ever guessed."""
    listed = list(places)
    place = choose(listed, facts).first
    if place is not None:
        return PlaceAnswer(place, None)
    if not listed:
        return PlaceAnswer(None, None)
    series = "" if isinstance(facts.series, NotMentioned) else facts.series
    return PlaceAnswer(None, refusal("UNKNOWN_SERIES", silence, series=series))


def legs_for(legs: Iterable[PaperLeg], facts: Facts) -> tuple[PaperLeg, ...]:
    """The hand-overs of this case: of each leg the first that fits."""
    found: dict[int, PaperLeg] = {}
    for leg in held(legs, facts):
        found.setdefault(leg.leg, leg)
    return tuple(found[number] for number in sorted(found))


def window_of(leg: PaperLeg, bound: str) -> Window:
    """The window of a hand-over that has one."""
    return Window(
        id=leg.id,
        batch="",
        binds=(bound,),
        opens=leg.opens,
        closes=leg.closes,
        when=ALWAYS,
        citations=leg.citations,
    )


def paper_duty(duties: Iterable[PaperDuty], facts: Facts) -> PaperDuty | None:
    """The first duty that fits; None where the notice says nothing of paper."""
    return choose(duties, facts).first


def read_place(reader: Reader) -> Place:
    """Read one ``[[places]]`` table."""
    address = reader.text("address")
    return Place(
        id=reader.text("id"),
        address=address,
        short=reader.text("short", address),
        phones=reader.texts("phones", ()),
        body=reader.one_of("body", BODIES) if "body" in reader else None,
        when=read_when(reader),
        citations=reader.citations(),
    )


def read_paper_leg(reader: Reader) -> PaperLeg:
    """Read one ``[[paper_legs]]`` table."""
    return PaperLeg(
        id=reader.text("id"),
        leg=reader.number("leg"),
        sender=reader.texts("sender"),
        receiver=reader.text("receiver"),
        opens=reader.maybe_day("opens"),
        closes=reader.maybe_day("closes"),
        after_approval=reader.flag("after_approval", default=False),
        when=read_when(reader),
        citations=reader.citations(),
    )


def read_paper_duty(reader: Reader) -> PaperDuty:
    """Read one ``[[paper_duties]]`` table."""
    return PaperDuty(
        id=reader.text("id"),
        required=reader.flag("required"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        when=read_when(reader),
        citations=reader.citations(),
    )


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area directly within that of the notice, by its name (县区、功能区)."""

    id: str
    citations: tuple[Citation, ...]


def read_area(reader: Reader) -> Area:
    """Read one ``[[areas]]`` table; its id is the name."""
    name = reader.text("id")
    if not name.strip() or "/" in name:
        reader.fault(
            "id",
            "an area is one name, as the register writes it",
            "地区写一个名称，与登记的写法一致",
        )
    return Area(id=name, citations=reader.citations())


def read_contact(reader: Reader) -> Contact:
    """Read one ``[[contacts]]`` table."""
    return Contact(
        id=reader.text("id"),
        name=reader.text("name"),
        phones=reader.texts("phones", ()),
        address=reader.maybe_text("address"),
        citations=reader.citations(),
    )
