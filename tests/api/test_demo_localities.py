"""The short stories, one for each further locality, told to their end over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.demo.setting_up import set_stage
from api.demo.stories import STORIES
from api.demo.teller import Teller
from tests.api.demonstration import Silence, beginning, reached
from tests.api.looking_after import Looked, looking_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.demo.stage import Stage
    from tests.conftest import Database

FURTHER = [name for name in STORIES if name not in {"xunwu", "discipline"}]


@pytest.fixture(scope="module", params=FURTHER)
def told_and_looked(
    request: pytest.FixtureRequest,
    empty_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Stage, Looked]]:
    """The stage after each story, each act of which was looked at right after it."""
    place = reached(empty_database(), tmp_path_factory.mktemp(request.param))
    teller = Teller(Silence(), "zh")
    with set_stage(place, beginning(request.param), teller) as stage:
        with looking_after() as looked:
            STORIES[request.param].tell(stage)
        yield stage, looked


@pytest.fixture(scope="module")
def told(told_and_looked: tuple[Stage, Looked]) -> Stage:
    """The stage after each story."""
    return told_and_looked[0]


def test_each_act_is_answered_with_what_is_read_right_after_it(
    told_and_looked: tuple[Stage, Looked],
) -> None:
    _, looked = told_and_looked
    assert looked.differing == []
    assert len(looked.topics) > 15


def test_every_step_goes_as_told(told: Stage) -> None:
    assert [(each.did, each.deviations) for each in told.teller.deviating] == []
    assert told.teller.went_well


def test_each_refusal_by_law_quotes_its_clauses(told: Stage) -> None:
    refused = [each.reply.body for each in told.teller.steps if each.refusals]
    assert refused
    for body in refused:
        cited = {rule for refusal in body.get("refusals", ()) for rule in refusal["rules"]}
        assert cited == {rule["id"] for rule in body.get("rules", ())}
        assert all(rule["clause"] and rule["quote"] for rule in body.get("rules", ()))


def test_the_case_ends_recognised(told: Stage) -> None:
    (path,) = told.cases.values()
    official = next(each for key, each in told.people.items() if key.endswith("-leader"))
    assert official.get(path).body["standing"]["phase"] == "recognised"


def test_every_stage_is_passed_by_two_persons_where_it_has_two_seats(told: Stage) -> None:
    (path,) = told.cases.values()
    official = next(each for key, each in told.people.items() if key.endswith("-leader"))
    stages = told.look(official, f"{path}/separation").body["stages"]
    verdicts = [each["corrected"] for each in stages]
    assert set(verdicts) <= {"DIFFERENT", "NOT_REQUIRED"}, verdicts


def test_the_applicant_reads_what_the_case_owed(told: Stage) -> None:
    (path,) = told.cases.values()
    applicant = next(each for key, each in told.people.items() if path == told.cases.get(key))
    file = applicant.get(f"{path}/file").body
    assert file["duties"]["windows"] is not None
    assert file["receipts"][0]["topic"] == "case:opened:1"
