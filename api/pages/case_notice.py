"""The printable notice of a negative decision, filled from what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.http.masking import words
from api.problems import Problem
from domain.beijing import BEIJING, day
from domain.case.committee import RejectedByVote
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.leader_decision import CaseNotAccepted, CaseRejected
from domain.case.objections import RejectedOnObjection
from domain.case.reasons import REVIEWERS
from domain.person.naming import names

if TYPE_CHECKING:
    from api.acts.case_reading import SeenCase
    from api.acts.desk import Desk
    from audit.record import Recorded
    from domain.policy.law import Law

pages = Environment(
    loader=PackageLoader("api", "pages"), autoescape=True, undefined=StrictUndefined
)
Negative = CaseNotAccepted | CaseRejected | RejectedByVote | RejectedOnObjection


@dataclass(frozen=True)
class _Kind:
    """How a notice speaks of one kind of decision; ``signs`` is what its author is called.

    ``because`` is the reason of a decision that nobody gives reasons for one by one.
    """

    title: str
    how: str
    outcome: str
    remedy: str
    signs: str
    because: str = ""


_REVIEW = "对本决定有异议的，可在规定期限内向作出决定的单位或其上级机关申请复查。"
_TWO = "两名工作人员先后审查，决定"
_KINDS: dict[type[Negative], _Kind] = {
    CaseNotAccepted: _Kind(
        "不予受理通知书",
        _TWO,
        "不予受理",
        "不予受理不是对申报内容的评价。补齐条件后，可在以后的批次重新申报；"
        "对本决定有异议的，可在规定期限内向作出决定的单位或其上级机关申请复查。",
        "领导",
    ),
    CaseRejected: _Kind("审核不通过通知书", _TWO, "审核不通过", _REVIEW, "领导"),
    RejectedByVote: _Kind(
        "评审结果通知书", "评审委员会表决", "未获通过", _REVIEW, "登记", "评审委员会表决未通过"
    ),
    RejectedOnObjection: _Kind(
        "异议处理结果通知书",
        "核查异议成立，决定",
        "不予通过",
        _REVIEW,
        "决定",
        "公示期间的异议经核查成立",
    ),
}


def notice_page(seen: SeenCase, desk: Desk, law: Law) -> str:
    """The page. Raises the problem ``NOT_FOUND`` where no negative decision was made."""
    decided = next(
        (one for one in reversed(seen.history.recorded) if isinstance(one.event, Negative)), None
    )
    if decided is None:
        raise Problem("NOT_FOUND")
    event = decided.event
    assert isinstance(event, Negative)
    kind = _KINDS[type(event)]
    signed = [(kind.signs, _signed(desk, decided))]
    if (handled := _handled(seen, event)) is not None:
        signed.insert(0, ("经办人", _signed(desk, handled)))
    office = seen.names.called(event.organisation, decided.position).name
    return pages.get_template("notice.html").render(
        kind=kind,
        notice=event.notice,
        number=seen.case.number,
        series=seen.case.series,
        specialty=seen.case.specialty,
        level=level_called(law, seen.case.level),
        applicant=name_then(desk, seen.case.applicant, decided, visible=seen.words),
        office=office,
        authority=seen.names.acting(decided) or office,
        reasons=[_reason(law, sentence, rules) for sentence, rules in _reasons(event)],
        explanation=words(event.explanation, visible=seen.words),
        signed=signed,
        position=decided.position,
        law=f"《{law.title}》（{law.issuer}）",
        day=f"{day(decided.recorded_at):%Y年%m月%d日}",
        digest=decided.leaf_hash.hex(),
    )


def _handled(seen: SeenCase, event: Negative) -> Recorded | None:
    """The handler's opinion that a leader's decision followed; None for what is no review."""
    if not isinstance(event, (CaseNotAccepted, CaseRejected)):
        return None
    return next(
        one
        for one in reversed(seen.history.recorded)
        if isinstance(one.event, HandlerOpinionGiven) and one.event.stage == event.stage
    )


def _reasons(event: Negative) -> list[tuple[str, tuple[str, ...]]]:
    if isinstance(event, (CaseNotAccepted, CaseRejected)):
        return [(REVIEWERS[each.code], each.rules) for each in event.reasons]
    return [(_KINDS[type(event)].because, event.rules)]


def level_called(law: Law, level: str) -> str:
    """A level in the notice's words."""
    known = law.whole.levels.get(level)
    return known.chinese if known else level


def _reason(law: Law, sentence: str, rules: tuple[str, ...]) -> dict[str, Any]:
    known = [law.whole.rules[rule] for rule in rules if rule in law.whole.rules]
    return {
        "sentence": sentence,
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


def _signed(desk: Desk, one: Recorded) -> dict[str, Any]:
    """Officials sign with their names."""
    person = getattr(one.actor, "person", "")
    return {
        "name": name_then(desk, person, one, visible=True),
        "at": f"{one.recorded_at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        "position": one.position,
    }


def name_then(desk: Desk, person: str, one: Recorded, *, visible: bool) -> str:
    """As somebody was called when it happened."""
    called = names(desk.history(person).as_of(one.position).events)
    return words(called[-1], visible=visible) if called else person
