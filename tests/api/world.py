"""A small world over HTTP: a county with its bureau, a department, a school and an enterprise.

Everybody in it is invented, with document numbers of the invented range (tests/conftest.py),
and acts through an account of their own. What is set up here is set up by requests alone;
only the first administrator comes from where the command line has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.application.accounts import Opening
from api.application.first_account import open_first_account
from domain.account.events import Role
from domain.document import DocumentKind, check_digit
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.client import Answer

COUNTY = "江西省/赣州市/寻乌县"
_NUMBERS = count(1)


def invented_number() -> str:
    """A resident identity number of nobody: 36073419000101 and three places of a counter."""
    first_seventeen = f"36073419000101{next(_NUMBERS):03d}"
    return first_seventeen + check_digit(first_seventeen)


@dataclass
class House:
    """An organisation with the people who act for it."""

    organisation: str
    name: str
    administrator: Actor
    seated: dict[str, Actor] = field(default_factory=dict)

    @property
    def handler(self) -> Actor:
        """Who holds the handler's seat."""
        return self.seated[HANDLER]

    @property
    def leader(self) -> Actor:
        """Who holds the leader's seat."""
        return self.seated[LEADER]

    @property
    def integrity_handler(self) -> Actor:
        """Who holds the integrity handler's seat."""
        return self.seated[INTEGRITY_HANDLER]

    @property
    def integrity_leader(self) -> Actor:
        """Who holds the integrity leader's seat."""
        return self.seated[INTEGRITY_LEADER]


class World:
    """The county. ``system`` administers the system; the rest belongs to a house."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        self.address, self.services, self.clock = address, services, clock
        self.system = self._first()
        self.bureau = self.found("县人社局", self.system, bodies=["employer", "county_hr"])
        self.seat(self.bureau, HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
        self.department = self.found(
            "县教科体局",
            self.bureau.administrator,
            bodies=["employer", "competent_department"],
            bureau=self.bureau.organisation,
        )
        self.seat(self.department, HANDLER, LEADER)
        above = {
            "superior": self.department.organisation,
            "bureau": self.bureau.organisation,
        }
        self.school = self.found(
            "县第三中学",
            self.bureau.administrator,
            kind="institution",
            traits=["unit.sector=education"],
            **above,
        )
        self.seat(self.school, HANDLER, LEADER)
        self.enterprise = self.found(
            "某某机械有限公司",
            self.bureau.administrator,
            kind="enterprise",
            ownership="non_state",
            **above,
        )
        self.seat(self.enterprise, HANDLER, LEADER)
        self.auditor = self.account(self.system, "审计甲", None, [Role.AUDITOR])
        self.inspector = self.account(self.system, "纪检甲", None, [Role.INSPECTOR])

    def found(self, name: str, by: Actor, **members: Any) -> House:  # noqa: ANN401 -- of a request
        """An organisation with its administrator."""
        body = {
            "name": name,
            "kind": "government",
            "ownership": "state",
            "level": "county",
            "area": COUNTY,
            "bodies": ["employer"],
            **members,
        }
        organisation = _stream(by.post("/v1/organisations", body))
        roles = [Role.ADMINISTRATOR]
        return House(organisation, name, self.account(by, f"{name}管理员", organisation, roles))

    def seat(self, house: House, *seats: str) -> None:
        """An official of the house in each of these seats."""
        for seat in seats:
            holder = self.account(
                house.administrator, f"{house.name}{seat}", house.organisation, [Role.OFFICIAL]
            )
            house.seated[seat] = holder
            answer = self.appoint(house, seat, holder)
            assert answer.status == 201, answer.body

    def appoint(self, house: House, seat: str, holder: Actor, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
        """The house's administrator appoints somebody to a seat."""
        path = f"/v1/organisations/{house.organisation}"
        body = {"seat": seat, "account": holder.account, **members}
        return house.administrator.change(path, "/appointments", body)

    def applicant(self, house: House, name: str = "某申报人") -> Actor:
        """Somebody new who works for a house and may apply for titles."""
        return self.account(house.administrator, name, house.organisation, [Role.APPLICANT])

    def account(
        self,
        by: Actor,
        name: str,
        organisation: str | None,
        roles: Sequence[Role],
        number: str | None = None,
    ) -> Actor:
        """An account that ``by`` opens, for somebody new unless ``number`` is somebody's."""
        number = number or invented_number()
        login = f"login-{uuid4().hex[:12]}"
        body = {
            "name": name,
            "document": {"kind": "resident_identity_card", "number": number},
            "organisation": organisation,
            "roles": roles,
            "login": login,
        }
        answer = by.post("/v1/accounts", body)
        assert answer.status == 201, answer.body
        return Actor(
            self,
            name=name,
            number=number,
            login=login,
            code=answer.body["one_time_code"],
            account=answer.body["account"],
            person=answer.body["person"],
        )

    def shown(self, answer: Answer) -> str:
        """A query that waits until the views show what an answer tells of."""
        return f"wait_for={answer.body['position']}"

    def people(self) -> Iterator[Actor]:
        """Everybody who was set up with a house."""
        for house in (self.bureau, self.department, self.school, self.enterprise):
            yield house.administrator
            yield from house.seated.values()

    def _first(self) -> Actor:
        number = invented_number()
        opening = Opening(
            name="系统管理员",
            document_kind=DocumentKind.RESIDENT_IDENTITY_CARD,
            document_number=number,
            organisation=None,
            roles=(),
            login="system",
        )
        code = open_first_account(
            self.services.office.desk, self.services.sign_in, opening, self.clock.now()
        )
        return Actor(self, name=opening.name, number=number, login=opening.login, code=code)


def _stream(answer: Answer) -> str:
    assert answer.status == 201, answer.body
    return str(answer.body["stream"])
