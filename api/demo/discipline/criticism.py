"""The reviewer who let the forged degree pass is heard, then criticised by circular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Done
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """Proposed, told, answered, issued; by the same two officers."""
    stage.teller.chapter(
        Words("纪检三、通报批评", "Discipline 3 · Criticism by circular"),
        Words(
            "对审查把关不严的个人通报批评，同样先听取陈述申辩。",
            "A reviewer who was careless is criticised, and is heard first as well.",
        ),
    )
    stage.at("2024-09-03 09:00")
    officer, leader = stage.people["integrity-handler"], stage.people["integrity-leader"]
    reviewer = stage.people["company-handler"]
    body = {
        "target": "person",
        "about": reviewer.person,
        "cases": [stage.cases["cheat"].rsplit("/", 1)[-1]],
        "grounds": "未核对学位证书原件即予核实。",
    }
    proposed = officer.post("/v1/criticisms", body)
    stage.tell(officer, Words("拟通报批评经办人", "proposes to criticise the reviewer"), proposed)
    path = f"/v1/criticisms/{proposed.stream}"
    stage.quietly(officer.act_on(path, "notifications", {}))
    told = Words("被通报人陈述申辩", "answers")
    answer = {"statement": "当日系统无法查询，事后未补核。"}
    stage.tell(reviewer, told, reviewer.act_on(path, "statements", answer))
    stage.quietly(leader.confirm())
    told = Words("印发通报", "issues the circular")
    issued = {"decision": "益人社通演〔2024〕1号", "text": "审查把关不严，予以通报批评。"}
    topics = ("criticism:issued:1",)
    stage.tell(leader, told, leader.act_on(path, "issues", issued), Done(topics=topics))
