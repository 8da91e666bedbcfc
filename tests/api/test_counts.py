"""How many rows a list has is told as of the instant at which its page is read, up to a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections import listing
from projections.listing import Gathered
from tests.api.filings import done, filed

if TYPE_CHECKING:
    import pytest

    from tests.api.world import World


def test_what_happens_between_reading_and_counting_is_in_neither(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, page = world.school, Gathered.page
    path = f"/v1/acts?q=act:case:submitted:1+-actor:{school.handler.person}&limit="
    for _ in range(2):
        filed(world.applicant(school), school)
    world.catch_up()
    before = done(school.handler.get(f"{path}200")).body
    assert before["count"] == len(before["acts"]) > 1
    happened: list[str] = []

    def read(self: Gathered[Any], *asked: Any, **how: Any) -> list[Any]:  # noqa: ANN401 -- as it is asked
        found = page(self, *asked, **how)
        if not happened:
            happened.append("")
            happened.append(filed(world.applicant(school), school))
            world.catch_up()
        return found

    monkeypatch.setattr(Gathered, "page", read)
    full = f"{path}{before['count'] - 1}"
    first, second = (done(school.handler.get(full)).body for _ in range(2))
    assert happened[1:]
    assert [each["count"] - before["count"] for each in (first, second)] == [0, 1]


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
