"""The story of objections, a revocation, the record and criticism, told to its end over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.demo.setting_up import set_stage
from api.demo.stories import STORIES
from api.demo.teller import Teller
from tests.api.demonstration import Silence, beginning, reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.demo.stage import Stage
    from tests.conftest import Database


@pytest.fixture(scope="module")
def told(
    empty_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The stage after the story."""
    place = reached(empty_database(), tmp_path_factory.mktemp("discipline"))
    teller = Teller(Silence(), "zh")
    with set_stage(place, beginning("discipline"), teller) as stage:
        STORIES["discipline"].tell(stage)
        yield stage


def test_every_step_goes_as_told(told: Stage) -> None:
    assert [(each.did, each.deviations) for each in told.teller.deviating] == []
    assert told.teller.went_well


def test_one_objection_is_dismissed_and_one_returns_its_case(told: Stage) -> None:
    phases = {
        key: told.people[key].get(told.cases[key]).member("standing.phase")
        for key in ("cheat", "honest")
    }
    assert phases["cheat"] == "revoked"
    assert phases["honest"] in {"returned", "lapsed"}
