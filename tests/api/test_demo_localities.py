"""The short stories, one for each further locality, told to their end over HTTP."""

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

FURTHER = [name for name in STORIES if name != "xunwu"]


@pytest.fixture(scope="module", params=FURTHER)
def told(
    request: pytest.FixtureRequest,
    empty_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The stage after each story."""
    place = reached(empty_database(), tmp_path_factory.mktemp(request.param))
    teller = Teller(Silence(), "zh")
    with set_stage(place, beginning(request.param), teller) as stage:
        STORIES[request.param].tell(stage)
        yield stage


def test_every_step_goes_as_told(told: Stage) -> None:
    assert [(each.did, each.deviations) for each in told.teller.deviating] == []
    assert told.teller.went_well
