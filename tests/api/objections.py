"""A case that is public and an objection to it at each of its steps: fixtures and how to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.beijing import day
from tests.api.actor import Actor
from tests.api.client import Client
from tests.api.filings import SCAN, done
from tests.api.provinces import go_on, passed_with_posting

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity

STATEMENT = "所填2023年度考核等次与单位公布的名单不一致，请核对原始考核表。"
NAMED = {"statement": STATEMENT, "name": "某异议人", "contact": "某处信箱"}
FINDINGS = {"findings": "调阅了原始考核表", "evidence": ["原始考核表"]}
DECISION, ANSWER = "某人社复〔2024〕1号", "经核查原始考核表，现答复如下。"
SUMMARY = "有人反映考核等次不实，处理结果见本通知。"


@dataclass(frozen=True)
class Public:
    """A case that is public at its employer."""

    path: str
    posting: str
    applicant: Actor


@dataclass(frozen=True)
class Raised:
    """An objection to it, with the receipt that the objector was told."""

    path: str
    receipt: str


@pytest.fixture
def the_public_may_speak_again(publishing_city: PublishingCity) -> None:
    """The throttle of the public forgets after a quarter of an hour of quiet."""
    publishing_city.clock.set(publishing_city.clock.now() + timedelta(minutes=16))


@pytest.fixture
def public(publishing_city: PublishingCity) -> Public:
    """A case on the first day of its publicity at its employer."""
    today = day(publishing_city.clock.now()).isoformat()
    applicant = publishing_city.applicant(publishing_city.enterprise)
    path = publishing_city.filed(applicant)
    posting = passed_with_posting(path, publishing_city.enterprise, today)
    publishing_city.catch_up()
    return Public(path, posting, applicant)


@pytest.fixture
def raised(publishing_city: PublishingCity, public: Public) -> Raised:
    """An objection that nobody has screened."""
    return object_to(publishing_city, public)


@pytest.fixture
def admitted(publishing_city: PublishingCity, raised: Raised) -> Raised:
    """An objection that the duty officer admitted."""
    duty_officer = publishing_city.bureau.seated["duty_officer"]
    done(duty_officer.change(raised.path, "/screenings", {"admitted": True}))
    return raised


@pytest.fixture
def investigated(publishing_city: PublishingCity, admitted: Raised) -> Raised:
    """An objection that waits for the integrity leader."""
    officer = publishing_city.bureau.integrity_handler
    done(officer.change(admitted.path, "/investigations", FINDINGS))
    return admitted


def object_to(city: PublishingCity, public: Public, **members: Any) -> Raised:  # noqa: ANN401 -- of a request
    answer = Client(city.address).post(f"{public.posting}/objections", NAMED | members)
    assert answer.status == 201, answer.body
    listed = city.bureau.integrity_handler.get(f"/v1/objections?{city.everything()}")
    rows = done(listed).body["objections"]
    (row,) = (each for each in rows if str(each["case"]) in public.path)
    return Raised(f"/v1/objections/{row['stream']}", answer.body["receipt"])


def settle(city: PublishingCity, raised: Raised, disposition: str | None) -> Answer:
    body = {"disposition": disposition, "decision": DECISION, "answer": ANSWER, "summary": SUMMARY}
    return city.bureau.integrity_leader.change(raised.path, "/settlements", body)


def followed(city: PublishingCity, raised: Raised) -> Any:  # noqa: ANN401 -- what the answer says
    return done(
        Client(city.address).post("/v1/objections/follow", {"receipt": raised.receipt})
    ).body


def codes(answer: Answer) -> set[str]:
    return {each["code"] for each in answer.body["refusals"]}


def phase(reader: Actor, path: str) -> str:
    return str(done(reader.get(path)).body["standing"]["phase"])


def over(city: PublishingCity, path: str) -> Answer:
    """What is answered to the employer's handler who would go on."""
    return go_on(city.enterprise.handler, path)


def uploaded(city: PublishingCity, octets: bytes = SCAN) -> str:
    """A file that somebody uploads without saying who they are."""
    answer = Client(city.address).post("/v1/public-files", octets, Content_Type="application/pdf")
    return str(done(answer).body["upload"])
