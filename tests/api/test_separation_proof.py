"""The proof from stored bytes against the view, and against a hand in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from audit.whole import check_whole
from projections import separation
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.database import Reached
    from audit.record import Record, Row


class Altered:
    """A record as somebody with the database in hand would leave it."""

    def __init__(self, record: Record, alter: dict[int, tuple[bytes, bytes]]) -> None:
        self._record = record
        self._alter = alter

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        return [self._altered(row) for row in self._record.rows(after, limit)]

    def _altered(self, row: Row) -> Row:
        position, stream, version, topic, leaf, at = row
        if position in self._alter:
            leaf = leaf.replace(*self._alter[position])
        return position, stream, version, topic, leaf, at


def test_nothing_is_wrong_with_the_whole_record(xunwu_record: Record) -> None:
    whole = check_whole(xunwu_record)
    assert whole.faults == []
    assert whole.positions == xunwu_record.head()


def test_proof_and_view_agree_about_every_case(xunwu_record: Record, xunwu_place: Reached) -> None:
    whole = check_whole(xunwu_record)
    assert "DIFFERENT" in {each.verdict for found in whole.verdicts.values() for each in found}
    with psycopg.connect(xunwu_place.settings.database_url or "") as connection:
        look_at(connection, xunwu_place.ground.views)
        for case, verdicts in whole.verdicts.items():
            proven = {
                (each.stage, each.organisation, each.round): (each.verdict, each.corrected)
                for each in verdicts
            }
            viewed = {
                (row.stage, row.organisation, row.round): (row.verdict, row.corrected)
                for row in separation.of_case(connection, case)
            }
            assert proven == viewed, case


def test_an_approval_rewritten_to_the_handlers_account_is_caught(xunwu_record: Record) -> None:
    whole = check_whole(xunwu_record)
    case, verdict = next(
        (case, each)
        for case, found in whole.verdicts.items()
        for each in found
        if each.verdict == "DIFFERENT"
    )
    assert verdict.handler is not None
    assert verdict.leader is not None
    (handled,) = xunwu_record.read(verdict.handler - 1, 1)
    (led,) = xunwu_record.read(verdict.leader - 1, 1)
    theirs, his = _person(led), _person(handled)
    altered = Altered(xunwu_record, {verdict.leader: (theirs, his)})
    faults = {each.code for each in check_whole(altered).faults}
    assert "SEPARATION_SAME" in faults
    assert "CHAIN_BROKEN" in faults
    assert case in whole.verdicts


def _person(one: object) -> bytes:
    return str(getattr(getattr(one, "actor", None), "person", "")).encode()
