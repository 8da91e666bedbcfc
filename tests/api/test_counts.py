"""How many rows a list has is told as of the instant at which its page is read, up to a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections import listing
from projections.listing import Gathered
from tests.api.filings import done, filed

if TYPE_CHECKING:
    import pytest
    from psycopg import Connection

    from tests.api.world import World


def test_what_happens_between_counting_and_reading_is_in_neither(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, count = world.school, Gathered.count
    path = f"/v1/acts?limit=200&q=act:case:submitted:1+-actor:{school.handler.person}"
    filed(world.applicant(school), school)
    world.catch_up()
    happened: list[str] = []

    def counted(self: Gathered[Any], connection: Connection[Any]) -> int:
        found = count(self, connection)
        if not happened:
            happened.append("")
            happened.append(filed(world.applicant(school), school))
            world.catch_up()
        return found

    monkeypatch.setattr(Gathered, "count", counted)
    first, second = (done(school.handler.get(path)).body for _ in range(2))
    assert happened[1:]
    for told in (first, second):
        assert told["count"] == len(told["acts"])
    assert second["count"] == first["count"] + 1


def test_more_than_are_counted_is_said_to_be_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/v1/acts?limit=1&q=org:{world.school.organisation}"
    whole = done(world.school.handler.get(path)).body
    number = whole["count"]
    assert whole["counted_all"]
    assert number > 1
    for most, told in ((number, (number, True)), (number - 1, (number - 1, False))):
        monkeypatch.setattr(listing, "MOST_COUNTED", most)
        monkeypatch.setattr("api.http.lists.MOST_COUNTED", most)
        body = done(world.school.handler.get(path)).body
        assert (body["count"], body["counted_all"]) == told
