"""What its holder is told of an account, over HTTP: sign-ins, codes, roles, seats, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.account.events import Role
from domain.separation import HANDLER
from tests.api.accounts import PASSWORD
from tests.api.filings import done

if TYPE_CHECKING:
    from tests.api.client import Answer, Client
    from tests.api.world import World

SIGN_INS, HISTORY = "/v1/account/sign-ins", "/v1/account/history"
FIREFOX = {"User_Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"}
PHONE = {"User_Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/129.0 Mobile"}
WHERE = "device browser system succeeded refused current"


def pages(client: Client, address: str, member: str, **headers: str) -> list[dict[str, Any]]:
    """Every row of a list, page after page of two."""
    found, path = [], f"{address}?limit=2"
    while path:
        answer = done(client.get(path, **headers))
        assert len(answer.body[member]) <= 2
        found += answer.body[member]
        link = answer.headers["Link"] or ""
        path = link.partition("<")[2].partition(">")[0]
    return found


def test_the_holder_reads_how_often_and_where_the_secret_was_right_or_wrong(world: World) -> None:
    holder = world.applicant(world.school)
    client = holder.sign_in()

    def sign_in(secret: str, headers: dict[str, str]) -> Answer:
        body = {"login": holder.login, "password": secret}
        return client.post("/v1/sessions", body, **headers)

    answers = [sign_in(PASSWORD, FIREFOX), sign_in("wrong", FIREFOX), sign_in(PASSWORD, FIREFOX)]
    assert [each.status for each in answers] == [201, 401, 201]
    assert sign_in("wrong", PHONE).status == 401
    mine = client.within(answers[0])
    confirmation = mine.post("/v1/sessions/current/confirmations", {"password": "no"}, **FIREFOX)
    assert confirmation.code == "SECRET_REFUSED"
    rows = pages(mine, SIGN_INS, "sign_ins", **FIREFOX)
    by_browser = {row["browser"]: {name: row[name] for name in WHERE.split()} for row in rows}
    firefox = by_browser.pop("Firefox")
    assert len(firefox.pop("device")) == 8
    assert firefox == {
        "browser": "Firefox",
        "system": "Linux",
        "succeeded": 2,
        "refused": 2,
        "current": True,
    }
    elsewhere = {"device": None, "browser": None, "system": None, "current": False}
    by_the_code_and_on_the_phone = {**elsewhere, "succeeded": 1, "refused": 1}
    assert by_browser == {None: by_the_code_and_on_the_phone}
    for row in rows:
        assert (row["day"], row["method"]) == (str(world.clock.now().date()), "password")


def test_the_sessions_that_go_on_are_told_with_their_devices_page_by_page(world: World) -> None:
    holder = world.applicant(world.school)
    client = holder.sign_in()
    body = {"login": holder.login, "password": PASSWORD}
    for headers in (FIREFOX, PHONE):
        done(client.post("/v1/sessions", body, **headers))
    sessions = pages(client, "/v1/sessions", "sessions")
    assert {(each["browser"], each["system"]) for each in sessions} == {
        ("Firefox", "Linux"),
        ("Chrome", "Android"),
        (None, None),
    }
    of_the_code = next(each for each in sessions if each["current"])
    assert of_the_code["device"] is None
    firefox = next(each for each in sessions if each["browser"] == "Firefox")
    signed_in = pages(client, SIGN_INS, "sign_ins")
    assert firefox["device"] in {each["device"] for each in signed_in}


def test_the_holder_reads_who_gave_codes_and_seats_and_when(world: World) -> None:
    school, administrator = world.school, world.school.administrator
    holder = world.account(administrator, "某职员", school.organisation, [Role.OFFICIAL])
    holder.sign_in()
    done(world.appoint(school, HANDLER, holder))
    reason = {"reason": "遗失密码"}
    parts = [
        done(by.change(f"/v1/accounts/{holder.account}", "/codes", reason)).body["one_time_code"]
        for by in (administrator, world.system)
    ]
    holder.code = "".join(parts)
    rows = pages(holder.sign_in(), HISTORY, "events")
    assert [row["topic"] for row in rows] == [
        "account:secret-given:1",
        "account:secret-given:1",
        "seats:appointment-opened:1",
        "account:activated:1",
        "account:secret-given:1",
        "account:secret-given:1",
        "account:opened:1",
    ]
    _, code, seated, activated, _, _, opened = rows
    by = {"account": administrator.account, "name": administrator.name}
    assert by.items() <= code["actor"].items()
    assert code["actor"]["organisation_name"] == school.name
    assert code["fields"]["reason"] == "遗失密码"
    assert (seated["fields"]["seat"], seated["fields"]["late_entry"]) == (HANDLER, False)
    assert activated["actor"]["name"] == holder.name
    assert opened["fields"]["roles"] == ["official"]
    assert [row["position"] for row in rows] == sorted((r["position"] for r in rows), reverse=True)


def test_an_account_is_told_of_itself_and_nobody_of_another(world: World) -> None:
    holder = world.applicant(world.school)
    holder.sign_in()
    for other in (world.system, world.auditor, world.inspector, world.school.administrator):
        for row in pages(other.client, HISTORY, "events"):
            assert holder.account not in (row["stream"], row["fields"].get("account"))
    opened, _, activated = reversed(pages(holder.client, HISTORY, "events"))
    assert opened["stream"] == activated["stream"] == holder.account
    cursor = done(holder.get(f"{HISTORY}?limit=1")).headers["Link"].partition("<")[2]
    assert world.auditor.get(cursor.partition(">")[0]).code == "CURSOR_REFUSED"
