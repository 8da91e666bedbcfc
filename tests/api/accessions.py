"""Employers that apply for their own registration over HTTP: what they send, who answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from domain.organisation.credit_code import check_sign, own_check_sign
from tests.api.client import Client
from tests.api.filings import SCAN, done
from tests.api.society import invented_number
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import Society

PATH, APPROVALS = "/v1/accessions", "/v1/accession-approvals"
QUEUE = "/v1/work-queue/accessions"
MISSING = {"missing": "营业执照扫描件模糊，请重新上传"}
REASON = {"reason": "经核实无此单位"}
_NUMBERS = count(1)


@dataclass(frozen=True)
class Applied:
    """An application, by its path, its receipt and its administrator's number."""

    path: str
    receipt: str
    number: str

    @property
    def accession(self) -> str:
        """Its id."""
        return self.path.rpartition("/")[2]


def code() -> str:
    """A credit code that nobody has: of an enterprise of the county that tests invent."""
    own = f"MA{next(_NUMBERS):06d}"
    first_seventeen = f"91360734{own}{own_check_sign(own)}"
    return first_seventeen + check_sign(first_seventeen)


def scan(society: Society, paper: str = "business_licence", octets: bytes = SCAN) -> dict[str, str]:
    """A document that was uploaded by somebody who shows nothing of who they are."""
    sent = Client(society.address).post("/v1/public-files", octets, Content_Type="application/pdf")
    return {"upload": str(done(sent).body["upload"]), "paper": paper}


def employer(society: Society, **members: Any) -> dict[str, Any]:  # noqa: ANN401 -- of a request
    """What a private company of the county states, with its licence."""
    number = members.pop("number", None) or invented_number()
    return {
        "name": "某某科技有限公司",
        "credit_code": code(),
        "kind": "enterprise",
        "ownership": "non_state",
        "level": "county",
        "area": COUNTY,
        "administrator": {
            "name": members.pop("administrator_name", "某管理员"),
            "document": {"kind": "resident_identity_card", "number": number},
        },
        "contact": "某处信箱",
        **({} if "documents" in members else {"documents": [scan(society)]}),
        **members,
    }


def send(society: Society, body: dict[str, Any]) -> Answer:
    """An application, sent from outside."""
    return Client(society.address).post(PATH, body)


def applied(society: Society, **members: Any) -> Applied:  # noqa: ANN401 -- of a request
    """An application that was taken in; its id is what the record says, for no answer does."""
    body = employer(society, **members)
    receipt = done(send(society, body)).body["receipt"]
    stream = society.services.receipts.stream_of(receipt)
    return Applied(f"{PATH}/{stream}", receipt, body["administrator"]["document"]["number"])


def by_receipt(society: Society, receipt: str, tail: str = "/follow", **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """What whoever holds a receipt asks."""
    return Client(society.address).post(f"{PATH}{tail}", {"receipt": receipt, **members})


def version_of(by: Actor, one: Applied) -> int:
    """The version in which somebody sees an application."""
    return int(done(by.get(one.path)).body["version"])


def approve(by: Actor, *asked: Applied, key: str | None = None, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """The approval of some applications, each in the version that is seen, or the first."""
    rows = []
    for one in asked:
        seen = by.get(one.path)
        version = seen.body["version"] if seen.status == 200 else 1
        rows.append({"accession": one.accession, "version": version, **members})
    return by.post(APPROVALS, {"accessions": rows}, key=key)
