"""Bearer tokens of an issuer elsewhere: whom they let in, and what only looks like one."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from joserfc.jwk import ECKey

from api.signin import Whence
from api.signin.issuer import Issuer
from api.signin.issuer_keys import IssuerKeys
from api.signin.tokens import TokenRefusedError
from domain.account.events import AccountActivated
from tests.api.client import Client
from tests.api.filings import done
from tests.api.issuer import AUDIENCE, NAME, FakeIssuer, a_county, running
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World
    from tests.conftest import Database


@pytest.fixture(scope="module")
def issuer() -> Iterator[FakeIssuer]:
    """One issuer for the module."""
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def world(
    issuer: FakeIssuer,
    fresh_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """The county, which takes the issuer's tokens."""
    keys = tmp_path_factory.mktemp("keys")
    with a_county(issuer, fresh_database(), keys) as county:
        yield county


def bound(world: World, subject: str) -> Actor:
    """Somebody new, bound to a subject of the issuer by their administrator."""
    somebody = world.applicant(world.school)
    answer = bind(world.school.administrator, somebody, subject)
    assert [each["topic"] for each in done(answer).body["events"]] == ["account:secret-given:1"]
    return somebody


def bind(administrator: Actor, somebody: Actor, subject: str) -> Answer:
    """An administrator binds somebody to a subject."""
    return administrator.change(
        f"/v1/accounts/{somebody.account}", "/bindings", {"subject": subject}
    )


def release(administrator: Actor, somebody: Actor) -> Answer:
    """An administrator ends the binding of somebody."""
    path = f"/v1/accounts/{somebody.account}"
    return administrator.change(path, "/binding-releases", {"reason": "换发"})


def bindings_shown(by: Actor, holder: Actor) -> dict[str, list[str]]:
    """Each button about a binding that somebody is shown, with what keeps them from it."""
    acts = done(by.get(f"/v1/accounts/{holder.account}")).body["acts"]
    return {
        each["operation"].partition(".")[2]: [one["code"] for one in each["refusals"]]
        for each in acts
        if each["act"] == "accounts.bind"
    }


def test_a_binding_is_a_button_and_so_is_its_end_where_there_is_one(world: World) -> None:
    somebody, administrator = world.applicant(world.school), world.school.administrator
    assert bindings_shown(administrator, somebody) == {"bind": []}
    assert bindings_shown(administrator, administrator) == {"bind": ["OWN_SECRET"]}
    assert bind(administrator, administrator, "own").code == "OWN_SECRET"
    done(bind(administrator, somebody, "shown"))
    assert bindings_shown(administrator, somebody) == {"bind": [], "release": []}
    done(release(administrator, somebody))
    assert bindings_shown(administrator, somebody) == {"bind": []}


def test_a_token_of_the_issuer_acts_as_the_account_that_its_subject_is_bound_to(
    world: World, issuer: FakeIssuer
) -> None:
    somebody = bound(world, "bound-1")
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-1"))
    assert caller.get(f"/v1/persons/{somebody.person}").status == 200
    (session,) = caller.get("/v1/sessions").body["sessions"]
    assert (session["method"], session["current"]) == ("oidc", True)


def test_the_first_token_activates_the_account(world: World, issuer: FakeIssuer) -> None:
    somebody = bound(world, "bound-2")
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-2"))
    assert caller.get("/v1/sessions").status == 200
    assert caller.get("/v1/sessions").status == 200
    events = [one.event for one in world.services.record.load(somebody.account).recorded]
    (activation,) = [event for event in events if isinstance(event, AccountActivated)]
    assert activation.method == "oidc"


def test_a_sign_in_at_the_issuer_is_told_and_makes_no_device_known_to_guess_a_password_on(
    world: World, issuer: FakeIssuer
) -> None:
    somebody, browser = bound(world, "bound-9"), {"User_Agent": "Firefox"}
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-9"))
    for _ in range(2):
        (told,) = caller.get("/v1/account/sign-ins", **browser).body["sign_ins"]
        assert (told["method"], told["succeeded"], told["refused"]) == ("oidc", 1, 0)
        assert (told["browser"], told["current"]) == ("Firefox", True)
    devices = [world.services.keys.digest("device", "127.0.0.1", "Firefox")]
    tally, account = world.services.sign_in.tally, somebody.account
    assert tally.known(account, "oidc", devices) == devices[0]
    assert tally.known(account, "password", devices) is None


def test_a_session_that_was_ended_stays_ended_whatever_its_tokens_say(
    world: World, issuer: FakeIssuer
) -> None:
    bound(world, "bound-3")
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-3"))
    assert caller.delete("/v1/sessions/current").status == 204
    later = world.clock.now() + timedelta(seconds=1)
    for token in (caller.token, issuer.token(later, "bound-3")):
        answer = Client(world.address, token).get("/v1/sessions")
        assert (answer.status, answer.code) == (401, "SIGN_IN_ENDED")
    another = issuer.token(world.clock.now(), "bound-3", sid="there-2")
    assert Client(world.address, another).get("/v1/sessions").status == 200


def test_a_subject_that_is_bound_to_nobody_is_told_so(world: World, issuer: FakeIssuer) -> None:
    caller = Client(world.address, issuer.token(world.clock.now(), "nobody"))
    answer = caller.get("/v1/sessions")
    assert (answer.status, answer.code) == (403, "ACCOUNT_NOT_BOUND")


def test_a_subject_is_bound_to_one_account_at_a_time(world: World, issuer: FakeIssuer) -> None:
    first = bound(world, "bound-4")
    second = world.applicant(world.school)
    administrator = world.school.administrator
    taken = bind(administrator, second, "bound-4")
    assert (taken.status, taken.code) == (409, "SUBJECT_TAKEN")
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-4"))
    assert caller.get("/v1/sessions").status == 200
    assert release(administrator, first).status == 201
    assert caller.get("/v1/sessions").code == "ACCOUNT_NOT_BOUND"
    assert release(administrator, first).status == 200
    done(bind(administrator, second, "bound-4"))
    assert caller.get(f"/v1/persons/{second.person}").status == 200


def test_a_binding_sent_again_undoes_nothing_that_happened_since(
    world: World, issuer: FakeIssuer
) -> None:
    administrator, somebody = world.school.administrator, world.applicant(world.school)
    path, keys = f"/v1/accounts/{somebody.account}", (uuid4().hex, uuid4().hex)
    opened = int(done(administrator.get(path)).headers["ETag"][2:-1])
    subject, reason = {"subject": "bound-again"}, {"reason": "换发"}
    done(administrator.post(f"{path}/bindings", subject, version=opened, key=keys[0]))
    released = f"{path}/binding-releases"
    done(administrator.post(released, reason, version=opened + 1, key=keys[1]))
    again = done(administrator.post(f"{path}/bindings", subject, version=opened, key=keys[0]))
    assert again.headers["Idempotent-Replayed"] == "true"
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-again"))
    assert caller.get("/v1/sessions").code == "ACCOUNT_NOT_BOUND"
    done(bind(administrator, somebody, "bound-anew"))
    done(administrator.post(released, reason, version=opened + 1, key=keys[1]))
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-anew"))
    assert caller.get("/v1/sessions").status == 200


def test_another_organisation_may_not_bind_and_sees_no_account(world: World) -> None:
    somebody = world.applicant(world.school)
    path = f"/v1/accounts/{somebody.account}/bindings"
    for stranger in (world.enterprise.administrator, world.school.handler):
        answer = stranger.post(path, {"subject": "stolen"}, version=1)
        assert (answer.status, answer.code) == (404, "NOT_FOUND")


def test_an_account_that_was_disabled_is_let_in_by_no_token(
    world: World, issuer: FakeIssuer
) -> None:
    somebody = bound(world, "bound-5")
    path = f"/v1/accounts/{somebody.account}"
    done(world.school.administrator.change(path, "/disablings", {"reason": "调离"}))
    caller = Client(world.address, issuer.token(world.clock.now(), "bound-5"))
    assert caller.get("/v1/sessions").code == "SIGN_IN_ENDED"


def test_a_sign_in_at_the_issuer_is_fresh_for_five_minutes(
    world: World, issuer: FakeIssuer
) -> None:
    somebody = bound(world, "bound-6")
    now = world.clock.now()
    sign_in = world.services.sign_in
    whence = Whence("127.0.0.1", "a test")
    stale = now - timedelta(minutes=6)
    old = issuer.token(now, "bound-6", auth_time=int(stale.timestamp()))
    assert sign_in.caller(old, whence, now).fresh_until < now
    renewed = sign_in.caller(issuer.token(now, "bound-6"), whence, now)
    assert renewed.fresh_until >= now
    assert renewed.account == somebody.account
    unsaid = issuer.token(now, "bound-6", sid="there-3", without="auth_time")
    assert sign_in.caller(unsaid, whence, now).fresh_until < now


def reader(issuer: FakeIssuer) -> Issuer:
    """The reading of one issuer's tokens, with nothing fetched yet."""
    return Issuer(NAME, AUDIENCE, IssuerKeys(issuer.address))


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "sid", "exp"])
def test_a_token_without_one_of_its_claims_is_refused(issuer: FakeIssuer, missing: str) -> None:
    with pytest.raises(TokenRefusedError):
        reader(issuer).read(issuer.token(THE_BEGINNING, without=missing), THE_BEGINNING)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"sub": 7},
        {"sub": ""},
        {"sub": "s" * 256},
        {"sid": ["a"]},
        {"exp": int(THE_BEGINNING.timestamp()) - 31},
        {"nbf": int(THE_BEGINNING.timestamp()) + 31},
        {"auth_time": int(THE_BEGINNING.timestamp()) + 31},
        {"auth_time": "now"},
        {"auth_time": True},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_refused(
    issuer: FakeIssuer, claims: dict[str, Any]
) -> None:
    with pytest.raises(TokenRefusedError):
        reader(issuer).read(issuer.token(THE_BEGINNING, **claims), THE_BEGINNING)


def test_a_token_of_another_key_under_the_same_id_is_refused(issuer: FakeIssuer) -> None:
    forged = ECKey.generate_key("P-256", {"kid": "key-1"})
    with pytest.raises(TokenRefusedError):
        reader(issuer).read(issuer.token(THE_BEGINNING, key=forged), THE_BEGINNING)


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(issuer: FakeIssuer) -> None:
    _, claims, _ = issuer.token(THE_BEGINNING).split(".")
    header = urlsafe_b64encode(b'{"alg":"HS256","kid":"key-1"}').rstrip(b"=").decode()
    public = issuer.keys[0].as_pem(private=False)
    mac = hmac.digest(public, f"{header}.{claims}".encode(), "sha256")
    forged = f"{header}.{claims}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    with pytest.raises(TokenRefusedError):
        reader(issuer).read(forged, THE_BEGINNING)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "e30.e30.", "e30.e30.e30"])
def test_what_is_no_token_is_refused(issuer: FakeIssuer, token: str) -> None:
    with pytest.raises(TokenRefusedError):
        reader(issuer).read(token, THE_BEGINNING)


def test_nobody_registers_at_an_issuer_that_is_not_trusted_to_say_who_they_are(
    world: World, issuer: FakeIssuer
) -> None:
    said = {"name": "某人", "id_number": "360734190001010010"}
    token = issuer.token(world.clock.now(), "bound-to-nobody", **said)
    answer = Client(world.address).act("/v1/registrations", {"token": token})
    assert (answer.status, answer.code) == (403, "REGISTRATION_NOT_OFFERED")
