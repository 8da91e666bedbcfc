"""What is done in one's cases is followed as it happens, narrowed by a query, over HTTP."""

from __future__ import annotations

import json
import re
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.api.client import Answer
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

FEED = "/v1/act-events"


def told(answer: Answer) -> list[tuple[str, str]]:
    """Each event as its case and what was done."""
    return [(each["subject"], each["type"]) for each in done(answer).body]


def onward(answer: Answer) -> str:
    """Where a page of the feed says to go on."""
    found = re.search("<(.+)>", answer.headers["Link"])
    assert found is not None
    return found.group(1)


def caught_up(world: World) -> int:
    """The head of the record, when the views show all of it."""
    world.catch_up()
    return world.services.record.head()


@pytest.fixture(scope="module")
def passing(world: World) -> tuple[Actor, str, int]:
    """An applicant, their case with both acts of the school, and the position before it."""
    before, applicant = caught_up(world), world.applicant(world.school)
    path = filed(applicant, world.school)
    done(opine(world.school.handler, path))
    done(decide(world.school.leader, path))
    filed(world.applicant(world.enterprise), world.enterprise)
    caught_up(world)
    return applicant, path.rpartition("/")[2], before


def test_everybody_follows_what_they_may_read_and_nothing_else(
    world: World, passing: tuple[Actor, str, int]
) -> None:
    applicant, case, before = passing
    own = told(applicant.get(f"{FEED}?after={before}"))
    assert {each for each, _ in own} == {case}
    house = told(world.school.handler.get(f"{FEED}?after={before}"))
    assert house == own
    assert told(world.enterprise.handler.get(f"{FEED}?after={before}"))
    assert case not in str(world.enterprise.handler.get(f"{FEED}?after={before}").body)
    assert told(world.enterprise.leader.get(f"{FEED}?after={before}&q=case:{case}")) == []
    data = done(world.school.leader.get(f"{FEED}?after={before}")).body[-1]["data"]
    assert {"opinion", "fields", "recommendation"}.isdisjoint(data)
    assert data["title"]


def test_a_query_narrows_what_is_followed_and_goes_along_with_the_link(
    world: World, passing: tuple[Actor, str, int]
) -> None:
    _, case, before = passing
    leader = world.school.leader
    asked = quote("act:case:leader-approved:1,case:handler-opinion-given:1")
    page = leader.get(f"{FEED}?after={before}&limit=1&q={asked}")
    heard = told(page)
    while done(page).body:
        page = leader.get(onward(page))
        heard += told(page)
    assert heard == [(case, "case:handler-opinion-given:1"), (case, "case:leader-approved:1")]
    mine = f"{FEED}?after={before}&q=actor:me"
    acted = [act for _, act in told(leader.get(mine))]
    assert acted == ["case:leader-approved:1", "case:forwarded:1"]
    assert leader.get(f"{FEED}?q=nonsense:1").status == 422
    assert leader.get(f"{FEED}?after=999999").code == "POSITION_UNREACHED"


def test_who_comes_back_misses_nothing_and_hears_nothing_twice(world: World) -> None:
    handler = world.school.handler
    page = handler.get(f"{FEED}?after={caught_up(world)}")
    assert done(page).body == []
    paths = [filed(world.applicant(world.school), world.school) for _ in range(2)]
    caught_up(world)
    page = handler.get(onward(page))
    submitted = [case for case, act in told(page) if act == "case:submitted:1"]
    assert submitted == [path.rpartition("/")[2] for path in paths]
    assert done(handler.get(onward(page))).body == []


def test_a_follower_is_woken_by_what_is_done(world: World) -> None:
    path, heard = filed(world.applicant(world.school), world.school), list[Answer]()
    leader = world.school.leader.client
    asked = f"{FEED}?after={caught_up(world)}&wait=20"
    follower = Thread(target=lambda: heard.append(leader.get(asked)))
    follower.start()
    done(opine(world.school.handler, path))
    follower.join(20)
    assert told(heard[0]) == [(path.rpartition("/")[2], "case:handler-opinion-given:1")]


def test_who_watches_follows_what_a_mandate_is_about(
    world: World, passing: tuple[Actor, str, int]
) -> None:
    _, case, before = passing
    auditor = world.auditor
    assert auditor.get(f"{FEED}?after={before}").code == "MANDATE_REQUIRED"
    school = world.mandate(auditor, organisations=[world.school.organisation])
    caught_up(world)
    heard = told(auditor.get(f"{FEED}?after={before}&limit=200", Mandate=school))
    assert case in {each for each, _ in heard}
    other = world.mandate(auditor, organisations=[world.enterprise.organisation])
    caught_up(world)
    heard = told(auditor.get(f"{FEED}?after={before}&limit=200", Mandate=other))
    assert heard
    assert case not in {each for each, _ in heard}


def streamed(answer: Answer) -> tuple[list[tuple[str, str]], str]:
    """What a stream of events told, and the last id that it named."""
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    text = str(done(answer).body)
    data = [json.loads(each) for each in re.findall("^data: (.+)$", text, re.MULTILINE)]
    ids = re.findall("^id: (.+)$", text, re.MULTILINE)
    assert ids[:-1] == [each["id"] for each in data]
    return [(each["subject"], each["type"]) for each in data], ids[-1]


def test_a_stream_of_events_goes_on_behind_the_last_that_was_heard(world: World) -> None:
    handler, accept = world.school.handler, {"Accept": "text/event-stream"}
    before, applicant = caught_up(world), world.applicant(world.school)
    path = filed(applicant, world.school)
    caught_up(world)
    heard, last = streamed(handler.get(f"{FEED}?after={before}&limit=1", **accept))
    assert heard == [(path.rpartition("/")[2], "case:submitted:1")]
    done(opine(handler, path))
    caught_up(world)  # a reader that was away hears the rest, and nothing again
    rest = handler.get(f"{FEED}?after={before}", **accept, **{"Last-Event-ID": last})
    more, last = streamed(rest)
    assert [act for _, act in more] == ["case:handler-opinion-given:1"]
    assert streamed(handler.get(f"{FEED}?wait=1", **accept, **{"Last-Event-ID": last})) == (
        [],
        last,
    )
    for wrong in ("x", "-1"):
        assert handler.get(FEED, **accept, **{"Last-Event-ID": wrong}).status == 422
    beyond = {"Last-Event-ID": "999999"}
    assert handler.get(FEED, **accept, **beyond).code == "POSITION_UNREACHED"


def test_who_watches_hears_the_whole_feed_as_a_stream(world: World) -> None:
    auditor, mandate = world.auditor, world.whole(world.auditor)
    after = caught_up(world)
    filed(world.applicant(world.school), world.school)
    head = caught_up(world)
    named = {"Mandate": mandate, "Accept": "text/event-stream"}
    heard, last = list[tuple[str, str]](), str(after)
    while int(last) < head:
        some, last = streamed(auditor.get("/v1/events?limit=7", **named, **{"Last-Event-ID": last}))
        heard += some
    batch = done(auditor.get(f"/v1/events?after={after}&limit=200", Mandate=mandate)).body
    assert heard == [(each["subject"], each["type"]) for each in batch]
