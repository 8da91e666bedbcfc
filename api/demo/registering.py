"""Registering organisations, opening accounts, filling seats: what every story begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.demo.expecting import DONE
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.expecting import Expected
    from api.demo.participant import Participant
    from api.demo.stage import Stage

ID_CARD = "resident_identity_card"


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody in a story: under which key, name and login; as what; by which document."""

    key: str
    name: str
    login: str
    part: Words
    number: str
    roles: tuple[str, ...]
    kind: str = ID_CARD


def register(stage: Stage, by: Participant, key: str, body: dict[str, object]) -> Reply:
    """Register an organisation; ``superior`` and ``bureau`` are named by their keys."""
    named = {each: stage.places.get(str(body.get(each))) for each in ("superior", "bureau")}
    reply = by.post("/v1/organisations", {**body, **named})
    did = Words(f"登记单位：{body['name']}", f"registers {body['name']}")
    stage.places[key] = stage.tell(by, did, reply).stream
    return reply


def request_account(stage: Stage, by: Participant, role: Role, place: str | None) -> Reply:
    """Ask for an account, as a step that is not told yet."""
    body = {
        "name": role.name,
        "document": {"kind": role.kind, "number": role.number},
        "organisation": None if place is None else stage.places[place],
        "roles": list(role.roles),
        "login": role.login,
    }
    return by.post("/v1/accounts", body)


def welcome(stage: Stage, role: Role, place: str | None, opened: Reply) -> Participant:
    """Let the holder of a new account join the story; they have not signed in yet."""
    newcomer = stage.newcomer(role.name, role.part, role.login)
    newcomer.account, newcomer.person = opened.body["account"], opened.body["person"]
    newcomer.organisation = None if place is None else stage.places[place]
    newcomer.code = opened.body["one_time_code"]
    stage.people[role.key] = newcomer
    return newcomer


def open_account(stage: Stage, by: Participant, role: Role, place: str | None) -> Participant:
    """Open an account whose holder signs in and chooses a password at once; not dwelt on."""
    opened = stage.quietly(request_account(stage, by, role, place))
    newcomer = welcome(stage, role, place, opened)
    stage.quietly(newcomer.sign_in())
    stage.quietly(newcomer.choose_password())
    return newcomer


def appoint(
    stage: Stage,
    by: Participant,
    key: str,
    seat: str,
    did: Words,
    *,
    expected: Expected = DONE,
    replaces: str | None = None,
) -> Reply:
    """Appoint somebody to a seat of the organisation to which ``by`` belongs.

    Whoever appoints has given the password again.
    """
    stage.quietly(by.confirm())
    body: dict[str, object] = {"seat": seat, "account": stage.people[key].account}
    if replaces is not None:
        body |= {"replaces": replaces, "reason": "工作调整"}
    return stage.tell(by, did, by.act_on(f"{path_of(by)}/appointments", "", body), expected)


def seat(stage: Stage, by: Participant, key: str, seat_name: str) -> None:
    """The same, not dwelt on."""
    stage.quietly(by.confirm())
    body = {"seat": seat_name, "account": stage.people[key].account}
    stage.quietly(by.act_on(f"{path_of(by)}/appointments", "", body))


def path_of(member: Participant) -> str:
    """The address of the organisation to which somebody belongs."""
    return f"/v1/organisations/{member.organisation}"
