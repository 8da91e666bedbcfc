"""Review by a committee in one city, 2024: papers in two legs, a fee, a vote.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import founding
from api.demo.beside_review import go_on, hand_in, pay, post, vote
from api.demo.expecting import Answered, Done, refused
from api.demo.filing import prepare, submit
from api.demo.participant import BY_ITSELF
from api.demo.reviewing import decide, judge, opine, pass_on
from api.demo.words import Words
from api.demo.yueyang.cast import CENTRE, CLAIMS, FEE, HOUSES, QUALIFICATION, TITLE

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "musician"
_QUESTION = "TABLE_NOT_SUPPLIED"


def yueyang(stage: Stage) -> None:
    """One intermediate title, from the employer to the committee's vote."""
    stage.teller.chapter(
        Words("岳阳：中级评审，两段纸质材料、缴费、表决", "Yueyang: papers, a fee, a vote"),
        Words(
            "补充通知只管材料、时间、地点和缴费；评审条件在主通知，未附，留待人工判断。",
            "The supplement sets papers, days, places and fees; the conditions stand in a main"
            " notice that was not supplied, so a human judges them.",
        ),
    )
    founding.found(stage, HOUSES)
    founding.applicant(stage, CENTRE, "musician", "阮清歌")
    _employer(stage)
    _first_leg(stage)
    _second_leg(stage)
    _committee(stage)


def _employer(stage: Stage) -> None:
    stage.at("2024-08-29 09:00")
    musician, handler = stage.people["musician"], stage.people["centre-handler"]
    prepare(stage, musician, CASE, TITLE, CLAIMS, (QUALIFICATION,))
    told = Words("申报群文系列中级", "files for the intermediate title")
    stage.tell(musician, told, submit(stage, musician, CASE), Done(topics=("case:submitted:1",)))
    pass_on(stage, CASE, "centre-handler", "centre-leader")
    stage.at("2024-08-30 09:00")
    told = Words("用人单位初审通过，张贴公示", "the employer approved; posts it")
    stage.tell(handler, told, post(stage, handler, CASE, "2024-08-30", "馆务公开栏"))
    stage.at("2024-09-07 00:00:30")
    closed = stage.until(handler, stage.cases[CASE], "standing.phase", "publicised")
    told = Words("公示期满，自动结束", "the publicity has run its length")
    stage.tell(BY_ITSELF, told, closed, Answered({"standing.phase": "publicised"}))
    stage.at("2024-09-09 09:00")
    told = Words("9月12日截止前上报行业主管部门", "forwards it before 12 September")
    stage.tell(handler, told, go_on(stage, handler, CASE), Done(topics=("case:forwarded:1",)))


def _first_leg(stage: Stage) -> None:
    stage.at("2024-09-11 09:00")
    handler = stage.people["department-handler"]
    told = Words("收第一段纸质材料（9月5日—12日）", "takes the papers of the first leg")
    papers = ("qualification_paper", "performance")
    first = hand_in(stage, handler, CASE, papers, "2024-09-11", "leg1_others")
    stage.tell(handler, told, first, Done(topics=("case:paper-received:1",)))
    told = Words("随纸质材料缴评审费215元", "enters the fee of 215 yuan, paid with the papers")
    paid = pay(stage, handler, CASE, FEE, "WITH_PAPER", "2024-09-11")
    stage.tell(handler, told, paid, Done(topics=("case:fee-paid:1",)))
    pass_on(stage, CASE, "department-handler", "department-leader")


def _second_leg(stage: Stage) -> None:
    stage.at("2024-10-12 09:00")
    handler = stage.people["office-handler"]
    told = Words("第二段纸质材料提前送到：尚未开始接收", "the second leg comes before its days")
    early = hand_in(stage, handler, CASE, ("performance",), "2024-10-12", "leg2_intermediate")
    stage.tell(handler, told, early, refused("WINDOW_NOT_OPEN", "YU-27", "YU-29"))
    stage.at("2024-10-15 09:00")
    told = Words("10月14日—16日内送达，接收", "takes it within 14 to 16 October")
    taken = hand_in(stage, handler, CASE, ("performance",), "2024-10-15", "leg2_intermediate")
    stage.tell(handler, told, taken)
    pass_on(stage, CASE, "office-handler", "office-leader")


def _committee(stage: Stage) -> None:
    stage.at("2024-10-21 09:00")
    board, secretary = stage.people["board-handler"], stage.people["committee-handler"]
    told = Words("记录人工判断：符合主通知的评审条件", "judges the conditions of the main notice")
    grounds = "经查阅市职改办主通知原件，学历、年限、业绩符合群文系列中级条件。"
    stage.tell(board, told, judge(stage, board, CASE, _QUESTION, grounds))
    told = Words("评委会办公室复核材料", "the committee's office rechecks the materials")
    stage.tell(board, told, opine(stage, board, CASE, "材料齐全，提交评审。"))
    stage.quietly(decide(stage, stage.people["board-leader"], CASE))
    stage.at("2024-11-08 15:00")
    told = Words("登记表决：票数与到会人数不符", "enters a vote that does not add up")
    wrong = vote(stage, secretary, CASE, "2024-11-08", 11, (8, 1, 3))
    stage.tell(secretary, told, wrong, refused("VOTES_DO_NOT_ADD_UP", "ND-VOTES"))
    told = Words("11人到会10人，8票赞成：达到三分之二，评审通过", "8 of 10 present: it carries")
    carried = vote(stage, secretary, CASE, "2024-11-08", 11, (8, 1, 1))
    topics = ("case:votes-recorded:1", "case:recognised:1", "person:title-gained:1")
    stage.tell(secretary, told, carried, Done(topics=topics))
