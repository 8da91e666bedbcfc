"""Direct recognition in one city, 2024: a master with work before the degree, papers besides.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import founding
from api.demo.beside_review import go_on, hand_in, post
from api.demo.expecting import Done, refused
from api.demo.filing import prepare, submit
from api.demo.reviewing import decide, opine, pass_on
from api.demo.words import Words
from api.demo.yiyang.cast import (
    CLAIMS,
    EVIDENCE,
    HOUSES,
    INSTITUTE,
    ORIGINALS,
    PAPERS,
    SEALED,
    TITLE,
)

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "master"


def yiyang(stage: Stage) -> None:
    """Refused in the spring by the arithmetic of years, recognised in the autumn."""
    stage.teller.chapter(
        Words("益阳：读研前已有工作经历的硕士", "Yiyang: a master who had worked before"),
        Words(
            "硕士须再从事本专业满3年；取得学位前已从事专业技术工作1年以上的，减1年。线上线下都要交。",
            "Three years after the degree, less one for a year of such work before it; online and"
            " on paper.",
        ),
    )
    founding.found(stage, HOUSES)
    founding.applicant(stage, INSTITUTE, "master", "孟拾穗")
    _too_early(stage)
    _employer(stage)
    _papers(stage)


def _too_early(stage: Stage) -> None:
    stage.at("2024-05-20 09:00")
    master = stage.people["master"]
    prepare(stage, master, CASE, TITLE, CLAIMS, (EVIDENCE,))
    told = Words("上半年提交：减1年后仍要到7月1日才满", "files in May: short until 1 July")
    short = refused("YEARS_SHORT", "YY-06", "YY-09", "YY-15", "YY-16", recorded=True)
    stage.tell(master, told, submit(stage, master, CASE), short)
    stage.at("2024-11-04 09:00")
    told = Words("下半年提交：已满2年，受理", "files in November: two years are full")
    stage.tell(master, told, submit(stage, master, CASE), Done(topics=("case:submitted:1",)))


def _employer(stage: Stage) -> None:
    handler, leader = stage.people["institute-handler"], stage.people["institute-leader"]
    told = Words("逐项核实，建议推荐", "finds on each claim, recommends")
    stage.tell(handler, told, opine(stage, handler, CASE, "学历、经历属实。"))
    told = Words("同意推荐，进入公示", "approves; publicity comes next")
    stage.tell(leader, told, decide(stage, leader, CASE))
    stage.at("2024-11-05 09:00")
    told = Words(
        "张贴公示：通知未定期限，按国家通行规则5个工作日，并注明来源",
        "posts it: the notice sets no length, so the national default of five days, shown as such",
    )
    posted = post(stage, handler, CASE, "2024-11-05", "所务公开栏")
    stage.tell(handler, told, posted, Done(topics=("case:publicity-opened:1",)))
    stage.at("2024-11-11 09:00")
    told = Words(
        "公示四个工作日即上报：不拦截，但标注", "goes on a day early: not refused, but flagged"
    )
    early = Done(topics=("case:deviation-flagged:1", "case:forwarded:1"))
    stage.tell(handler, told, go_on(stage, handler, CASE), early)
    pass_on(stage, CASE, "department-handler", "department-leader")
    stage.teller.note(Words("主管部门两人审核上报。", "The department's two persons pass it on."))


def _papers(stage: Stage) -> None:
    stage.at("2024-11-18 09:00")
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    told = Words("形式审查，建议认定", "reviews the form of it, recommends")
    stage.tell(handler, told, opine(stage, handler, CASE, "线上材料符合条件。"))
    told = Words("纸质材料未到即行认定", "recognises before any paper has come")
    bare = decide(stage, leader, CASE)
    rules = ("YY-33", "YY-34", "YY-35", "YY-36", "YY-37", "YY-39", "YY-40", "YY-41")
    stage.tell(leader, told, bare, refused("MATERIAL_MISSING", *rules))
    stage.at("2024-11-20 09:00")
    told = Words(
        "登记纸质材料和核对过的盖章：益阳大道世纪大厦1728办公室", "enters papers and the seals seen"
    )
    came = hand_in(stage, handler, CASE, PAPERS, "2024-11-20", sealed=SEALED)
    stage.tell(handler, told, came)
    told = Words("只收到复印件即行认定", "recognises with the copies alone")
    copies = decide(stage, leader, CASE)
    stage.tell(leader, told, copies, refused("ORIGINAL_NOT_SEEN", "YY-33", "YY-34", "YY-39"))
    told = Words("原件当场核验并退还", "compares the originals and hands them back")
    seen = hand_in(stage, handler, CASE, (), "2024-11-20", originals=ORIGINALS)
    stage.tell(handler, told, seen)
    told = Words("认定中级", "recognises the intermediate title")
    recognised = Done(topics=("case:recognised:1", "person:title-gained:1"))
    stage.tell(leader, told, decide(stage, leader, CASE), recognised)
