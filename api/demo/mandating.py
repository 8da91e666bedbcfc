"""A mandate of those who watch: proposed with the document by one, approved by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.filing import SCAN
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.participant import Participant
    from api.demo.stage import Stage


def mandate(stage: Stage, proposer: Participant, approver: Participant, body: object) -> str:
    """Tell how a mandate comes in force; its id."""
    told = Words("登记审计通知书，附上原件", "proposes an audit notice, with the document itself")
    proposed = stage.tell(proposer, told, proposer.post("/v1/mandates", body))
    path = f"/v1/mandates/{proposed.stream}"
    upload = stage.quietly(proposer.send(f"{path}/uploads", SCAN, "application/pdf"))
    document = {"upload": upload.body["upload"]}
    stage.quietly(proposer.act_on(path, "documents", document))
    stage.quietly(approver.confirm())
    told = Words("同单位另一人确认", "approves it, as another of the same body")
    stage.tell(approver, told, approver.act_on(path, "decisions", {"approved": True}))
    return proposed.stream
