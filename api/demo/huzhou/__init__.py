"""Initial determination in one county, autumn 2024: two publicities, one over National Day.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import founding
from api.demo.beside_review import go_on, hand_in, post, publish, take_down
from api.demo.expecting import Answered, Done, refused
from api.demo.filing import attach, resubmit, submit
from api.demo.huzhou.achieving import achievements
from api.demo.huzhou.cast import COMPANY, HOUSES, INSURANCE, SHEET
from api.demo.participant import BY_ITSELF
from api.demo.reviewing import decide, give_back, opine
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "graduate"
_TOO_SHORT = refused("PUBLICITY_TOO_SHORT", "HZ-34", "HZ-36")


def huzhou(stage: Stage) -> None:
    """One case, returned twice, through the employer's publicity and the bureau's."""
    stage.teller.chapter(
        Words("湖州：区县本科生，两次公示，两次退回", "Huzhou: a county bachelor, two publicities"),
        Words(
            "工作日按国务院放假安排逐日计算：9月29日、10月12日调休上班计入，国庆七天不计。",
            "Working days are counted one by one: the make-up days 29 September and 12 October"
            " count, the seven days of National Day do not.",
        ),
    )
    founding.found(stage, HOUSES)
    founding.applicant(stage, COMPANY, "graduate", "闵嘉树")
    achievements(stage, CASE)
    _file(stage)
    _returned_by_the_employer(stage)
    _first_publicity(stage)
    _returned_by_the_bureau(stage)
    _second_publicity(stage)
    _outcome(stage)


def _file(stage: Stage) -> None:
    stage.at("2024-09-18 14:00")
    graduate = stage.people["graduate"]
    told = Words("申报助理级初定（本科，满1年）", "files for the assistant level")
    filed = Done(topics=("case:submitted:1",))
    stage.tell(graduate, told, submit(stage, graduate, CASE), filed)


def _returned_by_the_employer(stage: Stage) -> None:
    handler, graduate = stage.people["company-handler"], stage.people["graduate"]
    item = {"subject": "assessed-2023", "problem": "考核表缺单位盖章。", "rules": ["HZ-23"]}
    told = Words("第一次退回：考核表缺盖章", "returns it: the assessment sheet bears no seal")
    back = give_back(stage, handler, CASE, [item], due_on="2024-09-25", resume_stage="employer")
    stage.tell(handler, told, back)
    stage.at("2024-09-20 09:00")
    stage.quietly(attach(stage, graduate, CASE, SHEET))
    told = Words("补正后重新提交，第二轮", "mends it and files again: round 2")
    stage.tell(graduate, told, resubmit(stage, graduate, CASE))


def _first_publicity(stage: Stage) -> None:
    handler, leader = stage.people["company-handler"], stage.people["company-leader"]
    told = Words("真实性审查，建议推荐", "reviews the truth of it, recommends")
    stage.tell(handler, told, opine(stage, handler, CASE, "材料属实，建议推荐。"))
    told = Words("同意推荐，进入公示", "approves; publicity comes next")
    stage.tell(leader, told, decide(stage, leader, CASE))
    stage.at("2024-09-23 09:00")
    told = Words("9月23日张贴公示", "posts it on 23 September")
    stage.tell(handler, told, post(stage, handler, CASE, "2024-09-23", "公司公告栏"))
    stage.at("2024-09-25 09:00")
    told = Words("公示被提前撤下：作废，须重新公示", "it was taken down early: void")
    down = take_down(stage, handler, CASE, "2024-09-25", "公告栏施工，公示被撤下。")
    stage.tell(handler, told, down, Done(topics=("case:publicity-voided:1",)))
    told = Words("9月25日重新张贴，5个工作日", "posts it anew, for five working days")
    again = post(stage, handler, CASE, "2024-09-25", "公司大厅")
    stage.tell(handler, told, again, Done(topics=("case:publicity-opened:1",)))
    told = Words("公示至10月8日24时", "it runs until the end of 8 October")
    until = Answered({"standing.public_until": "2024-10-08"})
    stage.tell(handler, told, handler.get(stage.cases[CASE]), until)
    stage.at("2024-10-08 23:50")
    told = Words("公示最后一天即上报", "goes on while the last day still runs")
    stage.tell(handler, told, go_on(stage, handler, CASE), _TOO_SHORT)
    _closed_by_itself(stage, "2024-10-09 00:00:30")
    told = Words("公示期满，上报县人社局", "forwards it to the bureau")
    stage.tell(handler, told, go_on(stage, handler, CASE), Done(topics=("case:forwarded:1",)))


def _returned_by_the_bureau(stage: Stage) -> None:
    stage.at("2024-10-09 09:00")
    handler, graduate = stage.people["bureau-handler"], stage.people["graduate"]
    item = {"subject": "insurance", "problem": "参保证明为去年版本。", "rules": ["HZ-25", "HZ-26"]}
    told = Words("第二次退回：参保证明须更新", "returns it again: the insurance record is old")
    back = give_back(stage, handler, CASE, [item], due_on="2024-10-16", resume_stage="county_hr")
    stage.tell(handler, told, back)
    stage.at("2024-10-10 09:00")
    stage.quietly(attach(stage, graduate, CASE, INSURANCE))
    told = Words("更新后重新提交，第三轮，直接回到县级", "files again: round 3, at the bureau")
    stage.tell(graduate, told, resubmit(stage, graduate, CASE))


def _second_publicity(stage: Stage) -> None:
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    told = Words("复审基本资格，建议初定", "reviews eligibility, recommends")
    stage.tell(handler, told, opine(stage, handler, CASE, "符合初定条件。"))
    told = Words("同意，进入结果公示", "approves; the result is to be made public")
    stage.tell(leader, told, decide(stage, leader, CASE))
    stage.at("2024-10-11 09:00")
    told = Words("官网公示，周六10月12日上班，计入", "posts the result; Saturday the 12th counts")
    stage.tell(handler, told, post(stage, handler, CASE, "2024-10-11", "县人社局官网"))
    until = Answered({"standing.public_until": "2024-10-17"})
    told = Words("公示至10月17日24时", "it runs until the end of 17 October")
    stage.tell(handler, told, handler.get(stage.cases[CASE]), until)
    _closed_by_itself(stage, "2024-10-18 00:00:30")


def _outcome(stage: Stage) -> None:
    stage.at("2024-10-18 09:00")
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    told = Words("公示无异议，初定", "determines the title")
    recognised = Done(topics=("case:recognised:1", "person:title-gained:1"))
    stage.tell(leader, told, go_on(stage, leader, CASE), recognised)
    told = Words("登记发文：名单所列各件各自留痕", "enters the published document")
    published = publish(stage, handler, (CASE,), "德人社发演〔2024〕1号", "2024-10-18")
    named = Done(topics=("decision:published:1", "case:decision-published:1"))
    stage.tell(handler, told, published, named)
    told = Words("发放电子证书", "issues the certificate")
    issued = handler.act_on(stage.cases[CASE], "certificates", {})
    stage.tell(handler, told, issued, Done(topics=("case:certificate-issued:1",)))
    stage.at("2024-11-04 09:00")
    told = Words(
        "登记初定表（纸质）：公示期满两周内应交，已逾期，照收并标注",
        "enters the paper form: due within two weeks, so taken and flagged as late",
    )
    received = hand_in(stage, handler, CASE, ("determination_form",), "2024-11-04")
    stage.tell(
        handler, told, received, Done(topics=("case:paper-received:1", "case:overdue-flagged:1"))
    )


def _closed_by_itself(stage: Stage, moment: str) -> None:
    stage.at(moment)
    closed = stage.until(
        stage.people["bureau-handler"], stage.cases[CASE], "standing.phase", "publicised"
    )
    told = Words("24时已过，公示自动结束", "midnight has passed: the publicity ends")
    stage.tell(BY_ITSELF, told, closed, Answered({"standing.phase": "publicised"}))
