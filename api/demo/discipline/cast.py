"""Who takes part: an invented company in each of two cities, and those who deal with misconduct."""

from __future__ import annotations

from dataclasses import replace

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.founding import House
from api.demo.invented import document_number
from api.demo.registering import Role
from api.demo.words import Words
from api.demo.yiyang.cast import BUREAU, DEPARTMENT

COMPANY_NAME = "益阳市某农机有限公司（演示）"
ELSEWHERE_NAME = "岳阳市某农机有限公司（演示）"
COMPANY = House(
    key="company",
    name=COMPANY_NAME,
    short=Words("农机公司", "company"),
    handler="丁一帆",
    leader="万里",
    level="city",
    area=BUREAU.area,
    bodies=("employer",),
    kind="enterprise",
    traits=("post.agency=none",),
    superior="department",
    bureau="bureau",
)
OTHER_BUREAU = replace(
    BUREAU,
    key="other-bureau",
    name="岳阳市人力资源和社会保障局（演示）",
    short=Words("邻市人社局", "other city's bureau"),
    handler="施文",
    leader="芦花",
    area="湖南省/岳阳市",
    bodies=("city_hr", "city_title_office", "committee_office", "final_body"),
)
ELSEWHERE = replace(
    COMPANY,
    key="elsewhere",
    name=ELSEWHERE_NAME,
    short=Words("邻市公司", "company in the other city"),
    handler="艾青山",
    leader="柏松",
    area=OTHER_BUREAU.area,
    superior="other-bureau",
    bureau="other-bureau",
)
WATCHERS = House(
    key="watchers",
    name="湖南省纪检监察机关（演示）",
    short=Words("省纪检监察机关", "provincial discipline inspection"),
    handler="冷清秋",
    leader="严守正",
    level="province",
    area="湖南省",
    affairs=("watch",),
)
HOUSES = (BUREAU, DEPARTMENT, COMPANY, OTHER_BUREAU, ELSEWHERE, WATCHERS)

_OFFICIAL = ("official",)
OFFICERS = {
    "duty_officer": Role(
        key="duty-officer",
        name="尤值",
        login="duty-officer",
        part=Words("异议受理审查人", "duty officer"),
        number=document_number(4),
        roles=_OFFICIAL,
    ),
    "integrity_handler": Role(
        key="integrity-handler",
        name="钱查",
        login="integrity-handler",
        part=Words("诚信管理经办人", "integrity handler"),
        number=document_number(5),
        roles=_OFFICIAL,
    ),
    "integrity_leader": Role(
        key="integrity-leader",
        name="郝定",
        login="integrity-leader",
        part=Words("诚信管理领导", "integrity leader"),
        number=document_number(6),
        roles=_OFFICIAL,
    ),
}
"""Of the bureau, by the seats that they fill; none of them reviews."""
INSPECTOR = Role(
    key="inspector",
    name="巡察",
    login="inspector",
    part=Words("纪检人员", "discipline inspector"),
    number=document_number(7),
    roles=("inspector",),
)
CHEAT_NUMBER = document_number(8)
CHEAT = Role(
    key="cheat",
    name="贾文凭",
    login="cheat",
    part=Words("申报人", "applicant"),
    number=CHEAT_NUMBER,
    roles=("applicant",),
)
CHEAT_AGAIN = replace(CHEAT, key="cheat-again", login="cheat-again")
HONEST = replace(CHEAT, key="honest", name="石在", login="honest", number=document_number(9))
LEAVER = replace(CHEAT, key="leaver", name="辛远行", login="leaver", number=document_number(80))

TITLE = Title(pack="yiyang-2024", series="农业", specialty="农业机械", level="assistant")
TITLE_ELSEWHERE = replace(TITLE, pack="yueyang-2024")
PAPERS = (
    "id_card",
    "diploma",
    "chsi_form",
    "form_x2",
    "annual_assessment",
    "contract",
    "photos_x3",
)
ORIGINALS = ("id_card", "diploma", "contract")
SEALED = (*ORIGINALS, "form_x2", "annual_assessment", "form_reporting_agency")
QUALIFICATION = File(
    kind="qualification", title="资格材料", supports=("degree", "work", "assessed", "insurance")
)


def claims(employer: str) -> dict[str, object]:
    """A degree, work for the employer since, an assessment, the insurance."""
    return {
        **NOTHING_ELSE,
        "specialty_studied": "农业机械",
        "specialty_worked": "农业机械",
        "educations": [
            {
                "claim": "degree",
                "level": "bachelor",
                "mode": "full_time",
                "major": "农业机械",
                "awarded_on": "2022-06-30",
                "school": "某农业大学",
            }
        ],
        "work": [
            {
                "claim": "work",
                "first_day": "2022-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "assessments": [{"claim": "assessed", "year": 2023, "grade": "合格"}],
        "particulars": [
            {"claim": "status", "name": "person.status", "value": "专业技术人员"},
            {"claim": "post", "name": "post.kind", "value": "contract"},
        ],
        "insurance": {"claim": "insurance", "insured_employer": employer, "linked": True},
    }
