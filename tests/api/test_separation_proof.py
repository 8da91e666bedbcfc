"""The proof from stored bytes against the view, and against a hand in the database."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner

from api.command import audit as command
from audit.reading import WHOLE
from audit.whole import check_whole
from projections import case_status, separation
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    from api.database import Reached
    from audit.reading import Span
    from audit.record import Record, Row
    from audit.whole import Whole


class Altered:
    """A record as somebody with the database in hand would leave it."""

    def __init__(self, record: Record, alter: dict[int, tuple[bytes, bytes]]) -> None:
        self._record = record
        self._alter = alter

        self.head, self.out_of_order = record.head, record.reading.out_of_order

    @property
    def reading(self) -> Altered:
        return self

    def beside_cases(self, last: int) -> Iterator[list[Row]]:
        yield from self._record.reading.beside_cases(last)

    def by_stream(self, last: int, span: Span = WHOLE) -> Iterator[list[Row]]:
        for page in self._record.reading.by_stream(last, span):
            yield [self._altered(row) for row in page]

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


@pytest.fixture(scope="module")
def forged(xunwu_record: Record) -> tuple[str, Altered]:
    """A case, and the record with an approval of it rewritten to its handler's account."""
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
    return case, Altered(xunwu_record, {verdict.leader: (_person(led), _person(handled))})


def test_an_approval_rewritten_to_the_handlers_account_is_caught(
    forged: tuple[str, Altered],
) -> None:
    case, altered = forged
    whole = check_whole(altered)
    assert {"SEPARATION_SAME", "CHAIN_BROKEN"} <= {each.code for each in whole.faults}
    assert case in whole.verdicts


@pytest.fixture
def proved(
    xunwu_record: Record, xunwu_place: Reached, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """``mingjian audit separation``, with what is asked of it, over the record of the story."""
    assert xunwu_record.head()
    monkeypatch.setattr(command, "reach", lambda _: nullcontext(xunwu_place))
    return lambda *asked: CliRunner().invoke(command.audit, ["separation", *asked])


def test_a_case_is_proved_by_its_number_in_lines_that_are_never_cut(
    proved: Callable[..., Result], forged: tuple[str, Altered], xunwu_place: Reached
) -> None:
    case, _ = forged
    with psycopg.connect(xunwu_place.settings.database_url or "") as connection:
        look_at(connection, xunwu_place.ground.views)
        row = case_status.of(connection, case)
    assert row is not None
    by_number, by_id = proved(row.number), proved(case)
    assert (by_number.exit_code, by_number.stdout) == (0, by_id.stdout)
    lines = by_number.stdout.splitlines()
    assert lines[0] == f"{row.number}  {case}"
    assert "DIFFERENT" in by_number.stdout
    assert all(each.organisation in by_number.stdout for each in row.chain[:1])
    assert max(map(len, lines[:-1])) <= 80
    assert proved("2024-ZZZZ-ZZZZ").exit_code != 0


def test_one_person_in_both_seats_makes_the_command_fail(
    proved: Callable[..., Result], forged: tuple[str, Altered], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, altered = forged
    monkeypatch.setattr(command, "check_whole", partial(_instead, altered))
    result = proved(case)
    assert result.exit_code == 1
    assert "同一人 SAME" in result.stdout


@pytest.mark.parametrize("as_then", [True, False])
def test_it_fails_whether_it_was_so_then_or_is_so_as_corrected(
    proved: Callable[..., Result],
    xunwu_record: Record,
    monkeypatch: pytest.MonkeyPatch,
    *,
    as_then: bool,
) -> None:
    whole = check_whole(xunwu_record)
    case, found = next((case, found) for case, found in whole.verdicts.items() if found)
    then, corrected = ("SAME", "DIFFERENT") if as_then else ("DIFFERENT", "SAME")
    whole.verdicts[case] = [replace(found[0], verdict=then, corrected=corrected)]
    monkeypatch.setattr(command, "check_whole", lambda *_: whole)
    assert proved(case).exit_code == 1


def _instead(altered: Altered, _record: Record, _moved: Callable[[int], None]) -> Whole:
    return check_whole(altered)


def _person(one: object) -> bytes:
    return str(getattr(getattr(one, "actor", None), "person", "")).encode()
