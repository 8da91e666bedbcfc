"""Who takes part: an invented research institute of a real city, its department, the bureau."""

from __future__ import annotations

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.founding import House
from api.demo.words import Words

_AREA = "湖南省/益阳市"

BUREAU = House(
    key="bureau",
    name="益阳市人力资源和社会保障局（演示）",
    short=Words("市人社局", "city bureau"),
    handler="欧阳岚",
    leader="夏定国",
    level="city",
    area=_AREA,
    bodies=("city_hr",),
)
DEPARTMENT = House(
    key="department",
    name="益阳市某主管局（演示）",
    short=Words("主管局", "department"),
    handler="龚明",
    leader="匡正",
    level="city",
    area=_AREA,
    bodies=("competent_department",),
    superior="bureau",
    bureau="bureau",
)
INSTITUTE = House(
    key="institute",
    name="益阳市某农业科学研究所（演示）",
    short=Words("市农科所", "institute"),
    handler="曹溪",
    leader="谭思远",
    level="city",
    area=_AREA,
    bodies=("employer",),
    kind="institution",
    traits=("post.agency=none",),
    superior="department",
    bureau="bureau",
)
HOUSES = (BUREAU, DEPARTMENT, INSTITUTE)

TITLE = Title(pack="yiyang-2024", series="农业", specialty="作物栽培", level="intermediate")
CLAIMS: dict[str, object] = {
    **NOTHING_ELSE,
    "specialty_studied": "作物学",
    "specialty_worked": "作物学",
    "educations": [
        {
            "claim": "master",
            "level": "master",
            "mode": "full_time",
            "major": "作物学",
            "awarded_on": "2022-06-30",
            "school": "某农业大学",
        }
    ],
    "work": [
        {
            "claim": "before",
            "first_day": "2017-07-01",
            "last_day": "2019-08-31",
            "relation": "same",
            "professional": True,
            "at_employer": False,
            "workplace": "邻县农技站",
        },
        {
            "claim": "work",
            "first_day": "2022-07-01",
            "relation": "same",
            "professional": True,
            "at_employer": True,
        },
    ],
    "assessments": [{"claim": "assessed-2023", "year": 2023, "grade": "合格"}],
    "particulars": [
        {"claim": "status", "name": "person.status", "value": "专业技术人员"},
        {"claim": "post", "name": "post.kind", "value": "established"},
    ],
}
EVIDENCE = File(kind="work_evidence", title="读研前工作证明", supports=("before",))
PAPERS = (
    "id_card",
    "diploma",
    "chsi_form",
    "form_x2",
    "establishment_list",
    "annual_assessment",
    "contract",
    "photos_x3",
)
"""What has to come on paper, by the pack's ids."""
ORIGINALS = ("id_card", "diploma", "contract")
"""Those of them whose original is shown with the copy."""
SEALED = (*ORIGINALS, "form_x2", "annual_assessment", "form_reporting_department")
"""Those of them, and the column of one, that bear their seals."""
