"""What nobody is told yet, or not without a reason: an investigation, an entry, a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from api.demo.filing import File
from api.demo.xunwu.claims import claims
from tests.api.client import Client
from tests.api.filings import WORD, attach, done, draft, file, filed, refile
from tests.api.objections import STATEMENT, Public, Raised, uploaded

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import Province, PublishingCity
    from tests.api.world import World

FINDING = {"ground": "弄虚作假", "evidence": ["学信系统查无此证"], "finding": "证书系伪造"}
DECISION = {"decision": "寻人社处〔2024〕9号", "finding": "证书系伪造"}
SUSPICION = {"suspicion": "学位证书疑似伪造"}


def investigated(place: World | Province, path: str) -> str:
    """The path of the investigation that the bureau opens about a case."""
    officer = place.bureau.integrity_handler
    opened = done(officer.change(path, "/investigations", SUSPICION))
    return f"/v1/investigations/{opened.body['stream']}"


def notify(place: World | Province, investigation: str) -> None:
    """The person is told what is alleged."""
    until = (place.clock.now() + timedelta(days=30)).isoformat()
    told = {"allegation": "所交学位证书查无此证", "answer_by": until}
    done(place.bureau.integrity_handler.change(investigation, "/allegations", told))


def history(who: Actor, path: str) -> list[dict[str, Any]]:
    """The events of a case as somebody reads them."""
    events: list[dict[str, Any]] = done(who.get(f"{path}/history")).body["events"]
    return events


def last(who: Actor, path: str) -> dict[str, Any]:
    """The last of them."""
    return history(who, path)[-1]


def test_an_investigation_is_in_no_history_before_the_person_was_told(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    under = {"Mandate": world.whole(world.auditor)}
    before = world.services.record.head()
    investigation = investigated(world, path)
    name = investigation.rpartition("/")[2]
    school, auditor = world.school, world.auditor
    for outsider in (applicant, school.handler, school.leader, world.bureau.handler, auditor):
        seen = last(outsider, path)
        assert (seen["topic"], seen["title"]) == ("withheld", "（依法不公开）")
        assert (seen["fields"], seen["actor"]) == ({}, {"kind": "withheld"})
        assert name not in str(done(outsider.get(f"{path}/history")).body)
    assert name not in str(done(applicant.get(f"{path}/file")).body)
    feed = f"/v1/events?after={before}&limit=200&{world.everything()}"
    assert name not in str(done(auditor.get(feed, **under)).body)
    assert name in str(done(world.inspector.get(feed, **under)).body)
    for officer in (world.bureau.integrity_handler, world.inspector):
        assert last(officer, path)["fields"]["investigation"] == name
    notify(world, investigation)
    assert name in str(done(auditor.get(feed, **under)).body)
    for told in (applicant, world.school.handler, auditor):
        assert last(told, path)["topic"] == "case:suspended:1"
        assert last(told, path)["fields"]["investigation"] == name


def test_nor_is_one_that_was_closed_without_the_person_being_told(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    investigation = investigated(world, path)
    closing = {"decision": "寻人社核〔2024〕3号", "reason": "查无实据"}
    done(world.bureau.integrity_leader.change(investigation, "/closures", closing))
    for outsider in (applicant, world.school.handler, world.auditor):
        assert [each["topic"] for each in history(outsider, path)[-2:]] == ["withheld"] * 2
    resumed = last(world.bureau.integrity_handler, path)
    assert resumed["topic"] == "case:resumed:1"


def test_nor_is_that_of_a_title(province: Province) -> None:
    applicant = province.applicant(province.enterprise, "某在查者")
    path = province.granted(applicant)
    investigation = investigated(province, path)
    assert last(applicant, path)["topic"] == "withheld"
    assert last(province.enterprise.leader, path)["topic"] == "withheld"
    officer = province.bureau.integrity_handler
    assert last(officer, path)["topic"] == "case:investigation-noted:1"
    notify(province, investigation)
    assert last(applicant, path)["topic"] == "case:investigation-noted:1"


def test_the_feed_shows_no_entry_of_the_integrity_record(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    investigation = investigated(world, path)
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    notify(world, investigation)
    done(applicant.change(investigation, "/statements", {"statement": "我承认"}))
    done(officer.change(investigation, "/proposals", FINDING))
    found = done(leader.change(investigation, "/findings", DECISION))
    (entered,) = (e for e in found.body["events"] if e["topic"] == "integrity:entered:1")
    for watcher in (world.auditor, world.inspector):
        asked = f"/v1/events?after={entered['position'] - 1}&limit=1"
        (event,) = done(watcher.get(asked, Mandate=world.whole(watcher))).body
        assert (event["type"], event["subject"]) == ("withheld", "withheld")
        assert event["data"] == {"withheld": "（依法不公开）"}


def test_a_draft_is_in_no_feed_and_no_file_before_it_is_handed_in(world: World) -> None:
    mandate = world.whole(world.auditor)
    before = world.services.record.head()
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    case = path.rpartition("/")[2]
    material = done(applicant.get(path)).body["materials"][0]["material"]

    def known() -> list[bool]:
        feed = f"/v1/events?after={before}&limit=200&{world.everything()}"
        watchers = (world.auditor, world.inspector)
        told = [str(done(each.get(feed, Mandate=mandate)).body) for each in watchers]
        listed = world.auditor.post("/v1/exports", {"list": "cases"}, mandate=mandate)
        return [name in text for text in (*told, str(done(listed).body)) for name in (case,)] + [
            material in text for text in told
        ]

    assert not any(known())
    done(file(applicant, path))
    world.catch_up()
    assert all(known())


def test_nor_is_what_is_stated_and_attached_anew_after_a_return(world: World) -> None:
    applicant, leader = world.applicant(world.school), world.school.leader
    path = filed(applicant, world.school)
    before = done(leader.get(path)).body
    items = [{"subject": before["materials"][0]["material"], "problem": "缺页"}]
    done(world.school.handler.change(path, "/returns", {"items": items, **WORD}))
    mandate = world.whole(world.auditor)
    version, position = len(history(leader, path)), world.services.record.head()
    attach(applicant, path, File(kind="diploma", title="补交证书", supports=()))
    done(applicant.change(path, "/applications", claims(insured="改报单位")))
    done(applicant.change(path, "/assessments", {}))
    added = done(applicant.get(path)).body["materials"][-1]["material"]
    for outsider in (leader, world.bureau.handler, world.inspector):
        shown = done(outsider.get(path)).body
        assert (shown["materials"], shown["chain"]) == (before["materials"], before["chain"])
        assert "改报单位" not in str(shown)
        drafted = history(outsider, path)[version:]
        assert [each["topic"] for each in drafted] == ["withheld"] * 3
        assert added not in str(done(outsider.get(f"{path}?version={version + 3}")).body)
    assert leader.get(f"{path}/materials/{added}/content").status == 404
    assert world.inspector.get(f"{path}/materials/{added}/copies").status == 404
    feed = f"/v1/events?after={position}&{world.everything()}"
    told = done(world.auditor.get(feed, Mandate=mandate)).body
    assert {each["type"] for each in told} == {"withheld"}
    done(applicant.change(path, "/applications", claims(insured=world.school.name)))
    done(refile(applicant, path))
    assert added in str(done(leader.get(path)).body)
    assert "withheld" not in str(history(leader, path))


@pytest.mark.usefixtures("the_public_may_speak_again")
def test_the_id_of_what_the_public_hands_in_tells_no_time(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    city = publishing_city
    done(Client(city.address).post("/v1/complaints", {"statement": STATEMENT}))
    done(clue(city))
    listed = city.bureau.integrity_handler.get(f"/v1/objections?limit=200&{city.everything()}")
    rows = [each["stream"] for each in done(listed).body["objections"]]
    assert public.path
    assert raised.path.rpartition("/")[2] in rows
    assert {each.partition("-")[0] for each in rows} == {"objection", "complaint"}
    named = [*rows, uploaded(city).partition(".")[0]]
    assert {UUID(each.partition("-")[2]).version for each in named} == {4}


def clue(city: PublishingCity) -> Answer:
    """An inspector's clue, whose id looks like that of a complaint."""
    return city.inspector.post("/v1/complaints/clues", {"statement": STATEMENT})
