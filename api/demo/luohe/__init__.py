"""Recognition by assessment in one city, 2020: promoted on an achievement; an employer; the roll.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import founding
from api.demo.expecting import Answered, Done, refused
from api.demo.filing import attach, prepare, state, submit
from api.demo.luohe.acceding import accede
from api.demo.luohe.cast import COMPANY, DIPLOMA, EVIDENCE, HOUSES, PATENT, TITLE, claims
from api.demo.reviewing import decide, opine, pass_on
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage

CASE = "inventor"


def luohe(stage: Stage) -> None:
    """Refused without an achievement, recognised with one; an employer registers itself."""
    stage.teller.chapter(
        Words("漯河：成人大专，凭一项专利由员级晋升助理级", "Luohe: promoted on one patent"),
        Words(
            "员级满2年，另须符合第七条所列十项中的一项；县职改办审批，次年3月底前报市备案。",
            "Two years at the lower grade and one of ten achievements; the county's title office"
            " decides and files its yearly roll with the city by the end of March.",
        ),
    )
    founding.found(stage, HOUSES)
    founding.applicant(stage, COMPANY, "inventor", "靳小满")
    _achievement(stage)
    _review(stage)
    accede(stage)
    _roll(stage)


def _achievement(stage: Stage) -> None:
    stage.at("2020-01-06 09:00")
    inventor = stage.people["inventor"]
    prepare(stage, inventor, CASE, TITLE, claims(), (DIPLOMA,))
    told = Words("未列业绩即申报", "files without any achievement")
    bare = refused("ACHIEVEMENT_MISSING", "LH-33", recorded=True)
    stage.tell(inventor, told, submit(stage, inventor, CASE), bare)
    stage.quietly(state(stage, inventor, CASE, claims(PATENT)))
    stage.quietly(attach(stage, inventor, CASE, EVIDENCE))
    told = Words("补报专利（第七条第四项）后申报", "files with a patent: item four")
    stage.tell(inventor, told, submit(stage, inventor, CASE), Done(topics=("case:submitted:1",)))


def _review(stage: Stage) -> None:
    pass_on(stage, CASE, "company-handler", "company-leader")
    pass_on(stage, CASE, "department-handler", "department-leader")
    stage.at("2020-01-09 09:00")
    handler, leader = stage.people["office-handler"], stage.people["office-leader"]
    told = Words("县职改办审核：专利属实", "the county's office finds the patent true")
    stage.tell(handler, told, opine(stage, handler, CASE, "专利证书属实，符合晋升条件。"))
    told = Words("审批：认定考核为助理级", "recognises the assistant level")
    recognised = Done(topics=("case:recognised:1", "person:title-gained:1"))
    stage.tell(leader, told, decide(stage, leader, CASE), recognised)


def _roll(stage: Stage) -> None:
    stage.at("2021-04-02 09:00")
    handler, above = stage.people["office-handler"], stage.people["city-handler"]
    path = f"/v1/organisations/{stage.places['office']}"
    report = f"{path}/rolls/2020"
    told = Words("市职改办查看：名册3月31日到期未报", "the city sees that the roll is overdue")
    overdue = Answered({"overdue": True, "due_on": "2021-03-31", "filed": None})
    stage.tell(above, told, stage.look(above, report), overdue)
    told = Words("4月2日报送2020年名册：收下并标注逾期", "files the roll of 2020: taken, late")
    seen = handler.get(report)
    filed = handler.post(f"{path}/rolls", {"year": 2020}, version=seen.version)
    stage.tell(handler, told, filed, Done(topics=("rolls:filed:1",)))
    told = Words("市职改办收到名册", "the city has received it")
    received = Answered({"filed.late": True, "filed.listed": 1, "overdue": False})
    stage.tell(above, told, stage.look(above, report), received)
