"""Who takes part: an invented company of a real county, its department, two title offices."""

from __future__ import annotations

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.founding import House
from api.demo.words import Words

_CITY = "河南省/漯河市"
_COUNTY = "河南省/漯河市/临颍县"

CITY = House(
    key="city",
    name="漯河市职称改革领导小组办公室（演示）",
    short=Words("市职改办", "city title office"),
    handler="常德芳",
    leader="史维新",
    level="city",
    area=_CITY,
    bodies=("city_title_office",),
)
OFFICE = House(
    key="office",
    name="临颍县职称改革领导小组办公室（演示）",
    short=Words("县职改办", "county title office"),
    handler="康宁",
    leader="武仲平",
    level="county",
    area=_COUNTY,
    bodies=("county_title_office",),
    superior="city",
    bureau="city",
)
DEPARTMENT = House(
    key="department",
    name="临颍县某主管局（演示）",
    short=Words("主管局", "department"),
    handler="乔木",
    leader="温如玉",
    level="county",
    area=_COUNTY,
    bodies=("competent_department",),
    superior="office",
    bureau="office",
)
COMPANY = House(
    key="company",
    name="临颍某食品科技有限公司（演示）",
    short=Words("某食品公司", "company"),
    handler="路遥知",
    leader="牛得草",
    level="county",
    area=_COUNTY,
    bodies=("employer",),
    kind="enterprise",
    traits=("unit.registered=county",),
    ownership="non_state",
    superior="department",
    bureau="office",
)
NEWCOMER: dict[str, object] = {
    "name": "临颍某调味品有限公司（演示）",
    "kind": "enterprise",
    "ownership": "non_state",
    "level": "county",
    "area": _COUNTY,
    "traits": ["unit.registered=county"],
}
"""A company that applies for its own registration, as its licence has it."""
HOUSES = (CITY, OFFICE, DEPARTMENT, COMPANY)

TITLE = Title(pack="luohe-2020", series="工程", specialty="食品工程", level="assistant")


def claims(*achievements: dict[str, object]) -> dict[str, object]:
    """An adult-college diploma, the junior title of 员级 held for years, and achievements."""
    return {
        **NOTHING_ELSE,
        "specialty_studied": "食品加工",
        "specialty_worked": "食品工程",
        "educations": [
            {
                "claim": "diploma",
                "level": "college",
                "mode": "adult",
                "major": "食品加工",
                "awarded_on": "2014-07-01",
                "school": "某成人高校",
            }
        ],
        "work": [
            {
                "claim": "work",
                "first_day": "2014-08-01",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "titles": [
            {
                "claim": "yuan",
                "level": "yuan",
                "series": "工程",
                "means": "认定考核",
                "gained_on": "2016-12-30",
                "appointed_on": "2017-01-01",
            }
        ],
        "assessments": [
            {"claim": f"assessed-{year}", "year": year, "grade": "合格"}
            for year in (2017, 2018, 2019)
        ],
        "achievements": list(achievements),
        "particulars": [
            {"claim": "status", "name": "person.status", "value": "专业技术人员"},
            {"claim": "profession", "name": "profession", "value": "none"},
        ],
    }


PATENT: dict[str, object] = {
    "claim": "patent",
    "item": "四",
    "year": 2019,
    "description": "一种挂面干燥装置（实用新型，第一发明人）",
    "details": ["granted=true"],
}
DIPLOMA = File(kind="diploma", title="毕业证书扫描件", supports=("diploma",))
EVIDENCE = File(kind="achievement_evidence", title="专利证书", supports=("patent",))
