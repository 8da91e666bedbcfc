"""The closing show: one case's history, where it stands, and who kept apart from whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.demo.expecting import Answered
from api.demo.words import Words
from api.demo.xunwu import recognition
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from api.demo.participant import Participant
    from api.demo.stage import Stage


def closing(stage: Stage) -> None:
    """Everything is read by those who may: an official, an inspector, anybody."""
    stage.at("2024-12-23 09:00")
    stage.teller.chapter(
        Words("七、回头看：一件申报的全部", "7 · Looking back at one case"),
        Words(
            "历史、状态、分离核验、证书、诚信档案，均由有权查阅的人读取。",
            "History, status, separation, certificate and integrity record, read by who may.",
        ),
    )
    auditor = stage.people["auditor"]
    _history(stage, auditor)
    _standing(stage, auditor)
    _separation(stage, auditor)
    _certificate(stage)
    _integrity(stage)


def _history(stage: Stage, auditor: Participant) -> None:
    reply = stage.look(auditor, f"{stage.cases[recognition.CASE]}/history")
    told = Words("查阅申报的全部历史", "reads the whole history")
    stage.tell(auditor, told, reply, Answered())
    stage.teller.show(
        Words("申报历史", "History of the case"),
        (
            Words("位置", "position"),
            Words("版本", "version"),
            Words("北京时间", "Beijing time"),
            Words("事件", "event"),
            Words("何人", "who"),
            Words("岗位", "seat"),
        ),
        [
            (
                each["position"],
                each["version"],
                _beijing(each["at"]),
                f"{each['title']} {each['topic']}",
                _name(stage, each["actor"]),
                each["actor"].get("seat"),
            )
            for each in reply.body["events"]
        ],
    )


def _standing(stage: Stage, auditor: Participant) -> None:
    rows = []
    for key, path in stage.cases.items():
        if path.startswith("/v1/cases/"):
            body = stage.look(auditor, path).body
            standing = body["standing"]
            rows.append((body["number"], key, standing["phase"], standing["round"]))
    stage.teller.show(
        Words("各件申报的状态", "Where the cases stand"),
        (
            Words("编号", "number"),
            Words("本故事中的名字", "in this story"),
            Words("状态", "phase"),
            Words("轮次", "round"),
        ),
        rows,
    )


def _separation(stage: Stage, auditor: Participant) -> None:
    path = f"{stage.cases[recognition.CASE]}/separation"
    reply = stage.look(auditor, path)
    told = Words("核验经办与领导是否为不同的人", "checks that handler and leader differed")
    stage.tell(auditor, told, reply, Answered())
    stage.teller.show(
        Words("职责分离核验", "Separation of duties"),
        (
            Words("环节", "stage"),
            Words("轮次", "round"),
            Words("经办人", "handler"),
            Words("领导", "leader"),
            Words("结论", "verdict"),
        ),
        [
            (
                each["label"],
                each["round"],
                _acted(stage, each, "handler"),
                _acted(stage, each, "leader"),
                each["corrected"],
            )
            for each in reply.body["stages"]
        ],
    )


def _certificate(stage: Stage) -> None:
    scholar = stage.people["scholar"]
    number = scholar.get(stage.cases[recognition.CASE]).body["standing"]["certificate"]
    told = Words(f"查验证书 {number}", f"verifies the certificate {number}")
    reply = stage.public(f"/v1/certificates/{number}")
    stage.tell(None, told, reply, Answered({"status": "valid"}))


def _integrity(stage: Stage) -> None:
    inspector = stage.people["inspector"]
    reply = stage.look(inspector, "/v1/integrity-records")
    told = Words("查阅本辖区的诚信档案", "reads the integrity records of the area")
    stage.tell(inspector, told, reply, Answered())


def _name(stage: Stage, actor: dict[str, Any]) -> str:
    if actor["kind"] != "account":
        return str(actor.get("job", actor["kind"]))
    return _named(stage, actor["account"])


def _acted(stage: Stage, row: dict[str, Any], seat: str) -> str:
    acts = [each for each in row["acts"] if each["seat"] == seat]
    return "、".join(dict.fromkeys(_named(stage, each["account"]) for each in acts))


def _named(stage: Stage, account: str) -> str:
    return next((p.name for p in stage.people.values() if p.account == account), account)


def _beijing(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(BEIJING):%Y-%m-%d %H:%M}"
