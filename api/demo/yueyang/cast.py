"""Who takes part: an invented cultural centre of a real city, and everybody above it."""

from __future__ import annotations

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.founding import House
from api.demo.words import Words

_AREA = "湖南省/岳阳市"


def _house(key: str, name: str, short: Words, people: tuple[str, str], body: str) -> House:
    handler, leader = people
    return House(
        key=key,
        name=f"岳阳市{name}（演示）",
        short=short,
        handler=handler,
        leader=leader,
        level="city",
        area=_AREA,
        bodies=(body,),
        superior=_ABOVE.get(key),
        bureau=None,
    )


_ABOVE = {"office": "board", "board": "committee", "department": "office"}
"""Who stands next above whom."""

COMMITTEE = _house(
    "committee",
    "某中级评审委员会",
    Words("中评会", "committee"),
    ("秘书甲", "主任乙"),
    "final_body",
)
BOARD = _house(
    "board",
    "某评委会办公室",
    Words("评委会办公室", "committee's office"),
    ("左岸", "易文"),
    "committee_office",
)
OFFICE = _house(
    "office",
    "某职称改革工作办公室",
    Words("市职改办", "city title office"),
    ("颜如许", "任平生"),
    "city_title_office",
)
DEPARTMENT = _house(
    "department",
    "某文化旅游广电局",
    Words("行业主管局", "industry's department"),
    ("方晓", "汤一介"),
    "industry_department",
)
CENTRE = House(
    key="centre",
    name="岳阳市某群众艺术馆（演示）",
    short=Words("群艺馆", "cultural centre"),
    handler="戴月",
    leader="毛润生",
    level="city",
    area=_AREA,
    bodies=("employer",),
    kind="institution",
    superior="department",
    bureau="office",
)
HOUSES = (COMMITTEE, BOARD, OFFICE, DEPARTMENT, CENTRE)

TITLE = Title(pack="yueyang-2024", series="群文", specialty="音乐辅导", level="intermediate")
CLAIMS: dict[str, object] = {
    **NOTHING_ELSE,
    "specialty_studied": "音乐学",
    "specialty_worked": "音乐辅导",
    "educations": [
        {
            "claim": "degree",
            "level": "bachelor",
            "mode": "full_time",
            "major": "音乐学",
            "awarded_on": "2016-06-30",
            "school": "某音乐学院",
        }
    ],
    "work": [
        {
            "claim": "work",
            "first_day": "2016-08-01",
            "relation": "same",
            "professional": True,
            "at_employer": True,
        }
    ],
    "achievements": [
        {"claim": "concert", "item": "业绩", "year": 2023, "description": "组织全市合唱展演"}
    ],
}
QUALIFICATION = File(
    kind="qualification", title="资格审查材料（签字盖章扫描件）", supports=("degree", "work")
)
FEE = 21500
"""The fee of an intermediate title, in fen."""
