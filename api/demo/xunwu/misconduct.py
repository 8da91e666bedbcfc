"""Fraud found in review: heard, disqualified, on the integrity record, and blocked afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, refused
from api.demo.filing import begin, prepare, submit
from api.demo.registering import claim, request_account, welcome
from api.demo.reviewing import opine, pass_on
from api.demo.words import Words
from api.demo.xunwu import cast
from api.demo.xunwu.claims import FILES, at_company, claims, title

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "fraud"


def tell(stage: Stage) -> None:
    """A forged degree: the case is held still, the person is heard, two officers decide."""
    stage.at("2024-10-21 09:00")
    stage.teller.chapter(
        Words("四、弄虚作假：取消资格并记入诚信档案", "4 · Fraud: disqualified, and on record"),
        Words(
            "先告知、后陈述申辩、再由两名未审查过本案的人员拟定和决定；通知未定期限，按默认三年并注明。",
            "Told first, heard next, then decided by two who reviewed nothing in the case. The"
            " notice gives no term, so the default of three years holds, and is marked so.",
        ),
    )
    cheat = stage.people["cheat"]
    prepare(stage, cheat, CASE, title(), claims(), FILES)
    stage.tell(cheat, Words("提交申报", "files a case"), submit(stage, cheat, CASE))
    pass_on(stage, CASE, "institute-handler", "institute-successor")
    _decision(stage, _suspicion(stage))
    _afterwards(stage)


def _suspicion(stage: Stage) -> str:
    handler = stage.people["department-handler"]
    told = Words("审查中发现学位证书存疑，建议不通过", "doubts the degree in review")
    doubted = opine(
        stage,
        handler,
        CASE,
        "学位证书编号在学信系统查无此证，移交核查。",
        recommendation="reject",
        reasons=[{"code": "EVIDENCE_DOUBTED", "rules": ["XW-28", "XW-32"]}],
        found={"degree": "doubtful"},
    )
    stage.tell(handler, told, doubted)
    officer = stage.people["integrity-handler"]
    told = Words("立案核查，申报暂停", "opens an investigation; the case is held still")
    body = {"suspicion": "学位证书疑似伪造。"}
    opened = officer.act_on(stage.cases[CASE], "investigations", body)
    topics = ("investigation:opened:1", "case:suspended:1")
    stage.tell(officer, told, opened, Done(topics=topics))
    found = next(
        each["stream"]
        for each in opened.body["events"]
        if each["topic"] == "investigation:opened:1"
    )
    return f"/v1/investigations/{found}"


def _decision(stage: Stage, path: str) -> None:
    officer, leader = stage.people["integrity-handler"], stage.people["integrity-leader"]
    stage.at("2024-10-22 09:00")
    told = Words("告知当事人所涉问题和陈述期限", "tells the person what is alleged")
    body = {
        "allegation": "所交学位证书经核查无此编号。",
    }
    stage.tell(officer, told, officer.act_on(path, "allegations", body))
    told = Words("未听取陈述即拟定认定意见", "proposes a finding before hearing the person")
    proposal = {
        "ground": "弄虚作假",
        "evidence": ["学信系统核查函（演示）"],
        "finding": "提交伪造学位证书，拟认定弄虚作假。",
    }
    early = officer.act_on(path, "proposals", proposal)
    stage.tell(officer, told, early, refused("NOT_YET_HEARD", "ND-HEARING"))
    stage.at("2024-10-24 10:00")
    cheat = stage.people["cheat"]
    told = Words("本人陈述申辩", "makes a statement")
    body = {"statement": "承认证书系网上购买。"}
    stage.tell(cheat, told, cheat.act_on(path, "statements", body))
    told = Words("拟定认定意见", "proposes the finding")
    stage.tell(officer, told, officer.act_on(path, "proposals", proposal))
    stage.at("2024-10-28 09:00")
    told = Words(
        "决定：取消申报资格并记入诚信档案（一次写入）",
        "finds misconduct: disqualified and on record in one append",
    )
    stage.quietly(leader.confirm())
    body = {"decision": "寻人社诚演〔2024〕1号", "finding": "弄虚作假属实。"}
    decided = leader.act_on(path, "findings", body)
    topics = (
        "investigation:misconduct-found:1",
        "case:disqualified:1",
        "integrity:entered:1",
    )
    stage.tell(leader, told, decided, Done(topics=topics))


def _afterwards(stage: Stage) -> None:
    administrator = stage.people["company-admin"]
    stage.at("2024-11-15 09:00")
    told = Words(
        "此人转入民营公司，开立第二账号（按证件认出同一人）",
        "the same person joins the company: a second account",
    )
    opened = request_account(stage, administrator, cast.CHEAT_AGAIN, cast.COMPANY)
    stage.tell(administrator, told, opened)
    again = welcome(stage, cast.CHEAT_AGAIN, cast.COMPANY, opened)
    stage.quietly(again.sign_in())
    stage.quietly(again.choose_password())
    told = Words("未认领新账号就申报", "files before the account is claimed")
    early = begin(stage, again, "fraud-again", title())
    stage.tell(again, told, early, refused("ACCOUNT_UNCLAIMED", "ND-CLAIMING"))
    told = Words("以原账号的密码认领", "claims it by the password of the first account")
    stage.tell(again, told, claim(again, stage.people["cheat"]))
    prepare(stage, again, "fraud-again", title(), at_company(), FILES)
    told = Words("以第二账号再次申报", "files again through the second account")
    blocked = submit(stage, again, "fraud-again")
    rules = ("XW-32", "XW-33", "ND-RECORD-EFFECT")
    stage.tell(again, told, blocked, refused("INTEGRITY_BLOCK", *rules, recorded=True))
    body = {"person": again.person, "reason": "核对申报人诚信情况。"}
    reviewer = stage.people["bureau-handler"]
    told = Words("审查人只能得知有无限制", "a reviewer learns only that there is a block")
    asked = reviewer.post("/v1/integrity-consultations", body)
    only = Answered({"extent": "integrity-block", "block": True}, status=201)
    stage.tell(reviewer, told, asked, only)
    scholar = stage.people["scholar"]
    told = Words("普通申报人查询他人诚信档案", "tries to learn about somebody else")
    denied = scholar.post("/v1/integrity-consultations", body)
    stage.tell(scholar, told, denied, refused("NOT_FOUND", status=404))
