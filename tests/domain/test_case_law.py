"""What the law has a say in beside the reviewers: the chain, the papers, their windows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from domain.authority.power import Power
from domain.authority.state import Authority, Grant
from domain.calendar import Calendar
from domain.case.chain import Around, chain_for
from domain.case.handing_over import (
    leg_obstacles,
    other_receiver,
    seals_without_paper,
    unasked,
)
from domain.case.obstacles import obstacles_of, uncounted
from domain.case.remembered import PaperReceipt
from domain.policy.admission import Admission, Timeliness
from domain.policy.chain import Stage
from domain.policy.duties import ReturnRule
from domain.policy.facts import Facts
from domain.policy.places import PaperDuty, PaperLeg
from domain.policy.time_limits import paper
from domain.policy.windows import Held
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import outside_area
from domain.shared_collections import Ledger, Several
from tests.domain.invented import BUREAU, DEPARTMENT, NOON, SCHOOL, TODAY, house
from tests.domain.story import AT_THE_BUREAU, AT_THE_DEPARTMENT

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case.state import Case
    from domain.policy.law import Law
    from domain.policy.when import When

ALWAYS = cast("When", None)
NO_FACTS = cast("Facts", None)
APPLIED = Facts(submitted_at=NOON, applied="assistant", series="教师")
CITED = (Citation("ZZ-21", "二十一", "原文", "invented-2024"),)
OPENS, CLOSES = date(2024, 10, 8), date(2024, 10, 18)
LEG = PaperLeg(
    id="to-the-bureau",
    leg=1,
    sender=("department",),
    receiver="bureau",
    opens=OPENS,
    closes=CLOSES,
    after_approval=False,
    when=ALWAYS,
    citations=CITED,
)
DUTY = PaperDuty(
    id="paper",
    required=True,
    chinese="一份",
    english="one copy",
    when=ALWAYS,
    citations=CITED,
)


FORM, PHOTOS, SCAN, COLUMN = (
    SimpleNamespace(id=name, channel=channel, instead=instead, part_of=part_of)
    for name, channel, instead, part_of in (
        ("form", "online", (), None),
        ("photos", "paper", ("portrait",), None),
        ("scan", "online", (), None),
        ("column", "paper", (), "form"),
    )
)


@dataclass
class StatedLaw:
    """A law that says what a test says."""

    stages: tuple[Stage, ...] = ()
    duty: PaperDuty | None = None
    legs: tuple[PaperLeg, ...] = ()
    unseen: tuple[Refusal, ...] = ()
    seals: tuple[Refusal, ...] = ()
    runs_on: bool = False
    asked: tuple[Any, ...] = ()

    def paper_forms(self, _: Facts) -> tuple[Any, ...]:
        return self.asked[:1]

    def materials(self, _: Facts) -> tuple[Any, ...]:
        return self.asked

    def chain(self, _: Facts) -> tuple[Stage, ...]:
        return self.stages

    def paper_duty(self, _: Facts) -> PaperDuty | None:
        return self.duty

    def paper_legs(self, _: Facts) -> tuple[PaperLeg, ...]:
        return self.legs

    def missing_materials(self, *_: object, **__: object) -> tuple[Refusal, ...]:
        return ()

    def unseen_originals(self, _: Facts, papers: object, seen: object) -> tuple[Refusal, ...]:
        return () if papers == seen else self.unseen

    def unsealed(self, _: Facts, papers: object, seen: object) -> tuple[Refusal, ...]:
        return () if papers == seen else self.seals

    def returns(self) -> ReturnRule:
        return ReturnRule(days=15, resume="first", clock_runs=self.runs_on, citations=CITED)

    def paper_admission(self, leg: int, at: datetime, facts: Facts) -> Admission:
        return paper(self.legs, leg, at, facts)

    def fee(self, _: Facts) -> None:
        return None

    def admission(self, *_: object, **__: object) -> Admission:
        return Admission(timeliness=Timeliness.OPEN, bound="bureau")


def stage(body: str, stands_in: str | None = None) -> Stage:
    return Stage(
        id=body,
        chinese="主管部门审核",
        english="the department's review",
        body=body,
        seats=("handler", "leader"),
        votes=False,
        first_to_assert=(),
        publicity=None,
        decides=False,
        stands_in=stands_in,
        ageing_days=30,
        when=ALWAYS,
        instead=(),
        citations=CITED,
    )


def able(name: str, *bodies: str, **members: Any) -> Authority:  # noqa: ANN401 -- of a power
    """An organisation that was granted to be these bodies everywhere, unless bounds are said."""
    power = Power(
        **{
            "bodies": bodies,
            "affairs": (),
            "area": "",
            "levels": (),
            "series": (),
            "exercises": True,
            "passes_on": False,
            "in_name_of": None,
            "starts_on": TODAY,
            "last_day": None,
            **members,
        }
    )
    grant = Grant("grant-1", "authority-root", "organisation-root", power, "某号", "", granted=True)
    return Authority(name, Ledger.of(("grant-1", grant)))


def acting_at(
    *stages: Stage, uppers: tuple[Authority | tuple[Authority, ...], ...]
) -> tuple[list[str], tuple[Refusal, ...]]:
    """Who acts at these stages; ``uppers`` by their distance, some of them equally near."""
    law = cast("Law", StatedLaw(stages=stages))
    near = [each if isinstance(each, tuple) else (each,) for each in uppers]
    known = {each.organisation: each for some in near for each in some}
    around = Around(
        employer=house(SCHOOL).organisation,
        above=[[house(each.organisation).organisation for each in some] for some in near],
        powers=known.__getitem__,
        on=TODAY,
    )
    chain, missing = chain_for(law, APPLIED, around)
    return [each.organisation for each in chain], missing


class TestTheChain:
    def test_goes_from_the_employer_to_the_nearest_body_above_it(self) -> None:
        uppers = (able(DEPARTMENT, "department"), able(BUREAU, "department", "bureau"))
        passed, missing = acting_at(
            stage("employer"), stage("department"), stage("bureau"), uppers=uppers
        )
        assert (passed, missing) == ([SCHOOL, DEPARTMENT, BUREAU], ())

    def test_has_at_a_stage_whoever_the_law_lets_stand_in(self) -> None:
        uppers = (able(BUREAU, "bureau"),)
        passed, missing = acting_at(stage("department", "bureau"), uppers=uppers)
        assert (passed, missing) == ([BUREAU], ())

    def test_prefers_the_body_itself_to_who_stands_in(self) -> None:
        uppers = (able(BUREAU, "bureau"), able(DEPARTMENT, "department"))
        passed, _ = acting_at(stage("department", "bureau"), uppers=uppers)
        assert passed == [DEPARTMENT]

    def test_passes_by_whoever_may_not_deal_with_such_a_case(self) -> None:
        for bounds in (
            {"area": "甲省/乙市/戊县"},
            {"levels": ("senior",)},
            {"series": ("农业",)},
            {"exercises": False, "passes_on": True},
            {"starts_on": TODAY + timedelta(days=1)},
            {"last_day": TODAY - timedelta(days=1)},
        ):
            uppers = (able(DEPARTMENT, "bureau", **bounds), able(BUREAU, "bureau"))
            assert acting_at(stage("bureau"), uppers=uppers) == ([BUREAU], ())
        within = {"area": "甲省/乙市", "levels": ("assistant",), "series": ("教师",)}
        uppers = (able(DEPARTMENT, "bureau", **within), able(BUREAU, "bureau"))
        assert acting_at(stage("bureau"), uppers=uppers) == ([DEPARTMENT], ())

    def test_chooses_none_of_two_that_are_equally_near(self) -> None:
        both = (able(DEPARTMENT, "bureau"), able(BUREAU, "bureau"))
        passed, missing = acting_at(stage("bureau"), uppers=(both,))
        assert (passed, [each.code for each in missing]) == ([], ["SEVERAL_BODIES_FOR_STAGE"])
        one_after_the_other = acting_at(stage("bureau"), uppers=both)
        assert one_after_the_other == ([DEPARTMENT], ())

    def test_names_each_stage_at_which_nobody_acts(self) -> None:
        passed, missing = acting_at(
            stage("employer"), stage("department"), stage("bureau"), uppers=()
        )
        assert passed == [SCHOOL]
        assert [each.code for each in missing] == ["NO_BODY_FOR_STAGE"] * 2
        assert missing[0].citations == CITED


def with_papers(case: Case, *items: str) -> Case:
    return replace(case, receipts=Ledger.of((1, PaperReceipt(None, items, BUREAU))))


def in_the_way(case: Case, law: StatedLaw) -> list[str]:
    return [each.code for each in obstacles_of(cast("Law", law), NO_FACTS, case, NOON, Calendar())]


class TestPapers:
    def test_are_waited_for_where_the_law_asks_for_them(self) -> None:
        assert in_the_way(AT_THE_BUREAU, StatedLaw(duty=DUTY)) == ["PAPER_MISSING"]

    def test_that_came_are_waited_for_no_more(self) -> None:
        assert in_the_way(with_papers(AT_THE_BUREAU, "form"), StatedLaw(duty=DUTY)) == []

    def test_are_waited_for_until_their_originals_were_seen(self) -> None:
        law = StatedLaw(unseen=(Refusal("ORIGINAL_NOT_SEEN", "", ""),))
        copies = PaperReceipt(None, ("form",), BUREAU)
        came = replace(AT_THE_BUREAU, receipts=Ledger.of((1, copies)))
        assert in_the_way(came, law) == ["ORIGINAL_NOT_SEEN"]
        shown = PaperReceipt(None, (), BUREAU, ("form",))
        assert in_the_way(replace(came, receipts=Ledger.of((1, copies), (2, shown))), law) == []

    def test_are_waited_for_until_their_seals_were_seen(self) -> None:
        law = StatedLaw(seals=(Refusal("SEAL_NOT_SEEN", "", ""),))
        bare = PaperReceipt(None, ("form",), BUREAU)
        came = replace(AT_THE_BUREAU, receipts=Ledger.of((1, bare)))
        assert in_the_way(came, law) == ["SEAL_NOT_SEEN"]
        looked = PaperReceipt(None, (), BUREAU, (), ("form",))
        assert in_the_way(replace(came, receipts=Ledger.of((1, bare), (2, looked))), law) == []

    def test_have_to_come_by_each_hand_over(self) -> None:
        law = StatedLaw(duty=DUTY, legs=(LEG,))
        came = PaperReceipt(LEG.id, ("form",), BUREAU)
        handed_on = replace(AT_THE_BUREAU, receipts=Ledger.of((1, came)))
        assert in_the_way(handed_on, law) == []
        assert in_the_way(with_papers(AT_THE_BUREAU, "form"), law) == ["PAPER_NOT_HANDED_ON"]

    def test_are_not_waited_for_where_the_law_wants_none(self) -> None:
        assert in_the_way(AT_THE_BUREAU, StatedLaw(duty=replace(DUTY, required=False))) == []
        assert in_the_way(AT_THE_BUREAU, StatedLaw()) == []

    def test_are_not_waited_for_before_the_last_stage(self) -> None:
        assert in_the_way(AT_THE_DEPARTMENT, StatedLaw(duty=DUTY)) == []


def obstacles_for(legs: tuple[PaperLeg, ...], leg: str | None, day: date) -> list[Refusal]:
    return leg_obstacles(cast("Law", StatedLaw(legs=legs)), NO_FACTS, leg, day)


def test_a_window_counts_the_time_of_a_return_where_its_clock_runs_on() -> None:
    returned, objected = Held(OPENS, CLOSES, returned=True), Held(OPENS, CLOSES)
    case = replace(AT_THE_BUREAU, held=Several((returned, objected)))
    assert uncounted(cast("Law", StatedLaw()), case) == (returned, objected)
    assert uncounted(cast("Law", StatedLaw(runs_on=True)), case) == (objected,)


class TestALeg:
    def test_is_one_of_the_case(self) -> None:
        (refusal,) = obstacles_for((LEG,), "to-nobody", OPENS)
        assert (refusal.code, refusal.pointer) == ("UNKNOWN_PAPER_LEG", "/leg")

    def test_is_named_where_the_case_has_any(self) -> None:
        (refusal,) = obstacles_for((LEG,), None, OPENS)
        assert (refusal.code, refusal.pointer) == ("PAPER_LEG_MISSING", "/leg")
        assert refusal.citations == CITED
        assert obstacles_for((), None, OPENS) == []

    @pytest.mark.parametrize("day", [OPENS, CLOSES])
    def test_is_taken_from_the_first_day_to_the_last(self, day: date) -> None:
        assert obstacles_for((LEG,), LEG.id, day) == []

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (OPENS - timedelta(days=1), "WINDOW_NOT_OPEN"),
            (CLOSES + timedelta(days=1), "STAGE_DEADLINE_MISSED"),
        ],
    )
    def test_is_not_taken_outside_its_window(self, day: date, code: str) -> None:
        (refusal,) = obstacles_for((LEG,), LEG.id, day)
        assert (refusal.code, refusal.pointer) == (code, "/received_on")
        assert refusal.citations == CITED

    def test_is_received_by_the_stage_that_it_names(self) -> None:
        named = replace(LEG, receiver="department")
        assert other_receiver(AT_THE_BUREAU, DEPARTMENT, named, None) == []
        (refusal,) = other_receiver(AT_THE_BUREAU, BUREAU, named, None)
        assert (refusal.code, refusal.citations) == ("NOT_ITS_RECEIVER", CITED)
        nobody = replace(LEG, receiver="elsewhere")
        assert len(other_receiver(AT_THE_BUREAU, BUREAU, nobody, None)) == 1
        assert other_receiver(AT_THE_BUREAU, BUREAU, None, None) == []

    def test_with_a_first_day_alone_is_taken_from_it_on(self) -> None:
        begun = replace(LEG, closes=None)
        assert obstacles_for((begun,), LEG.id, OPENS) == []
        assert len(obstacles_for((begun,), LEG.id, OPENS - timedelta(days=1))) == 1

    def test_without_a_window_is_taken_on_any_day(self) -> None:
        free = replace(LEG, opens=None, closes=None)
        assert obstacles_for((free,), LEG.id, CLOSES + timedelta(days=99)) == []


def test_an_employer_elsewhere_is_told_which_notice_it_is_not_in() -> None:
    refusal = outside_area("寻乌县2024年通知")
    assert (refusal.code, refusal.pointer) == ("NOT_IN_SCOPE", "/pack")
    assert "寻乌县2024年通知" in refusal.chinese


def test_paper_that_the_notice_does_not_ask_for_is_not_taken() -> None:
    law: Any = StatedLaw(asked=(FORM, PHOTOS, SCAN))
    assert unasked(law, NO_FACTS, ("form", "photos", "portrait")) == []
    (refused,) = unasked(law, NO_FACTS, ("form", "scan"))
    assert (refused.code, refused.pointer) == ("PAPER_NOT_ASKED", "/items")
    assert refused.citations == ()
    assert "form" in refused.chinese
    online: Any = StatedLaw(duty=replace(DUTY, required=False))
    (refused,) = unasked(online, NO_FACTS, ("form",))
    assert refused.citations == CITED
    assert "通知没有要求提交纸质材料" in refused.chinese


def test_seals_are_seen_on_papers_that_are_here_or_on_their_columns() -> None:
    law: Any = StatedLaw(asked=(FORM, PHOTOS, COLUMN))
    assert seals_without_paper(law, NO_FACTS, ("form",), ("form", "column")) == []
    (refused,) = seals_without_paper(law, NO_FACTS, ("photos",), ("photos", "column"))
    assert (refused.code, refused.pointer) == ("SEAL_WITHOUT_PAPER", "/sealed")
