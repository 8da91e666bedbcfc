"""Where the stories happen: a city or county of each notice, set up by requests alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from domain.separation import HANDLER, LEADER
from tests.api.provinces import PublishingCity
from tests.api.society import Society, beijing
from tests.stories.door import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.copies import Copies
    from tests.api.society import House

    Running = Callable[..., AbstractContextManager[tuple[str, Services]]]


class Chain(Society):
    """Houses above one another, each with its two seats."""

    def house(
        self,
        name: str,
        *bodies: str,
        below: House | None = None,
        bureau: House | None = None,
        **members: Any,  # noqa: ANN401 -- of a request
    ) -> House:
        """A seated house; ``below`` is the one above it, which a bureau is too if not named."""
        above = bureau or below
        given = {
            "bodies": bodies,
            "superior": None if below is None else below.organisation,
            "bureau": None if above is None else above.organisation,
            **members,
        }
        unit = above is not None and given.get("kind", "government") != "government"
        by = above.administrator if unit and above is not None else self.system
        house = self.found(name, by, **given)
        self.seat(house, HANDLER, LEADER)
        return house


class Yiyang(Chain):
    """A city's bureau, a department, an enterprise that has an agency relation."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "湖南省/益阳市")
        self.bureau = self.house("市人社局", "city_hr")
        self.department = self.house("市教育局", "competent_department", below=self.bureau)
        self.enterprise = self.house(
            "某某教育科技有限公司",
            below=self.department,
            bureau=self.bureau,
            kind="enterprise",
            traits=["post.agency=city"],
        )


class Yueyang(Chain):
    """A city with its committee, its departments, and one county."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "湖南省/岳阳市")
        self.committee = self.house("评审委员会", "final_body")
        self.board = self.house("评委会办公室", "committee_office", below=self.committee)
        self.office = self.house("市职改办", "city_title_office", "city_hr", below=self.board)
        self.department = self.house("市文旅广电局", "industry_department", below=self.office)
        self.unit = self.house(
            "某市直单位", below=self.department, bureau=self.office, kind="institution"
        )
        self.county = self.house(
            "县职改办", "county_title_office", below=self.department, area="湖南省/岳阳市/某县"
        )
        self.station = self.house(
            "某县直单位", below=self.county, kind="institution", area="湖南省/岳阳市/某县"
        )


class Luohe(Chain):
    """A city's title office with a department and an enterprise, and two counties beneath it."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "河南省/漯河市")
        self.office = self.house("市职改办", "city_title_office")
        self.department = self.house("市工信局", "competent_department", below=self.office)
        self.enterprise = self.house(
            "某某机械有限公司", below=self.department, bureau=self.office, kind="enterprise"
        )
        county: dict[str, Any] = {"level": "county", "area": "河南省/漯河市/舞阳县"}
        self.wuyang = self.house("舞阳县职改办", "county_title_office", below=self.office, **county)
        self.bureau = self.house(
            "舞阳县工信局", "competent_department", below=self.wuyang, **county
        )
        self.factory = self.house(
            "舞阳某某有限公司", below=self.bureau, bureau=self.wuyang, kind="enterprise", **county
        )
        county["area"] = "河南省/漯河市/临颍县"
        self.linying = self.house(
            "临颍县职改办", "county_title_office", below=self.office, **county
        )


@pytest.fixture(scope="module")
def register(running: Running) -> Iterator[Register]:
    """Employers of every locality, asked about and never filed through."""
    clock = SettableClock(beijing("2024-04-01T09:00:00"))
    with running(clock) as (address, services):
        yield Register(address, services, clock)


@pytest.fixture(scope="module")
def yiyang(running: Running) -> Iterator[Yiyang]:
    """The city on 6 May 2024."""
    clock = SettableClock(beijing("2024-05-06T09:00:00"))
    with running(clock) as (address, services):
        yield Yiyang(address, services, clock)


@pytest.fixture(scope="module")
def huzhou(running: Running) -> Iterator[PublishingCity]:
    """The city on 4 September 2024."""
    clock = SettableClock(beijing("2024-09-04T09:00:00"))
    with running(clock) as (address, services):
        yield PublishingCity(address, services, clock)


@pytest.fixture(scope="module")
def yueyang(running: Running) -> Iterator[Yueyang]:
    """The city on 29 August 2024."""
    clock = SettableClock(beijing("2024-08-29T10:00:00"))
    with running(clock) as (address, services):
        yield Yueyang(address, services, clock)


@pytest.fixture(scope="module")
def luohe(copies: Copies) -> Iterator[Luohe]:
    """The city on 3 January 2020."""
    with copies.of(Luohe, beijing("2020-01-03T09:00:00")) as city:
        yield city
