"""The printable notice of a negative decision, filled from what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.http.showing import words
from api.problems import Problem
from domain.beijing import BEIJING, day
from domain.case.events import CaseNotAccepted, CaseRejected, HandlerOpinionGiven
from domain.case.reasons import SENTENCES
from domain.person.events import PersonRegistered

if TYPE_CHECKING:
    from api.application.case_reading import Seen
    from api.application.deliberation import Deliberation
    from audit.record import Recorded
    from domain.policy.law import Law

_pages = Environment(
    loader=PackageLoader("api", "pages"), autoescape=True, undefined=StrictUndefined
)
_TITLES = {CaseNotAccepted: "不予受理通知书", CaseRejected: "审核不通过通知书"}
_OUTCOMES = {CaseNotAccepted: "不予受理", CaseRejected: "审核不通过"}
_REMEDIES = {
    CaseNotAccepted: "不予受理不是对申报内容的评价。补齐条件后，可在以后的批次重新申报；"
    "对本决定有异议的，可向作出决定的单位或其上级人社部门提出。",
    CaseRejected: "对本决定有异议的，可向作出决定的单位或其上级人社部门申请复核。",
}


def notice_page(seen: Seen, deliberation: Deliberation, law: Law) -> str:
    """The page. Raises the problem ``NOT_FOUND`` where no negative decision was made."""
    decided = seen.history.recorded[-1]
    for one in reversed(seen.history.recorded):
        if isinstance(one.event, (CaseNotAccepted, CaseRejected)):
            decided = one
            break
    event = decided.event
    if not isinstance(event, (CaseNotAccepted, CaseRejected)):
        raise Problem("NOT_FOUND")
    handled = next(
        one
        for one in reversed(seen.history.recorded)
        if isinstance(one.event, HandlerOpinionGiven) and one.event.stage == event.stage
    )
    authority = deliberation.organisation(event.organisation)
    assert authority is not None
    kind = type(event)
    return _pages.get_template("notice.html").render(
        title=_TITLES[kind],
        outcome=_OUTCOMES[kind],
        remedy=_REMEDIES[kind],
        notice=event.notice,
        number=seen.case.number,
        series=seen.case.series,
        specialty=seen.case.specialty,
        level=_level(law, seen.case.level),
        applicant=_name(deliberation, seen.case.applicant, visible=seen.words),
        authority=authority.name,
        reasons=[_reason(law, each.code, each.rules) for each in event.reasons],
        explanation=words(event.explanation, visible=seen.words),
        handler=_signed(deliberation, handled),
        leader=_signed(deliberation, decided),
        law=f"《{law.title}》（{law.issuer}）",
        day=f"{day(decided.recorded_at):%Y年%m月%d日}",
        digest=decided.leaf_hash.hex(),
    )


def _level(law: Law, level: str) -> str:
    known = law.whole.levels.get(level)
    return known.chinese if known else level


def _reason(law: Law, code: str, rules: tuple[str, ...]) -> dict[str, Any]:
    known = [law.whole.rules[rule] for rule in rules if rule in law.whole.rules]
    return {
        "sentence": SENTENCES[code],
        "rules": [
            {
                "id": each.citation.rule,
                "clause": each.citation.clause,
                "quote": each.citation.quote,
                "default": each.citation.source != law.id,
            }
            for each in known
        ],
    }


def _signed(deliberation: Deliberation, one: Recorded) -> dict[str, Any]:
    """Officials sign with their names."""
    person = getattr(one.actor, "person", "")
    return {
        "name": _name(deliberation, person, visible=True),
        "at": f"{one.recorded_at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        "position": one.position,
    }


def _name(deliberation: Deliberation, person: str, *, visible: bool) -> str:
    for one in deliberation.history(person).recorded:
        if isinstance(one.event, PersonRegistered):
            return words(one.event.name, visible=visible)
    return person
