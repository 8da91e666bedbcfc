"""An inspector looks the person up, for a reason, and the look leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """What the record says, who answers for the case, and who asked."""
    stage.teller.chapter(
        Words("纪检四、查询与留痕", "Discipline 4 · Looking up, and its trace"),
        Words(
            "查询诚信档案须写明理由，每次查询本身也是一条记录。",
            "Whoever reads the record says why, and each reading is itself on record.",
        ),
    )
    stage.at("2024-09-05 09:00")
    inspector, person = stage.people["inspector"], stage.people["cheat"].person
    body = {"person": person, "reason": "核查线索"}
    asked = inspector.post("/v1/integrity-consultations", body)
    told = Words("说明理由，查询诚信档案", "says why, and consults the record")
    entire = Answered({"extent": "integrity-record", "block": True}, status=201)
    stage.tell(inspector, told, asked, entire)
    consultation = str(asked.member("consultation"))
    told = Words("阅看该人的记录", "reads the person's entry")
    seen = stage.look(inspector, "/v1/integrity-records", Consultation=consultation)
    active = Answered({"records.0.state": "active", "records.0.ends_on": "2027-06-18"})
    stage.tell(inspector, told, seen, active)
    told = Words("调阅责任链：谁在何时凭何材料核实", "reads who verified what, on which papers")
    chain = inspector.get(f"{stage.cases['cheat']}/responsibility")
    handler = stage.people["company-handler"].person
    stage.tell(inspector, told, chain, Answered({"acts.0.person": handler}))
    told = Words("查看查询留痕", "sees who consulted whom")
    trace = stage.look(inspector, f"/v1/consultations?subject={person}")
    looked = {"consultations.0.person": inspector.person}
    stage.tell(inspector, told, trace, Answered(looked))
