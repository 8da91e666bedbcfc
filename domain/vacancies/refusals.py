"""The reasons, with their sentences, for which an act on a form of posts is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.policy.vacancy_form import FormSeal, VacancyFormRule
    from domain.refusal import Citation


def not_asked() -> Refusal:
    """The notice asks for no such form."""
    return Refusal(
        "VACANCY_FORM_NOT_ASKED",
        "本通知没有要求填报岗位信息表，无需填报。",
        "The notice asks for no form of posts; none is needed.",
    )


def other_columns(strange: list[str], rule: VacancyFormRule) -> Refusal:
    """The form has other columns than the notice asks for."""
    chinese = "、".join(f"{each.id}（{each.chinese}）" for each in rule.columns.values())
    return Refusal(
        "VACANCY_COLUMNS",
        f"岗位信息表应有且只有以下各列：{chinese}；不符：{'、'.join(strange)}。",
        f"The form has exactly the columns {', '.join(rule.columns)}; not so: {strange}.",
        rule.citations,
        "/columns",
    )


def commitment_missing(citations: tuple[Citation, ...]) -> Refusal:
    """The employer did not undertake to appoint (HZ-56)."""
    return Refusal(
        "COMMITMENT_MISSING",
        "须由单位承诺：申报人取得任职资格后按规定及时聘任。",
        "The employer undertakes to appoint whom it recommends once they hold the title.",
        citations,
        "/committed",
    )


def not_on_staff(pointer: str) -> Refusal:
    """Somebody on the list has no account at this employer."""
    return Refusal(
        "NOT_ON_STAFF",
        "名单中的人员不是本单位申报人员，请先在本单位为其创建账号。",
        "Whoever is listed needs an account at this employer first.",
        pointer=pointer,
    )


def listed_twice(pointer: str) -> Refusal:
    """Somebody stands on the list twice."""
    return Refusal(
        "LISTED_TWICE", "名单中同一人重复出现。", "Somebody is listed twice.", pointer=pointer
    )


def unknown_level(pointer: str, levels: Collection[str]) -> Refusal:
    """The law knows no such level."""
    return Refusal(
        "UNKNOWN_LEVEL",
        f"没有这一级别，可用：{'、'.join(levels)}。",
        f"There is no such level; there are {', '.join(levels)}.",
        pointer=pointer,
    )


def no_such_seal(seal: str) -> Refusal:
    """The form has no place for this seal."""
    return Refusal(
        "UNKNOWN_SEAL",
        f"岗位信息表没有「{seal}」这一意见栏。",
        f"The form has no place for the opinion {seal!r}.",
        pointer="/seal",
    )


def not_your_seal(citations: tuple[Citation, ...]) -> Refusal:
    """The seal is not the officer's organisation's to put."""
    return Refusal(
        "NOT_YOUR_SEAL",
        "这一意见不由您所在单位签署。",
        "This opinion is not your organisation's to give.",
        citations,
        "/seal",
    )


def seal_order(lacking: tuple[FormSeal, ...]) -> Refusal:
    """A seal that comes before this one is not there yet."""
    return Refusal(
        "SEAL_ORDER",
        f"意见须逐级签署，尚缺：{'、'.join(each.chinese for each in lacking)}。",
        f"The opinions follow one another; still missing: "
        f"{', '.join(each.english for each in lacking)}.",
        lacking[0].citations,
        "/seal",
    )


def opinion_given() -> Refusal:
    """The opinion stands already, or the form was refused."""
    return Refusal(
        "OPINION_GIVEN",
        "这份岗位信息表已有此项意见，或者已被退回，须由单位重新填报。",
        "This opinion has been given, or the form was refused and has to be stated anew.",
        pointer="/seal",
    )
