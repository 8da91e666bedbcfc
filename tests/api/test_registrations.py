"""Registering oneself at the word of a trusted issuer, and being taken in by an employer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from tests.api.access_routes import BY_ROLE, LISTS, ROUTES
from tests.api.client import Client
from tests.api.filings import acts_in, done, filed, title
from tests.api.issuer import FakeIssuer, a_county, running
from tests.api.moves import PATH, accept
from tests.api.society import invented_number
from tests.api.test_access_matrix import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.client import Answer
    from tests.api.world import World
    from tests.conftest import Database

REGISTRATIONS = "/v1/registrations"
VOUCHES = {"oidc_name_claim": "name", "oidc_document_claim": "id_number"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[FakeIssuer]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def world(
    issuer: FakeIssuer,
    fresh_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """The county, which trusts the issuer to say who somebody is."""
    keys = tmp_path_factory.mktemp("keys")
    with a_county(issuer, fresh_database(), keys, **VOUCHES) as county:
        yield county


class Newcomer:
    """Somebody whom the issuer knows under a subject, by name and document."""

    def __init__(self, world: World, issuer: FakeIssuer, subject: str, **claims: Any) -> None:  # noqa: ANN401 -- of a token
        self.world, self.issuer, self.subject = world, issuer, subject
        self.claims = {"name": "某自助者", "id_number": invented_number(), **claims}

    @property
    def token(self) -> str:
        """A token of theirs, given now."""
        return self.issuer.token(self.world.clock.now(), self.subject, **self.claims)

    @property
    def client(self) -> Client:
        """What they send, signed in by it."""
        return Client(self.world.address, self.token)

    def register(self) -> Answer:
        """Their own wish for an account."""
        return Client(self.world.address).act(REGISTRATIONS, {"token": self.token})

    def registered(self) -> str:
        """The account that they have from then on."""
        account: str = done(self.register()).body["account"]
        return account


def test_who_is_vouched_for_registers_and_is_taken_in_by_an_employer(
    world: World, issuer: FakeIssuer
) -> None:
    newcomer = Newcomer(world, issuer, "self-1")
    account, client = newcomer.registered(), newcomer.client
    assert client.get("/v1/sessions").status == 200
    assert client.act("/v1/cases", title(world.school)).code == "FORBIDDEN"
    asked = done(client.act(PATH, {"organisation": world.school.organisation})).body
    path = f"{PATH}/{asked['stream']}"
    administrator = world.school.administrator
    assert administrator.get(f"/v1/accounts/{account}").code == "NOT_FOUND"
    seen = administrator.get(path).body
    assert (seen["name"], seen["leaves"], acts_in(seen)) == ("某自助者", None, ["moves.accept"])
    topics = {each["topic"] for each in done(accept(administrator, path)).body["events"]}
    assert topics == {"move:accepted:1", "account:moved:1", "person:moved:1"}
    assert administrator.get(f"/v1/accounts/{account}").body["roles"] == ["applicant"]
    assert acts_in(administrator.get(path).body) == []
    assert client.act("/v1/cases", title(world.school)).status == 201


def test_the_bureau_of_the_area_takes_them_in_as_well(world: World, issuer: FakeIssuer) -> None:
    newcomer = Newcomer(world, issuer, "self-2")
    newcomer.registered()
    asked = done(newcomer.client.act(PATH, {"organisation": world.enterprise.organisation})).body
    done(accept(world.bureau.administrator, f"{PATH}/{asked['stream']}"))
    assert newcomer.client.act("/v1/cases", title(world.enterprise)).status == 201


def test_registering_twice_is_once(world: World, issuer: FakeIssuer) -> None:
    newcomer = Newcomer(world, issuer, "self-3")
    first, again = newcomer.register(), newcomer.register()
    assert (first.status, again.status) == (201, 200)
    assert first.body["account"] == again.body["account"]


def test_one_who_died_before_the_binding_finds_the_same_account(
    world: World, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer = Newcomer(world, issuer, "self-4")
    federation = world.services.sign_in.federation
    assert federation is not None

    def dies(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as dying:
        dying.setattr(type(federation.bindings), "bind", dies)
        assert newcomer.register().status == 500
    account = newcomer.registered()
    claims = newcomer.claims
    found = done(
        world.bureau.handler.post(
            "/v1/searches",
            {
                "document": {"kind": "resident_identity_card", "number": claims["id_number"]},
                "reason": "核对",
            },
        )
    ).body
    person = world.services.record.load(account).recorded[0].event
    assert found["persons"] == [person.person]  # type: ignore[attr-defined]


def test_who_is_known_is_that_person_whatever_the_account(world: World, issuer: FakeIssuer) -> None:
    holder = world.applicant(world.school, "某老教师")
    case = filed(holder, world.school)
    newcomer = Newcomer(world, issuer, "self-5", name=holder.name, id_number=holder.number)
    newcomer.registered()
    assert newcomer.client.get(case).status == 200
    other = Newcomer(world, issuer, "self-6", name="某别人", id_number=holder.number)
    assert other.register().code == "NAME_DIFFERS"


def test_a_shadow_is_claimed_by_a_token_of_the_issuer(world: World, issuer: FakeIssuer) -> None:
    newcomer = Newcomer(world, issuer, "self-7")
    newcomer.registered()
    enterprise, claims = world.enterprise, newcomer.claims
    shadow = world.account(
        enterprise.administrator,
        claims["name"],
        enterprise.organisation,
        [Role.APPLICANT],
        claims["id_number"],
        claimed=False,
    )
    unbound = Newcomer(world, issuer, "self-8")
    for body, code in (
        ({"token": unbound.token}, "ACCOUNT_NOT_BOUND"),
        ({"token": "不是令牌"}, "TOKEN_REFUSED"),
        ({"token": newcomer.token, "login": "somebody", "password": "x"}, "FIELDS_REFUSED"),
        ({"login": "somebody"}, "FIELDS_REFUSED"),
        ({}, "FIELDS_REFUSED"),
    ):
        assert shadow.post("/v1/claims", body).code == code, body
    done(shadow.post("/v1/claims", {"token": newcomer.token}))
    assert shadow.post("/v1/cases", title(enterprise)).status == 201


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"name": None}, "NOBODY_VOUCHED"),
        ({"id_number": None}, "NOBODY_VOUCHED"),
        ({"id_number": 360734190001010010}, "NOBODY_VOUCHED"),
        ({"name": " "}, "NOBODY_VOUCHED"),
        ({"id_number": "123"}, "ID_FORMAT"),
    ],
)
def test_of_whom_the_issuer_says_too_little_there_is_no_account(
    world: World, issuer: FakeIssuer, claims: dict[str, Any], code: str
) -> None:
    assert Newcomer(world, issuer, "self-9", **claims).register().code == code


def test_a_watcher_does_not_become_an_applicant(world: World, issuer: FakeIssuer) -> None:
    watcher = world.auditor
    newcomer = Newcomer(world, issuer, "self-10", name=watcher.name, id_number=watcher.number)
    assert newcomer.register().code == "ROLES_APART"


def test_a_token_of_somebody_else_registers_nobody(world: World, issuer: FakeIssuer) -> None:
    stale = issuer.token(world.clock.now(), "self-11", exp=1, name="某", id_number="1")
    answer = Client(world.address).act(REGISTRATIONS, {"token": stale})
    assert (answer.status, answer.code) == (401, "TOKEN_REFUSED")


def test_who_has_no_employer_yet_is_answered_whatever_they_ask(
    world: World, issuer: FakeIssuer
) -> None:
    newcomer = Newcomer(world, issuer, "self-12")
    account, client = newcomer.registered(), newcomer.client
    names = {**ABSENT, "account": account, "material": "material-1", "appointment": "x"}
    for operation, (path, _) in LISTS.items():
        answer = client.get(path)
        assert answer.status in (200, 403, 404), (operation, answer.body)
        if answer.status == 200:
            member = next(each for each in answer.body.values() if isinstance(each, list))
            assert member == [], operation
    asked = [(path, body) for _, path, body in BY_ROLE.values()]
    for route in ROUTES:
        path = f"/v1/{route.about}s/{names[route.about]}{route.tail.format(**names)}"
        asked.append((path, route.body))
    for path, body in asked:
        answer = client.get(path) if body is None else client.act(path, body, version='"v1"')
        assert answer.status < 500, (path, answer.body)
        if "policy" not in path and "eligibility" not in path:
            assert answer.status in (200, 403, 404, 422), (path, answer.body)
