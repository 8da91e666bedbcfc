"""Who takes part: an invented company of a real county, and that county's bureau."""

from __future__ import annotations

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.founding import House
from api.demo.words import Words

_AREA = "浙江省/湖州市/德清县"
_BUREAU_NAME = "德清县人力资源和社会保障局（演示）"

BUREAU = House(
    key="bureau",
    name=_BUREAU_NAME,
    short=Words("县人社局", "county bureau"),
    handler="沈知秋",
    leader="姚立本",
    level="county",
    area=_AREA,
    bodies=("county_hr",),
)
COMPANY = House(
    key="company",
    name="德清某智能装备有限公司（演示）",
    short=Words("某装备公司", "company"),
    handler="费小禾",
    leader="章远帆",
    level="county",
    area=_AREA,
    bodies=("employer",),
    kind="enterprise",
    ownership="non_state",
    traits=(f"unit.hr_bureau={_BUREAU_NAME}", "unit.autonomous=false"),
    superior="bureau",
    bureau="bureau",
)
HOUSES = (BUREAU, COMPANY)

TITLE = Title(pack="huzhou-2024", series="工程", specialty="机械工程", level="assistant")
CLAIMS: dict[str, object] = {
    **NOTHING_ELSE,
    "specialty_studied": "机械工程",
    "specialty_worked": "机械工程",
    "educations": [
        {
            "claim": "degree",
            "level": "bachelor",
            "mode": "full_time",
            "major": "机械工程",
            "awarded_on": "2023-06-20",
            "school": "某大学",
        }
    ],
    "work": [
        {
            "claim": "work",
            "first_day": "2023-07-10",
            "relation": "same",
            "professional": True,
            "at_employer": True,
        }
    ],
    "assessments": [{"claim": "assessed-2023", "year": 2023, "grade": "合格"}],
    "particulars": [
        {"claim": "status", "name": "person.status", "value": "专业技术人员"},
        {"claim": "profession", "name": "profession", "value": "none"},
        {"claim": "abroad", "name": "degree.foreign", "value": "false"},
        {"claim": "accepted-by", "name": "filing.accepted_by", "value": _BUREAU_NAME},
    ],
    "insurance": {"claim": "insurance", "insured_employer": COMPANY.name, "linked": True},
}
DIPLOMA = File(kind="diploma", title="学历学位证书扫描件", supports=("degree",))
SHEET = File(kind="annual_assessment", title="2023年度考核登记表", supports=("assessed-2023",))
INSURANCE = File(
    kind="insurance_record",
    title="参保证明",
    supports=("insurance", "work"),
    column="其他附件材料",
)
