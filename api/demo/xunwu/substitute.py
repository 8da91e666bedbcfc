"""An applicant who is the handler: she reviews nothing of her own, a substitute takes her place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import refused
from api.demo.filing import prepare, submit
from api.demo.reviewing import decide, opine, pass_on
from api.demo.words import Words
from api.demo.xunwu.claims import FILES, claims, title

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "own"


def tell(stage: Stage) -> None:
    """The institute's handler files her own case; it reaches the county, and waits there."""
    stage.at("2024-11-18 09:00")
    stage.teller.chapter(
        Words("五、申报人就是经办人", "5 · The applicant is the handler"),
        Words(
            "按自然人比对，不按账号；指定代行审查人须写明理由。",
            "Persons are compared, not accounts; a substitute is designated with a reason.",
        ),
    )
    own = stage.people["institute-handler"]
    prepare(stage, own, CASE, title(), claims(), FILES)
    stage.tell(own, Words("提交本人的申报", "files her own case"), submit(stage, own, CASE))
    told = Words("审查本人的申报", "reviews her own case")
    selfish = refused("SELF_REVIEW", "XW-25", recorded=True)
    stage.tell(own, told, opine(stage, own, CASE, "同意。"), selfish)
    administrator, other = stage.people["institute-admin"], stage.people["institute-substitute"]
    told = Words("为本案指定郭小满代行经办", "designates a substitute for this case")
    body = {
        "stage": "employer",
        "seat": "handler",
        "account": other.account,
        "reason": "经办人系申报人本人，依规回避。",
    }
    stage.quietly(administrator.confirm())
    named = administrator.act_on(stage.cases[CASE], "substitutes", body)
    stage.tell(administrator, told, named)
    told = Words("代行经办：逐条核实，建议通过", "handles it in her place")
    stage.tell(other, told, opine(stage, other, CASE, "经核实，建议通过。"))
    leader = stage.people["institute-successor"]
    told = Words("验证口令后同意上报", "approves after giving the password again")
    stage.tell(leader, told, decide(stage, leader, CASE))
    stage.at("2024-11-19 09:00")
    pass_on(stage, CASE, "department-handler", "department-leader")
    stage.teller.note(
        Words("主管部门两人已办理，申报到达县人社局。", "Both seats of the department act, too.")
    )
