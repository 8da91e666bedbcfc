"""The work queue, the feed of events, refusals, certificates, waiting for one's own writes."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from api.acts.guard import act_as
from domain.account.events import Role
from domain.actor import SystemActor
from domain.personal import Personal, Purpose
from domain.single_events import RecordConsulted
from tests.api.client import Answer, Client
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


@pytest.fixture(scope="module")
def applicant(world: World) -> Actor:
    """Whose case waits."""
    return world.applicant(world.school, "某待审者")


@pytest.fixture(scope="module")
def waiting(world: World, applicant: Actor) -> str:
    """The path of a case that waits for the school's handler."""
    return filed(applicant, world.school)


def queue(world: World, reader: Actor, path: str) -> dict[str, Any] | None:
    """A case as it stands in somebody's queue."""
    seen = done(reader.get(f"/v1/work-queue?wait_for={world.services.record.head()}")).body
    return next((each for each in seen["cases"] if each["case"] in path), None)


def feed(world: World, watcher: Actor, query: str, mandate: str | None = None) -> Answer:
    """What a watcher is told of the feed, by default under a mandate over all of it."""
    named = mandate or world.whole(world.auditor)
    return watcher.get(f"/v1/events?{query}", Mandate=named)


def test_a_case_waits_for_the_handler_then_for_the_leader(world: World, applicant: Actor) -> None:
    path = filed(world.applicant(world.school), world.school)
    row = queue(world, world.school.handler, path)
    assert row is not None
    assert (row["seat"], row["may_act"], row["label"]) == ("handler", True, "用人单位审查")
    assert queue(world, world.school.leader, path) is None
    done(opine(world.school.handler, path))
    assert queue(world, world.school.handler, path) is None
    assert queue(world, world.school.leader, path) is not None
    assert applicant.get("/v1/work-queue").code == "FORBIDDEN"


def test_ones_own_case_is_marked_as_one_not_to_act_in(world: World) -> None:
    handler = world.school.handler
    own = world.account(
        world.school.administrator,
        handler.name,
        world.school.organisation,
        [Role.APPLICANT],
        handler.number,
    )
    path = filed(own, world.school)
    row = queue(world, handler, path)
    assert row is not None
    assert (row["may_act"], row["applicant_name"]) == (False, handler.name)
    refused = opine(handler, path)
    assert refused.code == "SELF_REVIEW"
    answer = world.inspector.get(
        f"/v1/refusals?q=kind:separation+code:SELF_REVIEW&wait_for={refused.body['position']}"
    )
    (row, *_) = answer.body["refusals"]
    assert (row["position"], row["person"]) == (refused.body["position"], handler.person)


def test_one_event_is_told_with_its_cause_and_its_effects(world: World) -> None:
    path, named = filed(world.applicant(world.school), world.school), world.whole(world.auditor)
    done(opine(world.school.handler, path))
    happened = done(decide(world.school.leader, path)).body["events"]
    (first, *others), everything = happened, world.everything()

    def one(position: int | str, by: Actor = world.auditor, **named_: str) -> Answer:
        return by.get(f"/v1/events/{position}?{everything}", **(named_ or {"Mandate": named}))

    told = done(one(first["position"])).body
    assert (told["event"]["type"], told["cause"]) == (first["topic"], None)
    brought = [each["type"] for each in told["effects"] if each["type"] != "withheld"]
    assert brought == [each["topic"] for each in others]
    assert others
    assert told["effects_whole"]
    last = done(one(others[-1]["position"])).body
    assert (last["cause"]["id"], last["effects"]) == (str(first["position"]), [])
    for nowhere in (0, world.services.record.head() + 1, "first"):
        assert one(nowhere).status == 404
    assert one(first["position"], world.school.leader).status == 403
    narrow = world.mandate(world.auditor, persons=[world.school.handler.person])
    unseen = done(one(first["position"], Mandate=narrow)).body
    assert {unseen["event"]["type"], *(e["type"] for e in unseen["effects"])} == {"withheld"}


def test_refusals_are_for_those_who_watch(world: World) -> None:
    assert world.bureau.leader.get("/v1/refusals").code == "FORBIDDEN"
    assert world.bureau.leader.get("/v1/events").code == "FORBIDDEN"


def test_the_feed_is_the_record_in_order_without_a_gap(world: World, waiting: str) -> None:
    assert waiting
    world.whole(world.auditor)
    head, after, ids = world.services.record.head(), 0, list[int]()
    while after < head:
        page = feed(world, world.auditor, f"after={after}&limit=200")
        assert page.headers["Content-Type"] == "application/cloudevents-batch+json"
        ids += [int(each["id"]) for each in page.body]
        after = ids[-1]
        assert f"after={after}" in page.headers["Link"]
    assert ids[:head] == list(range(1, head + 1))


def test_the_feed_holds_no_words_about_people(world: World, waiting: str, applicant: Actor) -> None:
    assert waiting
    head, text = world.services.record.head(), ""
    for after in range(0, head, 200):
        text += str(feed(world, world.auditor, f"after={after}&limit=200").body)
    assert applicant.person in text
    assert applicant.name not in text
    assert applicant.number not in text


def test_a_watcher_of_another_area_sees_that_something_happened_and_no_more(
    world: World, waiting: str
) -> None:
    elsewhere = world.found(
        "邻县审计局", world.system, area="江西省/赣州市/邻县", affairs=["watch"]
    )
    auditor = world.account(world.system, "邻县审计", elsewhere.organisation, [Role.AUDITOR])
    assert auditor.get(waiting).code == "NOT_FOUND"
    inspector = world.account(world.system, "邻县纪检", elsewhere.organisation, [Role.INSPECTOR])
    mandate = world.mandate(auditor, inspector, areas=["江西省/赣州市/邻县"])
    shown = f"wait_for={world.services.record.head()}"
    events = [
        each
        for after in range(0, world.services.record.head(), 200)
        for each in feed(world, auditor, f"after={after}&limit=200&{shown}", mandate).body
    ]
    subjects = {each["subject"] for each in events}
    assert elsewhere.organisation in subjects
    assert not any(subject.startswith(("case-", "refusal-")) for subject in subjects)
    assert world.school.organisation not in subjects


def test_a_reader_of_the_feed_is_woken_by_what_happens(world: World) -> None:
    world.whole(world.auditor)
    head, heard = world.services.record.head(), list[Answer]()
    auditor = world.auditor.client
    asked, mandate = f"/v1/events?after={head}&wait=20", world.whole(world.auditor)
    reader = Thread(target=lambda: heard.append(auditor.get(asked, Mandate=mandate)))
    reader.start()
    world.found("新单位", world.system)
    reader.join(20)
    (answer,) = heard
    assert int(answer.body[0]["id"]) == head + 1


def test_an_unknown_certificate_is_none_and_a_guesser_waits(world: World) -> None:
    nobody = Client(world.address)
    answers = [nobody.get(f"/v1/certificates/20241015AAAAAAAA{n:02d}") for n in range(21)]
    assert [each.body for each in answers[:20]] == [{"status": "none", "issuer": None}] * 20
    assert (answers[20].status, answers[20].code) == (429, "TOO_MANY_ATTEMPTS")


def test_an_answer_waits_for_what_was_written_or_says_that_it_cannot(world: World) -> None:
    founded = world.system.post(
        "/v1/organisations",
        {
            "name": "刚登记的单位",
            "kind": "enterprise",
            "ownership": "state",
            "level": "county",
            "area": "江西省/赣州市/寻乌县",
        },
    )
    name = quote("刚登记")
    listed = world.system.get(f"/v1/organisations?name={name}&{world.shown(founded)}")
    assert [each["organisation"] for each in listed.body["organisations"]] == [
        founded.body["stream"]
    ]
    assert world.system.get("/v1/organisations?wait_for=soon").status == 422


def test_a_position_that_the_record_has_not_reached_is_not_waited_for(world: World) -> None:
    answer = world.system.get("/v1/organisations?wait_for=900000")
    assert (answer.status, answer.code) == (409, "POSITION_UNREACHED")


RESTRICTED = (
    "complaint",
    "consultation",
    "criticism",
    "erasure",
    "export",
    "indicator",
    "investigation",
    "mandate",
    "objection",
    "posting",
    "rebinding",
    "upload",
)


@pytest.mark.parametrize("kind", RESTRICTED)
def test_of_a_restricted_stream_the_feed_tells_its_place_alone(world: World, kind: str) -> None:
    words = Personal("核对", world.auditor.person, Purpose.OFFICIAL)
    noted = RecordConsulted(subject="", extent="look-up", mandate=None, reason=words)
    world.whole(world.auditor)
    stream, before = f"{kind}-{uuid4()}", world.services.record.head()
    act_as(
        world.services.office.desk,
        SystemActor("test"),
        str(uuid4()),
        world.clock.now(),
        lambda desk: desk.write(stream, noted),
    )
    for watcher in (world.auditor, world.inspector):
        (event,) = done(feed(world, watcher, f"after={before}")).body
        assert (event["type"], event["subject"]) == ("withheld", "withheld")
        assert set(event["data"]) == {"withheld"}


def test_whoever_read_further_than_the_record_reaches_is_told_so(world: World) -> None:
    world.whole(world.auditor)
    head = world.services.record.flushed_head()
    assert feed(world, world.auditor, f"after={head}").body == []
    answer = feed(world, world.auditor, f"after={head + 1}")
    assert (answer.status, answer.code) == (409, "POSITION_UNREACHED")
