"""What somebody with bad intentions, or a bad keyboard, sends to the real resources."""

from __future__ import annotations

import gzip
import re
import socket
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from domain.account.events import Role
from domain.document import check_digit
from tests.api.described import DOCUMENT
from tests.api.filings import SCAN, done, draft, filed, title
from tests.api.society import invented_number
from tests.media.corpus import REFUSED, TAKEN

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

INJECTIONS = (
    "'; DROP TABLE event; --",
    '" OR 1=1 --',
    "{{7*7}}${7*7}<%= 7*7 %>",
    "<script>alert(1)</script>",
    "%s %(name)s {0} {name}",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\\u0000\\x00",
)
RARE = ("𠮷田𡈽", "某\ufa11某", "e\u0301", "é", "㐀㐁", "·某·某", "A\u200dB")


@pytest.fixture(scope="module")
def applicant(world: World) -> Actor:
    """Who files."""
    return world.applicant(world.school)


@pytest.fixture(scope="module")
def case(world: World, applicant: Actor) -> str:
    """A case that is still a draft."""
    return draft(applicant, world.school)


def opened(world: World, name: str, **document: str) -> Answer:
    """The school's administrator opens an account under a name, for somebody with a document."""
    body = {
        "name": name,
        "document": {"kind": "resident_identity_card", "number": invented_number(), **document},
        "organisation": world.school.organisation,
        "roles": [Role.APPLICANT],
        "login": f"login-{uuid4().hex[:12]}",
    }
    return world.school.administrator.post("/v1/accounts", body)


@pytest.mark.parametrize("name", [*INJECTIONS, *RARE])
def test_a_name_is_kept_character_by_character_and_means_nothing(world: World, name: str) -> None:
    answer = done(opened(world, name))
    query = f"wait_for={answer.body['position']}"
    shown = done(world.school.administrator.get(f"/v1/persons/{answer.body['person']}?{query}"))
    assert shown.body["name"] == name
    listed = done(world.school.administrator.get("/v1/accounts?limit=200"))
    assert name in {row["name"] for row in listed.body["accounts"]}


@pytest.mark.parametrize("text", INJECTIONS)
def test_metacharacters_in_a_query_find_nothing_and_break_nothing(world: World, text: str) -> None:
    quoted = "".join(f"%{octet:02x}" for octet in text.encode())
    for path in (f"/v1/refusals?q=code:{quoted}", f"/v1/cases?q={quoted}"):
        assert world.auditor.get(path).status in (200, 422)
    assert world.auditor.get(f"/v1/cases/{quoted}").status == 404
    assert world.auditor.get(f"/v1/certificates/{quoted}").status in (200, 404)


def test_fifteen_digits_are_the_same_person_as_eighteen(world: World) -> None:
    eighteen = invented_number()
    fifteen = eighteen[:6] + eighteen[8:17]
    first = done(opened(world, "某老证", number=eighteen))
    second = done(opened(world, "某老证", number=fifteen))
    assert second.body["person"] == first.body["person"]
    assert second.body["notices"]


@pytest.mark.parametrize(
    ("kind", "region"),
    [
        ("hk_macao_residence_permit", "810000"),
        ("hk_macao_residence_permit", "820000"),
        ("taiwan_residence_permit", "830000"),
    ],
)
def test_a_residence_permit_opens_an_account_like_any_document(
    world: World, kind: str, region: str
) -> None:
    seventeen = f"{region}19000101{uuid4().int % 1000:03d}"
    number = seventeen + check_digit(seventeen)
    assert opened(world, "某港澳台居民", kind=kind, number=number).status == 201


def test_whoever_is_not_born_yet_has_no_account(world: World) -> None:
    seventeen = "36073420990101001"
    answer = opened(world, "某未来", number=seventeen + check_digit(seventeen))
    assert (answer.status, answer.code) == (409, "ID_FORMAT")


@pytest.mark.parametrize("name", ["", " ", "某\u0000", "某\u001b[31m", "\ud800", "某" * 101])
def test_what_is_no_name_is_refused(world: World, name: str) -> None:
    answer = opened(world, name)
    assert (answer.status, answer.code) in ((422, "FIELDS_REFUSED"), (400, "MALFORMED_JSON"))


def test_a_key_that_was_used_for_something_else_is_refused(
    world: World, applicant: Actor, case: str
) -> None:
    key, version = uuid4().hex, int(applicant.get(case).headers["ETag"][2:-1])
    body = {"reason": "放弃"}
    other = world.applicant(world.school)
    done(other.post("/v1/cases", title(world.school), key=key))
    reused = other.post("/v1/cases", {**title(world.school), "level": "intermediate"}, key=key)
    assert (reused.status, reused.code) == (422, "IDEMPOTENCY_KEY_REUSED")
    stale = applicant.post(f"{case}/withdrawals", body, version=version - 1, key=key)
    assert (stale.status, stale.code) == (412, "STALE")


def test_a_packed_body_is_not_unpacked(world: World) -> None:
    bomb = gzip.compress(b'{"name": "' + b"a" * (8 << 20) + b'"}')
    headers = {"Content-Encoding": "gzip", "Idempotency-Key": uuid4().hex}
    answer = world.system.client.request("POST", "/v1/accounts", bomb, headers)
    assert answer.status in (400, 415)


@pytest.mark.parametrize("called", REFUSED)
def test_what_reviewers_can_not_open_or_what_acts_is_refused_with_advice(
    applicant: Actor, case: str, called: str
) -> None:
    made, reason = REFUSED[called]
    answer = applicant.client.post(f"{case}/uploads", made(), Content_Type="application/pdf")
    assert (answer.status, answer.code) == (422, reason)
    assert re.search("上传|另存为", answer.body["detail"])


@pytest.mark.parametrize("called", TAKEN)
def test_what_they_can_open_is_taken_whatever_it_says_it_is(
    applicant: Actor, case: str, called: str
) -> None:
    made, kind = TAKEN[called]
    answer = applicant.client.post(f"{case}/uploads", made(), Content_Type="text/html")
    assert kind in done(answer).body["media_type"]


def test_a_file_over_the_limit_is_refused(world: World, applicant: Actor, case: str) -> None:
    limit = world.services.settings.attachment_bytes
    host, _, port = world.address.partition(":")
    head = (
        f"POST {case}/uploads HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/pdf\r\n"
        f"Authorization: Bearer {applicant.client.token}\r\nIdempotency-Key: {uuid4().hex}\r\n"
        f"Content-Length: {limit + 1}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode() + SCAN)
        answered = connection.makefile("rb").read().decode()
    assert " 413 " in answered.splitlines()[0]
    assert f'"limit":{limit}' in answered.replace(" ", "")
    assert "50 MiB" in answered


def test_only_the_applicant_uploads_into_a_case(world: World, applicant: Actor, case: str) -> None:
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": uuid4().hex}
    for stranger in (world.school.handler, world.enterprise.handler):
        answer = stranger.client.request("POST", f"{case}/uploads", SCAN, headers)
        assert answer.status == 404, answer.body
    assert applicant.client.request("POST", f"{case}/uploads", SCAN, headers).status == 201


def test_a_file_for_what_is_not_under_way_is_refused_as_the_document_says(
    world: World,
) -> None:
    school = world.school
    suspected = filed(world.applicant(school), school)
    suspicion = {"suspicion": "疑似伪造"}
    done(world.bureau.integrity_handler.change(suspected, "/investigations", suspicion))
    answer = school.handler.client.post(f"{suspected}/posting-proofs/uploads", SCAN)
    assert (answer.status, answer.body["code"]) == (409, "STAGE_ORDER")
    takes_file = [
        operation["post"]
        for operation in DOCUMENT["paths"].values()
        if "application/octet-stream"
        in operation.get("post", {}).get("requestBody", {}).get("content", {})
    ]
    assert len(takes_file) > 3
    for operation in takes_file:
        assert {"409", "413", "422"} <= set(operation["responses"]), operation["operationId"]


def test_clients_that_stop_reading_keep_nobody_else_waiting(world: World, applicant: Actor) -> None:
    host, _, port = world.address.partition(":")
    head = (
        "GET /openapi.json HTTP/1.1\r\n"
        f"Host: {host}\r\nAuthorization: Bearer {applicant.client.token}\r\n\r\n"
    )
    idle = []
    for _ in range(8):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        connection.connect((host, int(port)))
        connection.sendall(head.encode())
        idle.append(connection)
    assert applicant.get("/v1/sessions").status == 200
    for connection in idle:
        connection.close()
