"""Registering organisations, opening accounts, filling seats: what every story begins with."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from api.demo.expecting import DONE
from api.demo.invented import document_number
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.expecting import Expected
    from api.demo.participant import Participant
    from api.demo.stage import Stage

ID_CARD = "resident_identity_card"
_FURTHER_PLACE = 990
_FURTHER = {3: "系统管理员丙", 4: "系统管理员丁"}


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
    stage.quietly(by.confirm())
    body = {
        "name": role.name,
        "document": {"kind": role.kind, "number": role.number},
        "organisation": None if place is None else stage.places[place],
        "roles": list(role.roles),
        "login": role.login,
    }
    return by.post("/v1/accounts", body)


def second_part(stage: Stage, by: Participant, newcomer: Participant) -> Reply:
    """Give the second part of a code, as a step that is not told yet; its holder puts it behind."""
    path = f"/v1/accounts/{newcomer.account}"
    stage.quietly(by.confirm())
    given = by.act_on(path, "codes", {"reason": "交付第二部分"})
    if given.status < HTTPStatus.BAD_REQUEST:
        newcomer.code = f"{newcomer.code}{given.body['one_time_code']}"
    return given


def claim(newcomer: Participant, known: Participant) -> Reply:
    """Claim an account by the password of another of the same person, as a step not told yet."""
    newcomer.confirm()
    body = {"login": known.login, "password": known.password}
    return newcomer.post("/v1/claims", body)


def further(stage: Stage, number: int) -> Participant:
    """A further administrator of the system, whose hands gave nothing to anybody yet."""
    key = f"root-{number}"
    if key not in stage.people:
        name = _FURTHER[number]
        part = Words(name, "system administrator")
        role = Role(
            key=key,
            name=name,
            login=f"demo-administrator-{number}",
            part=part,
            number=document_number(_FURTHER_PLACE + number),
            roles=("system_administrator",),
        )
        stage.places.setdefault("root", str(stage.administrator.organisation))
        open_account(stage, stage.administrator, role, "root")
    return stage.people[key]


def welcome(stage: Stage, role: Role, place: str | None, opened: Reply) -> Participant:
    """Let the holder of a new account join the story; they have not signed in yet."""
    newcomer = stage.newcomer(role.name, role.part, role.login)
    newcomer.account, newcomer.person = opened.body["account"], opened.body["person"]
    newcomer.organisation = None if place is None else stage.places[place]
    newcomer.code = opened.body["one_time_code"]
    stage.people[role.key] = newcomer
    return newcomer


def open_account(stage: Stage, by: Participant, role: Role, place: str | None) -> Participant:
    """Open an account whose holder signs in and chooses a password at once; not dwelt on.

    Its code comes from two where it is for more than applying: a leader's from others than those
    of whoever sits across.
    """
    seated = "official" in role.roles
    leads = role.key.endswith(("leader", "successor"))
    first = stage.second if seated and leads else by
    opened = stage.quietly(request_account(stage, first, role, place))
    newcomer = welcome(stage, role, place, opened)
    if opened.body["part"] == "first":
        other = further(stage, 4 if leads else 3) if seated else stage.second
        stage.quietly(second_part(stage, other, newcomer))
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
