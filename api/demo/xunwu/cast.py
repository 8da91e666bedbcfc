"""Who takes part: four invented organisations in a real county, and invented people."""

from __future__ import annotations

from dataclasses import replace

from api.demo.invented import document_number, passport_number
from api.demo.registering import Role
from api.demo.words import Words

PACK = "xunwu-2024"
AREA = "江西省/赣州市/寻乌县"

BUREAU, DEPARTMENT, INSTITUTE, COMPANY = "bureau", "department", "institute", "company"

INSTITUTE_NAME = "寻乌县某教育科学研究所（演示）"
COMPANY_NAME = "寻乌某文化科技有限公司（演示）"
AGENCY_NAME = "赣州某人力资源有限公司（演示）"

PLACES: dict[str, dict[str, object]] = {
    BUREAU: {
        "name": "寻乌县人力资源和社会保障局（演示）",
        "kind": "government",
        "ownership": "state",
        "level": "county",
        "area": AREA,
    },
    DEPARTMENT: {
        "name": "寻乌县某主管局（演示）",
        "kind": "government",
        "ownership": "state",
        "level": "county",
        "area": AREA,
        "bureau": BUREAU,
    },
    INSTITUTE: {
        "name": INSTITUTE_NAME,
        "kind": "institution",
        "ownership": "state",
        "level": "county",
        "area": AREA,
        "traits": ["unit.sector=education", "unit.kind=research_institute"],
        "superior": DEPARTMENT,
        "bureau": BUREAU,
    },
    COMPANY: {
        "name": COMPANY_NAME,
        "kind": "enterprise",
        "ownership": "non_state",
        "level": "county",
        "area": AREA,
        "traits": ["unit.sector=machinery", "unit.kind=company"],
        "superior": DEPARTMENT,
        "bureau": BUREAU,
    },
}
"""Organisations by key, as they are registered; ``superior`` and ``bureau`` are keys."""
BODIES = {BUREAU: ("county_hr",), DEPARTMENT: ("competent_department",)}
"""What is granted to those who review beside the employers."""

ADMINISTRATOR = ("administrator", "official")
OFFICIAL = ("official",)
APPLICANT = ("applicant",)


def _of(house: str, house_english: str, post: str, post_english: str) -> Words:
    return Words(f"{house}{post}", f"{post_english}, {house_english}")


def _someone(key: str, name: str, place: int, post: Words, *roles: str) -> Role:
    number = document_number(place)
    return Role(key=key, name=name, login=key, part=post, number=number, roles=roles)


def _bureau(post: str, english: str) -> Words:
    return _of("县人社局", "county bureau", post, english)


def _department(post: str, english: str) -> Words:
    return _of("主管局", "department", post, english)


def _institute(post: str, english: str) -> Words:
    return _of("研究所", "institute", post, english)


def _company(post: str, english: str) -> Words:
    return _of("民营公司", "company", post, english)


BUREAU_STAFF = (
    _someone("bureau-handler", "谢明远", 11, _bureau("经办人", "handler"), *OFFICIAL),
    _someone("bureau-leader", "曾国梁", 12, _bureau("领导", "leader"), *OFFICIAL),
    _someone(
        "integrity-handler", "严正", 13, _bureau("诚信经办人", "integrity handler"), *OFFICIAL
    ),
    _someone("integrity-leader", "邱慎", 14, _bureau("诚信领导", "integrity leader"), *OFFICIAL),
)
DEPARTMENT_STAFF = (
    _someone("department-handler", "刘敏", 21, _department("经办人", "handler"), *OFFICIAL),
    _someone("department-leader", "潘德厚", 22, _department("领导", "leader"), *OFFICIAL),
)
INSTITUTE_STAFF = (
    _someone("institute-leader", "古志坚", 32, _institute("领导", "leader"), *OFFICIAL),
    _someone("institute-successor", "赖春生", 33, _institute("新任领导", "new leader"), *OFFICIAL),
    _someone("institute-substitute", "郭小满", 34, _institute("工作人员", "official"), *OFFICIAL),
)
COMPANY_STAFF = (
    _someone("company-handler", "范立", 42, _company("经办人", "handler"), *OFFICIAL),
    _someone("company-leader", "凌云", 43, _company("领导", "leader"), *OFFICIAL),
)
ADMINISTRATORS = {
    BUREAU: _someone(
        "bureau-admin", "钟文静", 10, _bureau("管理员", "administrator"), *ADMINISTRATOR
    ),
    DEPARTMENT: _someone(
        "department-admin", "陈书林", 20, _department("管理员", "administrator"), *ADMINISTRATOR
    ),
    INSTITUTE: _someone(
        "institute-admin", "黄婷", 30, _institute("管理员", "administrator"), *ADMINISTRATOR
    ),
    COMPANY: _someone(
        "company-admin", "骆晓", 40, _company("管理员", "administrator"), *ADMINISTRATOR
    ),
}
STAFF = {
    BUREAU: BUREAU_STAFF,
    DEPARTMENT: DEPARTMENT_STAFF,
    INSTITUTE: INSTITUTE_STAFF,
    COMPANY: COMPANY_STAFF,
}
SEATS = {
    BUREAU: {
        "handler": "bureau-handler",
        "leader": "bureau-leader",
        "integrity_handler": "integrity-handler",
        "integrity_leader": "integrity-leader",
    },
    DEPARTMENT: {"handler": "department-handler", "leader": "department-leader"},
    COMPANY: {"handler": "company-handler", "leader": "company-leader"},
}
"""Who fills the seats; those of the institute are filled in the story itself."""

HANDLER = Role(
    key="institute-handler",
    name="何秋雨",
    login="institute-handler",
    part=_institute("经办人", "handler"),
    number=document_number(31).replace("X", "x"),
    roles=("official", "applicant"),
)
"""The institute's handler, who is an applicant as well; her number ends in a small x."""
MISREAD = replace(HANDLER, number=document_number(31)[:-1] + "0")
HANDLER_AGAIN = Role(
    key="institute-handler-again",
    name=HANDLER.name,
    login="institute-handler-again",
    part=_institute("经办人的第二账号", "handler's second account"),
    number=document_number(31),
    roles=OFFICIAL,
)
PASSPORT = Role(
    key="company-handler-passport",
    name="范立",
    login="company-handler-passport",
    part=_company("工作人员（护照）", "official, by passport"),
    number=passport_number(42),
    roles=OFFICIAL,
    kind="passport",
)
"""The company's handler once more, under another document."""
CHEAT_AGAIN = Role(
    key="cheat-again",
    name="丁白",
    login="company-ding",
    part=_company("申报人（第二账号）", "applicant, second account"),
    number=document_number(57),
    roles=APPLICANT,
)


def _applicant(key: str, name: str, place: int, house: str = INSTITUTE) -> Role:
    of = _institute if house == INSTITUTE else _company
    return Role(
        key=key,
        name=name,
        login=f"{house}-{key}",
        part=of("申报人", "applicant"),
        number=document_number(place),
        roles=APPLICANT,
    )


APPLICANTS = {
    INSTITUTE: (
        _applicant("scholar", "林知远", 51),
        _applicant("unready", "蔡一鸣", 52),
        _applicant("unproven", "彭若谷", 53),
        _applicant("leaver", "汪晴", 54),
        _applicant("latecomer", "邹平", 55),
        _applicant("teacher", "叶校", 56),
        _applicant("cheat", "丁白", 57),
    ),
    COMPANY: (
        _applicant("engineer", "石磊", 61, COMPANY),
        _applicant("accountant", "钱悦", 62, COMPANY),
        _applicant("straggler", "贺迟", 63, COMPANY),
        _applicant("seconded", "孔借", 64, COMPANY),
        _applicant("editor", "安宁", 65, COMPANY),
        _applicant("veteran", "施前", 66, COMPANY),
        _applicant("mover", "常调", 67, COMPANY),
    ),
}
INSPECTOR = Role(
    key="inspector",
    name="卫清",
    login="demo-inspector",
    part=Words("县纪检监察干部", "discipline inspector"),
    number=document_number(71),
    roles=("inspector",),
)
AUDITOR = Role(
    key="auditor",
    name="申明",
    login="demo-auditor",
    part=Words("审计人员", "auditor"),
    number=document_number(72),
    roles=("auditor",),
)
