"""A city in which a committee votes, and a stranger who carries a case there by ``acts`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.demo.reviewing import establishes, verifications
from api.demo.yueyang import cast
from domain.separation import HANDLER, LEADER
from tests.api.filings import done
from tests.api.society import Society
from tests.api.stranger import Stranger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.actor import Actor

WILL = {
    "cases.state_application": 1,
    "materials.attach": 1,
    "cases.submit": 1,
    "progress.receive_paper": 1,
    "progress.pay": 1,
    "reviews.record_judgement": 1,
    "reviews.give_opinion": 1,
    "progress.record_votes": 1,
    "reviews.decide": 1,
    "progress.open_publicity": 1,
    "progress.go_on": 1,
    "reviews.issue_certificate": 1,
    "reviews.sign_for_certificate": 1,
}
"""What those people want, each once wherever the case stands: on, and nothing else."""
TYPED: Mapping[str, Any] = {"evidence": "张贴照片", "place": "馆务公开栏"}
"""What is said beyond what is required of each form, and what no example knows."""
LOOKED_UP = {
    "verifications": lambda _by, _path, seen: verifications(seen, {}),
    "establishes": lambda by, path, _: establishes(done(by.get(f"{path}/duties")).body),
    "question": lambda _by, _path, seen: seen["standing"]["open_questions"][0],
}
"""What is typed after a look at the case, and at its duties."""


class CommitteeCity(Society):
    """A city in which a committee votes, with everybody on the way to it."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, cast.CENTRE.area)
        known: dict[str | None, str] = {}
        for each in cast.HOUSES:
            house = self.found(
                each.name,
                self.system if each.kind == "government" else self.houses[-2].administrator,
                each.bodies,
                kind=each.kind,
                level=each.level,
                superior=known.get(each.superior),
                bureau=known.get(each.bureau),
            )
            known[each.key] = house.organisation
            self.seat(house, HANDLER, LEADER)


def everybody(place: Society, applicant: Actor) -> list[Actor]:
    return [applicant, *(each for house in place.houses for each in house.seated.values())]


def attached(files: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- of a demonstration
    """What is typed for each file."""
    return [{"kind": f.kind, "title": f.title, "supports": list(f.supports)} for f in files]


def at_the_committee(city: CommitteeCity, will: Mapping[str, int]) -> tuple[Stranger, str, Actor]:
    """A case of somebody at the cultural centre, and who carries it on."""
    applicant = city.applicant(city.houses[-1])
    wanted = {
        "employer": city.houses[-1].organisation,
        "pack": cast.TITLE.pack,
        "series": cast.TITLE.series,
        "specialty": cast.TITLE.specialty,
        "level": cast.TITLE.level,
    }
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    stranger = Stranger(
        city,
        everybody(city, applicant),
        will,
        {
            **TYPED,
            **cast.CLAIMS,
            "materials.attach": attached([cast.QUALIFICATION]),
            "members": 11,
            "present": 10,
            "in_favour": 8,
            "against": 1,
            "abstained": 1,
        },
        at={
            "industry_department": {
                "leg": "leg1_others",
                "items": ["qualification_paper", "performance"],
                "amount": cast.FEE,
                "channel": "WITH_PAPER",
                "receipt": "R-1",
            },
            "final_body": {"leg": "leg2_intermediate", "items": ["performance"]},
        },
        looked_up=LOOKED_UP,
    )
    return stranger, path, applicant
