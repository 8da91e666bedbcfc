"""A hand in the database: what got past the domain, the append and the grants is still found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.leaf.envelope import Envelope, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.record import AppendRequest, Write
from audit.whole import check_whole
from bench.acts import approved
from bench.leaves import happenings
from bench.province import Province
from domain.actor import AccountActor
from domain.case.events import CaseForwarded, HandlerOpinionGiven, LeaderApproved
from tests.audit.said import NOON

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON
    from audit.record import Record
    from bench.province import Happening
    from domain.event import Event
    from domain.personal import Personal
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


def forge(database: Database, record: Record, half: Half, actor: AccountActor) -> None:
    """An approval and the case's going on, well made: bytes, hashes, versions and positions."""
    at = half.opinion
    events: tuple[Event, ...] = (
        approved(at.round, at.stage, at.organisation),
        CaseForwarded(
            round=at.round, from_stage=at.stage, to_stage="department", organisation="anywhere"
        ),
    )
    head = record.load(half.case).head
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
