"""Two objections to what is public: one is dismissed, one is upheld and returns the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.beside_review import go_on, post
from api.demo.discipline.cast import COMPANY_NAME, TITLE, claims
from api.demo.expecting import Answered, Done, refused
from api.demo.filing import prepare, submit
from api.demo.participant import PUBLIC
from api.demo.reviewing import pass_on
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """An objection blocks from the moment it comes in; how it ends is for others to say."""
    stage.teller.chapter(
        Words("纪检一、公示异议", "Discipline 1 · Objections"),
        Words(
            "公示期内任何人可以提出异议；由未审查过该申报的人员受理审查、核查、决定。",
            "Anybody may object while a case is public; it is screened, investigated and settled"
            " by people who reviewed nothing in the case.",
        ),
    )
    stage.at("2024-05-20 09:00")
    for key in ("cheat", "honest"):
        who = stage.people[key]
        prepare(stage, who, key, TITLE, claims(COMPANY_NAME), ())
        stage.quietly(submit(stage, who, key))
        pass_on(stage, key, "company-handler", "company-leader")
        stage.quietly(post(stage, stage.people["company-handler"], key, "2024-05-20", "公告栏"))
    stage.at("2024-05-21 09:00")
    _dismissed(stage)
    _upheld(stage)


def _dismissed(stage: Stage) -> None:
    told = Words("匿名提出异议，附具体线索，得到回执", "objects anonymously, is given a receipt")
    raised = _object(stage, "cheat", "其学位证书编号与同届同学不连续，请核对原件后再作决定。")
    stage.tell(PUBLIC, told, raised)
    handler = stage.people["company-handler"]
    told = Words("异议尚未受理审查即上报", "goes on although nobody has screened it")
    blocked = go_on(stage, handler, "cheat")
    stage.tell(handler, told, blocked, refused("OPEN_OBJECTION", "ND-OBJECTION"))
    path = _investigated(stage, "cheat", "编号规则如此")
    leader = stage.people["integrity-leader"]
    told = Words("异议不成立，答复异议人", "dismisses it, and answers the objector")
    settled = _settle(stage, path, None, "经核对原件，编号规则如此，异议不成立。")
    topics = ("objection:dismissed:1", "case:objection-ended:1")
    stage.tell(leader, told, settled, Done(topics=topics))
    told = Words("凭回执查询结果", "follows the objection by its receipt")
    followed = stage.from_the_public("/v1/objections/follow", {"receipt": raised.body["receipt"]})
    stage.tell(PUBLIC, told, followed, Answered({"standing": "dismissed"}))


def _upheld(stage: Stage) -> None:
    told = Words("对另一件申报提出异议", "objects to another case")
    statement = "其2023年度考核等次与单位公布的名单不一致，请核对。"
    stage.tell(PUBLIC, told, _object(stage, "honest", statement))
    path = _investigated(stage, "honest", "等次填写有误")
    leader = stage.people["integrity-leader"]
    told = Words("反映属实，退回更正，只告知申报人摘要", "upholds it: the case is returned")
    settled = _settle(stage, path, "return", "反映属实，请更正年度考核等次。")
    topics = ("objection:upheld:1", "case:objection-ended:1", "case:returned-on-objection:1")
    stage.tell(leader, told, settled, Done(topics=topics))


def _object(stage: Stage, key: str, statement: str) -> Reply:
    """Somebody from the public objects to the posting of a case."""
    handler = stage.people["company-handler"]
    history = stage.look(handler, f"{stage.cases[key]}/history")
    opened = next(
        each for each in history.body["events"] if each["topic"] == "case:publicity-opened:1"
    )
    path = f"/v1/publicities/{opened['fields']['posting']}/objections"
    return stage.from_the_public(path, {"statement": statement})


def _investigated(stage: Stage, key: str, findings: str) -> str:
    """Screened by the duty officer, investigated by the integrity handler; its path."""
    officer = stage.people["integrity-handler"]
    raised = stage.awaited(officer, "/v1/objections", lambda reply: _about(reply, stage.cases[key]))
    path = f"/v1/objections/{raised}"
    duty_officer = stage.people["duty-officer"]
    told = Words("一个工作日内完成受理审查，予以受理", "admits it within one working day")
    stage.tell(duty_officer, told, duty_officer.act_on(path, "screenings", {"admitted": True}))
    stage.quietly(officer.act_on(path, "investigations", {"findings": findings}))
    return path


def _settle(stage: Stage, path: str, disposition: str | None, answer: str) -> Reply:
    body = {
        "disposition": disposition,
        "decision": f"湖人社复演〔2024〕{1 if disposition is None else 2}号",
        "answer": answer,
        "summary": answer,
    }
    leader = stage.people["integrity-leader"]
    stage.quietly(leader.confirm())
    return leader.act_on(path, "settlements", body)


def _about(reply: Reply, case: str) -> str | None:
    """The objection to a case, once it is in the list."""
    rows = reply.body["objections"]
    return next((each["stream"] for each in rows if each["case"] in case), None)
