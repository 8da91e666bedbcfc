"""How cases end otherwise: not accepted, rejected, withdrawn, lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, refused
from api.demo.filing import attach, prepare, resubmit, state, submit
from api.demo.participant import BY_ITSELF
from api.demo.reviewing import decide, give_back, opine, pass_on
from api.demo.words import Words
from api.demo.xunwu.claims import EARLIER, FILES, claims, title, with_earlier_work

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """Four more cases of the autumn batch."""
    stage.at("2024-11-20 09:00")
    stage.teller.chapter(
        Words("六、其他结局", "6 · Other endings"),
        Words(
            "不予受理、审核不通过、撤回、逾期未补正，各是各的结果。",
            "Not accepted, rejected, withdrawn, lapsed: each its own.",
        ),
    )
    for key in ("unready", "unproven", "leaver", "latecomer"):
        who = stage.people[key]
        prepare(stage, who, key, title(), claims(), FILES)
        told = Words("在第二批最后一天提交申报", "files on the last day of the second batch")
        stage.tell(who, told, submit(stage, who, key))
    _withdrawn(stage)
    _to_the_county(stage, "unready", "unproven", "latecomer")
    _not_accepted(stage)
    _rejected(stage)
    _first_to_assert(stage)
    _lapsed(stage)


def _to_the_county(stage: Stage, *keys: str) -> None:
    stage.at("2024-11-22 09:00")
    for key in keys:
        pass_on(stage, key, "institute-handler", "institute-successor")
        pass_on(stage, key, "department-handler", "department-leader")
    stage.teller.note(
        Words(
            "另三件由用人单位、主管部门各两人办理，到达县人社局。",
            "The other three pass employer and department, two persons at each.",
        )
    )


def _withdrawn(stage: Stage) -> None:
    leaver = stage.people["leaver"]
    told = Words("本人撤回申报", "withdraws the case")
    body = {"reason": "拟于下一批次申报。"}
    given_up = leaver.act_on(stage.cases["leaver"], "withdrawals", body)
    stage.tell(leaver, told, given_up, Done(topics=("case:withdrawn:1",)))


def _not_accepted(stage: Stage) -> None:
    stage.at("2024-11-25 09:00")
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    reasons = [{"code": "YEARS_SHORT", "rules": ["XW-08", "XW-19"]}]
    told = Words("年限不足，建议不予受理", "recommends not to accept: years short")
    advised = opine(
        stage,
        handler,
        "unready",
        "至2024年12月31日从事本专业工作年限不足。",
        recommendation="not_accept",
        reasons=reasons,
    )
    stage.tell(handler, told, advised)
    told = Words("决定不予受理，出具通知书", "decides not to accept; a notice is printed")
    ended = decide(
        stage,
        leader,
        "unready",
        "not_accept",
        reasons=reasons,
        opinion="年限不足，可在以后的批次重新申报。",
    )
    stage.tell(leader, told, ended, Done(topics=("case:not-accepted:1",)))
    own = stage.people["unready"]
    page = own.get(f"{stage.cases['unready']}/notice")
    signed = Answered(words=("不予受理通知书", handler.name, leader.name, "XW-19"))
    told = Words("打印不予受理通知书（署两人姓名）", "prints the notice, signed by two persons")
    stage.tell(own, told, page, signed)


def _rejected(stage: Stage) -> None:
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    reasons = [{"code": "ACHIEVEMENT_NOT_CONFIRMED", "rules": ["XW-34"]}]
    told = Words("业绩经核不属实，建议不通过", "finds the achievement untrue")
    advised = opine(
        stage,
        handler,
        "unproven",
        "调研报告署名与采纳证明不一致。",
        recommendation="reject",
        reasons=reasons,
        found={"report": "refuted"},
    )
    stage.tell(handler, told, advised)
    told = Words("决定审核不通过", "rejects the case on its merits")
    ended = decide(
        stage,
        leader,
        "unproven",
        "reject",
        reasons=reasons,
        opinion="业绩成果不符合条件。",
    )
    stage.tell(leader, told, ended, Done(topics=("case:rejected:1",)))


def _first_to_assert(stage: Stage) -> None:
    """The bureau can't be the first to vouch for work that nobody below has seen (XW-34)."""
    stage.at("2024-11-26 09:00")
    key = "latecomer"
    who, handler = stage.people[key], stage.people["bureau-handler"]
    told = Words("退回补充以往经历，补后直接回到县级", "returns it, to resume at the bureau")
    item = {"subject": "application", "problem": "以往工作经历未填报。", "rules": ["XW-29"]}
    back = give_back(stage, handler, key, [item], due_on="2024-11-29", resume_stage="county_hr")
    stage.tell(handler, told, back)
    stage.quietly(state(stage, who, key, with_earlier_work(claims())))
    stage.quietly(attach(stage, who, key, EARLIER))
    told = Words("补充后重新提交", "states it and files again")
    stage.tell(who, told, resubmit(stage, who, key))
    told = Words("县级首先认定未经下级审查的工作经历", "is the first to confirm that work")
    first = opine(stage, handler, key, "佐证属实，建议通过。")
    stage.tell(handler, told, first, refused("FIRST_ASSERTION", "XW-34"))
    told = Words("再次退回，从用人单位续办，12月5日前", "returns it to resume at the employer")
    item = {"subject": "earlier-work", "problem": "须先经单位和主管部门审查。", "rules": ["XW-34"]}
    back = give_back(stage, handler, key, [item], due_on="2024-12-05", resume_stage="employer")
    stage.tell(handler, told, back)


def _lapsed(stage: Stage) -> None:
    stage.at("2024-12-06 00:00:30")
    who = stage.people["latecomer"]
    told = Words(
        "期限已过：计时程序自动终结该申报", "the due date has passed: the timekeeper ends it"
    )
    ended = stage.until(who, stage.cases["latecomer"], "standing.phase", "lapsed")
    stage.tell(BY_ITSELF, told, ended, Answered({"standing.phase": "lapsed"}))
    told = Words("逾期后重新提交", "files again after all")
    late = resubmit(stage, who, "latecomer")
    stage.tell(who, told, late, refused("STAGE_ORDER", "ND-STEPS", recorded=True))
