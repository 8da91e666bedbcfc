"""A county that has what readiness asks for and nothing more, in memory.

Powers, seats and people come from the answers alone: whatever is lacking is granted or filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from api.acts import power_grant
from api.acts.account_opening import EnteredDocument, Opening
from api.acts.appointment import APPOINT, CLOSE, Appointing
from api.acts.readiness import Readiness, readiness_of
from api.office import law_book
from bench.town import founding
from bench.town.memory import MemoryRecord
from bench.town.town import Town
from domain import beijing
from domain.account.events import Role
from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT
from domain.case.readiness import SEAL, SEATS_FOR, LackKind
from domain.document import DocumentKind
from domain.organisation.areas import level_of
from domain.organisation.events import Kind, Ownership
from tests.api.society import described, invented_number

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.law.book import LawBook
    from audit.record import Record
    from domain.case.readiness import Lack

STAFF = (Role.OFFICIAL, Role.ADMINISTRATOR)
_ROUNDS = 6


@cache
def laws() -> LawBook:
    """Every pack of the house."""
    return law_book(())


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a county lies, when its story begins (Beijing), and what its unit is.

    ``department`` says that the unit is beneath one, beside the office of the county.
    """

    area: str
    at: str
    kind: Kind
    traits: tuple[str, ...] = ()
    ownership: Ownership = Ownership.STATE
    name: str = "某单位"
    department: bool = False


@dataclass
class County:
    """A unit, the office of its county and that of its city; ``upper`` is a department between."""

    town: Town
    place: Place
    city: str
    office: str
    upper: str | None
    unit: str
    staff: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, place: Place, book: LawBook | None = None) -> County:
        """Registered, and nothing in it but what readiness asked for, until it says no more.

        ``book`` holds the law otherwise than it comes with the house.
        The office first, then the unit, which the office registers.
        """
        town = Town.over(cast("Record", MemoryRecord()), book or laws(), _moment(place.at))
        founding.set_up(town)
        above = place.area.rpartition("/")[0]
        city = founding.register(town, "市局", above, level=level_of(above))
        office = founding.register(town, "县局", place.area, bureau=city)
        county = cls(town, place, city, office, None, "")
        county.make_ready()
        if place.department:
            county.upper = founding.register(town, "主管局", place.area, bureau=office)
        county.unit = founding.register(
            town,
            place.name,
            place.area,
            by=county.staff[office][0],
            kind=place.kind,
            ownership=place.ownership,
            superior=county.upper,
            bureau=office,
            traits=tuple(described(place.traits)),
        )
        county.make_ready()
        return county

    def copy(self) -> County:
        """The same county once more, to go on otherwise."""
        record = cast("Record", cast("MemoryRecord", self.town.record).copy())
        town = Town.over(record, laws(), self.town.wall)
        town.hear()
        town.numbers.update(self.town.numbers)
        staff = {house: list(people) for house, people in self.staff.items()}
        return County(town, self.place, self.city, self.office, self.upper, self.unit, staff)

    @property
    def houses(self) -> tuple[str, ...]:
        """The county's own: the unit, its department if there is one, the office."""
        return tuple(filter(None, (self.unit, self.upper, self.office)))

    def readiness(self) -> list[Readiness]:
        """How ready the office is, with the unit beneath it, and the unit itself."""
        office, somebody = self.town.office, self.town.acting(founding.CLERK)
        found, beneath = [], [(self.unit, 1)] if self.unit else []
        for name, alike in ((self.office, beneath), (self.unit, [])):
            house = office.desk(somebody).organisation(name)
            if house is not None:
                found.append(readiness_of(office, somebody, house, alike, {}))
        return found

    def lacks(self) -> set[tuple[str, str, LackKind]]:
        """What is lacking, and where."""
        found = (each for one in self.readiness() for each in one.lacks)
        return {(each.organisation, each.lacks, each.kind) for each in found}

    def make_ready(self) -> None:
        """Whatever readiness says is lacking is granted or filled, until it says nothing."""
        for _ in range(_ROUNDS):
            found = self.readiness()
            lacks = dict.fromkeys(each for one in found for each in one.lacks)
            if not lacks:
                return
            self._hire(found)
            for each in lacks:
                self._mend(each)
        raise AssertionError(self.lacks())

    def _hire(self, found: list[Readiness]) -> None:
        """As many people to each house as the task that needs most of them."""
        for each in (told for one in found for told in one.staff):
            people = self.staff.setdefault(each.organisation, [])
            while len(people) < each.needed:
                people.append(self.account(each.organisation, STAFF))

    def _mend(self, lack: Lack) -> None:
        if lack.kind is LackKind.NOBODY_HAS_POWER:
            self._grant(lack.lacks)
        elif lack.kind is LackKind.NOBODY_ABOVE:
            founding.grant(self.town, self.city, "", affairs=(lack.lacks,))
        else:
            assert lack.kind is LackKind.SEAT_EMPTY, lack
            people = self.staff[lack.organisation]
            places = {
                seats.index(lack.lacks) for seats in SEATS_FOR.values() if lack.lacks in seats
            }
            holder = people[min(max(places), len(people) - 1)]
            self._appoint(lack.organisation, lack.lacks, holder)

    def _grant(self, kind: str) -> None:
        """To the county what is the county's, to the city the rest; a seal to who is to put it."""
        area = self.place.area
        if kind == SEAL:
            founding.grant(self.town, self.upper or self.office, area, (COMPETENT_DEPARTMENT,))
        elif kind in AFFAIRS:
            founding.grant(self.town, self.office, area, affairs=(kind,))
        elif kind.startswith("county_") or kind == COMPETENT_DEPARTMENT:
            founding.grant(self.town, self.office, area, (kind,))
        else:
            founding.grant(self.town, self.city, area.rpartition("/")[0], (kind,))

    def _appoint(self, house: str, seat: str, account: str) -> None:
        by = self.town.acting(self.staff[house][0])
        self.town.act(by, APPOINT, house, command=Appointing(seat=seat, account=account))
        self.town.hear()

    def account(self, house: str, roles: tuple[Role, ...]) -> str:
        """An account for somebody new of a house, which opens those of its own applicants."""
        alone = set(roles) <= {Role.APPLICANT}
        hands = founding.HANDS[len(self.staff.get(house, ())) % 2]
        by = self.staff[house][0] if alone else hands[0]
        card = EnteredDocument(DocumentKind.RESIDENT_IDENTITY_CARD, invented_number())
        opening = Opening(
            name="某人",
            document=card,
            organisation=house,
            roles=roles,
            login=self.town.number("login"),
        )
        opened = self.town.open_account(self.town.acting(by), opening)
        self.town.hear()
        if not alone:
            self.town.give_code(self.town.acting(hands[1]), opened)
            self.town.hear()
        return list(self.town.accounts)[-1]

    def leaves(self, house: str, account: str) -> None:
        """Somebody gives up every seat of a house."""
        town = self.town
        for each in town.seats_of(house).held_by(account, beijing.day(town.now)):
            by = town.acting(self.staff[house][0])
            town.act(
                by,
                CLOSE,
                house,
                appointment_id=each.appointment,
                reason="调离",
                effective_on=None,
            )
            town.hear()

    def loses(self, house: str, kind: str) -> None:
        """The power to be a body, or to deal with an affair, is withdrawn."""
        town = self.town
        for each in town.office.desk().authority(house).grants:
            if kind in each.power.kinds:
                by, second = town.acting(founding.CLERK), town.acting(founding.SECOND)
                town.act(
                    by,
                    power_grant.PROPOSE_WITHDRAWAL,
                    house,
                    grant_id=each.grant,
                    ends_on=by.today,
                    passed_on_too=False,
                    document="某职改〔2024〕3号",
                )
                town.act(second, power_grant.WITHDRAW, house, grant_id=each.grant)
                town.hear()

    def holder(self, house: str, seat: str) -> Acting:
        """Who holds a seat of a house. Raises ``StandsStillError``."""
        sitting = self.town.seats_of(house).filling(seat, beijing.day(self.town.now))
        if not sitting:
            raise StandsStillError(house, seat)
        return self.town.acting(sitting[0].account)

    def on(self, instant: str) -> None:
        """Time has gone on."""
        self.town.wall = max(self.town.now, _moment(instant))


class StandsStillError(Exception):
    """Nobody holds the seat of a house whose turn it is."""


def _moment(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=beijing.BEIJING)
