"""An employer of the county applies for its own registration: sent back once, then approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, refused
from api.demo.filing import SCAN
from api.demo.invented import document_number
from api.demo.luohe.cast import NEWCOMER
from api.demo.participant import Onlooker
from api.demo.registering import ID_CARD
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.stage import Stage

EMPLOYER = Onlooker(
    Words("某调味品公司", "a maker of condiments"), Words("申请单位", "employer that applies")
)
_PLACE = 980
_QUEUE = "/v1/work-queue/accessions"


def accede(stage: Stage) -> None:
    """Refused without its licence, sent back for a certificate of authority, approved with it."""
    administrator = {
        "name": "葛新芽",
        "document": {"kind": ID_CARD, "number": document_number(_PLACE)},
    }
    stated = {**NEWCOMER, "administrator": administrator, "contact": "0395-0000000"}
    credit_code = "91411122MA41W0X34B"
    bare = _hand_in(stage, "", {**stated, "credit_code": credit_code})
    told = Words("申请单位注册，未附营业执照", "applies for registration without its licence")
    stage.tell(EMPLOYER, told, bare, refused("CERTIFICATE_MISSING", "ND-ACCESSION"))
    whole = _hand_in(stage, "", {**stated, "credit_code": credit_code}, "business_licence")
    told = Words("附上执照再申请：领到回执", "applies with it, and is given a receipt")
    receipt = stage.tell(EMPLOYER, told, whole, Done()).body["receipt"]
    path = f"/v1/accessions/{stage.awaited(stage.people['office-admin'], _QUEUE, _first)}"
    _send_back(stage, path)
    again = {**stated, "receipt": receipt}
    completed = _hand_in(stage, "/completions", again, "letter_of_authorisation")
    told = Words("补交授权书", "hands in the letter of authorisation")
    stage.tell(EMPLOYER, told, completed, Answered({"standing": "applied", "documents": 2}))
    _approve(stage, path)
    followed = stage.from_the_public("/v1/accessions/follow", {"receipt": receipt})
    told = Words("凭回执查询：已核准", "follows it by the receipt: approved")
    stage.tell(EMPLOYER, told, followed, Answered({"standing": "approved"}))


def _hand_in(stage: Stage, tail: str, body: dict[str, object], *papers: str) -> Reply:
    """Hand in what is stated, with a scan of each of these papers."""
    documents = []
    for paper in papers:
        sent = stage.door.client.act("/v1/public-files", SCAN, media_type="application/pdf")
        documents.append({"upload": stage.quietly(sent).body["upload"], "paper": paper})
    return stage.from_the_public(f"/v1/accessions{tail}", {**body, "documents": documents})


def _first(queue: Reply) -> str | None:
    """What has waited for the longest, if anything waits."""
    rows = queue.body["accessions"]
    return str(rows[0]["accession"]) if rows else None


def _send_back(stage: Stage, path: str) -> None:
    office = stage.people["office-admin"]
    missing = {"missing": "缺少管理员授权书，请补交。"}
    told = Words("一次性告知：缺管理员授权书，退回", "sends it back: a letter is missing")
    returned = Done(topics=("accession:returned:1",))
    stage.tell(office, told, office.act_on(path, "returns", missing), returned)


def _approve(stage: Stage, path: str) -> None:
    office = stage.people["office-admin"]
    seen = office.get(path).body
    stage.quietly(office.confirm())
    asked = {"accession": seen["accession"], "version": seen["version"]}
    approved = office.post("/v1/accession-approvals", {"accessions": [asked]})
    told = Words(
        "核准：单位登记、首个管理员账号一并开立",
        "approves: the unit is registered, its first account opened",
    )
    topics = ("accession:approved:1", "organisation:registered:1", "account:opened:1")
    stage.tell(office, told, approved, Done(topics=topics))
