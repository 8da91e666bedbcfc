"""What a named check looks at, said in Chinese with its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law import words
from api.law.readable import Readable, listed
from domain.policy.checks.achievements import Recorded, SomeOf
from domain.policy.checks.assessments import Concluded, YearlyGraded
from domain.policy.checks.consents import Consented
from domain.policy.checks.numbers import Aged, EachYear, Graded
from domain.policy.checks.plain import AtLeast, Compared, Served
from domain.policy.checks.specialty import IsKnown, SpecialtiesAgree
from domain.policy.checks.vacancy import Competed, Sealed, Vacant

if TYPE_CHECKING:
    from domain.policy.condition import Check


def check_in_words(check: Check, readable: Readable) -> str:
    """What is looked at, as a sentence without its full stop; empty for a check of no words."""
    match check:
        case Compared():
            return _compared(check, readable)
        case EachYear():
            year = "含计算截止日所在年度" if check.including else "不含计算截止日所在年度"
            return (
                f"最近{check.last}年（{year}）每年的{readable.fact(check.fact)}"
                f"不少于{check.at_least}"
            )
        case Aged():
            return f"按{readable.fact(check.fact)}计算，{_age(check)}"
        case Served():
            return readable.term(check.term)
        case AtLeast():
            return f"学历不低于{readable.education(check.minimum)}"
        case IsKnown():
            return f"{readable.fact(check.known.name)}在所列的名称之中"
        case SpecialtiesAgree():
            return _specialties(check, readable)
        case Consented():
            steps = listed(words.STEPS.get(each, each) for each in check.steps)
            return f"申报前须已完成：{steps}"
        case _:
            return _of_record(check, readable)


def _of_record(check: Check, readable: Readable) -> str:
    """The checks of assessments, achievements and the form of posts."""
    match check:
        case Concluded():
            return f"单位的考核结论为{listed(check.grades)}"
        case YearlyGraded():
            which = f"最近{check.last}个年度" if check.last else "填报的各年度"
            since = "（任现职以来）" if check.since_post else ""
            return f"{which}{since}的考核等次为{listed(check.grades)}"
        case Graded():
            which = f"最近{check.last}个年度" if check.last else "历年"
            return f"{which}的考核中，{listed(check.grades)}不少于{check.at_least}次"
        case SomeOf():
            return f"下列业绩中具备{check.at_least}项以上"
        case Recorded():
            return "填报的业绩均出自本人业绩档案库，并经用人单位审核"
        case Vacant():
            return "按生效的岗位信息表，申报级别有岗位空缺"
        case Competed():
            return "按生效的岗位信息表，竞聘名单列有申报人，推荐的职称与申报一致"
        case Sealed():
            return f"岗位信息表上有：{listed(map(readable.form_seal, check.seals))}"
        case _:
            return ""


def _compared(check: Compared, readable: Readable) -> str:
    required = f"须为：{readable.when(check.require)}" if check.require else ""
    forbidden = f"不得为：{readable.when(check.forbid)}" if check.forbid else ""
    return "；".join(filter(None, (required, forbidden)))


def _age(check: Aged) -> str:
    bounds = (
        f"年满{check.at_least}周岁" if check.at_least is not None else "",
        f"未满{check.under}周岁" if check.under is not None else "",
    )
    return "，".join(filter(None, bounds))


def _specialties(check: SpecialtiesAgree, readable: Readable) -> str:
    compared = "与".join(readable.fact(each) for each in check.of)
    accepted = listed(readable.value("judgement", each) for each in check.accept)
    differing = "由人工判断" if check.differing == "judge" else "视为不符"
    work = "；没有填报的，看最近的工作与专业的关系" if check.by_work else ""
    return f"{compared}{accepted}；文字不同的，{differing}{work}"
