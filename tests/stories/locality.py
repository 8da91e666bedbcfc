"""A city and a county under one notice, where many wait for their time, each for their own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from api.law import packs
from api.law.library import Library
from bench.mutate.rule_removal import law_without
from domain import beijing
from domain.authority.power import COMPETENT_DEPARTMENT, EMPLOYER
from domain.separation import HANDLER, LEADER
from tests.api.society import Society
from tests.stories.acting import kept
from tests.stories.setting import AREAS, unit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from api.clock import SettableClock
    from api.services import Services
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from tests.api.society import House

DEFAULT = packs.document(packs.PACKS / "national-default.toml")
_OFFERED = {law.id: law for law in packs.load_all()}


class Locality(Society):
    """A city and a county in it under one notice, and whatever employers somebody needs."""

    def __init__(self, address: str, services: Services, clock: SettableClock, law: Law) -> None:
        area = AREAS[law.id][0]
        super().__init__(address, services, clock, area)
        self.law = law
        self._units: dict[str, House] = {}
        self._waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
        self._turns = count()
        bodies = {each.body for each in law.whole.stages.values()} - {EMPLOYER}
        near = {each for each in bodies if each.startswith("county_")} | {COMPETENT_DEPARTMENT}
        self.city = self._office("市局", area.rpartition("/")[0], bodies - near)
        above = self.city.organisation
        self.county = self._office("县局", area, bodies & near, bureau=above)

    def _office(self, name: str, area: str, bodies: Collection[str], **above: str) -> House:
        house = self.found(name, self.system, sorted(bodies), area=area, **above)
        self.seat(house, HANDLER, LEADER)
        return house

    def employer(self, facts: Facts) -> House:
        """The employer of whom an example tells, which the county registers once."""
        unit = unit_of(facts, self.law)
        if (known := self._units.get(str(unit))) is None:
            name, bureau = unit.pop("name"), self.county.organisation
            by = self.county.administrator
            known = self._units[str(unit | {"name": name})] = self.found(
                name, by, bureau=bureau, **unit
            )
        return known

    def seated(self, organisation: str) -> House:
        """A house whose turn it is, with somebody in each of its seats."""
        house = next(each for each in self.houses if each.organisation == organisation)
        if not house.seated:
            self.seat(house, HANDLER, LEADER)
        return house

    @contextmanager
    def without(self, rule: str) -> Iterator[None]:
        """The notice as if the rule stood in no pack, as long as this lasts."""
        book, law = self.services.office.book, self.law
        lamed = law_without(rule, DEFAULT, packs.document(packs.pack_path(law.id)))
        named = replace(lamed, digest=law.digest, layers=law.layers, texts=law.texts)
        known = book.library
        book.library = Library(known.default, {**_OFFERED, law.id: named}.values()).over(
            self.services.record
        )
        try:
            yield
        finally:
            book.library = known

    def later(self, instant: datetime, steps: Iterator[datetime]) -> None:
        """Go on with something at an instant; what it gives is until when it waits again."""
        heappush(self._waiting, (instant, next(self._turns), steps))

    def go_on(self) -> None:
        """Let time go on to whoever waits for the earliest instant, until nobody waits."""
        while self._waiting:
            instant, _, steps = heappop(self._waiting)
            if instant > self.clock.now():
                self.at(instant.astimezone(beijing.BEIJING).replace(tzinfo=None).isoformat())
                kept(self)
            until = next(steps, None)
            if until is not None:
                self.later(until, steps)
