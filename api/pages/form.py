"""The form of a notice (呈报表、初定表), filled from what is on record, to print, seal and hand in.

What a notice has stamped or signed stands as a box of its own, empty; nothing is filled in there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.http.masking import words
from api.pages.case_notice import level_called, name_then, pages
from api.problems import Problem
from domain.case.facts import about, facts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from api.acts.case_reading import SeenCase
    from api.acts.desk import Desk
    from domain.case.application import Application
    from domain.policy.duties import PaperForm
    from domain.policy.law import Law
    from domain.policy.materials import Material
    from domain.refusal import Citation

_TITLE = re.compile(r"《(.+?)》")
_PAPER = ("paper", "either")


def form_page(seen: SeenCase, desk: Desk, law: Law, at: datetime) -> str:
    """The page. Raises the problem ``NOT_FOUND`` where the notice asks for no form on paper."""
    case, application = seen.case, seen.case.application
    if application is None:
        raise Problem("NOT_FOUND")
    told = facts(about(case, seen.employer, desk.circle(case.applicant)), law, at)
    forms: list[Material | PaperForm] = [
        *(each for each in law.materials(told) if each.kind == "form" and each.channel in _PAPER),
        *law.paper_forms(told),
    ]
    titled = next((each for each in forms if _TITLE.search(each.chinese)), None)
    if titled is None:
        raise Problem("NOT_FOUND")
    last = seen.history.recorded[-1]
    return pages.get_template("form.html").render(
        title=_TITLE.findall(titled.chinese)[0],
        copies=titled.copies,
        number=case.number,
        name=name_then(desk, case.applicant, last, visible=seen.words),
        employer=seen.employer.name,
        series=case.series,
        specialty=case.specialty,
        level=level_called(law, case.level),
        studied=application.specialty_studied,
        worked=application.specialty_worked,
        **_rows(application, law, visible=seen.words),
        boxes=[stamp for each in forms for stamp in _stamps(each)],
        rules=_cited(forms),
        own=law.id,
        law=f"《{law.title}》（{law.issuer}）",
        position=last.position,
        digest=last.leaf_hash.hex(),
    )


def _rows(application: Application, law: Law, *, visible: bool) -> dict[str, list[tuple[str, ...]]]:
    """Education, work, titles held and yearly assessments, each a line of the form."""
    return {
        "educations": [
            (
                _education(law, each.level),
                words(each.school, visible=visible) if each.school else "",
                each.major or "",
                _day(each.awarded_on),
            )
            for each in application.educations or ()
        ],
        "work": [
            (
                f"{_day(each.first_day)}至{_day(each.last_day) or '今'}",
                words(each.workplace, visible=visible) if each.workplace else "",
                each.specialty or "",
            )
            for each in application.work or ()
        ],
        "titles": [
            (level_called(law, each.level), each.series or "", _day(each.gained_on))
            for each in application.titles or ()
        ],
        "assessments": [(f"{each.year}年", each.grade) for each in application.assessments or ()],
    }


def _education(law: Law, level: str) -> str:
    known = law.whole.educations.get(level)
    return known.chinese if known else level


def _stamps(form: Material | PaperForm) -> list[str]:
    """What is stamped or signed, under the name of the column where a form has further ones."""
    column, separator, _ = form.chinese.partition("：")
    return [f"{column}：{each}" if separator else each for each in form.stamps]


def _cited(forms: Iterable[Material | PaperForm]) -> list[Citation]:
    return list({each.rule: each for form in forms for each in form.citations}.values())


def _day(on: date | None) -> str:
    return "" if on is None else f"{on:%Y年%m月%d日}"
