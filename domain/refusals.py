"""The sentences of refusals that several nouns share: who may act, in what order, on which day.

Each code of a refusal has one home that writes its sentences.
What only one file refuses with, it writes itself; what several files of a noun do stands in the
``refusals`` of that noun, what several nouns do stands here, and what a policy pack may refuse
with stands in ``domain.policy.refusal_sentences``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from domain import beijing
from domain.refusal import Refusal
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from domain.refusal import Citation

_SEATS: Mapping[str, str] = {
    HANDLER: "经办人",
    LEADER: "领导",
    INTEGRITY_HANDLER: "诚信管理经办人",
    INTEGRITY_LEADER: "诚信管理领导",
    DUTY_OFFICER: "值守人员",
}


def not_in_seat(*seats: str) -> Refusal:
    """The account holds none of the seats whose act this is, and stands in for none."""
    chinese = "或".join(_SEATS.get(each, each) for each in seats)
    english = " or ".join(each.replace("_", " ") for each in seats)
    return Refusal(
        "NOT_IN_SEAT",
        f"此事由承办单位的{chinese}办理，您目前不在任，也未被指定代行。"
        "请由在任人员办理，或先办理指派。",
        f"This is for the {english} of the organisation that deals with it, whom you neither are"
        " now nor stand in for. Let the holder of the seat act, or be appointed first.",
    )


def unknown_seat(seat: str, seats: Collection[str]) -> Refusal:
    """There is no such seat here; there are ``seats``."""
    return Refusal(
        "UNKNOWN_SEAT",
        f"没有「{seat}」这一岗位，可用：{'、'.join(seats) or '无'}。",
        f"There is no seat {seat!r}; there are: {', '.join(seats) or 'none'}.",
        pointer="/seat",
    )


def not_above() -> Refusal:
    """The authority is neither the one that decides nor one above."""
    return Refusal(
        "NOT_ABOVE",
        "此事项由作出决定的机关或其上级办理，您所在单位不是。请报上级机关办理。",
        "This is for the authority that decides, or one above; yours is neither."
        " Ask the authority above to do it.",
    )


def own_affair(
    chinese: str, english: str, citations: tuple[Citation, ...] = (), pointer: str = ""
) -> Refusal:
    """Nobody deals with what is their own, whatever office they hold; the words name it."""
    return Refusal(
        "OWN_AFFAIR",
        f"不得办理{chinese}，请由他人办理。",
        f"Nobody deals with {english}; let somebody else do it.",
        citations,
        pointer,
    )


def reviewer_investigates(chinese: str, english: str, citations: tuple[Citation, ...]) -> Refusal:
    """Whoever had a part in the case does not look into it afterwards; the words name the act."""
    return Refusal(
        "REVIEWER_INVESTIGATES",
        f"审查过本案或本案的当事人员不得{chinese}，请由他人办理。",
        f"Whoever reviewed the case or is a party to it can't {english}; let somebody else do it.",
        citations,
    )


def proposal_first(chinese: str, english: str) -> Refusal:
    """The leader decides only what a handler has proposed, and once; the words name it."""
    return Refusal(
        "PROPOSAL_FIRST",
        f"没有待决定的{chinese}：须先由经办人提出，再由领导决定，且每项只决定一次。",
        f"No {english} awaits a decision; the handler proposes it, then the leader decides, once.",
    )


def not_its_proposer() -> Refusal:
    """The document behind what was proposed comes from who proposed it, who may take it back."""
    return Refusal(
        "NOT_ITS_PROPOSER",
        "附上文书原件、撤回所提请的事项，由提请人办理。",
        "Whoever proposed it attaches its document, or takes it back.",
    )


def two_officers() -> Refusal:
    """Whoever proposed it does not confirm it."""
    return Refusal(
        "TWO_OFFICERS",
        "须由两名不同的工作人员分别提出和确认。",
        "One officer proposes it, and another confirms it.",
    )


def allegation_first() -> Refusal:
    """Nobody answers an allegation or a criticism before being told of it."""
    return Refusal(
        "ALLEGATION_FIRST",
        "尚未将所涉问题告知被核查人（被通报的单位或人员），不能先行陈述申辩。请先告知。",
        "Nobody answers an allegation or a criticism before being told of it; tell it first.",
    )


def not_yet_heard(citations: tuple[Citation, ...]) -> Refusal:
    """Nobody is found guilty or criticised unheard, while the term for a statement runs."""
    return Refusal(
        "NOT_YET_HEARD",
        "被核查人（被通报的单位或人员）尚未陈述申辩，且陈述申辩期限未满，不能作出决定。",
        "Whom it is about has not been heard, and the term for a statement still runs.",
        citations,
    )


def term_shortened(citations: tuple[Citation, ...]) -> Refusal:
    """Who was told of a term has at least that long."""
    return Refusal(
        "TERM_SHORTENED",
        "已告知的陈述申辩期限不得缩短，请写明不早于原期限的时间。",
        "A term that the person was told of can't be shortened; name the same or a later.",
        citations,
        "/answer_by",
    )


def reason_missing(pointer: str) -> Refusal:
    """Whoever says no says why."""
    return Refusal(
        "REASON_MISSING",
        "不予受理、不通过或不同意的，须写明理由；审查决定还须写明依据条款。",
        "Whoever is against it names the reasons, and in a review the rules that they rest on.",
        pointer=pointer,
    )


def occurred_later(day: date, pointer: str) -> Refusal:
    """What is entered has not happened yet."""
    return Refusal(
        "OCCURRED_LATER",
        f"日期 {day} 晚于今天，只能登记已经发生的事项。",
        f"{day} lies in the future; enter what has happened.",
        pointer=pointer,
    )


def day_of_change(earliest: date, today: date) -> Refusal:
    """What is entered anew counts neither ahead nor from before what it takes the place of."""
    return Refusal(
        "DAY_OF_CHANGE",
        f"生效日期应在 {earliest}（现登记内容的起始日期）至今天 {today} 之间。"
        "尚未生效的，请在生效当日登记。",
        f"The day from which it counts lies from {earliest}, since when the present entry"
        f" holds, to today, {today}. Enter what lies ahead on its day.",
        pointer="/effective_on",
    )


def nothing_changes(pointer: str) -> Refusal:
    """What is entered stands there already."""
    return Refusal(
        "NOTHING_CHANGES",
        "与现登记内容相同，无需变更。",
        "That is what the register says already; there is nothing to change.",
        pointer=pointer,
    )


def due_in_the_past(due: date, pointer: str) -> Refusal:
    """A term, to the last day or to the moment, that has passed already."""
    told = beijing.told(due) if isinstance(due, datetime) else str(due)
    return Refusal(
        "DUE_IN_THE_PAST",
        f"期限（北京时间 {told}）已过，请另定期限。",
        f"The term {told} (Beijing) has passed already; set a later one.",
        pointer=pointer,
    )


def review_under_way() -> Refusal:
    """One re-examination at a time."""
    return Refusal(
        "REVIEW_UNDER_WAY",
        "复查正在进行，无需重复申请。",
        "A re-examination is under way already.",
    )


def review_too_late(last: date, citations: tuple[Citation, ...] = ()) -> Refusal:
    """The term for asking for a re-examination is over."""
    return Refusal(
        "REVIEW_TERM_OVER",
        f"申请复查的期限至 {last} 止，已经届满。仍有异议的，可以投诉举报。",
        f"A re-examination could be asked for until {last}; that day has passed."
        " You can still hand in a complaint.",
        citations,
    )


def no_review_asked() -> Refusal:
    """Nobody asked for a re-examination, or it was decided."""
    return Refusal(
        "NO_REVIEW_ASKED",
        "没有待决定的复查申请。",
        "No re-examination waits for a decision.",
    )


def decided_before(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever had a part in what is re-examined does not decide on it."""
    return Refusal(
        "DECIDED_BEFORE",
        "参与过本案审查、核查或原决定的人员不得决定复查。请由未参与的人员办理。",
        "Whoever reviewed the case or took part in the decision can't decide its re-examination;"
        " let somebody else do it.",
        citations,
    )


def outside_area(title: str) -> Refusal:
    """The employer is not in the area of a notice."""
    return Refusal(
        "NOT_IN_SCOPE",
        f"该单位不在《{title}》适用的地区。请选择单位所在地的通知。",
        f"The employer is not in the area of the notice {title!r}; choose that of its own area.",
        pointer="/pack",
    )
