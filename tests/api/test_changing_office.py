"""Who decides while the office changes is not sent away, nor told that the case has changed."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from api.acts.attempts import ATTEMPTS
from audit.record import StreamConflictError
from domain.separation import HANDLER, LEADER
from tests.api.filings import decide, done, filed, opine, passed
from tests.api.test_races import a_school
from tests.api.test_window_extensions import propose
from tests.readings import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.society import House
    from tests.api.world import World

Change = tuple[str, "Callable[[], object]"]


@contextmanager
def overtaken(
    world: World, by: Actor, changes: Sequence[Change], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """Each time that somebody has decided, one more change comes before what they append.

    Tells on which kinds of streams they were overtaken, in order.
    """
    by.sign_in()
    record, waiting, moved = world.services.record, list(changes), list[str]()
    append = record.append

    def stopped(request: AppendRequest) -> Appended:
        if getattr(request.actor, "account", None) == by.account and waiting:
            waiting.pop(0)[1]()
        try:
            return append(request)
        except StreamConflictError as conflict:
            moved.extend(sorted({kind_of(each.stream) for each in conflict.conflicts}))
            raise

    with monkeypatch.context() as patch:
        patch.setattr(record, "append", stopped)
        yield moved
    assert not waiting


def changes_around(world: World, office: House) -> list[Change]:
    """Somebody is appointed, a window is extended above, a power is granted."""
    name, body = office.organisation, ["competent_department"]
    further = world.official(office, "备用经办", HANDLER)
    return [
        ("seats", lambda: done(world.appoint(office, HANDLER, further))),
        ("windows", lambda: done(propose(world))),
        ("authority", lambda: world.grant(name, world.area, body)),
    ]


@pytest.fixture
def office(world: World) -> House:
    """A department with its two seats."""
    above = {"bureau": world.bureau.organisation, "level": "county"}
    house = world.found("变动局", world.system, ["competent_department"], **above)
    world.seat(house, HANDLER, LEADER)
    return house


@pytest.fixture
def case(world: World, office: House) -> str:
    """The path of a case that waits for the department's handler."""
    school = a_school(world, office)
    path = filed(world.applicant(school), school)
    passed(path, school)
    return path


@pytest.mark.parametrize("seat", [HANDLER, LEADER])
def test_an_office_may_change_at_every_try(
    world: World, office: House, case: str, seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seat == LEADER:
        done(opine(office.handler, case))
    changes = changes_around(world, office)
    assert len(changes) < ATTEMPTS
    by = office.seated[seat]
    with overtaken(world, by, changes, monkeypatch) as moved:
        answer = (opine if seat == HANDLER else decide)(by, case)
    assert (answer.status, moved) == (201, [kind for kind, _ in changes]), answer.body


def test_who_is_slower_than_all_others_is_served_in_the_end_while_they_wait(
    world: World, office: House, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, by, changes = world.services.record, office.handler, list[Future[object]]()
    by.sign_in()
    append = record.append

    def stopped(request: AppendRequest) -> Appended:
        if getattr(request.actor, "account", None) == by.account:
            changes.append(pool.submit(lambda: done(propose(world))))
            overtakes = len(changes) <= ATTEMPTS
            ended = wait(changes, timeout=60 if overtakes else 0.5)
            assert (not ended.not_done) is overtakes
        return append(request)

    with ThreadPoolExecutor() as pool, monkeypatch.context() as patch:
        patch.setattr(record, "append", stopped)
        answer = opine(by, case)
    assert (answer.status, len(changes)) == (201, ATTEMPTS + 1), answer.body
    assert all(each.result() for each in changes)


def test_where_it_is_the_case_that_changes_that_is_told(
    world: World, office: House, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(opine(office.handler, case))
    seats, *_ = changes_around(world, office)
    changes = [seats, ("case", lambda: done(opine(office.handler, case)))]
    with overtaken(world, office.leader, changes, monkeypatch) as moved:
        answer = decide(office.leader, case)
    assert (answer.status, answer.code, moved) == (412, "STALE", ["seats", "case"]), answer.body
