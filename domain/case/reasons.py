"""Why a case is not passed (理由): each reason has its sentence, and rests on rules of the notice.

A reason that a reviewer gives is one of ``REVIEWERS``; what exactly is amiss they say in words
of their own beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.case.values import Reason
    from domain.separation import CitingLaw

REVIEWERS: Mapping[str, str] = {
    "NOT_IN_SCOPE": "不在本通知的申报范围内",
    "ALREADY_TITLED": "已取得职称，不能以此方式再次申报",
    "EXAM_SERIES": "该系列在该级别实行以考代评",
    "WRONG_AUTHORITY": "受理（审批）部门不符",
    "WINDOW_CLOSED": "逾期申报",
    "STAGE_DEADLINE_MISSED": "本环节逾期",
    "STAGE_ORDER": "未按规定逐级办理",
    "EDUCATION_BELOW_MINIMUM": "学历低于规定的最低要求",
    "SPECIALTY_MISMATCH": "专业不符",
    "YEARS_SHORT": "工作年限不足",
    "QUALIFICATION_CERT_MISSING": "未取得规定的职业（从业）资格证书",
    "ASSESSMENT_MISSING": "缺少考核结果",
    "ASSESSMENT_BELOW_QUALIFIED": "考核等次未达合格",
    "ACHIEVEMENT_MISSING": "业绩条件不足",
    "ACHIEVEMENT_NOT_CONFIRMED": "所报业绩未能核实",
    "VACANCY_MISSING": "没有相应等级的岗位空缺，或未经竞聘推荐",
    "SI_EMPLOYER_MISMATCH": "申报单位与参保单位名称不一致，未证明隶属关系",
    "MATERIAL_MISSING": "缺少规定的材料",
    "EVIDENCE_DOUBTED": "材料的真实性存疑",
    "FEE_UNPAID": "未缴清评审费",
    "CONDITION_NOT_MET": "不符合通知规定的其他条件",
}
"""What a reviewer may give as a reason, by its code."""


def reason_objections(reasons: Iterable[Reason], law: CitingLaw) -> list[Refusal]:
    """What is wrong with the reasons that a reviewer gives under the law of the case."""
    found: list[Refusal] = []
    for number, reason in enumerate(reasons):
        place = f"/reasons/{number}"
        if reason.code not in REVIEWERS:
            found.append(_unknown_reason(reason.code, f"{place}/code"))
        if not reason.rules:
            found.append(_without_rule(law, f"{place}/rules"))
        found += rule_objections(reason.rules, law, f"{place}/rules")
    return found


def rule_objections(rules: Iterable[str], law: CitingLaw, pointer: str) -> list[Refusal]:
    """What is wrong with rules that a reviewer cites under the law of the case."""
    strange = [rule for rule in rules if rule not in law.rules]
    if not strange:
        return []
    named, quoted = ("、".join(strange), ", ".join(strange)), _quoted(law)
    return [
        Refusal(
            "UNKNOWN_RULE",
            f"本案所依据的通知中没有以下规则：{named[0]}。可引用：{quoted[0]}。",
            f"The notice of this case has no such rules: {named[1]}. It has {quoted[1]}.",
            pointer=pointer,
        )
    ]


def _without_rule(law: CitingLaw, pointer: str) -> Refusal:
    quoted = _quoted(law)
    return Refusal(
        "REASON_WITHOUT_RULE",
        f"每项理由须注明所依据的规则。可引用：{quoted[0]}。",
        f"Each reason names the rules that it rests on. There are {quoted[1]}.",
        pointer=pointer,
    )


def _unknown_reason(code: str, pointer: str) -> Refusal:
    known = "、".join(f"{each}（{words}）" for each, words in REVIEWERS.items())
    return Refusal(
        "UNKNOWN_REASON",
        f"没有「{code}」这一理由。可用：{known}。",
        f"There is no reason {code!r}; there are {', '.join(REVIEWERS)}.",
        pointer=pointer,
    )


def _quoted(law: CitingLaw) -> tuple[str, str]:
    return "、".join(law.rules), ", ".join(law.rules)
