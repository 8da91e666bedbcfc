"""A hand in the database: what got past the domain, the append and the grants is still found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.leaf.envelope import Envelope, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.record import AppendRequest, Write
from audit.whole import check_whole
from bench.acts import STAGES, approved
from bench.leaves import happenings
from bench.province import Province
from domain.account.events import AccountOpened, Role
from domain.actor import AccountActor
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.leader_decision import LeaderApproved
from domain.case.next_stage import CaseForwarded
from domain.case.substitute import SubstituteDesignated
from domain.organisation.seats import AppointmentOpened
from domain.organisation.state import stream_of
from domain.person.events import PersonsLinked
from domain.personal import Personal, Purpose
from tests.audit.said import NOON

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON
    from audit.record import Record
    from bench.province import Happening
    from domain.event import Event
    from tests.conftest import Database


@dataclass(frozen=True)
class Half:
    """A case whose handler has given an opinion and whose leader has not decided."""

    case: str
    opinion: HandlerOpinionGiven
    handler: AccountActor


def append(record: Record, happening: Happening) -> None:
    stream, event, actor = happening
    request = AppendRequest(
        writes=(Write(record.load(stream).head, (event,)),), actor=actor, at=NOON, command="c"
    )
    record.append(request)


@pytest.fixture
def half(record: Record) -> Half:
    for happening in happenings(Province(), 2_000):
        append(record, happening)
        stream, event, actor = happening
        if isinstance(event, HandlerOpinionGiven):
            assert isinstance(actor, AccountActor)
            return Half(stream, event, actor)
    raise AssertionError("nobody gave an opinion")


def forge(
    database: Database,
    record: Record,
    half: Half,
    actor: AccountActor,
    *,
    to_stage: str = "department",
    previous: bytes | None = None,
) -> None:
    """An approval and the case's going on, well made: bytes, hashes, versions and positions.

    But for ``previous``, if it is given: what the forger takes for the hash of the last leaf.
    """
    at = half.opinion
    events: tuple[Event, ...] = (
        approved(at.round, at.stage, at.organisation),
        CaseForwarded(
            round=at.round, from_stage=at.stage, to_stage=to_stage, organisation="anywhere"
        ),
    )
    head = record.load(half.case).head
    head = head if previous is None else replace(head, leaf_hash=previous)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("ALTER TABLE record.event DISABLE TRIGGER ALL")
        for number, event in enumerate(events, start=1):
            leaf = to_leaf(
                Envelope(
                    event=event,
                    origin=database.origin,
                    stream=half.case,
                    version=head.version + number,
                    actor=actor,
                    recorded_at=NOON,
                    command="forged",
                    request=None,
                    causation=None,
                    previous=head.leaf_hash,
                ),
                nothing_to_seal,
            )
            owner.execute(
                "INSERT INTO record.event VALUES (%s, %s, %s, %s, %s, %s)",
                (half.case, head.version + number, event.topic, leaf, record.head() + number, NOON),
            )
            head = replace(head, leaf_hash=leaf_hash(leaf))


def second(record: Record, half: Half, person: str, seat: str | None = "leader") -> AccountActor:
    """Another account, bound to a person, that was appointed to a seat where the handler sits."""
    login = Personal("login", person, Purpose.OFFICIAL)
    organisation = half.opinion.organisation
    opened = AccountOpened(
        person=person,
        organisation=organisation,
        roles=(Role.OFFICIAL,),
        login=login,
        unclaimed=False,
    )
    append(record, ("account-second", opened, half.handler))
    if seat is not None:
        held = AppointmentOpened(
            appointment="appointment-second",
            seat=seat,
            person=person,
            account="account-second",
            document=None,
            effective_on=date(2020, 1, 1),
            ends_on=None,
            stands_in_for=None,
            reason=None,
            late_entry=False,
        )
        append(record, (stream_of("seats", organisation), held, half.handler))
    return replace(
        half.handler,
        account="account-second",
        person=person,
        seat="leader",
        appointment=None if seat is None else "appointment-second",
    )


def link(record: Record, half: Half, other: str) -> None:
    """Two persons turn out to be one."""
    for one, two in ((half.handler.person, other), (other, half.handler.person)):
        append(record, (one, PersonsLinked(other=two, link="link-1"), half.handler))


def nothing_to_seal(pointer: str, _words: Personal) -> JSON:
    raise AssertionError(pointer)


def faults(record: Record) -> set[str]:
    return {each.code for each in check_whole(record).faults}


def test_an_approval_forged_under_the_handlers_account_is_one_person(
    record: Record, database: Database, half: Half
) -> None:
    assert faults(record) == set()
    forge(database, record, half, replace(half.handler, seat="leader"))
    assert faults(record) == {"SEPARATION_SAME"}


def test_an_approval_forged_under_an_account_that_holds_no_seat_is_no_evidence(
    record: Record, database: Database, half: Half
) -> None:
    forge(database, record, half, replace(half.handler, account="account-x", person="person-x"))
    (first, *_) = check_whole(record).verdicts[half.case]
    assert (first.verdict, first.handler is not None, first.leader) == ("INCOMPLETE", True, None)
    assert first.flaws


def test_an_approval_rewritten_in_its_place_breaks_the_chain_behind_it(
    record: Record, database: Database
) -> None:
    approvals: list[tuple[str, int]] = []
    for happening in happenings(Province(), 2_000):
        append(record, happening)
        stream, event, _ = happening
        if approvals:
            break
        if isinstance(event, LeaderApproved):
            approvals.append((stream, record.load(stream).head.version))
    ((stream, version),) = approvals
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("ALTER TABLE record.event DISABLE TRIGGER ALL")
        rewritten = owner.execute(
            """
            UPDATE record.event
            SET state = convert_to(
                replace(convert_from(state, 'UTF8'), '"seat":"leader"', '"seat":"handle"'), 'UTF8'
            )
            WHERE originator_id = %s AND originator_version = %s
            """,
            (stream, version),
        )
        assert rewritten.rowcount == 1
    assert "CHAIN_BROKEN" in faults(record)


def test_a_leader_who_is_the_handler_under_another_name_is_one_person(
    record: Record, database: Database, half: Half
) -> None:
    other = second(record, half, "person-other")
    link(record, half, "person-other")
    forge(database, record, half, other)
    assert faults(record) == {"SEPARATION_SAME"}


def test_a_leader_who_turns_out_later_to_be_the_handler_is_told_as_corrected(
    record: Record, database: Database, half: Half
) -> None:
    forge(database, record, half, second(record, half, "person-other"))
    assert faults(record) == set()
    link(record, half, "person-other")
    assert faults(record) == {"SEPARATION_SAME_AS_CORRECTED"}
    (first, *_) = check_whole(record).verdicts[half.case]
    assert (first.verdict, first.corrected) == ("DIFFERENT", "SAME")


def test_the_handlers_second_account_is_the_handler(
    record: Record, database: Database, half: Half
) -> None:
    forge(database, record, half, second(record, half, half.handler.person))
    assert faults(record) == {"SEPARATION_SAME"}


def test_the_handler_as_a_substitute_for_the_leader_is_the_handler(
    record: Record, database: Database, half: Half
) -> None:
    substitute = second(record, half, half.handler.person, seat=None)
    designated = SubstituteDesignated(
        designation="designation-1",
        stage=half.opinion.stage,
        organisation=half.opinion.organisation,
        seat="leader",
        person=substitute.person,
        account=substitute.account,
        home=half.opinion.organisation,
        reason=Personal("人手不足", substitute.person, Purpose.OFFICIAL),
    )
    append(record, (half.case, designated, half.handler))
    forge(database, record, half, substitute)
    assert faults(record) == {"SEPARATION_SAME"}


def test_a_stage_that_was_skipped_is_incomplete(
    record: Record, database: Database, half: Half
) -> None:
    forge(database, record, half, second(record, half, "person-other"), to_stage=STAGES[-1])
    assert faults(record) == {"SEPARATION_INCOMPLETE"}
    skipped = [e for e in check_whole(record).verdicts[half.case] if e.verdict == "INCOMPLETE"]
    assert [each.stage for each in skipped] == list(STAGES[1:-1])
    assert all("skipped" in each.flaws[0] for each in skipped)


def test_a_forged_event_that_does_not_know_the_hash_before_it_breaks_the_chain(
    record: Record, database: Database, half: Half
) -> None:
    other = second(record, half, "person-other")
    forge(database, record, half, other, previous=bytes(32))
    assert faults(record) == {"CHAIN_BROKEN"}
