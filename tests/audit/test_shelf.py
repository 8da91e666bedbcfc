"""What a process has at hand: as new as the record, never what was lost, never what was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.folding import Fold
from audit.record import Head, History, Record, StreamConflictError
from audit.shelf import Shelf
from tests.audit.said import ZHANG, Numbered, Said, a_request, append_numbers, destroy
from tests.audit.test_reading import as_superuser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventsourcing.persistence import StoredEvent

    from audit.keys.keyfile import KeyFile
    from audit.record import Recorded, Row
    from domain.event import Event, Told
    from tests.conftest import Database

HERE, THERE = "test-here", "test-there"
LOSE_LAST = "DELETE FROM record.event WHERE notification_id > 2"


@pytest.fixture
def elsewhere(database: Database, key_file: KeyFile) -> Iterator[Record]:
    """The same record, as another process has it."""
    with Record(database.url, database.ground, key_file, connections=2) as opened:
        yield opened


def numbers(record: Record, stream: str = HERE) -> list[int]:
    """What a stream says."""
    events = record.load(stream).events
    return [event.number for event in events if isinstance(event, Numbered)]


def test_what_is_appended_elsewhere_is_seen_at_once(record: Record, elsewhere: Record) -> None:
    append_numbers(record, HERE, 1)
    assert numbers(record) == [1]
    append_numbers(elsewhere, THERE, 7)
    append_numbers(elsewhere, HERE, 2, 3)
    assert numbers(record) == [1, 2, 3]
    assert numbers(record, THERE) == [7]


def test_a_stream_that_was_looked_for_in_vain_is_found_once_it_is_there(
    record: Record, elsewhere: Record
) -> None:
    append_numbers(record, THERE, 7)
    assert numbers(record) == []
    append_numbers(elsewhere, HERE, 1)
    assert numbers(record) == [1]


OF_ORIGIN = "SELECT origin, %s::text FROM {schema}.origin WHERE origin <> %s"


def test_what_is_asked_beside_is_answered_and_what_is_at_hand_is_no_older(
    record: Record, elsewhere: Record
) -> None:
    def ask(but: str = "") -> tuple[Any, ...] | None:
        return record.catch_up_asking(OF_ORIGIN, "beside", but)

    answer = (record.origin, "beside")
    assert ask() == answer, "nothing was ever appended"
    for number in (1, 2):  # the second time something is known already
        append_numbers(elsewhere, HERE, number)
        assert ask() == answer
        assert record._shelf.find(HERE)[1] is not None
        assert record.at_hand(HERE).version == number
        assert ask(but=record.origin) is None
    append_numbers(elsewhere, HERE, 3, 4)
    assert ask(but=record.origin) is None
    assert record.at_hand(HERE).version == 4


def test_who_looks_for_a_key_sees_what_is_on_record(record: Record, elsewhere: Record) -> None:
    append_numbers(record, HERE, 1)
    record.load(HERE)
    append_numbers(elsewhere, HERE, 2)
    assert record.outcome_of("account-1", "key-1") is None
    assert record.at_hand(HERE).version == 2


def test_what_is_asked_beside_is_answered_where_a_crash_took_the_last_event_away(
    record: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1, 2, 3)
    record.catch_up()
    as_superuser(database, LOSE_LAST)
    assert record.catch_up_asking(OF_ORIGIN, "beside", "") == (record.origin, "beside")
    assert record.at_hand(HERE).version == 2


def test_what_is_at_hand_is_not_read_again(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    append_numbers(record, HERE, *range(30))
    record.load(HERE)
    append_numbers(record, HERE, 30)
    mapper = record.application.store.mapper
    anew, read = mapper.to_domain_event, list[int]()

    def reading(row: StoredEvent) -> Recorded:
        read.append(row.originator_version)
        return anew(row)

    monkeypatch.setattr(mapper, "to_domain_event", reading)
    assert numbers(record) == [*range(31)]
    assert read == [31]


def test_many_streams_are_read_by_one_statement_and_take_nobody_elses_place(
    record: Record, elsewhere: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream, *said in ((HERE, 1, 2), (THERE, 7), ("test-beside", 8, 9)):
        append_numbers(elsewhere, str(stream), *map(int, said))
    record.load(HERE)
    append_numbers(elsewhere, HERE, 3)
    record.catch_up()
    asked, many = list[object](), record._many

    def asking(query: str, *parameters: object) -> list[object]:
        asked.append(query)
        return many(query, *parameters)

    monkeypatch.setattr(record, "_many", asking)
    streams = ["test-beside", HERE, THERE, THERE, "test-nowhere"]
    found = record.at_hand_together(streams)
    assert (len(asked), [*record.at_hand_together([HERE])], len(asked)) == (1, [HERE], 1)
    kept = [each for each in streams if record._shelf.find(each)[0] is not None]
    assert kept == [HERE]
    assert found == {each: record.load(each) for each in streams}
    assert [found[each].version for each in streams] == [2, 3, 1, 1, 0]


def test_whoever_is_far_behind_begins_anew(
    record: Record, elsewhere: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.shelf.ROWS_BEHIND", 3)
    append_numbers(record, HERE, 0)
    assert numbers(record) == [0]
    for number in range(1, 8):
        append_numbers(elsewhere, HERE, number)
    assert numbers(record) == [*range(8)]


def test_an_event_that_a_crash_took_away_is_at_hand_no_more(
    record: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1, 2, 3)
    assert numbers(record) == [1, 2, 3]
    as_superuser(database, LOSE_LAST)
    assert numbers(record) == [1, 2]


def test_nor_is_one_whose_place_was_given_to_another(
    record: Record, elsewhere: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1, 2, 3)
    assert numbers(record) == [1, 2, 3]
    as_superuser(database, LOSE_LAST)
    append_numbers(elsewhere, HERE, 4, 5)
    assert numbers(record) == [1, 2, 4, 5]


def test_what_did_not_stand_when_something_rested_on_it_is_read_anew(
    record: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1)
    append_numbers(record, THERE, 9)
    stale = record.load(HERE).head
    as_superuser(
        database,
        "UPDATE record.event SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        " '\"number\":1', '\"number\":7'), 'UTF8') WHERE notification_id = 1",
    )
    assert numbers(record) == [1]
    with pytest.raises(StreamConflictError):
        record.append(a_request(stale, Numbered(number=2)))
    assert numbers(record) == [7]


def test_words_that_were_erased_elsewhere_are_shown_no_more(
    record: Record, elsewhere: Record
) -> None:
    record.append(a_request(Head.new(HERE), Said(words=ZHANG)))
    (said,) = record.load(HERE).events
    assert isinstance(said, Said)
    assert said.words.text == ZHANG.text
    destroy(elsewhere, "person-zhang/applicant/1")
    record.catch_up()
    assert said.words.text is None


def test_nor_by_who_was_far_behind_when_they_were_erased(
    record: Record, elsewhere: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.shelf.ROWS_BEHIND", 1)
    record.append(a_request(Head.new(HERE), Said(words=ZHANG)))
    (said,) = record.load(HERE).events
    assert isinstance(said, Said)
    assert said.words.text == ZHANG.text
    destroy(elsewhere, "person-zhang/applicant/1")
    append_numbers(elsewhere, THERE, 1, 2)
    record.catch_up()
    assert said.words.text is None


def test_a_state_stays_what_it_was_when_the_stream_goes_on(record: Record) -> None:
    summed = Fold[int](lambda state, event, _: (state or 0) + event.number, ("test",))
    append_numbers(record, HERE, 1, 2)
    before = record.load(HERE)
    assert summed(before) == 3
    append_numbers(record, HERE, 3)
    between = record.load(HERE)
    append_numbers(record, HERE, 4)
    after = record.load(HERE)
    assert [summed(each) for each in (after, between, before)] == [10, 6, 3]
    assert summed(after.as_of(2)) == 3


def expecting(record: Record, *events: Event) -> History:
    """How the stream goes on by an append of this process, which it does not look at itself."""
    history = record.load(HERE)
    longer = history.then(record.append(a_request(history.head, *events)).recorded)
    record.expect(longer)
    return longer


def test_what_was_appended_from_here_is_neither_read_nor_folded_again(
    record: Record, elsewhere: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_numbers(record, HERE, 1)
    longer = expecting(record, Numbered(number=2), Numbered(number=3))
    mapper = record.application.store.mapper
    anew, read = mapper.to_domain_event, list[int]()

    def reading(row: StoredEvent) -> Recorded:
        read.append(row.originator_version)
        return anew(row)

    monkeypatch.setattr(mapper, "to_domain_event", reading)
    assert record.at_hand(HERE).version == 1, "it was not seen on record yet"
    assert record.load(HERE) is longer
    expecting(record, Numbered(number=4))
    append_numbers(elsewhere, HERE, 5)
    assert numbers(record) == [1, 2, 3, 4, 5]
    assert read == [5]
    assert record.load(HERE) == elsewhere.load(HERE)


def test_what_was_expected_and_was_taken_away_by_a_crash_was_never_there(
    record: Record, elsewhere: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1, 2)
    expecting(record, Numbered(number=3))
    as_superuser(database, LOSE_LAST)
    assert numbers(record) == [1, 2]
    append_numbers(elsewhere, HERE, 4)
    assert numbers(record) == [1, 2, 4]


def test_what_is_expected_of_a_stream_that_went_on_is_of_no_use(record: Record) -> None:
    append_numbers(record, HERE, 1)
    late = expecting(record, Numbered(number=2))
    append_numbers(record, HERE, 3)
    assert numbers(record) == [1, 2, 3]
    record.expect(late)
    append_numbers(record, HERE, 4)
    assert numbers(record) == [1, 2, 3, 4]


def test_what_is_expected_after_another_event_than_stands_there_is_of_no_use(
    record: Record, elsewhere: Record, database: Database
) -> None:
    append_numbers(record, HERE, 1, 2)
    expecting(record, Numbered(number=3))
    assert numbers(record) == [1, 2, 3]
    longer = expecting(record, Numbered(number=4))
    as_superuser(database, LOSE_LAST)
    append_numbers(elsewhere, HERE, 5)
    assert numbers(record) == [1, 2, 5]
    record.expect(longer)
    append_numbers(elsewhere, HERE, 4)
    assert numbers(record) == [1, 2, 5, 4]


def test_words_that_were_appended_from_here_stay_sealed(record: Record, elsewhere: Record) -> None:
    append_numbers(record, HERE, 1)
    longer = expecting(record, Said(words=ZHANG))
    said = longer.events[-1]
    assert isinstance(said, Said)
    assert (said.words.text, record.load(HERE)) == (ZHANG.text, longer)
    destroy(elsewhere, "person-zhang/applicant/1")
    record.catch_up()
    assert said.words.text is None


def test_two_streams_of_ten_thousand_events_are_at_hand_at_once(rows: Rows) -> None:
    """With leaves as large as they are in the middle."""
    (one,) = rows.record.load(HERE).recorded
    large, known = (replace(one, octets=760),) * 10_000, rows.shelf.find(HERE)[1]
    for stream in ("test-seats", "test-names"):
        rows.shelf.keep(History(stream, large), known)
    rows.take(HERE)
    assert [rows.shelf.find(each)[0] for each in ("test-seats", "test-names")] == [
        History("test-seats", large),
        History("test-names", large),
    ]


def test_of_a_longer_history_only_what_is_new_is_folded(record: Record) -> None:
    folded = list[int]()

    def evolve(state: int | None, event: Any, told: Told) -> int:  # noqa: ANN401, ARG001 -- as it is called
        folded.append(event.number)
        return (state or 0) + int(event.number)

    summed = Fold[int](evolve, ("test",))
    append_numbers(record, HERE, 1, 2)
    assert summed(record.load(HERE)) == 3
    append_numbers(record, HERE, 3)
    assert summed(record.load(HERE)) == 6
    assert folded == [1, 2, 3]


class Rows:
    """A record as a shelf hears of it, in one thread, step by step."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.shelf = Shelf(self.behind, self.last, self.read, lambda: None)
        self.meanwhile: list[str] = []

    def behind(self, position: int, limit: int) -> Sequence[Row]:
        rows = self.record.rows(position, limit)
        if self.meanwhile:
            append_numbers(self.record, self.meanwhile.pop(), 8)
            self.shelf.catch_up()
        return rows

    def last(self) -> Sequence[Row]:
        return self.record.rows(self.record.head() - 1, 1)

    def read(self, row: Row) -> Recorded:
        return self.record.recorded(row)

    def take(self, stream: str) -> History:
        """From the shelf, or from the record and then on the shelf."""
        history, known = self.shelf.find(stream)
        if history is None:
            history = self.record.load(stream)
            self.shelf.keep(history, known)
        return history


@pytest.fixture
def rows(record: Record) -> Rows:
    """A shelf of its own that has caught up with a record of two streams."""
    append_numbers(record, HERE, 1)
    append_numbers(record, THERE, 2)
    rows = Rows(record)
    rows.shelf.catch_up()
    return rows


def test_a_history_that_went_on_while_it_was_read_is_not_kept(rows: Rows) -> None:
    old, known = rows.record.load(HERE), rows.shelf.find(HERE)[1]
    append_numbers(rows.record, HERE, 3)
    rows.shelf.catch_up()
    rows.shelf.keep(old, known)
    assert rows.shelf.find(HERE)[0] is None
    assert rows.take(HERE).version == 2


def test_what_another_thread_has_seen_meanwhile_is_seen_once(rows: Rows) -> None:
    rows.take(HERE)
    append_numbers(rows.record, HERE, 3)
    rows.meanwhile = [HERE]
    rows.shelf.catch_up()
    assert rows.take(HERE) == rows.record.load(HERE)


def test_what_a_history_had_when_it_was_kept_is_not_added_again(rows: Rows) -> None:
    append_numbers(rows.record, HERE, 3)
    rows.take(HERE)
    rows.shelf.catch_up()
    assert rows.take(HERE) == rows.record.load(HERE)


def test_what_was_asked_for_longest_ago_makes_room(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stream takes what its leaves take, and for itself as much as one of them here."""
    octets = max(len(row[4]) for row in rows.record.rows(0, 2))
    monkeypatch.setattr("audit.shelf.OCTETS_OF_A_STREAM", octets)
    rows.shelf.octets_at_hand = 7 * octets
    for stream in (HERE, THERE, HERE, "test-none"):
        rows.take(stream)
    append_numbers(rows.record, HERE, 3, 4)
    rows.shelf.catch_up()
    assert rows.shelf.find(THERE)[0] is None
    assert rows.take(HERE).version == 3
    rows.take("test-nobody")
    assert rows.shelf.find("test-none")[0] is not None
    rows.take("test-nothing")
    assert rows.shelf.find(HERE)[0] is None
    append_numbers(rows.record, HERE, *range(10))
    rows.shelf.catch_up()
    rows.take(HERE)
    assert rows.shelf.find(HERE)[0] is not None
    assert rows.shelf.find("test-nothing")[0] is None


def test_who_begins_anew_has_all_the_room_again(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets = max(len(row[4]) for row in rows.record.rows(0, 2))
    monkeypatch.setattr("audit.shelf.OCTETS_OF_A_STREAM", octets)
    rows.shelf.octets_at_hand = 5 * octets
    monkeypatch.setattr("audit.shelf.ROWS_BEHIND", 0)
    for stream in (HERE, THERE):
        rows.take(stream)
    append_numbers(rows.record, "test-beside", 9)
    rows.shelf.catch_up()
    assert rows.shelf.find(HERE)[0] is None
    for stream in (HERE, THERE):
        rows.take(stream)
    assert None not in [rows.shelf.find(stream)[0] for stream in (HERE, THERE)]


def test_what_a_stream_grew_by_is_given_back_with_it(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets = max(len(row[4]) for row in rows.record.rows(0, 2))
    monkeypatch.setattr("audit.shelf.OCTETS_OF_A_STREAM", octets)
    rows.shelf.octets_at_hand = 5 * octets
    rows.take(HERE)
    append_numbers(rows.record, HERE, 3, 4)
    rows.shelf.catch_up()
    rows.shelf.drop([HERE])
    for stream in (THERE, "test-none", "test-nobody"):
        rows.take(stream)
    assert rows.shelf.find(THERE)[0] is not None


def test_what_two_threads_have_read_at_once_is_kept_and_counted_once(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets = max(len(row[4]) for row in rows.record.rows(0, 2))
    monkeypatch.setattr("audit.shelf.OCTETS_OF_A_STREAM", octets)
    rows.shelf.octets_at_hand = 5 * octets
    history, known = rows.record.load(HERE), rows.shelf.find(HERE)[1]
    rows.shelf.keep(history, known)
    rows.shelf.keep(history, known)
    rows.take(THERE)
    assert rows.shelf.find(HERE)[0] is not None


def test_what_follows_is_reckoned_once_until_an_event_or_what_is_given_is_another(
    record: Record,
) -> None:
    reckoned: list[tuple[int, ...]] = []

    def sum_of(history: History, *given: tuple[int, ...]) -> int:
        reckoned.append((history.version, *map(len, given)))
        return history.version + sum(map(sum, given))

    append_numbers(record, HERE, 1)
    history, (one, other) = record.load(HERE), (tuple(range(1, 3)) for _ in range(2))
    assert one is not other
    for given in ((one,), (one,), (other,), (other, one), (other, one), ()):
        assert history.once(sum_of, *given) == 1 + 3 * len(given)
    assert reckoned == [(1, 2), (1, 2), (1, 2, 2), (1,)]
    append_numbers(record, HERE, 2)
    assert (history.once(sum_of), record.load(HERE).once(sum_of)) == (1, 2)
    assert record.load(HERE).once(sum_of) == 2
    assert reckoned[4:] == [(2,)]


def test_what_follows_from_what_is_given_alone_is_remembered_whatever_happens(
    record: Record,
) -> None:
    reckoned: list[int] = []
    one, other = (tuple(range(2)) for _ in range(2))
    assert one is not other

    def asked(what: str, stands: tuple[int, ...], *told: int) -> int:
        def reckon() -> int:
            reckoned.append(sum(told))
            return sum(told)

        return record.load(HERE).remember(what, (stands,), ([*told],), reckon)

    append_numbers(record, HERE, 1)
    assert (asked("sum", one, 1, 2), asked("sum", one, 1, 2), asked("other", one, 1)) == (3, 3, 1)
    append_numbers(record, HERE, 2)
    assert (asked("sum", one, 1, 2), asked("other", one, 1)) == (3, 1)
    assert reckoned == [3, 1]
    assert (asked("sum", one, 2, 2), asked("sum", other, 2, 2), asked("other", one, 1)) == (4, 4, 1)
    assert reckoned == [3, 1, 4, 4]


def test_words_and_days_that_are_given_are_compared(record: Record) -> None:
    append_numbers(record, HERE, 1)
    said: list[tuple[object, ...]] = []

    def say(_: History, *given: object) -> None:
        said.append(given)

    for day in (4, 4, 5):
        for word in ("here", "here", "there"):
            record.load(HERE).once(say, "".join(word), date(2024, 11, day))
    assert len(said) == 6
