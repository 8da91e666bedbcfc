"""At the door: filings that the notice does not let in, each refused with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, refused
from api.demo.filing import File, Title, prepare, state, submit
from api.demo.words import Words
from api.demo.xunwu.cast import AGENCY_NAME
from api.demo.xunwu.claims import (
    FILES,
    LICENCE,
    at_company,
    claims,
    silent,
    title,
    with_earlier_work,
)

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """The spring batch, and what is refused in it. Every refused filing is itself an event."""
    stage.at("2024-05-20 09:00")
    stage.teller.chapter(
        Words("二、第一批：不予进门的申报", "2 · The spring batch: refused at the door"),
        Words(
            "每一件都在提交时被拦截，附代码、理由、条款和原文；被拦截的申报本身留痕。",
            "Each is stopped when it is filed, with code, reason, clause and quote; the refused"
            " filing is itself on record.",
        ),
    )
    _who_says_nothing(stage)
    _what_is_not_recognised(stage)
    _who_is_not_ready(stage)
    _when(stage)


def _refused(
    stage: Stage,
    key: str,
    wanted: Title,
    stated: dict[str, object],
    did: Words,
    code: str,
    *rules: str,
    files: tuple[File, ...] = FILES,
) -> None:
    who = stage.people[key]
    prepare(stage, who, key, wanted, stated, files)
    reply = submit(stage, who, key)
    stage.tell(who, did, reply, refused(code, *rules, recorded=True))


def _who_says_nothing(stage: Stage) -> None:
    """Silence is no yes: whose turn it is to say what is told, fact by fact."""
    _refused(
        stage,
        "straggler",
        title(),
        silent(),
        Words("参保、档案存放、职业均未说明", "leaves out insurance, file and profession"),
        "FACT_OPEN",
        "XW-15",
        "XW-13",
        "XW-14",
        "XW-16",
    )


def _what_is_not_recognised(stage: Stage) -> None:
    _refused(
        stage,
        "engineer",
        title("工程", "机械工程"),
        at_company(subject="机械工程"),
        Words("民营企业人员申报工程系列", "files for engineering from a non-state enterprise"),
        "NON_STATE_ENTERPRISE_ENGINEERING",
        "XW-18",
    )
    _refused(
        stage,
        "accountant",
        title("会计", "会计学"),
        at_company(subject="会计学"),
        Words("申报已以考代评的会计系列", "files for accounting, which is by examination"),
        "EXAM_SERIES",
        "XW-17",
    )


def _who_is_not_ready(stage: Stage) -> None:
    _refused(
        stage,
        "editor",
        title("新闻编辑", "新闻学"),
        at_company(subject="新闻学", education="college"),
        Words("大专学历申报要求本科的系列", "files with 大专 where 本科 is asked for"),
        "EDUCATION_BELOW_MINIMUM",
        "XW-08",
        "XW-09",
    )
    _refused(
        stage,
        "seconded",
        title(),
        at_company(insured=AGENCY_NAME),
        Words("参保单位与申报单位名称不一致，无两章证明", "insured elsewhere, no two-seal proof"),
        "SI_EMPLOYER_MISMATCH",
        "XW-13",
        "XW-14",
    )
    _refused(
        stage,
        "veteran",
        title(),
        with_earlier_work(at_company()),
        Words("申报以往工作经历而无佐证", "claims earlier work without evidence"),
        "MATERIAL_MISSING",
        "XW-28",
        "XW-29",
    )


def _when(stage: Stage) -> None:
    licence = {"claim": "licence", "kind": "教师资格证", "gained_on": "2022-06-01"}
    _refused(
        stage,
        "teacher",
        title("中小学教师", "小学数学"),
        {**claims(subject="小学数学"), "licences": [licence]},
        Words("教育系统教师在第一批申报", "a teacher files in the spring batch"),
        "WINDOW_NOT_OPEN",
        "XW-02",
        "XW-03",
        "XW-04",
        files=(*FILES, LICENCE),
    )
    straggler = stage.people["straggler"]
    stage.quietly(state(stage, straggler, "straggler", at_company()))
    stage.at("2024-05-31 00:00:01")
    told = Words("窗口关闭后一秒提交", "files one second after the window")
    late = refused("WINDOW_CLOSED", "XW-02", "XW-03", "XW-04", recorded=True)
    stage.tell(straggler, told, submit(stage, straggler, "straggler"), late)
    auditor = stage.people["auditor"]
    told = Words("查阅全部拦截记录", "reads every refusal on record")
    newest = Answered({"refusals.0.codes": ["WINDOW_CLOSED"], "refusals.0.kind": "filing"})
    stage.tell(auditor, told, stage.look(auditor, "/v1/refusals"), newest)
