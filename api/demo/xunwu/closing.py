"""The closing show: one case's history, where it stands, and who kept apart from whom."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from api.demo.expecting import Answered
from api.demo.mandating import mandate
from api.demo.participant import PUBLIC
from api.demo.words import Words
from api.demo.xunwu import cast, recognition
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from api.demo.participant import Participant
    from api.demo.stage import Stage


_PHASES = {
    "under_review": Words("审核中", "under review"),
    "recognised": Words("已认定", "recognised"),
    "not_accepted": Words("不予受理", "not accepted"),
    "rejected": Words("审核不通过", "rejected"),
    "withdrawn": Words("已撤回", "withdrawn"),
    "lapsed": Words("逾期视为放弃", "lapsed"),
    "disqualified": Words("取消申报资格", "disqualified"),
}
_VERDICTS = {"DIFFERENT": Words("不同的人 ", "")}
_SEATS = {"handler": Words("经办人", "handler"), "leader": Words("领导", "leader")}


def tell(stage: Stage) -> None:
    """Everything is read by those who may: an official, an inspector, anybody."""
    stage.at("2025-01-08 09:00")
    stage.teller.chapter(
        Words("八、回头看：一件申报的全部", "8 · Looking back at one case"),
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
    whole = {"events.0.topic": "case:opened:1", "events.22.topic": "case:certificate-issued:1"}
    stage.tell(auditor, told, reply, Answered(whole))
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
                _seat(stage, each["actor"].get("seat")),
            )
            for each in reply.body["events"]
        ],
    )


def _standing(stage: Stage, auditor: Participant) -> None:
    names = {each.person: each.name for each in stage.people.values()}
    rows = []
    for path in stage.cases.values():
        seen = stage.look(auditor, path)
        if seen.status == HTTPStatus.NOT_FOUND:
            continue  # what was never filed is its applicant's alone
        body = seen.body
        standing = body["standing"]
        title = f"{body['series']}·{body['specialty']}"
        phase = _PHASES[standing["phase"]].of(stage.teller.language)
        rows.append((body["number"], names[body["applicant"]], title, phase, standing["round"]))
    stage.teller.show(
        Words("各件申报的状态", "Where the cases stand"),
        (
            Words("编号", "number"),
            Words("申报人", "applicant"),
            Words("申报", "for"),
            Words("状态", "phase"),
            Words("轮次", "round"),
        ),
        rows,
    )


def _separation(stage: Stage, auditor: Participant) -> None:
    path = f"{stage.cases[recognition.CASE]}/separation"
    reply = stage.look(auditor, path)
    told = Words("核验经办与领导是否为不同的人", "checks that handler and leader differed")
    different = {f"stages.{row}.corrected": "DIFFERENT" for row in range(4)}
    stage.tell(auditor, told, reply, Answered(different))
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
                _VERDICTS.get(each["corrected"], Words("", "")).of(stage.teller.language)
                + each["corrected"],
            )
            for each in reply.body["stages"]
        ],
    )


def _certificate(stage: Stage) -> None:
    scholar = stage.people["scholar"]
    number = scholar.get(stage.cases[recognition.CASE]).body["standing"]["certificate"]
    told = Words(f"查验证书 {number}", f"verifies the certificate {number}")
    reply = stage.public(f"/v1/certificates/{number}")
    stage.tell(PUBLIC, told, reply, Answered({"status": "valid"}))


def _integrity(stage: Stage) -> None:
    inspector = stage.people["inspector"]
    notice = {
        "kind": "audit_notice",
        "document": "寻审通〔2025〕1号",
        "scope": {"areas": [cast.AREA]},
        "last_day": "2025-01-31",
    }
    named = mandate(stage, stage.people["auditor"], inspector, notice)
    told = Words(
        "以审计通知书为据查阅本辖区诚信档案", "reads the area's integrity records under it"
    )
    consulted = inspector.post("/v1/integrity-consultations", {"person": None}, mandate=named)
    stage.tell(inspector, told, consulted)
    reply = stage.look(
        inspector, "/v1/integrity-records", Consultation=consulted.body["consultation"]
    )
    told = Words("读取记录", "reads them")
    entered = Answered({"records.0.name": "丁白", "records.0.term_source": "default"})
    stage.tell(inspector, told, reply, entered)
    stage.teller.show(
        Words("诚信档案", "Integrity record"),
        (
            Words("姓名", "name"),
            Words("事由", "ground"),
            Words("起", "from"),
            Words("止（含）", "through"),
            Words("期限来源", "term from"),
            Words("状态", "state"),
            Words("依据", "rules"),
        ),
        [
            (
                each["name"],
                each["ground"],
                each["starts_on"],
                each["ends_on"],
                each["term_source"],
                each["state"],
                " ".join(each["rules"]),
            )
            for each in reply.body["records"]
        ],
    )


def _seat(stage: Stage, seat: str | None) -> str:
    return _SEATS[seat].of(stage.teller.language) if seat in _SEATS else ""


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
