"""Fraud found after the grant: revoked, recorded, barred elsewhere until its last second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.beside_review import go_on, hand_in
from api.demo.discipline import cast
from api.demo.expecting import Answered, Done, Refused, refused
from api.demo.filing import prepare, submit
from api.demo.participant import PUBLIC
from api.demo.registering import claim, open_account
from api.demo.reviewing import pass_on
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

CASE, AGAIN = "cheat", "cheat-again"
_BARRED = ("ND-RECORD-EFFECT",)
_CLOSED = {"WINDOW_CLOSED": ("YU-16", "YU-18")}


def tell(stage: Stage) -> None:
    """A title is granted, then a complaint proves true."""
    stage.teller.chapter(
        Words("纪检二、撤销职称与诚信档案", "Discipline 2 · Revocation and the record"),
        Words(
            "取得职称后查实弄虚作假的，撤销职称，记入全省诚信档案库，期限三年。",
            "Fraud found after the grant: the title is revoked and the person is on the record of"
            " the whole province for three years.",
        ),
    )
    certificate = _granted(stage)
    _found(stage, _suspected(stage))
    told = Words("查验证书：已撤销", "verifies the certificate: revoked")
    stage.look(stage.people["inspector"], "/v1/cases?limit=1")
    stage.tell(
        PUBLIC,
        told,
        stage.public(f"/v1/certificates/{certificate}"),
        Answered({"status": "revoked"}),
    )
    _barred(stage)


def _granted(stage: Stage) -> str:
    stage.at("2024-05-28 09:00")
    stage.quietly(go_on(stage, stage.people["company-handler"], CASE))
    pass_on(stage, CASE, "department-handler", "department-leader")
    bureau = stage.people["bureau-handler"]
    papers = hand_in(
        stage,
        bureau,
        CASE,
        cast.PAPERS,
        "2024-05-28",
        originals=cast.ORIGINALS,
        sealed=cast.SEALED,
    )
    stage.quietly(papers)
    pass_on(stage, CASE, "bureau-handler", "bureau-leader")
    told = Words("认定后发放电子证书", "issues the certificate of the granted title")
    stage.tell(bureau, told, bureau.act_on(stage.cases[CASE], "certificates", {}))
    return str(bureau.get(stage.cases[CASE]).member("standing.certificate"))


def _suspected(stage: Stage) -> str:
    stage.at("2024-06-03 09:00")
    inspector, officer = stage.people["inspector"], stage.people["integrity-handler"]
    case = stage.cases[CASE].rsplit("/", 1)[-1]
    told = Words("移送线索：证书在学信系统查无此号", "transfers a clue")
    body = {"statement": "证书在学信系统查无此号。", "case": case}
    clue = stage.tell(inspector, told, inspector.post("/v1/complaints/clues", body))
    told = Words("据线索启动核查", "opens an investigation on its ground")
    suspicion = {"suspicion": "学位证书疑似伪造。", "source": clue.stream}
    opened = officer.act_on(stage.cases[CASE], "investigations", suspicion)
    topics = ("investigation:opened:1", "complaint:taken-up:1")
    stage.tell(officer, told, opened, Done(topics=topics))
    return f"/v1/investigations/{opened.stream}"


def _found(stage: Stage, path: str) -> None:
    officer, cheat = stage.people["integrity-handler"], stage.people[CASE]
    leader = stage.people["integrity-leader"]
    told = Words("告知当事人并听取陈述申辩", "tells the person, who answers")
    body = {"allegation": "证书查无此号。"}
    stage.tell(officer, told, officer.act_on(path, "allegations", body))
    stage.quietly(cheat.act_on(path, "statements", {"statement": "承认证书系网上购买。"}))
    stage.at("2024-06-18 09:00")
    proposal = {"ground": "弄虚作假", "evidence": ["核查函（演示）"], "finding": "证书系伪造。"}
    stage.quietly(officer.act_on(path, "proposals", proposal))
    stage.quietly(leader.confirm())
    told = Words(
        "决定：撤销职称并记入诚信档案（一次写入）", "revokes, and enters the record, at once"
    )
    decision = {"decision": "益人社诚演〔2024〕1号", "finding": "弄虚作假属实。"}
    topics = ("case:title-revoked:1", "integrity:entered:1")
    stage.tell(leader, told, leader.act_on(path, "findings", decision), Done(topics=topics))
    told = Words("送达决定，告知救济途径", "serves the decision and names the remedy")
    service = {"remedy": "六十日内可申请复查。"}
    stage.tell(officer, told, officer.act_on(path, "services", service))


def _barred(stage: Stage) -> None:
    stage.at("2024-09-02 09:00")
    again = open_account(
        stage, stage.people["elsewhere-admin"], cast.CHEAT_AGAIN, cast.ELSEWHERE.key
    )
    stage.quietly(claim(again, stage.people["cheat"]))
    claims, files = cast.claims(cast.ELSEWHERE_NAME), (cast.QUALIFICATION,)
    prepare(stage, again, AGAIN, cast.TITLE_ELSEWHERE, claims, files)
    told = Words("在省内另一市以第二账号申报", "files in another city through a second account")
    stage.tell(
        again,
        told,
        submit(stage, again, AGAIN),
        refused("INTEGRITY_BLOCK", *_BARRED, recorded=True),
    )


def expire(stage: Stage) -> None:
    """The record bars up to 24:00 of its last day, and not an instant longer."""
    again = stage.people[AGAIN]
    stage.at("2027-06-18 23:59:59")
    _at_once(
        stage,
        again,
        Words("记录期最后一秒申报", "files in the last second of the record"),
        Refused({**_CLOSED, "INTEGRITY_BLOCK": _BARRED}, recorded=True),
    )
    stage.at("2027-06-19 00:00:00")
    told = Words(
        "次日零时申报：记录已届满，只因窗口截止被拒", "a second later only the window bars"
    )
    stage.tell(again, told, submit(stage, again, AGAIN), Refused(_CLOSED, recorded=True))


def _at_once(stage: Stage, who: Participant, told: Words, expected: Refused) -> None:
    """A step after which the clock does not move on."""
    reply: Reply = submit(stage, who, AGAIN)
    stage.teller.step(stage.clock.now(), who.name, who.part, told, reply, expected)
