"""What an act reads of authority: that of the organisations which it involves, and none above."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.streams import Streams
from api.office import Office
from tests.api.filings import done, draft, file, filed, opine, passed
from tests.readings import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.acts.acting import Answer as Told
    from audit.record import Head, History
    from tests.api.world import World


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The streams that each append rested on beside those that it continued."""
    found: list[list[str]] = []
    checks = vars(Streams)["checks"].fget

    def watched(desk: Streams) -> tuple[Head, ...]:
        heads: tuple[Head, ...] = checks(desk)
        found.append([head.stream for head in heads])
        return heads

    monkeypatch.setattr(Streams, "checks", property(watched))
    return found


def test_an_opinion_rests_on_the_powers_of_its_own_organisation(
    world: World, rested: list[list[str]]
) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    done(file(applicant, path))
    passed(path, world.school)
    rested.clear()
    done(opine(world.department.handler, path))
    streams = rested[-1]
    authorities = [each for each in streams if kind_of(each) == "authority"]
    assert authorities == [world.department.organisation.replace("organisation", "authority")]
    assert len(streams) <= 14


def test_a_filing_rests_on_one_authority_stream_for_each_organisation_of_its_chain(
    world: World, rested: list[list[str]]
) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    rested.clear()
    done(file(applicant, path))
    counted = Counter(kind_of(each) for each in rested[-1])
    assert counted["authority"] == 2  # the department and the bureau, and the root never
    assert sum(counted.values()) <= 12


def test_a_reading_looks_at_the_record_once_unless_it_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filed(world.applicant(world.school), world.school)
    reader, looked = world.school.handler, list[str]()
    done(reader.get(path))  # who is signed in by then
    catch_up = world.services.record._shelf.catch_up

    def watched(*asked: Any) -> Any:  # noqa: ANN401 -- as it is given and told
        looked.append("at the record")
        return catch_up(*asked)

    monkeypatch.setattr(world.services.record._shelf, "catch_up", watched)
    done(reader.get(path))
    assert len(looked) == 1
    done(reader.get(f"{path}/history?wait_for=1"))
    assert len(looked) == 3  # at the gate, and once what was waited for is there


def test_what_is_next_is_told_by_what_the_act_has_read_and_led_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is what the handler reads right after it: that it waits for the leader now."""
    path = filed(world.applicant(world.school), world.school)
    stood: list[Mapping[str, History] | None] = []
    after = Office.after

    def watched(office: Office, answer: Told) -> Office:
        stood.append(answer.stands)
        return after(office, answer)

    monkeypatch.setattr(Office, "after", watched)
    told = done(opine(world.school.handler, path)).body
    ((case, known),) = [(told["stream"], each) for each in stood]
    assert known is not None
    assert known[case].version == told["version"]
    assert {kind_of(each) for each in known} > {"case", "seats", "person"}
    assert told["acts"] == done(world.school.handler.get(path)).body["acts"]
