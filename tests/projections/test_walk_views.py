"""A walk through the town on a real record: what the views say is what the record says."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import Connection

from api.access import Act
from api.acts.case_reading import read_case
from api.problems import Problem
from audit.keys.keyfile import KeyFile
from audit.record import Record
from audit.whole import check_whole
from bench.town.acts import ACTS
from bench.town.founding import INSPECTOR, founded_over
from bench.town.town import Town, evolved
from bench.town.watch.folds import shown, stands, titled
from bench.town.watch.watch import Watch
from bench.walk import attempt
from domain import beijing
from domain.case.phase import Draft
from domain.organisation.state import stream_of
from projections import appointments, case_status, integrity, separation, titles
from projections.advance import advance
from projections.catalogue import VIEWS
from projections.check import differences
from projections.follow import catch_up
from projections.scope import EVERYTHING
from tests.projections.conftest import open_views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.acts.acting import Acting
    from projections.integrity import Entry
    from projections.listing import Gathered
    from tests.conftest import Database

STEPS, MOST_STEPS, SEED = 1300, 1500, 2
MANY = 20
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
    rows = case_status.cases.select(walked.views, "")
    assert {row.case for row in rows} == set(walked.town.cases)
    for row in rows:
        assert shown(row) == stands(folded(walked, row.case)), row.case


def test_the_integrity_record_of_every_person_is_a_fold_of_their_history(walked: Walked) -> None:
    for person in walked.town.persons:
        entries = integrity.of_persons(walked.views, [person])
        assert {(each.entry, each.ends_on, each.annulled) for each in entries} == {
            (each.entry, each.ends_on, each.annulled) for each in folded(walked, person).entries
        }


def test_the_titles_of_every_person_are_a_fold_of_their_history(walked: Walked) -> None:
    found = Counter[str]()
    for person in walked.town.persons:
        rows = titles.titles.select(walked.views, "WHERE person = %s ORDER BY position", (person,))
        assert [titled(row) for row in rows] == [*folded(walked, person).titles]
        found.update(row.state for row in rows)
    assert found["held"]


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
    table = case_status.cases.stored
    changed = f"UPDATE {table} SET phase = 'recognised' WHERE phase <> 'recognised'"  # noqa: S608
    with walked.views.transaction(force_rollback=True):
        walked.views.execute(changed)
        rows = case_status.cases.select(walked.views, "")
        assert any(shown(row) != stands(folded(walked, row.case)) for row in rows)


def readable(walked: Walked, who: Acting, act: Act) -> set[str]:
    """The cases of which somebody is told this when they ask for each alone."""
    found = set()
    for case in walked.town.cases:
        with suppress(Problem):
            read_case(walked.town.office, who, case, act)
            found.add(case)
    return found


def until(walked: Walked, stream: str, position: int) -> Any:  # noqa: ANN401 -- as its kind of stream has it
    """The state of a stream, folded to a position of the record."""
    state: object = None
    for each in walked.record.load(stream).as_of(position).recorded:
        state = evolved(state, each)
    return state


def test_what_was_known_at_a_random_instant_is_a_fold_of_the_record_until_then(
    walked: Walked,
) -> None:
    town, chance = walked.town, random.Random(SEED)  # noqa: S311 -- as above
    watcher, filed, held, entered = town.acting(INSPECTOR), 0, 0, 0
    readable_now = sorted(readable(walked, watcher, Act.READ_CASE))
    for _ in range(MANY * 5):
        at = chance.choice(town.log).placed_at
        known, on = walked.record.position_at(at), beijing.day(at)
        case, house = chance.choice(readable_now), chance.choice(sorted(town.organisations))
        stood = until(walked, case, known)
        if stood is not None and not isinstance(stood.phase, Draft):
            seen = read_case(town.office, watcher, case, as_of=at)
            assert stands(seen.case) == stands(stood), (case, at)
            filed += 1
        seats = until(walked, stream_of("seats", house), known)
        holding = {e.appointment for e in seats.appointments if e.holds(on)} if seats else set()
        shown = appointments.holders(walked.views, house, on=on, known_at=known)
        assert {each.appointment for each in shown} == holding, (house, at)
        held += bool(holding)
        stated = {
            (each.entry, each.ends_on, each.annulled)
            for person in town.persons
            for each in getattr(until(walked, person, known), "entries", ())
        }
        listed = integrity.visible(EVERYTHING, on=on, known_at=known)
        rows = listing_of(walked, listed)
        assert {(each.entry, each.ends_on, each.annulled) for each in rows} == stated, at
        entered += bool(stated)
    assert min(filed, held, entered) > MANY


def listing_of(walked: Walked, listed: Gathered[Entry]) -> list[Entry]:
    """All rows of a list, as many as are counted."""
    rows = listed.page(walked.views, limit=1000)
    assert listed.count(walked.views) == len(rows)
    return rows
