"""What an act reads of authority: that of the organisations which it involves, and none above."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from api.acts.streams import Streams
from tests.api.filings import done, draft, file, opine, passed
from tests.readings import kind_of

if TYPE_CHECKING:
    from audit.record import Head
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
