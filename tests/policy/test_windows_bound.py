"""Windows of the batch of a case, open on one side, on working days, and without held time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from api.pages.pack.page import pack_page
from domain.calendar import Calendar
from domain.policy.admission import Timeliness
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.when import ALWAYS
from domain.policy.windows import Held, Window
from tests.policy.conftest import beijing, told
from tests.policy.sample import BATCHES, DEFAULT, HEAD, sample

if TYPE_CHECKING:
    from domain.policy.law import Law

D = date
OPEN, CLOSED, NOT_OPEN = Timeliness.OPEN, Timeliness.CLOSED, Timeliness.NOT_OPEN
SPRING = Window(
    id="B1",
    batch="B1",
    binds=("employer",),
    opens=D(2025, 4, 1),
    closes=D(2025, 5, 30),
    when=ALWAYS,
    citations=(),
    closes_at=time(17),
)
EMPLOYER = """
[[stages]]
id = "employer"
zh = "单位"
en = "employer"
body = "employer"
decides = true
rule = "S-BODY"
"""
STAGES = BATCHES.replace('binds = "applicant"', 'binds = ["applicant", "employer"]') + EMPLOYER


class TestTheWindowOfTheBatch:
    """A stage acts in the windows of the batch in which the case was filed."""

    def test_of_another_batch_admits_no_earlier_case(self, yiyang: Law) -> None:
        """Filed in May, the employer forwards on 5 November: 2024H1 closed on 31 May."""
        november = beijing("2024-11-05 09:00:00")
        late = yiyang.admission("employer", november, told(batch="2024H1"))
        assert (late.timeliness, late.batch, late.closes) == (CLOSED, "2024H1", D(2024, 5, 31))
        assert late.refusal is not None
        assert late.refusal.code == "STAGE_DEADLINE_MISSED"
        assert late.refusal.citations
        in_time = yiyang.admission("employer", november, told(batch="2024H2"))
        assert (in_time.timeliness, in_time.batch) == (OPEN, "2024H2")

    def test_is_any_where_the_batch_is_not_known(self, yiyang: Law) -> None:
        november = beijing("2024-11-05 09:00:00")
        assert yiyang.admission("employer", november, told()).batch == "2024H2"

    def test_binds_no_applicant_who_has_yet_to_file(self, yiyang: Law) -> None:
        filed = yiyang.admission("applicant", beijing("2024-11-05 09:00:00"), told(batch="2024H1"))
        assert (filed.timeliness, filed.batch) == (OPEN, "2024H2")


class TestHeldTime:
    """What holds a case still is not counted against the window of its stage."""

    @pytest.mark.parametrize(
        ("held", "closes"),
        [
            ([], D(2025, 5, 30)),
            ([(D(2025, 5, 10), D(2025, 5, 15))], D(2025, 6, 4)),
            ([(D(2025, 5, 10), D(2025, 5, 10))], D(2025, 5, 30)),
            ([(D(2025, 5, 30), D(2025, 6, 9))], D(2025, 6, 9)),
            ([(D(2025, 5, 31), D(2025, 6, 9))], D(2025, 5, 30)),
            ([(D(2025, 3, 1), D(2025, 3, 31))], D(2025, 5, 30)),
            ([(D(2025, 3, 30), D(2025, 4, 3))], D(2025, 6, 1)),
            ([(D(2025, 5, 10), D(2025, 5, 15)), (D(2025, 6, 2), D(2025, 6, 5))], D(2025, 6, 7)),
            ([(D(2025, 6, 2), D(2025, 6, 5)), (D(2025, 5, 10), D(2025, 5, 15))], D(2025, 6, 7)),
        ],
    )
    def test_while_the_window_ran_is_added_at_its_end(
        self, held: list[tuple[date, date]], closes: date
    ) -> None:
        after = SPRING.without([Held(*each) for each in held])
        assert (after.closes, after.closes_at) == (closes, time(17))

    def test_counts_from_the_first_where_only_an_end_is_set(self) -> None:
        end = replace(SPRING, opens=None)
        assert end.without([Held(D(2025, 3, 1), D(2025, 3, 6))]).closes == D(2025, 6, 4)

    def test_changes_nothing_where_no_end_is_set(self) -> None:
        begin = replace(SPRING, closes=None, closes_at=None)
        assert begin.without([Held(D(2025, 5, 1), D(2025, 5, 6))]) == begin

    def test_lets_a_stage_act_later_in_its_own_batch(self) -> None:
        law, first = sample(STAGES), told(batch="B1")
        at, held = beijing("2025-06-03 23:59:59"), [Held(D(2025, 5, 20), D(2025, 5, 23))]
        assert law.admission("employer", at, first).timeliness is CLOSED
        in_time = law.admission("employer", at, first, held=held)
        assert (in_time.timeliness, in_time.closes) == (OPEN, D(2025, 6, 3))
        late = law.admission("employer", beijing("2025-06-04 00:00:00"), first, held=held)
        assert (late.timeliness, late.closes) == (CLOSED, D(2025, 6, 3))


class TestAWindowOpenOnOneSide:
    """Only an end, or only a beginning."""

    def test_goes_on_where_no_end_is_set(self) -> None:
        begun = sample(STAGES.replace("closes = 2025-10-31\n", ""))
        assert begun.admission("applicant", beijing("2029-01-01 00:00:00"), told()).admitted
        assert begun.admission("applicant", beijing("2025-09-30 23:59:59"), told()).refusal
        facts = told(submitted_at="2026-01-05T09:00:00+08:00")
        assert begun.batch_of(facts) == "B2"
        assert "未规定" in pack_page(begun, "zh")

    def test_has_run_since_ever_where_no_beginning_is_set(self) -> None:
        ends = sample(STAGES.replace("opens = 2025-04-01\n", ""))
        assert ends.admission("applicant", beijing("2024-01-01 00:00:00"), told()).admitted

    @pytest.mark.parametrize(
        ("old", "new", "key", "chinese"),
        [
            ("opens = 2025-10-01\ncloses = 2025-10-31\n", "", "closes", "缺少这一项"),
            ("closes = 2025-10-31\n", "closes_at = 17:00:00\n", "closes_at", "没有写截止日期"),
            ("closes = 2025-10-31\n", "closing = 2025-10-31\n", "closing", "是不是想写 closes"),
        ],
    )
    def test_is_open_on_one_side_only(self, old: str, new: str, key: str, chinese: str) -> None:
        with pytest.raises(PackError) as refused:
            load_law(DEFAULT, Document("sample.toml", HEAD + BATCHES.replace(old, new)))
        (fault,) = [each for each in refused.value.faults if each.key == f"windows[B2].{key}"]
        assert chinese in fault.told("zh")


class TestAWindowOfWorkingDays:
    """An act on a day of rest is not in time, and is told the next working day."""

    WORKING = BATCHES.replace("closes = 2025-10-31", "closes = 2025-11-02\non_working_days = true")

    def asked(self, moment: str, **facts: Any) -> Any:  # noqa: ANN401 -- of a case
        return sample(self.WORKING).admission("applicant", beijing(moment), told(**facts))

    def test_admits_on_a_working_day_and_on_one_made_up_for(self) -> None:
        assert self.asked("2025-10-09 09:00:00").admitted
        assert self.asked("2025-10-11 09:00:00").admitted, "Saturday, made up for"

    def test_tells_the_next_working_day_on_a_day_of_rest(self) -> None:
        rest = self.asked("2025-10-03 09:00:00")
        assert (rest.timeliness, rest.next_opening) == (NOT_OPEN, D(2025, 10, 9))
        assert rest.refusal.code == "REST_DAY"
        assert rest.refusal.chinese == (
            "2025-10-03不是工作日，只在工作日受理；下一个工作日为2025-10-09。"
        )
        assert rest.refusal.citations

    def test_is_over_after_its_last_working_day(self) -> None:
        assert self.asked("2025-10-31 23:59:59").admitted
        over = self.asked("2025-11-01 00:00:00")
        assert (over.timeliness, over.refusal.code) == (CLOSED, "WINDOW_CLOSED")

    def test_says_nothing_of_a_year_that_is_not_published(self) -> None:
        unknown = sample(self.WORKING).admission(
            "applicant",
            beijing("2025-10-09 09:00:00"),
            told(),
            calendar=Calendar(withheld=frozenset({2025})),
        )
        assert unknown.timeliness is Timeliness.UNDETERMINED
        assert not unknown.admitted
        assert unknown.refusal is not None
        assert unknown.refusal.code == "CALENDAR_NOT_PUBLISHED"

    def test_is_printed(self) -> None:
        assert "只在工作日受理" in pack_page(sample(self.WORKING), "zh")


class TestANoticesOwnWords:
    """What comes too late is told in the notice's words, where it has any."""

    SAYS = (
        'says = { zh = "已于{closed}截止，不予补报；{next}。", en = "Over on {closed}; {next}." }'
    )

    def test_are_told_of_what_comes_too_late(self) -> None:
        law = sample(BATCHES.replace("closes = 2025-10-31", f"closes = 2025-10-31\n{self.SAYS}"))
        late = law.admission("applicant", beijing("2025-11-01 00:00:00"), told()).refusal
        assert late is not None
        assert late.code == "WINDOW_CLOSED"
        assert late.chinese == "已于2025-10-31截止，不予补报；本通知无后续批次。"
        assert "答复：已于……截止，不予补报；……。" in pack_page(law, "zh")

    def test_may_have_a_code_of_their_own(self) -> None:
        own = f'code = "NO_LATE_STAGE"\n{self.SAYS}'
        law = sample(STAGES.replace("closes = 2025-05-31", f"closes = 2025-05-31\n{own}"))
        late = law.admission("employer", beijing("2025-06-01 00:00:00"), told(batch="B1")).refusal
        assert late is not None
        assert (late.code, late.english) == (
            "NO_LATE_STAGE",
            "Over on 2025-05-31; an authority above can extend it.",
        )
