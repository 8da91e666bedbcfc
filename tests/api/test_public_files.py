"""Files of the public: uploaded by anybody, handed in once, read by those who deal with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.sql import SQL, Identifier

from api.jobs.sweeper import sweep
from tests.api.client import Client
from tests.api.filings import SCAN, done
from tests.api.objections import (
    NAMED,
    STATEMENT,
    Public,
    Raised,
    codes,
    object_to,
    settle,
    uploaded,
)

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity

pytestmark = pytest.mark.usefixtures("the_public_may_speak_again")
TITLE = "王某手写证明"


@pytest.fixture
def evidenced(publishing_city: PublishingCity, public: Public) -> Raised:
    """An objection that came with a file."""
    files = [{"upload": uploaded(publishing_city), "title": TITLE}]
    return object_to(publishing_city, public, files=files)


def file_of(officer: Actor, path: str) -> dict[str, Any]:
    """What the record says of the one file that came with something."""
    events = done(officer.get(path)).body["events"]
    (fields,) = (e["fields"] for e in events if e["topic"] == "handed-in:file-received:1")
    return dict(fields)


def add(city: PublishingCity, receipt: str, *uploads: str) -> Answer:
    body = {"receipt": receipt, "files": [{"upload": each} for each in uploads]}
    return Client(city.address).post("/v1/objections/files", body)


def test_those_who_deal_with_it_read_the_file_and_nobody_else(
    publishing_city: PublishingCity, public: Public, evidenced: Raised
) -> None:
    city, bureau = publishing_city, publishing_city.bureau
    file = file_of(bureau.integrity_handler, evidenced.path)
    assert (file["title"], file["media_type"], file["size"]) == (
        TITLE,
        "application/pdf",
        len(SCAN),
    )
    content = f"{evidenced.path}/files/{file['file']}/content"
    for officer in (bureau.seated["duty_officer"], bureau.integrity_handler):
        assert done(officer.get(content)).body == SCAN.decode()
    for stranger in (
        bureau.handler,
        bureau.leader,
        bureau.administrator,
        city.enterprise.handler,
        city.inspector,
        public.applicant,
        city.system,
    ):
        assert stranger.get(content).code == "NOT_FOUND"
    assert Client(city.address).get(content).code == "SIGN_IN_REQUIRED"
    as_material = f"{public.path}/materials/{file['file']}/content"
    assert public.applicant.get(as_material).code == "NOT_FOUND"


def test_neither_the_file_nor_its_title_lies_open_in_the_database(
    publishing_city: PublishingCity, evidenced: Raised
) -> None:
    services = publishing_city.services
    file = file_of(publishing_city.bureau.integrity_handler, evidenced.path)["file"]
    chunks = SQL("SELECT sealed FROM {} WHERE attachment = %s").format(
        Identifier(services.ground.schema, "attachment_chunk")
    )
    with services.database.connection() as connection:
        stored = connection.execute(chunks, (file,)).fetchall()
    assert stored
    assert all(b"PDF" not in bytes(sealed) for (sealed,) in stored)
    head = services.record.head()
    leaves = [bytes(row[4]) for row in services.record.rows(head - 5, 5)]
    assert any(file.encode() in leaf for leaf in leaves)
    assert all(TITLE.encode() not in leaf for leaf in leaves)


def test_an_anonymous_objection_may_rest_on_a_file(
    publishing_city: PublishingCity, public: Public
) -> None:
    nobody, said = Client(publishing_city.address), {"statement": "见附件"}
    refused = nobody.post(f"{public.posting}/objections", said)
    assert refused.code == "EVIDENCE_NEEDED"
    files = [{"upload": uploaded(publishing_city)}]
    taken = done(nobody.post(f"{public.posting}/objections", said | {"files": files})).body
    followed = nobody.post("/v1/objections/follow", {"receipt": taken["receipt"]})
    assert done(followed).body["files"] == 1


def test_a_refused_objection_gives_its_files_back(
    publishing_city: PublishingCity, public: Public
) -> None:
    nobody = Client(publishing_city.address)
    files = [{"upload": uploaded(publishing_city)}]
    path = "/v1/publicities/posting-0/objections"
    assert nobody.post(path, NAMED | {"files": files}).code == "NOT_FOUND"
    done(nobody.post(f"{public.posting}/objections", NAMED | {"files": files}))


def test_an_upload_is_handed_in_once_and_within_the_hour(
    publishing_city: PublishingCity, public: Public
) -> None:
    nobody, path = Client(publishing_city.address), f"{public.posting}/objections"
    first, second = uploaded(publishing_city), uploaded(publishing_city)
    done(nobody.post(path, NAMED | {"files": [{"upload": first}]}))
    again = nobody.post(path, NAMED | {"files": [{"upload": first}]})
    assert (again.status, again.code) == (422, "UPLOAD_UNKNOWN")
    twice = nobody.post(path, NAMED | {"files": [{"upload": second}, {"upload": second}]})
    assert twice.code == "UPLOAD_UNKNOWN"
    publishing_city.clock.set(publishing_city.clock.now() + timedelta(minutes=61))
    late = nobody.post(path, NAMED | {"files": [{"upload": second}]})
    assert late.code == "UPLOAD_UNKNOWN"


@pytest.mark.parametrize("token", ["", ".", ".0", ".é" * 3, "." + "0" * 32])
def test_an_upload_is_known_by_what_was_told_when_it_was_made(
    publishing_city: PublishingCity, public: Public, token: str
) -> None:
    file = uploaded(publishing_city).partition(".")[0]
    body = NAMED | {"files": [{"upload": file + token}]}
    answer = Client(publishing_city.address).post(f"{public.posting}/objections", body)
    assert answer.code == "UPLOAD_UNKNOWN"


def test_a_file_of_a_case_is_no_file_of_the_public(
    publishing_city: PublishingCity, public: Public
) -> None:
    applicant = publishing_city.applicant(publishing_city.enterprise)
    path = publishing_city.drafted(applicant)
    upload = applicant.client.post(f"{path}/uploads", SCAN, Content_Type="application/pdf")
    body = NAMED | {"files": [{"upload": done(upload).body["upload"]}]}
    answer = Client(publishing_city.address).post(f"{public.posting}/objections", body)
    assert answer.code == "UPLOAD_UNKNOWN"


def test_what_is_no_document_or_too_large_is_not_taken(publishing_city: PublishingCity) -> None:
    nobody = Client(publishing_city.address)
    script = nobody.post("/v1/public-files", b"#!/bin/sh\nexit 0\n", Content_Type="application/pdf")
    assert script.code == "MEDIA_TYPE"
    most = publishing_city.services.settings.public_attachment_bytes
    large = nobody.post("/v1/public-files", SCAN + b"0" * most, Content_Type="application/pdf")
    assert (large.status, large.code, large.body["limit"]) == (413, "BODY_TOO_LARGE", most)
    assert "10 MiB（10,485,760 字节）" in large.body["detail"]


def test_there_are_at_most_ten_files_however_they_come(
    publishing_city: PublishingCity, evidenced: Raised, public: Public
) -> None:
    uploads = [uploaded(publishing_city) for _ in range(11)]
    body = NAMED | {"files": [{"upload": each} for each in uploads]}
    answer = Client(publishing_city.address).post(f"{public.posting}/objections", body)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    more = add(publishing_city, evidenced.receipt, *uploads[:10])
    assert codes(more) == {"TOO_MANY_FILES"}
    assert done(add(publishing_city, evidenced.receipt, *uploads[:9])).body["files"] == 10


def test_no_more_is_taken_while_too_much_waits(publishing_city: PublishingCity) -> None:
    table = publishing_city.services.public_uploads
    table.begin("waits", publishing_city.clock.now())
    table.finish("waits", (4 << 30) + 1)
    nobody, sent_as = Client(publishing_city.address), {"Content_Type": "application/pdf"}
    full = nobody.post("/v1/public-files", SCAN, **sent_as)
    table.forget(["waits"])
    assert (full.status, full.code) == (503, "UPLOADS_FULL")
    done(nobody.post("/v1/public-files", SCAN, **sent_as))


def test_one_address_uploads_slower_and_slower(publishing_city: PublishingCity) -> None:
    nobody = Client(publishing_city.address)
    answers = [
        nobody.post("/v1/public-files", SCAN, Content_Type="application/pdf") for _ in range(31)
    ]
    assert {each.status for each in answers[:30]} == {201}
    assert (answers[30].status, answers[30].code) == (429, "TOO_MANY_ATTEMPTS")
    assert nobody.post("/v1/objections/follow", {"receipt": "none"}).status == 404


def test_files_are_added_by_receipt_while_the_publicity_runs(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    city = publishing_city
    assert done(add(city, raised.receipt, uploaded(city))).body["files"] == 1
    row = file_of(city.bureau.integrity_handler, raised.path)
    assert row["title"] is None
    assert add(city, "ABCD-EFGH", uploaded(city)).code == "NOT_FOUND"
    city.at("2024-10-11T09:00")
    assert codes(add(city, raised.receipt, uploaded(city))) == {"PUBLICITY_OVER"}


def test_no_file_is_added_to_what_is_settled(
    publishing_city: PublishingCity, investigated: Raised
) -> None:
    done(settle(publishing_city, investigated, None))
    more = add(publishing_city, investigated.receipt, uploaded(publishing_city))
    assert codes(more) == {"ALREADY_SETTLED"}


def test_what_comes_late_is_a_complaint_with_its_files(
    publishing_city: PublishingCity, public: Public
) -> None:
    city = publishing_city
    city.clock.set(city.clock.now() + timedelta(days=14))
    nobody, files = Client(city.address), [{"upload": uploaded(city), "title": TITLE}]
    taken = done(nobody.post(f"{public.posting}/objections", NAMED | {"files": files})).body
    assert taken["kind"] == "complaint"
    officer = city.bureau.integrity_handler
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["case"] in public.path)
    assert (row["kind"], row["files"]) == ("late_objection", 1)
    path = f"/v1/complaints/{row['stream']}"
    content = f"{path}/files/{file_of(officer, path)['file']}/content"
    assert done(officer.get(content)).body == SCAN.decode()
    assert city.bureau.handler.get(content).code == "NOT_FOUND"
    assert done(add(city, taken["receipt"], uploaded(city))).body["files"] == 2


def test_files_that_nobody_handed_in_are_discarded_after_a_day(
    publishing_city: PublishingCity, evidenced: Raised
) -> None:
    city, services = publishing_city, publishing_city.services
    orphan = uploaded(city).partition(".")[0]
    sweep(services)
    assert services.record.attachments.with_bytes([orphan]) == {orphan}
    city.clock.set(city.clock.now() + timedelta(hours=25))
    city.catch_up()
    before = services.record.head()
    sweep(services)
    assert services.record.attachments.with_bytes([orphan]) == set()
    discarded = services.record.read(before, 10)[0]
    assert discarded.event.topic == "upload:discarded:1"
    assert any(key.startswith(orphan) for key in getattr(discarded.event, "keys", ()))
    officer = city.bureau.integrity_handler
    file = file_of(officer, evidenced.path)["file"]
    assert done(officer.get(f"{evidenced.path}/files/{file}/content")).body == SCAN.decode()
    sweep(services)
    assert services.record.head() == discarded.position


def test_an_address_names_nothing_of_the_objector(
    publishing_city: PublishingCity, evidenced: Raised
) -> None:
    seen = done(publishing_city.bureau.integrity_handler.get(evidenced.path))
    addresses = [evidenced.path, *seen.body.get("links", {}).values()]
    assert all(NAMED["name"] not in each and STATEMENT not in each for each in addresses)
