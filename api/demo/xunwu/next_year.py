"""The law of the next year: put in force by two officials, and what goes on under which law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.demo.empowering import empower
from api.demo.expecting import Answered, Done, refused
from api.demo.filing import SCAN, submit
from api.demo.reviewing import decide, judge, opine
from api.demo.words import Words
from api.demo.xunwu import cast, substitute
from domain.authority.power import LAW

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.stage import Stage

_NOTICE = Path(__file__).with_suffix(".toml")
_FIRST_DAY = "2025-01-01"
_INVITED = "seconded"
_YEARS = "TABLE_NOT_SUPPLIED"
_GROUNDS = "经查阅赣人社字〔2013〕30号原件，学历和年限符合本系列条件。"


def tell(stage: Stage) -> None:
    """The edition of the next year, seen before it is in force; then a case of each year."""
    stage.at("2024-12-20 09:00")
    stage.teller.chapter(
        Words("七、下一年度的政策", "7 · The law of the next year"),
        Words(
            "两名工作人员逐条看过改了什么、会影响谁，才施行2025年度的政策（虚构）；"
            "上年的申报仍按上年的办理。",
            "Two officials look at what changes and for whom before they put the (invented)"
            " edition of 2025 in force; last year's cases go on under last year's.",
        ),
    )
    edition = _proposed(stage)
    _differences(stage, edition)
    _impact(stage, edition)
    _confirmed(stage, edition)
    _last_year(stage)
    _this_year(stage)


def _proposed(stage: Stage) -> str:
    handler = stage.people["bureau-handler"]
    text = _NOTICE.read_text(encoding="utf-8")
    body = {"text": text, "starts_on": _FIRST_DAY, "reason": "2025年度通知"}
    told = Words("未授予政策施行职权就提请施行", "proposes law without the power over law")
    early = handler.post("/v1/editions", body)
    stage.tell(handler, told, early, refused("WITHOUT_POWER", status=403))
    empower(stage, cast.BUREAU, cast.AREA, (), (LAW,))
    told = Words("授权后，提请自2025年1月1日起施行", "proposes the edition of 2025, empowered")
    proposed = handler.post("/v1/editions", body)
    stage.tell(handler, told, proposed, Done(topics=("edition:proposed:1",)))
    edition = f"/v1/editions/{proposed.stream}"
    told = Words("附上通知原件（虚构）", "attaches the notice itself (invented)")
    stage.tell(handler, told, _attach(stage, edition), Done(topics=("edition:notice-attached:1",)))
    return edition


def _attach(stage: Stage, edition: str) -> Reply:
    handler = stage.people["bureau-handler"]
    upload = stage.quietly(handler.send(f"{edition}/uploads", SCAN, "application/pdf"))
    body = {"upload": upload.body["upload"], "number": None, "source": "演示，虚构"}
    return handler.act_on(edition, "notices", body)


def _differences(stage: Stage, edition: str) -> None:
    leader = stage.people["bureau-leader"]
    reply = leader.get(f"{edition}/differences")
    told = Words("逐条查看与2024年度的不同", "reads clause by clause what differs from 2024")
    between = Answered({"before.pack": "xunwu-2024", "after.pack": "xunwu-2025"})
    stage.tell(leader, told, reply, between)
    stage.teller.show(
        Words("与2024年度的不同", "What differs from 2024"),
        (
            Words("部分", "section"),
            Words("哪一项", "entry"),
            Words("怎样", "what"),
            Words("2024年度", "2024"),
            Words("2025年度", "2025"),
        ),
        [
            (
                each["section_name"],
                each["entry_name"] or each["entry"],
                f"{each['key_name'] or each['key']} {each['kind_name']}".strip(),
                each["before"],
                each["after"],
            )
            for each in reply.body["differences"]
            if each["section"] not in {"pack", "rules"}
        ],
    )


def _impact(stage: Stage, edition: str) -> None:
    leader = stage.people["bureau-leader"]
    told = Words(
        "查看会影响谁：一件因参保单位被拒的草稿将可受理，不知是谁的",
        "asks whom it would change: a draft that was refused would be taken; whose, is not told",
    )
    expected = Answered(
        {
            "flips": 1,
            "invited": 1,
            "cases": [],
            "unnamed": [{"codes": ["SI_EMPLOYER_MISMATCH"], "invited": True, "number": 1}],
        }
    )
    stage.tell(leader, told, stage.look(leader, f"{edition}/impact"), expected)


def _confirmed(stage: Stage, edition: str) -> None:
    leader = stage.people["bureau-leader"]
    seen = leader.get(edition).body
    bound = {"digest": seen["digest"], "notice": seen["notice"]["digest"]}
    body = {"confirm": True, "rules": seen["rules"], **bound}
    stage.quietly(leader.confirm())
    told = Words("确认施行，漏看一条", "confirms it, all rules but one")
    hasty = leader.act_on(edition, "decisions", {**body, "rules": seen["rules"][1:]})
    stage.tell(leader, told, hasty, refused("EDITION_CLAUSES", "ND-LAW"))
    told = Words("逐条看过后确认施行", "confirms it, rule by rule")
    in_force = Done(topics=("edition:confirmed:1", "policy:put-in-force:1"))
    stage.tell(leader, told, leader.act_on(edition, "decisions", body), in_force)


def _last_year(stage: Stage) -> None:
    """All of last year's work was to be done by 12-20; a later decision is valid and marked."""
    stage.at("2025-01-02 09:00")
    key = substitute.CASE
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    told = Words("记录人工判断：年限符合", "records the judgement on the years")
    stage.tell(handler, told, judge(stage, handler, key, _YEARS, _GROUNDS))
    told = Words("建议认定", "recommends recognition")
    stage.tell(handler, told, opine(stage, handler, key, "材料齐全，建议认定。"))
    told = Words("认定上年的申报：有效，并标注逾期", "recognises last year's case: valid, and late")
    topics = ("case:recognised:1", "case:overdue-flagged:1")
    stage.tell(leader, told, decide(stage, leader, key), Done(topics=topics))
    told = Words("所依据的仍是2024年度的政策", "it stands under the law of 2024 still")
    stage.tell(leader, told, leader.get(stage.cases[key]), Answered({"law.pack": "xunwu-2024"}))


def _this_year(stage: Stage) -> None:
    stage.at("2025-01-06 09:00")
    who = stage.people[_INVITED]
    told = Words("上年被拒的草稿原样再次提交", "files the draft again that was refused last year")
    taken = Done(topics=("case:submitted:1",))
    stage.tell(who, told, submit(stage, who, _INVITED), taken)
    told = Words("按2025年度的政策受理", "it was taken under the law of 2025")
    stage.tell(who, told, who.get(stage.cases[_INVITED]), Answered({"law.pack": "xunwu-2025"}))
