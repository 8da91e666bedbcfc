"""Erasure: what stands in the way is said, and what may go is gone for good, by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, Refused
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.participant import Participant
    from api.demo.stage import Stage

_KEPT = {"RECORD_ACTIVE": ("ND-ERASURE",), "RETENTION_NOT_SET": ("ND-RETENTION",)}
_BASIS = "《中华人民共和国个人信息保护法》第四十七条"


def tell(stage: Stage) -> None:
    """One who is on the record asks in vain; one who never filed is forgotten."""
    stage.teller.chapter(
        Words("纪检六、删除个人信息", "Discipline 6 · Erasure"),
        Words(
            "删除由专门的两人先后办理，只销毁密钥，不改动任何一条记录；有事由的，一次说明。",
            "Two officers decide on an erasure; keys are destroyed, and no event is changed. What"
            " stands in its way is said at once.",
        ),
    )
    stage.at("2024-09-09 09:00")
    officer, leader = stage.people["integrity-handler"], stage.people["integrity-leader"]
    vain = _asked(stage, stage.people["cheat"], "applicant", "discipline")
    told = Words("记录有效、保存期限未定，不能同意", "can't approve: the record is in force")
    grounds = {"grounds": "已核对。"}
    stage.tell(officer, told, officer.act_on(vain, "approvals", grounds), Refused(_KEPT))
    leaver = stage.people["leaver"]
    told = Words("从未申报的人员申请删除", "asks to be forgotten, having filed nothing")
    path = _asked(stage, leaver, "applicant", "discipline", "official", told=told)
    stage.quietly(officer.act_on(path, "approvals", grounds))
    stage.quietly(leader.confirm())
    told = Words("决定删除，密钥随即销毁", "orders it; the keys are destroyed at once")
    decision = {"decision": "益人社删演〔2024〕1号"}
    topics = ("erasure:ordered:1", "person:erased:1")
    stage.tell(leader, told, leader.act_on(path, "orders", decision), Done(topics=topics))
    administrator = stage.people["company-admin"]
    told = Words("此后查看，只显示已依法删除", "reads the person: erased, and no more")
    seen = administrator.get(f"/v1/persons/{leaver.person}")
    stage.tell(administrator, told, seen, Answered({"name": "（已依法删除）"}))


def _asked(stage: Stage, who: Participant, *purposes: str, told: Words | None = None) -> str:
    """The path of an erasure that somebody asked for of themselves."""
    body = {
        "person": who.person,
        "purposes": purposes,
        "organisation": stage.places["bureau"],
        "basis": _BASIS,
        "reason": "本人申请删除。",
    }
    asked = who.post("/v1/erasures", body)
    if told is None:
        stage.quietly(asked)
    else:
        stage.tell(who, told, asked)
    return f"/v1/erasures/{asked.stream}"
