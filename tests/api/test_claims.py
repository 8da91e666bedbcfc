"""An account opened for somebody known is theirs once that is shown, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import done, draft, filed, title

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

APPLIES = [Role.APPLICANT]


@pytest.fixture
def holder(world: World) -> Actor:
    """Somebody who has filed a case at the school."""
    return world.applicant(world.school, "某持有人")


@pytest.fixture
def case(world: World, holder: Actor) -> str:
    return filed(holder, world.school)


def shadow(world: World, holder: Actor, house: House | None = None) -> Actor:
    """An account that the enterprise opens in the holder's name, and signs in to itself."""
    house = house or world.enterprise
    return world.account(
        house.administrator, holder.name, house.organisation, APPLIES, holder.number, claimed=False
    )


def claimed(by: Actor, login: str, password: str = PASSWORD) -> Answer:
    return by.post("/v1/claims", {"login": login, "password": password})


def attested(by: Actor, account: Actor) -> Answer:
    body = {"shown": "resident_identity_card"}
    return by.post(f"/v1/accounts/{account.account}/attestations", body)


class TestAShadow:
    """Whoever opens an account in somebody else's name has nothing of theirs by it."""

    def test_sees_nothing_and_does_nothing(self, world: World, holder: Actor, case: str) -> None:
        cheat = shadow(world, holder)
        assert cheat.person == holder.person
        everything = world.everything()
        for path in (case, f"{case}/history", f"/v1/persons/{holder.person}"):
            assert cheat.get(path).code == "NOT_FOUND", path
        assert cheat.get(f"/v1/cases?{everything}").body["cases"] == []
        assert holder.get(f"/v1/cases?{everything}").body["cases"]
        refused = cheat.post("/v1/cases", title(world.enterprise))
        assert (refused.status, refused.code) == (409, "ACCOUNT_UNCLAIMED")
        assert refused.body["refusals"][0]["rules"]
        withdrawn = cheat.post(f"{case}/withdrawals", {"reason": "不报了"}, version=1)
        assert withdrawn.code == "NOT_FOUND"

    def test_claims_nothing(self, world: World, holder: Actor) -> None:
        cheat, stranger = shadow(world, holder), world.applicant(world.enterprise)
        stranger.sign_in()
        assert claimed(cheat, holder.login, "猜一个密码").code == "SECRET_REFUSED"
        assert claimed(cheat, "nobody-at-all").code == "SECRET_REFUSED"
        assert claimed(cheat, stranger.login).code == "CLAIM_NOT_SHOWN"
        assert claimed(cheat, cheat.login).code == "CLAIM_NOT_SHOWN"
        further = shadow(world, holder, world.department)
        code = further.code
        assert code is not None
        assert claimed(cheat, further.login, code).code == "SECRET_REFUSED"
        further.sign_in()
        assert claimed(cheat, further.login).code == "CLAIM_NOT_SHOWN"

    def test_holds_no_seat(self, world: World, holder: Actor) -> None:
        house, roles = world.enterprise, [Role.OFFICIAL]
        cheat = world.account(
            house.administrator,
            holder.name,
            house.organisation,
            roles,
            holder.number,
            claimed=False,
        )
        assert world.appoint(house, "duty_officer", cheat).code == "ACCOUNT_UNCLAIMED"

    def test_stands_in_nobodys_way(self, world: World) -> None:
        somebody = world.account(world.system, "某政策人员", None, [Role.POLICY_ADMINISTRATOR])
        cheat = shadow(world, somebody)
        watcher = world.account(world.system, somebody.name, None, [Role.AUDITOR], somebody.number)
        assert watcher.person == cheat.person
        assert claimed(cheat, watcher.login).code == "ROLES_APART"


class TestTheHolder:
    """Claims what was opened for them, by what they alone know."""

    def test_by_the_password_of_another_account(
        self, world: World, holder: Actor, case: str
    ) -> None:
        new = shadow(world, holder)
        answer = done(claimed(new, holder.login))
        topics = {each["topic"] for each in answer.body["events"]}
        assert topics == {"account:claimed:1", "person:account-shown-theirs:1"}
        assert new.get(case).status == 200
        assert draft(new, world.enterprise)
        again = claimed(new, holder.login)
        assert (again.status, again.body["events"]) == (200, [])
        assert PASSWORD not in str(answer.body)

    def test_by_that_of_one_that_is_disabled(self, world: World, holder: Actor) -> None:
        holder.sign_in()
        new, path = shadow(world, holder), f"/v1/accounts/{holder.account}"
        done(world.school.administrator.change(path, "/disablings", {"reason": "调离"}))
        done(claimed(new, holder.login))

    def test_with_a_fresh_sign_in(self, world: World, holder: Actor) -> None:
        holder.sign_in()
        client = shadow(world, holder).client
        world.clock.set(world.clock.now() + timedelta(minutes=7))
        body = {"login": holder.login, "password": PASSWORD}
        assert client.act("/v1/claims", body).code == "FRESH_SIGN_IN_REQUIRED"

    def test_or_two_officers_see_them(self, world: World, holder: Actor, case: str) -> None:
        new, bureau = shadow(world, holder), world.bureau
        assert attested(world.enterprise.handler, new).code in ("WITHOUT_POWER", "NOT_FOUND")
        assert attested(world.enterprise.administrator, new).code in ("FORBIDDEN", "NOT_FOUND")
        done(attested(bureau.handler, new))
        assert new.get(case).code == "NOT_FOUND"
        assert attested(bureau.handler, new).code == "TWO_OFFICERS"
        done(attested(bureau.leader, new))
        assert new.get(case).status == 200
        seen = world.enterprise.administrator.get(f"/v1/accounts/{new.account}").body
        assert seen["claimed"] is True

    def test_what_nobody_wants_is_said(self, world: World, holder: Actor) -> None:
        new = shadow(world, holder)
        for body in ({}, {"login": holder.login}, {"login": "", "password": ""}):
            assert new.post("/v1/claims", body).status == 422
        unknown = world.bureau.handler.post(f"/v1/accounts/{new.account}/attestations", {})
        assert unknown.status == 422


def test_nobody_registers_where_no_issuer_is_trusted(world: World) -> None:
    answer = Client(world.address).act("/v1/registrations", {"token": "任何令牌"})
    assert (answer.status, answer.code) == (403, "REGISTRATION_NOT_OFFERED")
    assert "所在单位" in answer.body["detail"]
