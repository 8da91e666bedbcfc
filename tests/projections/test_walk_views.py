"""A walk through the town on a real record: what the views say is what the record says."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import Connection

from audit.keys.keyfile import KeyFile
from audit.record import Record
from audit.whole import check_whole
from bench.town.acts import ACTS
from bench.town.founding import founded_over
from bench.town.town import Town, evolved
from bench.town.watch.folds import shown, stands
from bench.town.watch.watch import Watch
from bench.walk import attempt
from projections import integrity, separation, status
from projections.advance import advance
from projections.catalogue import VIEWS
from projections.check import differences
from projections.follow import catch_up
from tests.projections.conftest import open_views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Database

STEPS, MOST_STEPS, SEED = 300, 1500, 57
WANTED = {
    "case:recognised:1",
    "case:stage-taken-over:1",
    "integrity:entered:1",
    "objection:raised:1",
    "person:binding-corrected:1",
    "person:linked:1",
}
"""What has to have happened, so that the views have something to say."""


@dataclass(frozen=True)
class Walked:
    """A town on a real record, with the views that followed it step by step."""

    town: Town
    record: Record
    views: Connection[Any]
    url: str
    live: str


@pytest.fixture(scope="module")
def walked(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walked]:
    database = fresh_database()
    keys = KeyFile.create(tmp_path_factory.mktemp("keys") / "keys.json")
    chance = random.Random(SEED)  # noqa: S311 -- to be repeated, not to be secret
    with (
        Record(database.url, database.ground, keys, connections=4) as record,
        open_views(database) as views,
    ):
        town = founded_over(record)
        catch_up(views, record, VIEWS)
        tried = 0
        while tried < STEPS or (tried < MOST_STEPS and WANTED - happened(town)):
            tried += bool(attempt(town, chance.choice(ACTS), chance.choice))
            if chance.randrange(10) == 0:
                advance(views, record, VIEWS, chance.choice((1, 7, 100)))
        catch_up(views, record, VIEWS)
        yield Walked(town, record, views, database.url, database.ground.views)


def happened(town: Town) -> set[str]:
    """The topics of everything that happened in the town."""
    return {each.event.topic for each in town.log}


def folded(walked: Walked, stream: str) -> Any:  # noqa: ANN401 -- as its kind of stream has it
    """The state of a stream, folded from its first event as the database gives it."""
    state: object = None
    for each in walked.record.load(stream).recorded:
        state = evolved(state, each)
    return state


def test_the_walk_led_somewhere(walked: Walked) -> None:
    assert not WANTED - happened(walked.town)


def test_no_law_is_broken_on_a_real_record(walked: Walked) -> None:
    watch = Watch(walked.town)
    watch.look()
    watch.prove()
    assert watch.breaches == []


def test_views_that_followed_equal_views_that_were_rebuilt(walked: Walked) -> None:
    with psycopg.connect(walked.url, autocommit=True) as connection:
        found = differences(connection, walked.live, walked.record, VIEWS)
        assert [each.table for each in found] == []


def test_the_status_of_every_case_is_a_fold_of_its_history(walked: Walked) -> None:
    rows = status.cases.select(walked.views, "")
    assert {row.case for row in rows} == set(walked.town.cases)
    for row in rows:
        assert shown(row) == stands(folded(walked, row.case)), row.case


def test_the_integrity_record_of_every_person_is_a_fold_of_their_history(walked: Walked) -> None:
    for person in walked.town.persons:
        entries = integrity.of_persons(walked.views, [person])
        assert {(each.entry, each.ends_on, each.annulled) for each in entries} == {
            (each.entry, each.ends_on, each.annulled) for each in folded(walked, person).entries
        }


def test_view_and_proof_agree_about_the_duties_of_every_case(walked: Walked) -> None:
    verdicts = check_whole(walked.record).verdicts
    assert "DIFFERENT" in {each.verdict for found in verdicts.values() for each in found}
    for case, found in verdicts.items():
        proven = {
            (each.stage, each.organisation, each.round): (each.verdict, each.corrected)
            for each in found
        }
        viewed = {
            (row.stage, row.organisation, row.round): (row.verdict, row.corrected)
            for row in separation.of_case(walked.views, case)
        }
        assert proven == viewed, case


def test_a_row_that_a_hand_changed_is_found(walked: Walked) -> None:
    table = status.cases.stored
    changed = f"UPDATE {table} SET phase = 'recognised' WHERE phase <> 'recognised'"  # noqa: S608
    with walked.views.transaction(force_rollback=True):
        walked.views.execute(changed)
        rows = status.cases.select(walked.views, "")
        assert any(shown(row) != stands(folded(walked, row.case)) for row in rows)
