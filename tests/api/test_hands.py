"""A secret comes from two hands, over HTTP: nobody alone gets at the account of who checks them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.client import tag
from domain.account.events import Role
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.client import Client
from tests.api.filings import decide, done, filed, opine
from tests.api.renamings import confirm, proposed
from tests.api.society import House, invented_number
from tests.api.test_races import asked_erasure

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

WATCHING = ["auditor", "inspector", "system_administrator"]
REASON = {"reason": "遗失"}


@pytest.fixture
def school(world: World) -> House:
    """A school in which everything is still to come."""
    return world.found(
        f"凭据学校{invented_number()}",
        world.bureau.administrator,
        kind="institution",
        traits=["unit.sector=education"],
        superior=world.department.organisation,
        bureau=world.bureau.organisation,
    )


def opened(by: Actor, house: House, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    body = {
        "name": "某人",
        "document": {"kind": "resident_identity_card", "number": invented_number()},
        "organisation": house.organisation,
        "roles": [Role.OFFICIAL],
        "login": f"login-{invented_number()}",
        **members,
    }
    return by.post("/v1/accounts", body)


def code(by: Actor, account: str) -> Answer:
    return by.change(f"/v1/accounts/{account}", "/codes", REASON)


def half_of(by: Actor, account: str) -> str:
    answer = done(code(by, account))
    assert answer.body["part"] in ("first", "second")
    return str(answer.body["one_time_code"])


def anew(holder: Actor, *hands: Actor) -> None:
    """Somebody gets a new code from two others and chooses a password."""
    holder.code = "".join(half_of(each, holder.account) for each in hands)
    holder.forget()
    holder.sign_in()


class TestOneAlone:
    """Who gives one part of a secret can't use it."""

    def test_half_a_code_lets_nobody_in(self, world: World, school: House) -> None:
        login = f"login-{invented_number()}"
        answer = done(opened(school.administrator, school, login=login))
        assert answer.body["part"] == "first"
        assert any("两部分" in each for each in answer.body["notices"])
        nobody, half = Client(world.address), answer.body["one_time_code"]
        for tried in (half, half + half):
            assert nobody.sign_in(login, tried).status == 401
        account = answer.body["account"]
        again = half_of(school.administrator, account)
        assert again != half
        assert nobody.sign_in(login, half + again).status == 401
        other = half_of(world.bureau.administrator, account)
        assert nobody.sign_in(login, half + other).status == 401
        assert nobody.sign_in(login, again + other).status == 201

    @pytest.mark.parametrize("role", ["administrator", "official", "policy_administrator"])
    def test_everything_but_applying_takes_two(
        self, world: World, school: House, role: str
    ) -> None:
        by = world.system if role == "policy_administrator" else world.bureau.administrator
        assert done(opened(by, school, roles=[role])).body["part"] == "first"
        both = ["applicant", role]
        assert done(opened(by, school, roles=both)).body["part"] == "first"
        assert done(opened(by, school, roles=["applicant"])).body["part"] == "whole"

    @pytest.mark.parametrize("role", WATCHING)
    def test_who_watches_is_reached_by_nobody_alone(self, world: World, role: str) -> None:
        watcher = world.account(world.system, "某监督人员", None, [Role(role)])
        assert watcher.get("/v1/sessions").status == 200
        for _ in range(3):
            half_of(world.system, watcher.account)
        assert watcher.get("/v1/sessions").status == 200
        path = f"/v1/accounts/{watcher.account}"
        proposed = done(world.system.change(path, "/disablings", REASON))
        assert [each["topic"] for each in proposed.body["events"]] == [
            "account:disabling-proposed:1"
        ]
        assert watcher.get("/v1/sessions").status == 200
        assert world.system.change(path, "/disablings", REASON).code == "TWO_OFFICERS"
        done(world.second.change(path, "/disablings", REASON))
        assert watcher.get("/v1/sessions").code == "SIGN_IN_ENDED"

    def test_an_employer_alone_gives_no_whole_secret(self, world: World, school: House) -> None:
        organisation, roles = school.organisation, [Role.ADMINISTRATOR]
        other = world.account(world.bureau.administrator, "又一管理员", organisation, roles)
        account = done(opened(school.administrator, school)).body["account"]
        refused = code(other, account)
        assert (refused.status, refused.code) == (409, "HAND_FROM_ABOVE")
        assert refused.body["refusals"][0]["rules"]
        assert half_of(world.department.administrator, account)

    def test_nobody_gives_their_own(self, world: World) -> None:
        administrator = world.bureau.administrator
        assert code(administrator, administrator.account).code == "OWN_SECRET"
        document = {"kind": "resident_identity_card", "number": administrator.number}
        mine = opened(administrator, world.bureau, name=administrator.name, document=document)
        assert mine.code == "OWN_SECRET"

    def test_a_part_asks_for_a_fresh_sign_in(self, world: World, school: House) -> None:
        client = school.administrator.client
        account = done(opened(school.administrator, school)).body["account"]
        world.clock.set(world.clock.now() + timedelta(minutes=7))
        stale = client.act(f"/v1/accounts/{account}/codes", REASON, version=tag(2))
        assert (stale.status, stale.code) == (403, "FRESH_SIGN_IN_REQUIRED")

    def test_without_a_code_only_an_issuer_lets_in(self, school: House) -> None:
        answer = opened(school.administrator, school, with_code=False)
        assert (answer.status, answer.code) == (409, "ISSUER_NOT_CONFIGURED")

    def test_a_first_part_that_nobody_was_told_is_given_again(
        self, world: World, school: House
    ) -> None:
        account = done(opened(school.administrator, school)).body["account"]
        with world.services.sign_in.pool.connection() as connection:  # as after a crash in between
            connection.execute("DELETE FROM credential WHERE account = %s", (account,))
        bureau = world.bureau.administrator
        assert code(bureau, account).code == "FIRST_PART_MISSING"
        assert half_of(school.administrator, account)
        assert half_of(bureau, account)


class TestAcross:
    """Who sits across from somebody had no part of their secret, and nobody had one of both."""

    def test_a_handler_who_administers_gets_no_hold_of_the_leader(
        self, world: World, school: House
    ) -> None:
        world.seat(school, LEADER)
        administrator, number = school.administrator, invented_number()
        both = [Role.ADMINISTRATOR, Role.OFFICIAL]
        cheat = world.account(world.system, "某兼任者", school.organisation, both, number)
        done(world.appoint(school, HANDLER, cheat))
        refused = code(cheat, school.leader.account)
        assert (refused.status, refused.code) == (409, "CODE_FROM_COUNTERPART")
        path = f"/v1/accounts/{school.leader.account}"
        assert cheat.change(path, "/disablings", REASON).code == "OF_A_COUNTERPART"
        assert school.leader.get("/v1/sessions").status == 200
        assert half_of(administrator, school.leader.account)

    def test_one_hand_does_not_seat_both(self, world: World, school: House) -> None:
        world.seat(school, HANDLER)
        by, official = world.system, [Role.OFFICIAL]
        same = world.account(by, "某领导", school.organisation, official, None, world.second)
        refused = world.appoint(school, LEADER, same)
        assert (refused.status, refused.code) == (409, "ONE_HAND_FOR_BOTH")
        anew(same, world.second, world.further("四"))
        assert world.appoint(school, LEADER, same).status == 201

    def test_half_a_secret_seats_nobody(self, school: House) -> None:
        account = done(opened(school.administrator, school)).body["account"]
        path = f"/v1/organisations/{school.organisation}"
        body = {"seat": HANDLER, "account": account}
        refused = school.administrator.change(f"{path}/appointments", "", body)
        assert (refused.status, refused.code) == (409, "SECRET_FROM_ONE_HAND")

    def test_who_gave_the_handlers_secret_does_not_decide(
        self, world: World, school: House
    ) -> None:
        both = [Role.ADMINISTRATOR, Role.OFFICIAL]
        where = school.organisation
        giver = world.account(world.system, "某副校长", where, both, None, world.further("五"))
        handler = world.account(giver, "某经办", where, [Role.OFFICIAL], None, world.system)
        done(world.appoint(school, HANDLER, handler))
        path = filed(world.applicant(school), school)
        done(opine(handler, path))
        assert world.appoint(school, LEADER, giver).code == "CODE_FROM_COUNTERPART"
        # a new code from others lets them sit; what was done under the old one stays what it was
        anew(handler, world.second, world.further("四"))
        done(world.appoint(school, LEADER, giver))
        short = {"code": "YEARS_SHORT", "rules": ["XW-19"]}
        against = {"decision": "reject", "reasons": [short], "opinion": "年限不足。"}
        item = {"subject": "degree", "problem": "扫描件不清晰", "rules": ["XW-28"]}
        mending = {"items": [item], "no_reason_to_recuse": True}
        for refused in (
            decide(giver, path),
            decide(giver, path, **against),
            giver.change(path, "/returns", mending),
        ):
            assert refused.status == 409, refused.body
            assert "CODE_FROM_COUNTERPART" in {each["code"] for each in refused.body["refusals"]}
        later = filed(world.applicant(school), school)
        done(opine(handler, later))
        done(decide(giver, later))

    def test_who_gave_an_officers_secret_confirms_nothing_that_they_propose(
        self, world: World
    ) -> None:
        bureau, both = world.bureau, [Role.ADMINISTRATOR, Role.OFFICIAL]
        where, official = bureau.organisation, [Role.OFFICIAL]
        giver = world.account(world.second, "某主任", where, both, None, world.further("五"))
        officer = world.account(giver, "某科员", where, official, None, world.further("六"))
        done(world.appoint(bureau, HANDLER, officer))
        done(world.appoint(bureau, INTEGRITY_LEADER, giver))
        path = proposed(officer, world.applicant(world.school), "某更名者")
        refused = confirm(giver, path)
        assert (refused.status, refused.code) == (409, "CODE_FROM_COUNTERPART")
        done(confirm(bureau.leader, path))

    def test_one_hand_for_two_officers_is_too_few_where_they_sit_across(self, world: World) -> None:
        bureau, official = world.bureau, [Role.OFFICIAL]
        where, third = bureau.organisation, world.further("七")
        officer = world.account(third, "某科员", where, official, None, world.further("六"))
        beside = world.account(third, "某干事", where, official, None, world.further("八"))
        across = world.account(world.system, "某副局长", where, official, None, world.second)
        done(world.appoint(bureau, INTEGRITY_HANDLER, officer))
        done(world.appoint(bureau, LEADER, beside))
        done(confirm(beside, proposed(officer, world.applicant(world.school), "某更名者")))
        leaver = world.applicant(world.school)
        path = asked_erasure(world, leaver)
        done(officer.change(path, "/approvals", {"grounds": "符合条件"}))
        anew(officer, world.system, world.further("八"))
        anew(across, third, world.second)
        done(world.appoint(bureau, INTEGRITY_LEADER, across))
        decision = {"decision": "寻人社删〔2024〕11号"}
        assert across.change(path, "/orders", decision).code == "ONE_HAND_FOR_BOTH"
        done(bureau.integrity_leader.change(path, "/orders", decision))
