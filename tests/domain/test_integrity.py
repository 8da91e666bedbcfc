"""The integrity record: from its first day through 24:00 of its last, in Beijing (A-05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain import beijing
from domain.actor import TIMEKEEPER
from domain.person.events import PersonRegistered
from domain.person.integrity import (
    AnnulEntry,
    CorrectEntry,
    Effect,
    IntegrityEntry,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
    TermSource,
    amend,
    blocks,
    enter,
    in_scope,
    marks,
)
from domain.person.state import Person, PersonEvent, evolve
from domain.refusal import Citation
from tests.domain.given import given
from tests.domain.invented import AN, BUREAU, LIU, words
from tests.domain.telling import told

COUNTY = "甲省/乙市/丙县"
FIRST_DAY, LAST_DAY = date(2024, 6, 18), date(2027, 6, 18)
ENTERED = IntegrityRecordEntered(
    entry="entry-1",
    case="case-1",
    investigation="investigation-1",
    ground="弄虚作假",
    decision="某人社字〔2024〕1号",
    authority=BUREAU,
    scope="county",
    area=COUNTY,
    starts_on=FIRST_DAY,
    ends_on=LAST_DAY,
    months=36,
    term_source=TermSource.DEFAULT,
    effect=Effect.BLOCK,
    rules=("ZZ-1",),
    particulars=words("伪造证书"),
)
CORRECT = CorrectEntry(
    entry="entry-1", ends_on=date(2025, 6, 18), decision="某复字1号", reason=words("期限有误")
)
ANNUL = AnnulEntry(entry="entry-1", decision="某复字2号", reason=words("查无实据"))
CORRECTED = IntegrityRecordCorrected(**vars(CORRECT))
ANNULLED = IntegrityRecordAnnulled(**vars(ANNUL))


def entries_of(*persons: Person) -> list[IntegrityEntry]:
    """The entries of all of them."""
    return [entry for person in persons for entry in person.entries]


def after(*happened: PersonEvent, person: str = AN) -> Person:
    state = evolve(None, PersonRegistered(name=words("安某")), told(person))
    for version, event in enumerate(happened, start=2):
        state = evolve(state, event, told(person, TIMEKEEPER, version))
    return state


@pytest.fixture
def a_person_without_entries() -> Person:
    return after()


@pytest.fixture
def a_listed_person() -> Person:
    return after(ENTERED)


@pytest.fixture
def a_person_whose_entry_was_annulled() -> Person:
    return after(ENTERED, ANNULLED)


class TestAnEntry:
    """Is active on the days that it names, counted in Beijing."""

    def test_is_active_from_its_first_day_through_its_last(self, a_listed_person: Person) -> None:
        assert a_listed_person.active_entries(FIRST_DAY)
        assert a_listed_person.active_entries(LAST_DAY)

    def test_bars_also_while_a_clock_is_set_back_behind_its_entry(
        self, a_listed_person: Person
    ) -> None:
        (entry,) = a_listed_person.entries
        before = FIRST_DAY - timedelta(days=1)
        assert entry.bars(before)
        assert not entry.bars(entry.ends_on + timedelta(days=1))
        assert in_scope(entries_of(a_listed_person), entry.area, before)
        assert not replace(entry, annulled=True).bars(FIRST_DAY)

    def test_of_another_archive_bars_only_once_it_has_begun(self, a_listed_person: Person) -> None:
        (entry,) = a_listed_person.entries
        imported = replace(entry, source="archive")
        assert not imported.bars(FIRST_DAY - timedelta(days=1))
        assert imported.bars(FIRST_DAY)

    def test_is_active_on_no_other_day(self, a_listed_person: Person) -> None:
        assert not a_listed_person.active_entries(FIRST_DAY - timedelta(days=1))
        assert not a_listed_person.active_entries(LAST_DAY + timedelta(days=1))

    def test_ends_at_midnight_in_beijing(self, a_listed_person: Person) -> None:
        last_moment = datetime(2027, 6, 18, 15, 59, 59, 999999, tzinfo=UTC)
        midnight = last_moment + timedelta(microseconds=1)
        assert a_listed_person.active_entries(beijing.day(last_moment))
        assert not a_listed_person.active_entries(beijing.day(midnight))

    def test_begins_at_midnight_in_beijing(self, a_listed_person: Person) -> None:
        first_moment = datetime(2024, 6, 17, 16, 0, tzinfo=UTC)
        assert a_listed_person.active_entries(beijing.day(first_moment))
        before = first_moment - timedelta(microseconds=1)
        assert not a_listed_person.active_entries(beijing.day(before))

    def test_stays_on_record_when_it_has_expired(self, a_listed_person: Person) -> None:
        (entry,) = a_listed_person.entries
        assert not entry.active(date(2030, 1, 1))
        assert not entry.annulled

    def test_is_void_and_not_expired_once_annulled(
        self, a_person_whose_entry_was_annulled: Person
    ) -> None:
        (entry,) = a_person_whose_entry_was_annulled.entries
        assert entry.annulled
        assert entry.ends_on == LAST_DAY
        assert not entry.active(FIRST_DAY)

    def test_keeps_all_that_was_entered(self, a_listed_person: Person) -> None:
        (entry,) = a_listed_person.entries
        told = {name: value for name, value in vars(ENTERED).items() if hasattr(entry, name)}
        assert told == {name: getattr(entry, name) for name in told}
        assert set(vars(ENTERED)) - set(told) == {"months", "particulars"}


class TestEntering:
    """Puts entries side by side, each finding once."""

    def test_a_finding_is_entered(self, a_person_without_entries: Person) -> None:
        given(a_person_without_entries.entries).when(enter, ENTERED).then(ENTERED)

    def test_another_decision_is_entered_beside_it(self, a_listed_person: Person) -> None:
        another = replace(ENTERED, entry="entry-2", decision="某人社字〔2024〕2号")
        given(a_listed_person.entries).when(enter, another).then(another)
        assert len(after(ENTERED, another).active_entries(FIRST_DAY)) == 2

    def test_the_same_number_of_another_authority_is_another_decision(
        self, a_listed_person: Person
    ) -> None:
        another = replace(ENTERED, entry="entry-2", authority="organisation-other")
        given(a_listed_person.entries).when(enter, another).then(another)

    @pytest.mark.parametrize("changed", [{"entry": "entry-2"}, {"decision": "某字9号"}])
    def test_a_finding_is_not_entered_twice(
        self, a_listed_person: Person, changed: dict[str, str]
    ) -> None:
        again = replace(ENTERED, **changed)  # type: ignore[arg-type]
        given(a_listed_person.entries).when(enter, again).refused("ALREADY_ENTERED")


class TestAmending:
    """Corrects or annuls by a decision; what was before stays in the history."""

    def test_a_correction_sets_the_last_day_anew(self, a_listed_person: Person) -> None:
        given(a_listed_person.entries).when(amend, CORRECT).then(CORRECTED)
        corrected = after(ENTERED, CORRECTED)
        assert corrected.active_entries(date(2025, 6, 18))
        assert not corrected.active_entries(date(2025, 6, 19))

    def test_a_correction_may_leave_one_day(self, a_listed_person: Person) -> None:
        one_day = replace(CORRECT, ends_on=FIRST_DAY)
        given(a_listed_person.entries).when(amend, one_day).then(
            replace(CORRECTED, ends_on=FIRST_DAY)
        )

    def test_a_correction_does_not_annul_by_the_back_door(self, a_listed_person: Person) -> None:
        longer = replace(CORRECT, ends_on=LAST_DAY + timedelta(days=1))
        given(a_listed_person.entries).when(amend, longer).refused_at("WORSE_BY_REVIEW", "/ends_on")
        too_early = replace(CORRECT, ends_on=FIRST_DAY - timedelta(days=1))
        given(a_listed_person.entries).when(amend, too_early).refused_at(
            "ENDS_BEFORE_START", "/ends_on"
        )

    def test_an_entry_can_be_annulled(self, a_listed_person: Person) -> None:
        given(a_listed_person.entries).when(amend, ANNUL).then(ANNULLED)

    @pytest.mark.parametrize("command", [CORRECT, ANNUL])
    def test_an_annulled_entry_is_amended_no_more(
        self, a_person_whose_entry_was_annulled: Person, command: CorrectEntry | AnnulEntry
    ) -> None:
        given(a_person_whose_entry_was_annulled.entries).when(amend, command).refused(
            "NO_SUCH_ENTRY"
        )

    @pytest.mark.parametrize("command", [CORRECT, ANNUL])
    def test_an_unknown_entry_is_not_amended(
        self, a_person_without_entries: Person, command: CorrectEntry | AnnulEntry
    ) -> None:
        given(a_person_without_entries.entries).when(amend, command).refused("NO_SUCH_ENTRY")

    def test_other_entries_stay_as_they_are(self) -> None:
        other = replace(ENTERED, entry="entry-2", decision="某字9号")
        amended = after(ENTERED, other, ANNULLED, replace(CORRECTED, entry="entry-2"))
        first, second = amended.entries
        assert first.annulled
        assert first.ends_on == LAST_DAY
        assert not second.annulled
        assert second.ends_on == CORRECT.ends_on


class TestTheScope:
    """An entry reaches as far as its area (A-06)."""

    @pytest.mark.parametrize("area", [COUNTY, "甲省/乙市", "甲省", ""])
    def test_covers_filings_in_its_area(self, area: str) -> None:
        assert in_scope(entries_of(after(replace(ENTERED, area=area))), COUNTY, FIRST_DAY)

    @pytest.mark.parametrize("area", ["甲省/乙市/丁县", "乙省"])
    def test_covers_no_other_area(self, area: str) -> None:
        assert not in_scope(entries_of(after(replace(ENTERED, area=area))), COUNTY, FIRST_DAY)

    def test_covers_all_persons_that_are_the_applicant(self) -> None:
        clean, listed = after(), after(ENTERED, person=LIU)
        assert [each.entry for each in in_scope(entries_of(clean, listed), COUNTY, FIRST_DAY)] == [
            "entry-1"
        ]

    def test_leaves_out_what_is_not_active(self) -> None:
        assert not in_scope(entries_of(after(ENTERED)), COUNTY, LAST_DAY + timedelta(days=1))

    def test_names_the_longest_first(self) -> None:
        longer = replace(
            ENTERED, entry="entry-2", decision="某字9号", ends_on=LAST_DAY + timedelta(days=1)
        )
        found = in_scope(entries_of(after(ENTERED), after(longer, person=LIU)), COUNTY, FIRST_DAY)
        assert [each.entry for each in found] == ["entry-2", "entry-1"]
        both = after(ENTERED, longer).active_entries(FIRST_DAY)
        assert [each.entry for each in both] == ["entry-2", "entry-1"]


class TestABlock:
    """Keeps a new filing out until the last of the entries that block has ended."""

    RULE = (Citation("ZZ-1", "甲条", "虚构", "invented-2024"),)

    def test_says_until_when_and_nothing_of_what_was_done(self) -> None:
        (refusal,) = blocks(after(ENTERED).entries, self.RULE)
        assert refusal.code == "INTEGRITY_BLOCK"
        assert "2027-06-18" in refusal.chinese
        assert "2027-06-18" in refusal.english
        assert ENTERED.ground not in refusal.chinese
        assert refusal.citations == self.RULE

    def test_names_the_last_day_of_the_longest_entry(self) -> None:
        longer = replace(ENTERED, entry="entry-2", decision="某字9号", ends_on=date(2028, 1, 1))
        (refusal,) = blocks(after(longer, ENTERED).entries, ())
        assert "2028-01-01" in refusal.english

    def test_is_none_where_an_entry_only_warns(self) -> None:
        assert blocks(after(replace(ENTERED, effect=Effect.WARN)).entries, ()) == []

    def test_is_not_lengthened_by_an_entry_that_only_warns(self) -> None:
        longer = replace(ENTERED, entry="entry-2", decision="某字9号", ends_on=date(2030, 1, 1))
        warning = replace(longer, effect=Effect.WARN)
        (refusal,) = blocks(after(ENTERED, warning).entries, ())
        assert "2027-06-18" in refusal.english

    def test_is_none_where_there_is_no_entry(self) -> None:
        assert blocks((), ()) == []


class TestAMark:
    """Tells of an entry that does not block the filing, and nothing of what it says."""

    def test_is_left_by_an_entry_whose_scope_lies_elsewhere(self) -> None:
        assert marks(entries_of(after(ENTERED)), "湖南省/益阳市", FIRST_DAY) == (
            "INTEGRITY_ELSEWHERE",
        )

    def test_is_left_by_an_entry_in_scope_that_warns(self) -> None:
        warned = after(replace(ENTERED, effect=Effect.WARN))
        assert marks(entries_of(warned), COUNTY, FIRST_DAY) == ("INTEGRITY_WARNING",)

    def test_is_not_left_by_one_that_blocks_or_is_over(self) -> None:
        assert marks(entries_of(after(ENTERED)), COUNTY, FIRST_DAY) == ()
        assert marks(entries_of(after(ENTERED)), "湖南省/益阳市", date(2035, 1, 1)) == ()
