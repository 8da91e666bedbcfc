"""The feed of events is narrowed by a query, over HTTP: of what is told, and of nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.http import events
from domain import beijing
from domain.account.events import Role
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

FEED = "/v1/events"
Told = dict[str, Any]


class Reader:
    """Who reads the feed under a mandate, from a position on."""

    def __init__(self, world: World, by: Actor, mandate: str, after: int) -> None:
        self.world, self.by, self.mandate = world, by, mandate
        self.onward = f"{FEED}?after={after}&limit=200"

    def read(self, path: str) -> Answer:
        """One answer."""
        self.world.catch_up()
        return self.by.get(path, Mandate=self.mandate)

    def rest(self, query: str | None = None, limit: int = 200) -> list[Told]:
        """All that there is from the position on."""
        path = self.onward.replace("limit=200", f"limit={limit}")
        path += "" if query is None else f"&q={quote(query)}"
        found: list[Told] = []
        while True:
            answer = self.read(path)
            found += done(answer).body
            (onward,) = re.findall("<(.+)>", answer.headers["Link"])
            if position(onward) == position(path):
                return found
            path = onward


def position(path: str) -> str:
    """Behind which position an address reads."""
    (found,) = re.findall(r"after=(\d+)", path)
    return str(found)


def acted(event: Told) -> Told:
    """Who did it."""
    actor: Told = event["data"]["actor"]
    return actor


@pytest.fixture(scope="module")
def passing(world: World) -> tuple[str, int]:
    """A case with both acts of the school, and the position before it."""
    world.catch_up()
    before = world.services.record.head()
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    done(decide(world.school.leader, path))
    filed(world.applicant(world.enterprise), world.enterprise)
    return path.rpartition("/")[2], before


@pytest.fixture
def reader(world: World, passing: tuple[str, int]) -> Reader:
    """An auditor with a mandate over everything, from before the case on."""
    return Reader(world, world.auditor, world.whole(world.auditor), passing[1])


def test_a_query_leaves_what_it_asks_for_of_what_is_told(
    world: World, passing: tuple[str, int], reader: Reader
) -> None:
    case, _ = passing
    handler, leader = world.school.handler, world.school.leader
    shown = [each for each in reader.rest() if each["type"] != "withheld"]
    asked: tuple[tuple[str, Callable[[Told], bool]], ...] = (
        ("", lambda _: True),
        (f"case:{case}", lambda each: each["subject"] == case),
        (f"subject:{case}", lambda each: each["subject"] == case),
        (f"-subject:{case}", lambda each: each["subject"] != case),
        (f"actor:{leader.account}", lambda each: acted(each).get("account") == leader.account),
        (f"办理人:{leader.person}", lambda each: acted(each).get("person") == leader.person),
        (
            f"org:{world.school.organisation} seat:handler",
            lambda each: (
                acted(each).get("organisation") == world.school.organisation
                and acted(each).get("seat") == "handler"
            ),
        ),
        (
            "act:case:leader-approved:1,case:handler-opinion-given:1",
            lambda each: each["type"] in ("case:leader-approved:1", "case:handler-opinion-given:1"),
        ),
        ("day:2024-10-15", lambda _: True),
        ("day:<2024-10-15", lambda _: False),
        (f"-actor:{handler.person}", lambda each: acted(each).get("person") != handler.person),
    )
    for query, of in asked:
        for limit in (200, 2):
            expected = [each for each in shown if of(each)] if query else reader.rest()
            assert reader.rest(query, limit) == expected, query
    assert len([each for each in shown if each["subject"] == case]) > 3
    (stage,) = {
        each["data"]["fields"]["stage"]
        for each in reader.rest(f"case:{case} act:case:leader-approved:1")
    }
    assert {each["subject"] for each in reader.rest(f"stage:{stage} actor:{leader.person}")} == {
        case
    }


def test_a_wrong_word_is_told_with_the_right_one(world: World, reader: Reader) -> None:
    for wrong in (
        "nonsense:1",
        "actor:nobody",
        "seat:zzz",
        "act:case:approved:1",
        "case:",
        "day:x",
    ):
        answer = reader.read(f"{FEED}?q={quote(wrong)}")
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED"), wrong
        assert {each["pointer"] for each in answer.body["errors"]} == {"/query/q"}
    kept = done(world.auditor.post("/v1/queries", {"list": "acts", "q": "actor:me"})).body["query"]
    assert reader.read(f"{FEED}?q=stored:{kept}").status == 422
    kept = done(world.auditor.post("/v1/queries", {"list": "events", "q": "actor:me"})).body[
        "query"
    ]
    assert reader.rest(f"stored:{kept}") == reader.rest("actor:me")
    assert world.school.leader.get(f"{FEED}?q=actor:me").code == "FORBIDDEN"
    assert world.auditor.get(f"{FEED}?q=actor:me").code == "MANDATE_REQUIRED"


def test_of_what_is_withheld_a_query_finds_nothing(world: World, passing: tuple[str, int]) -> None:
    case, before = passing
    by, leader = world.auditor, world.school.leader
    elsewhere = world.mandate(by, organisations=[world.enterprise.organisation])
    reader = Reader(world, by, elsewhere, before)
    assert "withheld" in {each["type"] for each in reader.rest()}
    for query in (
        f"case:{case}",
        f"subject:{case}",
        f"actor:{leader.person}",
        f"-case:{case}",
    ):
        told = reader.rest(query)
        assert case not in str(told)
        assert "withheld" not in {each["type"] for each in told}
    assert reader.rest(f"-case:{case}")
    outside = world.account(world.system, "外县审计", world.enterprise.organisation, [Role.AUDITOR])
    assert outside.get(f"{FEED}?q={quote(f'case:{case}')}").code == "FORBIDDEN"


def test_what_became_of_one_thing_is_one_answer_however_much_happened_between(
    world: World, passing: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, case = world.school, passing[0]
    whole = Reader(world, world.auditor, world.whole(world.auditor), 0)
    things = (case, school.leader.person, school.leader.account, school.organisation)
    asked = [f"subject:{each}" for each in things] + [f"subject:{things[0]},{things[1]}"]
    expected = [whole.rest(each) for each in asked]
    assert all(expected)
    monkeypatch.setattr(events, "_AT_ONCE", 50)
    monkeypatch.setattr(events, "_TURNS", 1)
    for query, told in zip(asked, expected, strict=True):
        answer = whole.read(f"{whole.onward}&q={quote(query)}")
        assert done(answer).body == told
        assert f"after={world.services.record.head()}&" in answer.headers["Link"]
        assert whole.rest(query, limit=1) == told


def test_an_answer_that_tells_nothing_goes_on_all_the_same(
    world: World, passing: tuple[str, int], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"act:case:leader-approved:1 actor:{world.school.leader.account}"
    (told,) = reader.rest(asked)
    monkeypatch.setattr(events, "_AT_ONCE", 1)
    monkeypatch.setattr(events, "_TURNS", 2)
    first = reader.read(f"{reader.onward}&q={quote(asked)}")
    assert done(first).body == []
    assert f"after={passing[1] + 2}&" in first.headers["Link"]
    assert reader.rest(asked) == [told]


def test_who_stops_for_a_week_misses_nothing_and_hears_nothing_twice(
    world: World, reader: Reader
) -> None:
    whole, asked = reader, "act:case:submitted:1 -actor:me"
    everything, narrowed = whole.rest(), whole.rest(asked)
    world.catch_up()
    left = world.services.record.head()
    filed(world.applicant(world.school), world.school)
    world.clock.set((world.clock.now() + timedelta(days=7)).replace(hour=17))
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    back = Reader(world, world.auditor, world.whole(world.auditor), left)
    for query, limit, heard in ((None, 3, everything), (asked, 1, narrowed)):
        more = back.rest(query, limit)
        assert more
        ids = [int(each["id"]) for each in [*heard, *more]]
        assert ids == sorted(set(ids))
        again = Reader(world, back.by, back.mandate, int(position(whole.onward)))
        assert [*heard, *more] == again.rest(query)
    morning = f"day:{beijing.day(world.clock.now())} act:case:submitted:1"
    assert [each["subject"] for each in back.rest(morning)] == [path.rpartition("/")[2]]
