"""Real-name accounts, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.document import check_digit
from tests.api.client import Client
from tests.api.filings import acts_in, done
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.world import World


def body(world: World, **members: Any) -> dict[str, Any]:  # noqa: ANN401 -- of a request
    return {
        "name": "某甲",
        "document": {"kind": "resident_identity_card", "number": invented_number()},
        "organisation": world.school.organisation,
        "roles": ["applicant"],
        "login": f"login-{invented_number()}",
        **members,
    }


def ending_in_x() -> str:
    """A number whose check digit is X."""
    return next(number for number in iter(invented_number, "") if number.endswith("X"))


def test_a_small_x_is_registered_as_a_capital_one_and_the_officer_is_told(world: World) -> None:
    number = ending_in_x()
    document = {"kind": "resident_identity_card", "number": number.lower()}
    administrator = world.school.administrator
    answer = administrator.post("/v1/accounts", body(world, document=document))
    assert answer.status == 201
    (notice,) = answer.body["notices"]
    assert "X" in notice
    document["number"] = number
    again = administrator.post("/v1/accounts", body(world, document=document))
    assert again.body["person"] == answer.body["person"]
    assert again.body["notices"] == []


def test_a_wrong_check_digit_is_refused_with_its_rule(world: World) -> None:
    number = invented_number()
    wrong = number[:17] + ("1" if check_digit(number[:17]) != "1" else "2")
    document = {"kind": "resident_identity_card", "number": wrong}
    answer = world.school.administrator.post("/v1/accounts", body(world, document=document))
    assert (answer.status, answer.code) == (409, "ID_FORMAT")
    assert wrong not in str(answer.body)


@pytest.mark.parametrize(
    ("kind", "first", "again"),
    [
        ("hk_macao_travel_permit", "H0000000101", "H0000000102"),
        ("hk_macao_travel_permit", "H00000002", "H0000000203"),
        ("hk_macao_travel_permit", "M0000000301", "m0000000302"),
    ],
)
def test_a_document_that_was_renewed_is_the_same_persons(
    world: World, kind: str, first: str, again: str
) -> None:
    """The lifelong part tells who it is, and not the count of renewals."""
    administrator, opened = world.school.administrator, []
    for number in (first, again):
        document = {"kind": kind, "number": number}
        asked = body(world, name="某续证者", document=document)
        opened.append(done(administrator.post("/v1/accounts", asked)).body["person"])
    assert len(set(opened)) == 1


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", None),
        ("passport", "HELLO"),
        ("hk_macao_travel_permit", "HELLO"),
        ("taiwan_travel_permit", "HELLO"),
        ("foreign_permanent_residence", "HELLO"),
        ("hk_macao_travel_permit", None),
        ("resident_identity_card", "H00000009"),
    ],
)
def test_a_number_that_has_another_kinds_form_is_told_so(
    world: World, kind: str, number: str | None
) -> None:
    """An identity card's number under another kind makes nobody new."""
    document = {"kind": kind, "number": number or invented_number()}
    answer = world.school.administrator.post("/v1/accounts", body(world, document=document))
    assert (answer.status, answer.code) == (409, "ID_FORMAT")


def test_a_document_belongs_to_one_name(world: World) -> None:
    number = {"kind": "resident_identity_card", "number": invented_number()}
    administrator = world.school.administrator
    assert administrator.post("/v1/accounts", body(world, document=number)).status == 201
    answer = administrator.post("/v1/accounts", body(world, document=number, name="某乙"))
    assert (answer.status, answer.code) == (409, "NAME_DIFFERS")


def test_a_login_belongs_to_one_account(world: World) -> None:
    administrator = world.school.administrator
    assert administrator.post("/v1/accounts", body(world, login="taken")).status == 201
    answer = administrator.post("/v1/accounts", body(world, login="TAKEN"))
    assert (answer.status, answer.code) == (409, "LOGIN_TAKEN")


def test_the_code_is_told_once(world: World) -> None:
    administrator, asked = world.school.administrator, body(world)
    first, again = (administrator.post("/v1/accounts", asked, key="told-once") for _ in range(2))
    assert first.body["one_time_code"]
    assert again.body["one_time_code"] is None
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.body["position"] == again.body["position"]


@pytest.mark.parametrize("role", ["auditor", "inspector", "system_administrator"])
def test_who_watches_is_appointed_by_the_system_administrator_alone(
    world: World, role: str
) -> None:
    asked = body(world, roles=[role], organisation=None)
    assert world.bureau.administrator.post("/v1/accounts", asked).code == "FORBIDDEN"
    assert world.system.post("/v1/accounts", asked).status == 201


def test_an_administrator_opens_accounts_at_home_and_beneath_only(world: World) -> None:
    beneath = body(world)
    assert world.bureau.administrator.post("/v1/accounts", beneath).status == 201
    beside = body(world, organisation=world.enterprise.organisation)
    assert world.school.administrator.post("/v1/accounts", beside).code == "FORBIDDEN"


def test_an_account_is_read_by_its_administrators_with_name_and_login(world: World) -> None:
    applicant = world.applicant(world.school, "某丙")
    path = f"/v1/accounts/{applicant.account}"
    answer = world.school.administrator.get(path)
    assert (answer.body["name"], answer.body["login"]) == ("某丙", applicant.login)
    assert acts_in(answer.body) == ["accounts.give_code", "accounts.disable"]
    assert world.enterprise.administrator.get(path).code == "NOT_FOUND"
    assert world.school.handler.get(path).code == "NOT_FOUND"


def test_accounts_are_listed_with_those_of_organisations_beneath(world: World) -> None:
    opened = world.bureau.administrator.post("/v1/accounts", body(world))
    path = f"/v1/accounts?limit=200&{world.shown(opened)}"
    seen = {
        reader: {row["account"] for row in house.administrator.get(path).body["accounts"]}
        for reader, house in (("school", world.school), ("bureau", world.bureau))
    }
    assert opened.body["account"] in seen["school"] & seen["bureau"]
    assert world.enterprise.handler.account in seen["bureau"] - seen["school"]
    assert world.school.handler.get(path).body["accounts"] == []


def test_a_lost_secret_is_replaced_by_a_new_code_and_that_is_on_record(world: World) -> None:
    applicant = world.applicant(world.school)
    assert applicant.get("/v1/sessions").status == 200
    path, administrator = f"/v1/accounts/{applicant.account}", world.school.administrator
    reason = {"reason": "本人遗忘密码"}
    answer = done(administrator.change(path, "/codes", reason))
    assert [each["topic"] for each in answer.body["events"]] == ["account:secret-given:1"]
    assert applicant.get("/v1/sessions").status == 200
    other = done(world.bureau.administrator.change(path, "/codes", reason))
    assert applicant.get("/v1/sessions").code == "SIGN_IN_ENDED"
    nobody, halves = Client(world.address), (answer, other)
    code = "".join(each.body["one_time_code"] for each in halves)
    renewed = nobody.signed_in(applicant.login, code)
    assert renewed.get("/v1/sessions").code == "PASSWORD_CHANGE_REQUIRED"


def test_a_disabled_account_is_of_no_use_from_that_moment(world: World) -> None:
    applicant = world.applicant(world.school)
    assert applicant.get("/v1/sessions").status == 200
    administrator = world.school.administrator
    path = f"/v1/accounts/{applicant.account}"
    answer = administrator.change(path, "/disablings", {"reason": "离职"})
    assert answer.status == 201
    assert applicant.get("/v1/sessions").code == "SIGN_IN_ENDED"
    again = administrator.change(path, "/disablings", {"reason": "离职"})
    assert (again.status, again.body["events"]) == (200, [])
    appointed = world.appoint(world.school, "handler", applicant)
    assert (appointed.status, appointed.code) == (422, "ACCOUNT_UNKNOWN")


def test_whoever_is_to_hold_a_seat_is_an_official_of_that_organisation(world: World) -> None:
    applicant = world.applicant(world.school)
    assert world.appoint(world.school, "handler", applicant).code == "NOT_AN_OFFICIAL"
    stranger = world.account(
        world.enterprise.administrator, "外人", world.enterprise.organisation, [Role.OFFICIAL]
    )
    assert world.appoint(world.school, "duty_officer", stranger).code == "ACCOUNT_ELSEWHERE"


def test_a_human_being_who_takes_part_in_cases_gets_no_account_to_watch_over_them(
    world: World,
) -> None:
    document = {"kind": "resident_identity_card", "number": invented_number()}
    applicant = world.applicant(world.school, "某甲", document["number"])
    applicant.sign_in()
    watching = body(world, document=document, roles=["auditor"], organisation=None)
    assert world.system.post("/v1/accounts", watching).code == "ROLES_APART"
    path = f"/v1/accounts/{applicant.account}"
    assert world.school.administrator.change(path, "/disablings", {"reason": "调离"}).status == 201
    world.account(world.system, "某甲", None, [Role.AUDITOR], document["number"])
    again = body(world, document=document)
    assert world.school.administrator.post("/v1/accounts", again).code == "ROLES_APART"
