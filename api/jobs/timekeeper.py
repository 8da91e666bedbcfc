"""The timekeeper: appends what falls due by itself, as ``system``.

It looks at the deadlines that a view keeps, and lets the case itself decide: a view that lags
behind, or a second timekeeper, can make nothing happen twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import structlog

from api.acts import case, case_entry, promise, publicity, roll, urging
from api.acts import handed_in as public_objection
from api.acts.acting import Answer
from api.conventions.measures import count_missed_deadline
from audit.connecting import connect
from audit.outage import is_outage
from domain import beijing
from projections import deadlines, rolls, vacancy_forms, work_queue
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from threading import Event

    from psycopg import Connection

    from api.services import Services
    from domain.calendar import Calendar
    from projections.deadlines import Deadline, Undated

_log = structlog.get_logger()

_KINDS = frozenset({deadlines.RETURN, deadlines.PUBLICITY, deadlines.SCREENING})
_PAUSE = 5.0
"""Seconds between two looks, and between two tries to be the one that looks."""

_ANSWER_SECONDS = 60.0
"""Seconds until a server that says nothing is given up."""

_TRY_LEAD = """
SELECT pg_try_advisory_lock(hashtextextended('mingjian timekeeper ' || current_schema(), 0))
"""


def keep_time_until(stop: Event, services: Services) -> None:
    """Keep time until the event is set, while no other process does; by views that are whole."""
    while not stop.is_set():
        with _connection(services) as connection:
            if services.views.whole() and _take_lead(connection):
                _keep_time(stop, services, connection)
        stop.wait(_PAUSE)


def keep_time(services: Services, connection: Connection[Any]) -> int:
    """Let everything happen that is due now; answers how many things did.

    One deadline that fails keeps no other from being kept: it is logged, counted and tried
    again at the next look. Where the database fails, it fails for all: that is raised.
    """
    now = services.clock.now()
    happened = 0
    for deadline in list(_fallen_due(connection, now)):
        try:
            happened += bool(_let_happen(services, deadline, now).happened)
        except Exception as error:
            if is_outage(error):
                raise
            count_missed_deadline(deadline.kind)
            _log.exception("deadline not kept", stream=deadline.stream, kind=deadline.kind)
    return happened


def keep_rolls(services: Services, connection: Connection[Any]) -> int:
    """Note every yearly roll whose day has passed without it; answers how many there were."""
    now = services.clock.now()
    happened = 0
    for organisation, year in rolls.outstanding(connection, beijing.day(now).year):
        command = _command_for(services, organisation, "roll", str(year))
        try:
            answer = roll.flag_overdue(services.office, organisation, year, command, now)
            happened += bool(answer.happened)
        except Exception as error:
            if is_outage(error):
                raise
            count_missed_deadline("roll")
            _log.exception("deadline not kept", stream=organisation, kind="roll")
    return happened


def urge_who_does_nothing(services: Services, connection: Connection[Any]) -> int:
    """Tell whose turn it is in every case that waits too long; answers how many were told."""
    now, told = services.clock.now(), 0
    for each in work_queue.to_urge(connection, beijing.begin(beijing.day(now))):
        command = _command_for(services, each, "urged", beijing.day(now).isoformat())
        try:
            told += bool(urging.urge_who_does_nothing(services.office, each, command, now).happened)
        except Exception as error:
            if is_outage(error):
                raise
            count_missed_deadline("urged")
            _log.exception("nobody told", stream=each)
    return told


def urge_to_appoint(services: Services, connection: Connection[Any]) -> int:
    """Tell every employer that let the term of a promise to appoint pass; answers of how many."""
    now, told = services.clock.now(), 0
    for each in vacancy_forms.to_urge(connection):
        command = _command_for(services, each, "appointment", beijing.day(now).isoformat())
        try:
            answer = promise.urge_to_appoint(services.office, each, command, now)
            told += 0 if answer.replayed else len(answer.happened)
        except Exception as error:
            if is_outage(error):
                raise
            count_missed_deadline("appointment")
            _log.exception("nobody told", stream=each)
    return told


def date_what_waited(services: Services, connection: Connection[Any]) -> int:
    """Add every last day that waited for a calendar and can be known now; answers how many.

    A calendar comes with a start of the server, or is put in force while it runs: this is done
    whenever other working days are known, and by the day.
    """
    now, dated = services.clock.now(), 0
    for each in deadlines.waiting_for_a_calendar(connection):
        command = _command_for(services, each.stream, "dated", each.item)
        try:
            dated += bool(_date(services, each, command, now).happened)
        except Exception:  # noqa: BLE001 -- logged, counted and tried again
            count_missed_deadline("dated")
            _log.exception("deadline not dated", stream=each.stream, kind=each.item)
    return dated


def _date(services: Services, undated: Undated, command: str, now: datetime) -> Answer:
    if undated.item == deadlines.SCREENING:
        return public_objection.date_screening(services.office, undated.stream, command, now)
    return case_entry.date_paper(services.office, undated.stream, undated.item, command, now)


def _let_happen(services: Services, deadline: Deadline, now: datetime) -> Answer:
    """What a deadline brings: the case decides whether it still does."""
    command = _command(services, deadline)
    match deadline.kind:
        case deadlines.RETURN:
            return case.lapse(services.office, deadline.stream, deadline.round, command, now)
        case deadlines.PUBLICITY:
            return publicity.close(services.office, deadline.stream, command, now)
        case deadlines.SCREENING:
            return public_objection.flag_overdue(services.office, deadline.stream, command, now)
        case _:
            return Answer(())


def _keep_time(stop: Event, services: Services, connection: Connection[Any]) -> None:
    looked_on: tuple[date, Calendar] | None = None
    while not stop.is_set():
        if happened := keep_time(services, connection):
            _log.info("fell due", cases=happened)
        today = beijing.day(services.clock.now())
        known = today, services.office.calendar
        if known != looked_on:
            _keep_day(services, connection, today)
            looked_on = known
        stop.wait(_PAUSE)


def _keep_day(services: Services, connection: Connection[Any], today: date) -> None:
    """What is looked at by the day, and when a calendar comes: rolls, who does nothing, days."""
    if noted := keep_rolls(services, connection):
        _log.info("fell due", rolls=noted)
    if told := urge_who_does_nothing(services, connection):
        _log.info("told who does nothing", cases=told)
    if told := urge_to_appoint(services, connection):
        _log.info("told who appointed nobody", promises=told)
    if dated := date_what_waited(services, connection):
        _log.info("dated", deadlines=dated)
    if (year := services.office.calendar.missing(today)) is not None:
        _log.warning("working days not known", year=year, do="see operations.md, working days")


def _fallen_due(connection: Connection[Any], now: datetime) -> Iterator[Deadline]:
    """What has fallen due and brings an event by itself, the longest due first."""
    last = None
    while page := deadlines.fallen_due(connection, now, after=last):
        yield from (each for each in page if each.kind in _KINDS)
        last = (page[-1].due_at, page[-1].stream, page[-1].kind)


def _command(services: Services, deadline: Deadline) -> str:
    """The same for the same deadline under the same rules, so that it shows in the record."""
    due_at = deadline.due_at.isoformat()
    return _command_for(services, deadline.stream, deadline.kind, due_at, *deadline.rules)


def _command_for(services: Services, *parts: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join((services.record.origin, *parts))))


def _connection(services: Services) -> Connection[Any]:
    url = services.settings.database_url or ""
    connection = connect(url, "mingjian timekeeper", answer_seconds=_ANSWER_SECONDS)
    look_at(connection, services.ground.views)
    return connection


def _take_lead(connection: Connection[Any]) -> bool:
    """Be the timekeeper of this record for the life of the connection, if nobody else is."""
    row = connection.execute(_TRY_LEAD).fetchone()
    return row is not None and bool(row[0])
