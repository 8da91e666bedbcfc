"""Asking at the door: what the law would say to a filing, over HTTP and without recording it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.demo.filing import NOTHING_ELSE
from tests.api.actor import Actor
from tests.api.filings import done
from tests.api.society import Society, invented_number

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services
    from tests.api.client import Client
    from tests.api.society import House

AREAS = {
    "yiyang-2024": "湖南省/益阳市",
    "huzhou-2024": "浙江省/湖州市",
    "yueyang-2024": "湖南省/岳阳市",
    "luohe-2020": "河南省/漯河市",
    "xunwu-2024": "江西省/赣州市/寻乌县",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was answered: the verdict, and everything that stands in the way of filing."""

    verdict: dict[str, Any]
    obstacles: dict[str, set[str]] = field(default_factory=dict)
    """The rules of each refusal by its code, of all that have it."""
    open: list[dict[str, Any]] = field(default_factory=list)
    """The facts on which the verdict turns."""
    warnings: list[dict[str, Any]] = field(default_factory=list)


class Register(Society):
    """Whoever is registered, in any locality."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "")

    def employer(self, pack: str, name: str = "某单位", **members: Any) -> House:  # noqa: ANN401 -- of a request
        """An employer where the notice holds; an enterprise unless said otherwise."""
        given = {"kind": "enterprise", "area": AREAS[pack], **members}
        return self.found(name, self.system, **given)

    def newcomer(self, house: House, kind: str, number: str) -> Client:
        """An applicant who is known by another document than an identity card."""
        login = f"login-{invented_number()}"
        body = {
            "name": "某外来者",
            "document": {"kind": kind, "number": number},
            "organisation": house.organisation,
            "roles": ["applicant"],
            "login": login,
        }
        opened = done(house.administrator.post("/v1/accounts", body)).body
        code = opened["one_time_code"]
        return Actor(self, name="某外来者", number=number, login=login, code=code).client


def ask(
    by: Client,
    house: House,
    pack: str,
    filed_at: str,
    *,
    title: tuple[str, str, str] = ("工程", "机械", "assistant"),
    materials: tuple[str, ...] = (),
    supported: tuple[str, ...] = (),
    **stated: Any,  # noqa: ANN401 -- of an application
) -> Asked:
    """Ask about a filing at an instant in Beijing; ``title`` is series, specialty, level."""
    series, specialty, level = title
    body = {
        "pack": pack,
        "employer": house.organisation,
        "series": series,
        "specialty": specialty,
        "level": level,
        "application": {
            **NOTHING_ELSE,
            "specialty_studied": specialty,
            "specialty_worked": specialty,
            **stated,
        },
        "materials": list(materials),
        "supported": list(supported),
        "filed_at": f"{filed_at}+08:00",
    }
    answer = by.post("/v1/eligibility-checks", body)
    assert answer.status == 200, answer.body
    obstacles: dict[str, set[str]] = {}
    for each in answer.body["obstacles"]:
        obstacles.setdefault(each["code"], set()).update(rule["id"] for rule in each["rules"])
    verdict, turning = answer.body["verdict"], answer.body["open"]
    warnings = answer.body["warnings"]
    return Asked(verdict=verdict, obstacles=obstacles, open=turning, warnings=warnings)


def degree(level: str, awarded_on: str, **members: object) -> dict[str, object]:
    """A full-time degree."""
    stated = {"claim": f"degree-{level}", "level": level, "mode": "full_time"}
    return {**stated, "awarded_on": awarded_on, **members}


def job(first_day: str, last_day: str | None = None, **members: object) -> dict[str, object]:
    """Work in the specialty applied for, for the present employer."""
    return {
        "claim": f"job-{first_day}",
        "first_day": first_day,
        "last_day": last_day,
        "relation": "same",
        "professional": True,
        "at_employer": True,
        **members,
    }


def assessed(grade: str, *years: int) -> list[dict[str, object]]:
    """The same grade in each of these years."""
    return [{"claim": f"assessed-{year}", "year": year, "grade": grade} for year in years]


def particulars(**stated: str) -> list[dict[str, str]]:
    """Facts stated by name; ``a__b`` stands for ``a.b``."""
    return [
        {"claim": f"stated-{number}", "name": name.replace("__", "."), "value": value}
        for number, (name, value) in enumerate(stated.items())
    ]
