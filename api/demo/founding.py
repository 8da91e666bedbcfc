"""The houses of a short story: organisations with two persons each, set up and not dwelt on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.demo.empowering import empower
from api.demo.invented import document_number
from api.demo.registering import Role, open_account, seat
from api.demo.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.demo.participant import Participant
    from api.demo.stage import Stage

_FIRST_PLACE = 10
"""Document numbers below it belong to whoever was there before the houses."""
_OFFICIALS = {
    "admin": ("管理员", ("administrator", "official")),
    "handler": ("经办人", ("official",)),
    "leader": ("领导", ("official",)),
}
_APPLICANT = ("申报人", ("applicant",))


@dataclass(frozen=True, kw_only=True)
class House:
    """An invented organisation; ``short`` is how the story calls it.

    ``bodies`` are what it is granted to be in a chain of review, ``affairs`` what it deals with;
    where none are said, what goes with the bodies.
    ``handler`` and ``leader`` are the names of the two persons in its seats.
    ``superior`` and ``bureau`` are the keys of other houses of the story.
    """

    key: str
    name: str
    short: Words
    handler: str
    leader: str
    level: str
    area: str
    bodies: tuple[str, ...] = ("employer",)
    kind: str = "government"
    ownership: str = "state"
    traits: tuple[str, ...] = ()
    superior: str | None = None
    bureau: str | None = None
    affairs: tuple[str, ...] | None = None


def found(stage: Stage, houses: Sequence[House]) -> None:
    """Register the houses, each with an administrator who fills its seats.

    The people of a house are found by its key: ``<key>-handler``, ``<key>-leader``.
    """
    root = stage.administrator
    for each in (root, stage.second):
        stage.quietly(each.sign_in())
        stage.quietly(each.choose_password())
    for house in houses:
        by = _registrar(stage, house)
        _register(stage, by, house)
        own = _join(stage, by, house, "admin", f"{house.leader[0]}管")
        for seat_name, name in (("handler", house.handler), ("leader", house.leader)):
            _join(stage, own, house, seat_name, name)
            seat(stage, own, f"{house.key}-{seat_name}", seat_name)
    names = "、".join(house.short.chinese for house in houses)
    english = ", ".join(house.short.english for house in houses)
    stage.teller.note(
        Words(
            f"参与单位：{names}；每个单位经办人、领导各一人，均为实名账号。",
            f"Taking part: {english}; a handler and a leader at each, under their own names.",
        )
    )


def applicant(stage: Stage, house: House, key: str, name: str) -> Participant:
    """Somebody who works for a house and applies for a title, found by ``key``."""
    newcomer = _join(stage, stage.people[f"{house.key}-admin"], house, key, name)
    stage.people[key] = stage.people.pop(f"{house.key}-{key}")
    return newcomer


def _registrar(stage: Stage, house: House) -> Participant:
    """Offices are registered at the root, units by the personnel office that they belong to."""
    unit = house.kind != "government"
    return stage.people[f"{house.bureau}-admin"] if unit else stage.administrator


def _join(stage: Stage, by: Participant, house: House, key: str, name: str) -> Participant:
    """Open an account at a house for somebody invented, found as ``<house>-<key>``."""
    part, roles = _OFFICIALS.get(key, _APPLICANT)
    login = f"{house.key}-{key}"
    someone = Role(
        key=login,
        name=name,
        login=login,
        part=Words(f"{house.short.chinese}{part}", f"{key}, {house.short.english}"),
        number=document_number(_FIRST_PLACE + len(stage.people)),
        roles=roles,
    )
    return open_account(stage, by, someone, house.key)


def _register(stage: Stage, by: Participant, house: House) -> None:
    body = {
        "name": house.name,
        "kind": house.kind,
        "ownership": house.ownership,
        "level": house.level,
        "area": house.area,
        "traits": list(house.traits),
        "superior": stage.places.get(str(house.superior)),
        "bureau": stage.places.get(str(house.bureau)),
    }
    stage.places[house.key] = stage.quietly(by.post("/v1/organisations", body)).stream
    empower(stage, house.key, house.area, house.bodies, house.affairs)
