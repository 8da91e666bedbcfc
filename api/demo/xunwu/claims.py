"""What the applicants of this story claim, and the files that they attach."""

from __future__ import annotations

from api.demo.filing import NOTHING_ELSE, File, Title
from api.demo.xunwu.cast import COMPANY_NAME, INSTITUTE_NAME, PACK

SOCIAL_SCIENCE = "社会科学"
_SUBJECT = "教育学"


def title(series: str = SOCIAL_SCIENCE, specialty: str = _SUBJECT) -> Title:
    """A title of the junior level under the county's notice."""
    return Title(pack=PACK, series=series, specialty=specialty, level="assistant")


def claims(
    *,
    subject: str = _SUBJECT,
    education: str = "bachelor",
    insured: str = INSTITUTE_NAME,
    at_institute_since: str = "2022-07-15",
) -> dict[str, object]:
    """A degree in the subject, work for the present employer, one achievement, the insurance."""
    return {
        **NOTHING_ELSE,
        "specialty_studied": subject,
        "specialty_worked": subject,
        "educations": [
            {
                "claim": "degree",
                "level": education,
                "mode": "full_time",
                "major": subject,
                "awarded_on": "2022-06-30",
                "school": "某大学",
            }
        ],
        "work": [
            {
                "claim": "present-work",
                "first_day": at_institute_since,
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "achievements": [
            {
                "claim": "report",
                "item": "调研报告",
                "year": 2023,
                "description": "全县课堂教学调研报告（第一执笔）",
            }
        ],
        "particulars": [
            {"claim": "profession", "name": "profession", "value": "none"},
            {"claim": "file", "name": "file_kept_at", "value": "none"},
        ],
        "insurance": {"claim": "insurance", "insured_employer": insured, "linked": True},
    }


def at_company(*, insured: str = COMPANY_NAME, **stated: str) -> dict[str, object]:
    """The same, of somebody at the company."""
    return claims(insured=insured, **stated)


def silent() -> dict[str, object]:
    """The same, of somebody who leaves out everything that may be left out."""
    return {**at_company(), "particulars": [], "insurance": None}


def with_earlier_work(stated: dict[str, object]) -> dict[str, object]:
    """The same claims with work before the present employer."""
    earlier = {
        "claim": "earlier-work",
        "first_day": "2021-03-01",
        "last_day": "2022-07-14",
        "relation": "same",
        "professional": True,
        "at_employer": False,
        "workplace": "邻县某研究室",
    }
    work = stated["work"]
    assert isinstance(work, list)
    return {**stated, "work": [earlier, *work]}


DIPLOMA = File(kind="diploma", title="学历学位证书扫描件", supports=("degree",))
REPORT = File(kind="achievement_evidence", title="调研报告及采纳证明", supports=("report",))
LICENCE = File(kind="licence", title="教师资格证", supports=("licence",))
FILES = (DIPLOMA, REPORT)
EARLIER = File(
    kind="work_evidence", title="以往工作经历证明", supports=("earlier-work",), column="其它"
)
