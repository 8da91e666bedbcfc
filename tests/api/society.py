"""People and the organisations in which they act, over HTTP: what tests have counties made of.

Everybody in it is invented, with document numbers of the invented range (tests/conftest.py),
and acts through an account of their own. What is set up here is set up by requests alone;
only the first administrator comes from where the command line has it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from api.acts.account_opening import EnteredDocument, Opening
from api.acts.bootstrap import SettingUp, set_up
from domain.account.events import Role
from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT, EMPLOYER
from domain.authority.state import ROOT
from domain.beijing import BEIJING
from domain.document import DocumentKind, check_digit
from domain.organisation.areas import level_of
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.accounts import PASSWORD
from tests.api.actor import Actor
from tests.api.filings import SCAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.client import Answer

_NUMBERS = count(1)
WATCHERS = {Role.AUDITOR, Role.INSPECTOR}


def invented_number() -> str:
    """A resident identity number of nobody, said to be born in January 1900: 360734190001DDNNNC."""
    day, place = divmod(next(_NUMBERS), 1000)
    first_seventeen = f"360734190001{day + 1:02d}{place:03d}"
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


USUAL = ("unit.autonomous=false", "unit.kind=other", "unit.sector=other")
"""What is registered of an employer of whom nothing is peculiar."""


def described(traits: Collection[str]) -> list[str]:
    """The traits of an employer, with all that laws ask of employers."""
    told = {each.partition("=")[0] for each in traits}
    return [*traits, *(each for each in USUAL if each.partition("=")[0] not in told)]


class Society:
    """Whoever has been registered so far. ``system`` and ``second`` set the record up."""

    def __init__(self, address: str, services: Services, clock: SettableClock, area: str) -> None:
        self.address, self.services, self.clock, self.area = address, services, clock, area
        self.houses: list[House] = []
        self._newcomers: list[Actor] = []
        self.system, self.second = self._administrators()
        self._newcomers.append(self.second)
        self.watch: House | None = None
        self._further: dict[str, Actor] = {}
        self._known: dict[str, Actor] = {}
        self._other: Actor | None = None
        self._whole: str | None = None

    def found(
        self,
        name: str,
        by: Actor,
        bodies: Sequence[str] = (),
        affairs: Sequence[str] | None = None,
        **members: Any,  # noqa: ANN401 -- of a request
    ) -> House:
        """An organisation with its administrator, and the power to be these bodies in its area.

        With it come all affairs of a bureau, unless it is a department only or they are named.
        """
        area = members.get("area", self.area)
        body = {
            "name": name,
            "kind": "government",
            "ownership": "state",
            "level": level_of(area),
            "area": area,
            **members,
        }
        if body["kind"] != "government":
            body["traits"] = described(body.get("traits", ()))
        organisation = _stream(by.post("/v1/organisations", body))
        granted = [each for each in bodies if each != EMPLOYER]
        if affairs is None:
            affairs = AFFAIRS if set(granted) - {COMPETENT_DEPARTMENT} else ()
        if granted or affairs:
            self.grant(organisation, body["area"], granted, affairs)
        administrator = self.account(by, f"{name}管理员", organisation, [Role.ADMINISTRATOR])
        house = House(organisation, name, administrator)
        self.houses.append(house)
        return house

    def grant(
        self,
        organisation: str,
        area: str,
        bodies: Sequence[str] = (),
        affairs: Sequence[str] = (),
        **members: Any,  # noqa: ANN401 -- of a request
    ) -> str:
        """A power that the root grants; its id."""
        body = {
            "source": ROOT,
            "area": area,
            "bodies": list(bodies),
            "affairs": list(affairs),
            "exercises": True,
            "levels": [],
            "series": [],
            "passes_on": True,
            "last_day": None,
            "document": "某职改〔2024〕2号",
            **members,
        }
        path = f"/v1/organisations/{organisation}/grants"
        answer = self.system.change(path, "", body)
        assert answer.status == 201, answer.body
        grant = str(self.system.get(path).body["grants"][-1]["grant"])
        answer = self.second.change(path, f"/{grant}/decisions", {"grant": True})
        assert answer.status == 201, answer.body
        return grant

    def seat(self, house: House, *seats: str) -> None:
        """An official of the house in each of these seats."""
        for seat in seats:
            holder = self.official(house, f"{house.name}{seat}", seat)
            house.seated[seat] = holder
            answer = self.appoint(house, seat, holder)
            assert answer.status == 201, answer.body

    def official(self, house: House, name: str, seat: str, number: str | None = None) -> Actor:
        """Somebody for a seat, whose hands gave nothing to anybody who sits across from it."""
        first = self.second if seat in (LEADER, INTEGRITY_LEADER) else self.system
        second = self.further("四" if first is self.second else "三")
        roles = [Role.OFFICIAL]
        return self.account(first, name, house.organisation, roles, number, second)

    def further(self, name: str) -> Actor:
        """A further administrator of the system, of that name."""
        if name not in self._further:
            root = self.services.office.desk().root()
            assert root is not None
            roles = [Role.SYSTEM_ADMINISTRATOR]
            self._further[name] = self.account(
                self.system, f"系统管理员{name}", root.organisation, roles
            )
        return self._further[name]

    def appoint(self, house: House, seat: str, holder: Actor, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
        """The house's administrator appoints somebody to a seat."""
        path = f"/v1/organisations/{house.organisation}"
        body = {"seat": seat, "account": holder.account, **members}
        return house.administrator.change(f"{path}/appointments", "", body)

    def applicant(self, house: House, name: str = "某申报人", number: str | None = None) -> Actor:
        """Somebody who works for a house and may apply for titles; new without a ``number``."""
        roles = [Role.APPLICANT]
        return self.account(house.administrator, name, house.organisation, roles, number)

    def account(
        self,
        by: Actor,
        name: str,
        organisation: str | None,
        roles: Sequence[Role],
        number: str | None = None,
        second: Actor | None = None,
        *,
        claimed: bool = True,
    ) -> Actor:
        """An account that ``by`` opens, for somebody new unless ``number`` is somebody's.

        Who is known claims it, unless it is to stay as it is.
        Its code comes out of two hands where it is for more than applying: ``by`` and ``second``.
        Who watches and belongs to no organisation that is named watches over the whole record.
        """
        if organisation is None and WATCHERS & set(roles):
            organisation = self._watching().organisation
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
        code = answer.body["one_time_code"]
        if answer.body["part"] != "whole":
            second = second or self._second_hand(by, roles)
            path = f"/v1/accounts/{answer.body['account']}/codes"
            given = second.post(path, {"reason": "交付第二部分"}, version=2)
            assert given.status == 201, given.body
            code += given.body["one_time_code"]
        holder = Actor(
            self,
            name=name,
            number=number,
            login=login,
            code=code,
            account=answer.body["account"],
            person=answer.body["person"],
        )
        self._newcomers.append(holder)
        before = self._known.setdefault(number, holder)
        if claimed and before is not holder and before.person == holder.person:
            self.claim(holder, before)
        return holder

    def claim(self, holder: Actor, before: Actor) -> None:
        """Somebody claims an account by the password of another of theirs."""
        if before.code is not None:
            before.sign_in()
        answer = holder.post("/v1/claims", {"login": before.login, "password": PASSWORD})
        assert answer.status == 201, answer.body

    def _second_hand(self, by: Actor, roles: Sequence[Role]) -> Actor:
        """Somebody who gives the second part, and none to those who are seated from the first."""
        if Role.OFFICIAL in roles:
            return self.further("五")
        return self.second if by is self.system else self.system

    def mandate(
        self,
        by: Actor,
        other: Actor | None = None,
        last_day: str = "2099-12-31",
        **scope: Sequence[str],
    ) -> str:
        """A mandate in force, of the organisation of ``by``; over the whole record unless named.

        ``other`` approves it; where nobody is named, somebody else who watches the whole record.
        """
        if other is None and self._other is None:
            self._other = self.account(self.system, "监督乙", None, [Role.INSPECTOR])
        path = self.proposed(by, last_day, **scope)
        second = other or self._other
        assert second is not None
        return self.approved(path, by, second)

    def whole(self, by: Actor) -> str:
        """A mandate over the whole record, of those who watch all of it; the same each time."""
        if self._whole is None:
            self._whole = self.mandate(by)
        return self._whole

    def proposed(self, by: Actor, last_day: str = "2099-12-31", **scope: Sequence[str]) -> str:
        """The path of a mandate that is proposed, without its document."""
        body = {
            "kind": "audit_notice",
            "document": "某审通〔2024〕1号",
            "scope": scope or {"areas": [""]},
            "last_day": last_day,
        }
        return f"/v1/mandates/{_stream(by.post('/v1/mandates', body))}"

    def approved(self, path: str, by: Actor, other: Actor) -> str:
        """A mandate with its document attached, and approved by somebody else."""
        self.attached(path, by)
        decided = other.change(path, "/decisions", {"approved": True})
        assert decided.status == 201, decided.body
        return path.rpartition("/")[2]

    def attached(self, path: str, by: Actor) -> None:
        """The document of a mandate, attached."""
        sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
        upload = by.client.post(f"{path}/uploads", SCAN, **sent)
        assert upload.status == 201, upload.body
        attached = by.change(path, "/documents", {"upload": upload.body["upload"]})
        assert attached.status == 201, attached.body

    def _watching(self) -> House:
        """The organisation whose people watch over the whole record."""
        if self.watch is None:
            self.watch = self.found("监督机关", self.system, area=self.area or "某省")
            self.grant(self.watch.organisation, "", affairs=["watch"])
        return self.watch

    def at(self, instant: str) -> None:
        """Let the clock go on to an instant in Beijing, when everybody has used their code."""
        for each in self._newcomers:
            each.sign_in()
        self._newcomers.clear()
        self.clock.set(beijing(instant))

    def shown(self, answer: Answer) -> str:
        """A query that waits until the views show what an answer tells of."""
        return f"wait_for={answer.body['position']}"

    def everything(self) -> str:
        """A query that waits until the views show everything that has happened."""
        return f"wait_for={self.services.record.head()}"

    def catch_up(self) -> None:
        """Wait until the views show everything, for those who can't ask for it: the public."""
        answer = self.system.get(f"/v1/organisations?{self.everything()}")
        assert answer.status == 200, answer.body

    def copied(self, address: str, services: Services, clock: SettableClock) -> Self:
        """The same people over a copy of what they did, before the clock went on."""
        here = deepcopy(self, {id(self.services): services, id(self.clock): clock})
        here.address = address
        for each in (here.system, here.second, *here._further.values(), *here._newcomers):
            each.move()
        return here

    def people(self) -> Iterator[Actor]:
        """Everybody who was set up with a house."""
        for house in self.houses:
            yield house.administrator
            yield from house.seated.values()

    def _administrators(self) -> list[Actor]:
        openings = [
            Opening(
                name=name,
                document=EnteredDocument(DocumentKind.RESIDENT_IDENTITY_CARD, invented_number()),
                organisation=None,
                roles=(),
                login=login,
            )
            for name, login in (("系统管理员", "system"), ("系统管理员乙", "system-2"))
        ]
        by = SettingUp(
            organisation="系统管理单位",
            document="某职改〔2024〕1号",
            first=openings[0],
            second=openings[1],
        )
        codes = set_up(self.services.office, by, self.clock.now())
        return [
            Actor(
                self,
                name=each.name,
                number=each.document.number,
                login=each.login,
                code=code,
            )
            for each, code in zip(openings, codes, strict=True)
        ]


def beijing(instant: str) -> datetime:
    """An instant as a watch in Beijing shows it."""
    return datetime.fromisoformat(instant).replace(tzinfo=BEIJING)


def _stream(answer: Answer) -> str:
    assert answer.status == 201, answer.body
    return str(answer.body["stream"])
