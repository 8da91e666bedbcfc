"""The good path: from precheck to a certificate that anybody can verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, refused
from api.demo.filing import attach, begin, resubmit, state, submit
from api.demo.participant import PUBLIC
from api.demo.registering import appoint, path_of
from api.demo.reviewing import decide, give_back, judge, opine
from api.demo.words import Words
from api.demo.xunwu.claims import DIPLOMA, EARLIER, REPORT, claims, title, with_earlier_work

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "good"
_YEARS = "TABLE_NOT_SUPPLIED"


def tell(stage: Stage) -> None:
    """One case, returned once, through three stages, to its certificate."""
    stage.at("2024-10-15 09:00")
    stage.teller.chapter(
        Words("三、完整的一件：从预检到证书", "3 · One case, from precheck to certificate"),
        Words(
            "用人单位、主管部门、县人社局三级，每级经办人与领导两人先后办理；退回一次，共两轮。",
            "Employer, department, county bureau; a handler and a leader at each; returned once,"
            " so in two rounds.",
        ),
    )
    _file(stage)
    _first_round(stage)
    _second_round(stage)
    _department(stage)
    _county(stage)
    _certificate(stage)


def _file(stage: Stage) -> None:
    scholar = stage.people["scholar"]
    told = Words("新建申报：社会科学·教育学（助理级）", "opens a case in social science")
    stage.tell(scholar, told, begin(stage, scholar, CASE, title()))
    told = Words("填报学历、经历、业绩和参保信息", "states education, work, achievement, insurance")
    stage.tell(scholar, told, state(stage, scholar, CASE, claims()))
    for file in (DIPLOMA, REPORT):
        told = Words(f"上传{file.title}，支持所列条目", f"uploads evidence: {file.kind}")
        stage.tell(scholar, told, attach(stage, scholar, CASE, file))
    told = Words(
        "预检：年限表通知未附，不作猜测，留待人工判断",
        "asks ahead: the table of years was not supplied, so nothing is guessed",
    )
    asked = scholar.act_on(stage.cases[CASE], "assessments", {})
    unknown = {
        "result.outcome": "undetermined",
        "result.reasons.0.code": _YEARS,
        "result.reasons.0.rules": ["XW-01", "XW-08"],
    }
    stage.tell(scholar, told, asked, Answered(unknown, status=201))
    stage.teller.note(
        Words(
            f"        {_YEARS}  XW-01、XW-08：年限表见赣人社字〔2013〕30号，通知未附。"
            "县局可另备附加政策包，带自己的出处。",
            f"        {_YEARS}  XW-01, XW-08: the notice refers to a table that it does not"
            " contain. A bureau may add its own as an overlay, with its own citation.",
        )
    )
    told = Words("提交申报，审核流程就此确定", "files; the chain of review is fixed")
    filed = Done(topics=("case:submitted:1", "person:filing-begun:1"))
    stage.tell(scholar, told, submit(stage, scholar, CASE), filed)


def _first_round(stage: Stage) -> None:
    handler, leader = stage.people["institute-handler"], stage.people["institute-leader"]
    told = Words("经办人未办，领导先行决定", "decides before the handler")
    early = decide(stage, leader, CASE)
    stage.tell(leader, told, early, refused("HANDLER_FIRST", "XW-22", "XW-23", recorded=True))
    told = Words("逐条核实，建议通过", "finds on each claim, recommends approval")
    given = opine(stage, handler, CASE, "学历、经历、业绩均与原件一致。")
    stage.tell(handler, told, given)
    items = [
        {
            "subject": "report",
            "problem": "调研报告缺采纳单位盖章页。",
            "rules": ["XW-28"],
        },
        {
            "subject": "application",
            "problem": "2022年7月之前另有工作经历，未填报，须补充并附佐证。",
            "rules": ["XW-29"],
        },
    ]
    told = Words(
        "退回修改：两项一次告知，11月1日前，从本单位续办",
        "returns it: both items at once, until 1 November, to resume here",
    )
    back = give_back(stage, leader, CASE, items, due_on="2024-11-01", resume_stage="employer")
    stage.tell(leader, told, back, Done(topics=("case:returned:1",)))


def _second_round(stage: Stage) -> None:
    stage.at("2024-10-16 09:00")
    administrator = stage.people["institute-admin"]
    told = Words(
        "领导调整：赖春生接任（此前的办理仍记在古志坚名下）",
        "replaces the leader; what the former did stays the former's",
    )
    here = administrator.get(path_of(administrator)).body
    held = next(each for each in here["appointments"] if each["seat"] == "leader")
    appoint(
        stage,
        administrator,
        "institute-successor",
        "leader",
        told,
        replaces=held["appointment"],
    )
    scholar = stage.people["scholar"]
    told = Words("补填以往经历", "states the earlier work")
    stage.tell(scholar, told, state(stage, scholar, CASE, with_earlier_work(claims())))
    for file in (EARLIER, REPORT):
        told = Words(f"补充上传{file.title}", f"uploads what was asked for: {file.kind}")
        stage.tell(scholar, told, attach(stage, scholar, CASE, file))
    told = Words("重新提交，进入第二轮", "files again: round 2")
    stage.tell(scholar, told, resubmit(stage, scholar, CASE), Done(topics=("case:resubmitted:1",)))
    handler, successor = stage.people["institute-handler"], stage.people["institute-successor"]
    told = Words("第二轮逐条核实，建议通过", "finds on each claim anew")
    stage.tell(handler, told, opine(stage, handler, CASE, "补正齐全，佐证属实。"))
    told = Words("新任领导验证口令后同意上报", "approves after giving the password again")
    approved = decide(stage, successor, CASE)
    stage.tell(
        successor, told, approved, Done(topics=("case:leader-approved:1", "case:forwarded:1"))
    )


def _department(stage: Stage) -> None:
    stage.at("2024-10-17 09:00")
    handler, leader = stage.people["department-handler"], stage.people["department-leader"]
    told = Words("主管部门审查经历和业绩", "reviews work and achievements")
    stage.tell(handler, told, opine(stage, handler, CASE, "工作经历和业绩成果符合条件。"))
    told = Words("验证口令后同意上报", "approves after giving the password again")
    stage.tell(leader, told, decide(stage, leader, CASE))


def _county(stage: Stage) -> None:
    stage.at("2024-10-18 09:00")
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    queue = stage.look(handler, "/v1/work-queue")
    waiting = Answered({"cases.0.applicant_name": "林知远", "cases.0.may_act": True})
    stage.tell(handler, Words("查看待办", "looks at the queue"), queue, waiting)
    told = Words("县级复核，建议通过", "recommends recognition")
    stage.tell(handler, told, opine(stage, handler, CASE, "材料齐全，建议认定。"))
    told = Words("尚无人工判断即行认定", "recognises without the human judgement")
    unjudged = refused("JUDGEMENT_MISSING", "XW-01", "XW-08")
    stage.tell(leader, told, decide(stage, leader, CASE), unjudged)
    told = Words("记录人工判断：年限符合（写明依据）", "records the judgement, with its grounds")
    grounds = "经查阅赣人社字〔2013〕30号原件及本系列申报条件，本科学历、从事专业工作年限符合。"
    stage.tell(handler, told, judge(stage, handler, CASE, _YEARS, grounds))
    told = Words("验证口令后认定", "recognises the title")
    stage.tell(
        leader,
        told,
        decide(stage, leader, CASE),
        Done(topics=("case:recognised:1", "person:title-gained:1")),
    )


def _certificate(stage: Stage) -> None:
    handler = stage.people["bureau-handler"]
    told = Words("发放电子证书", "issues the certificate")
    issued = handler.act_on(stage.cases[CASE], "certificates", {})
    stage.tell(handler, told, issued)
    number = handler.get(stage.cases[CASE]).body["standing"]["certificate"]
    for asked, status, told in (
        (number, "valid", Words("凭编号查验证书：有效", "verifies the certificate: valid")),
        ("20241018AAAAAAAAAA", "none", Words("查验一个编造的编号：无", "an invented number: none")),
    ):
        reply = stage.public(f"/v1/certificates/{asked}")
        stage.tell(PUBLIC, told, reply, Answered({"status": status}))
