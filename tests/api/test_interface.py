"""What a review interface needs beside the acts themselves: words, names, counts, other origins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.access import Act
from api.app import create_app
from domain.event import topics
from domain.masking import masked_name
from tests.api.client import Client
from tests.api.filings import DECLARED, decide, done, draft, file, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

PAGE = "https://review.example.cn"


@pytest.fixture(scope="module")
def words(world: World) -> dict[str, Any]:
    body: dict[str, Any] = done(world.auditor.get("/v1/vocabulary")).body
    return body


def test_the_vocabulary_has_both_labels_of_every_act_and_event(
    world: World, words: dict[str, Any]
) -> None:
    assert {each["code"] for each in words["acts"]} == {each.value for each in Act}
    labels = [one for each in words["vocabularies"] for one in each["codes"]] + words["acts"]
    assert all(each["chinese"] and each["english"] for each in labels)
    told = {each["name"]: {one["code"] for one in each["codes"]} for each in words["vocabularies"]}
    assert told["topics"] == topics().keys()
    assert "returned" in told["phases"]
    assert "assistant" in told["law_level"]
    document = Client(world.address).get("/openapi.json").body
    methods = [one for each in document["paths"].values() for one in each.items()]
    known = {one["operationId"] for method, one in methods if method != "parameters"}
    assert {one["operation"] for each in words["acts"] for one in each["ways"]} <= known


def test_the_vocabulary_is_sent_once_and_then_only_told_to_be_the_same(world: World) -> None:
    first = done(world.auditor.get("/v1/vocabulary"))
    again = world.auditor.get("/v1/vocabulary", If_None_Match=first.headers["ETag"])
    assert again.status == 304
    assert "max-age" in first.headers["Cache-Control"]


def test_ids_are_called_by_name_for_who_may_know_and_by_a_part_of_it_for_who_sees_what_they_did(
    world: World,
) -> None:
    applicant, school = world.applicant(world.school, "赵申报"), world.school
    path = draft(applicant, school)
    done(applicant.change(path, "/submissions", DECLARED))
    done(opine(school.handler, path))
    done(decide(school.leader, path))
    case = path.rsplit("/", 1)[-1]
    ids = [applicant.person, school.handler.person, school.organisation, case, "person-nobody"]

    def called(by: Actor) -> list[str | None]:
        done(by.get(f"/v1/cases?{world.everything()}"))
        return [each["name"] for each in done(by.post("/v1/names", {"ids": ids})).body["names"]]

    number = done(world.auditor.get(path)).body["number"]
    everything = ["赵申报", school.handler.name, school.name, number, None]
    assert called(world.auditor) == everything
    told = done(world.auditor.post("/v1/names", {"ids": [case]})).body["names"]
    assert [each["label"].rpartition(" ")[2] for each in told] == ["助理级"]
    assert called(world.enterprise.handler) == [None, None, None, None, None]
    assert called(applicant)[:2] == ["赵申报", None]
    above = called(world.department.handler)
    assert above[0] == "赵申报"
    outside = world.mandate(world.auditor, persons=[applicant.person])
    assert outside
    assert masked_name(school.handler.name) != school.handler.name
    assert world.auditor.post("/v1/names", {"ids": ids * 41}).status == 422


def test_facets_count_what_a_further_term_would_leave(world: World) -> None:
    employer = f"employer:{world.school.organisation}"
    filed(world.applicant(world.school), world.school)
    asked = f"/v1/case-facets?q={quote(employer)}&{world.everything()}"
    body = done(world.auditor.get(asked)).body
    assert body["counted_all"]
    assert body["facets"]
    for each in body["facets"]:
        if each["qualifier"] != "series":
            query = quote(f"{employer} {each['qualifier']}:{each['word']}")
            assert done(world.auditor.get(f"/v1/cases?q={query}")).body["count"] == each["count"]
    stranger = done(world.applicant(world.enterprise).get("/v1/case-facets")).body
    assert stranger["facets"] == []


def test_facets_of_what_was_done_refused_and_looked_into_count_as_well(world: World) -> None:
    school, officer = world.school, world.bureau.integrity_handler
    applicant = world.applicant(school)
    done(opine(school.handler, filed(applicant, school)))
    assert file(applicant, draft(applicant, school)).code == "OPEN_CASE"
    looked_into = filed(world.applicant(school), school)
    done(officer.change(looked_into, "/investigations", {"suspicion": "证书疑似伪造"}))
    for by, listed, q in (
        (world.auditor, "act", f"org:{school.organisation}"),
        (world.auditor, "refusal", ""),
        (officer, "investigation", ""),
        (world.inspector, "investigation", "phase:opened"),
    ):
        asked = f"/v1/{listed}-facets?q={quote(q)}&{world.everything()}"
        body = done(by.get(asked)).body
        assert body["counted_all"]
        for each in body["facets"]:
            query = quote(f"{q} {each['qualifier']}:{each['word']}")
            assert done(by.get(f"/v1/{listed}s?q={query}")).body["count"] == each["count"]
        assert body["facets"]
        assert by.get(f"/v1/{listed}-facets?q=nonsense:1").code == "FIELDS_REFUSED"
    stranger = world.applicant(world.enterprise)
    assert stranger.get("/v1/refusal-facets").status == 403
    assert done(stranger.get("/v1/act-facets")).body["facets"] == []


def test_of_very_many_rows_the_first_are_counted_and_it_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(world.applicant(world.school), world.school)
    monkeypatch.setattr("api.http.facets.MOST_ROWS", 1)
    body = done(world.auditor.get(f"/v1/act-facets?{world.everything()}")).body
    assert not body["counted_all"]
    assert {each["count"] for each in body["facets"]} == {1}


def test_a_page_of_a_named_origin_may_ask_and_no_other(world: World) -> None:
    settings = replace(world.services.settings, origins=(PAGE,))
    browser = create_app(replace(world.services, settings=settings)).test_client()
    asked = {"Access-Control-Request-Method": "POST", "Origin": PAGE}
    answer = browser.options("/v1/cases", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    refused = browser.options("/v1/cases", headers={**asked, "Origin": "https://else.example"})
    assert refused.status_code == 401
    assert "Access-Control-Allow-Origin" not in refused.headers
    told = browser.get("/v1/cases", headers={"Origin": PAGE})
    assert (told.status_code, told.headers["Access-Control-Allow-Origin"]) == (401, PAGE)
    assert "ETag" in told.headers["Access-Control-Expose-Headers"]
    nobody = create_app(world.services).test_client().options("/v1/cases", headers=asked)
    assert nobody.status_code == 401
