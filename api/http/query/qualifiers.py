"""Which qualifiers there are, what each takes, and what it says in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.conventions.fields import EARLIEST, LATEST
from api.conventions.vocabulary import Names, told, word_of
from api.http import labels
from api.http.labels_of_laws import marks, of_laws, refusal_codes
from api.identifiers import is_id
from api.services import services
from domain.area import LEVELS
from domain.event import topics
from domain.policy.faults import close_to
from projections import organisations
from projections.asking import EQUAL, Bound, Scalar
from projections.case_acts import TOLD
from projections.case_order import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Acting
    from api.http.query.grammar import Value
    from api.identifiers import Kind

_LONGEST_TEXT, _LARGEST = 80, 1_000_000
_RANGE = ".."
MINE = ("me", "本人")


class WrongValueError(ValueError):
    """A value that its qualifier does not take: what it takes instead, in Chinese and English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese, self.english = chinese, english


def perhaps(words: Iterable[str], known: Iterable[str]) -> tuple[str, str]:
    """What was perhaps meant, asked in Chinese and English; empty where nothing is near."""
    meant = close_to(words, known)
    if not meant:
        return "", ""
    return f"您是否要写 {'、'.join(meant)}？", f"Did you mean {', '.join(meant)}? "


Reads = Callable[[str, "Acting"], Scalar]


@dataclass(frozen=True)
class Qualifier:
    """One qualifier.

    ``kind`` says of what type its values are, ``compares`` whether signs may stand before them;
    ``words`` are the values that it takes, where these are a vocabulary; ``searched``: the id of a
    search stands for the persons that it found.
    """

    chinese: str
    english: str
    kind: str
    reads: Reads
    compares: bool = False
    words: Callable[[], Names] | None = None
    searched: bool = False

    def bounds(self, value: Value, who: Acting) -> list[Bound]:
        """What a value asks for; a search stands for whomever it found.

        Raises ``WrongValueError``.
        """
        if self.searched and not value.sign and is_id(value.text, "consultation"):
            found = services().searches.found(value.text, who.actor.account)
            if found is None:
                raise WrongValueError(
                    "没有这次查找，或者已过期。", "No such search, or not any more."
                )
            return [((EQUAL, each),) for each in found or ("nobody",)]
        return [self._bound(value, who)]

    def _bound(self, value: Value, who: Acting) -> Bound:
        first, dots, last = value.text.partition(_RANGE)
        if not self.compares and (value.sign or (dots and self.kind in ("day", "number"))):
            raise WrongValueError("此处不能写比较符号。", "Takes no signs of comparison.")
        if self.compares and dots and not value.sign:
            return ((">=", self.reads(first, who)), ("<=", self.reads(last, who)))
        return ((value.sign or EQUAL, self.reads(value.text, who)),)


def _words(chinese: str, english: str, names: Callable[[], Names]) -> Qualifier:
    def read(text: str, _: Acting) -> str:
        known = names()
        word = word_of(text, known)
        if word is None:
            zh, en = perhaps([text], {*known, *known.values()})
            raise WrongValueError(
                f"{zh}可以写的是：{'、'.join(told(known))}。",
                f"{en}Must be one of: {', '.join(told(known))}.",
            )
        return word

    return Qualifier(chinese, english, "word", read, words=names)


_BY_NAME = (
    "按姓名或证件请先用 POST /v1/searches 查找，再写所得的编号；本人写 me。",
    " Who is known by name or document is found by POST /v1/searches first; oneself is me.",
)


def _text(chinese: str, english: str) -> Qualifier:
    def read(text: str, _: Acting) -> str:
        if not 0 < len(text) <= _LONGEST_TEXT:
            raise WrongValueError("文字为空或者过长。", "Empty, or too long a text.")
        return text

    return Qualifier(chinese, english, "text", read)


def _area(text: str, _: Acting) -> str:
    """A place that the laws know, or in which an organisation lies; the whole of its path."""
    gazetteer = services().office.laws.areas()
    known = {place for level in LEVELS for place in gazetteer.at(level)}
    if text in known:
        return text
    with services().views.connection() as connection:
        if organisations.lie_in(connection, text):
            return text
    wanted = text.rpartition("/")[2]
    inner = [
        each for each in sorted(known) if wanted and each.rpartition("/")[2].startswith(wanted)
    ]
    zh, en = perhaps([text], inner or known)
    if inner:
        zh, en = f"您是否要写 {'、'.join(inner)}？", f"Did you mean {', '.join(inner)}? "
    raise WrongValueError(
        f"{zh}没有这个地区；从省写起，各级之间用 / 隔开。",
        f"{en}No such area; it is written from the province down, joined by /.",
    )


def _ids(chinese: str, english: str, *kinds: Kind) -> Qualifier:
    """Of persons one's own may be called ``me``, and those whom a search found by its id."""

    def read(text: str, who: Acting) -> str:
        if text in MINE and "person" in kinds:
            return who.actor.person
        if not any(is_id(text, kind) for kind in kinds):
            listed = "、".join(kinds)
            by_name, found = ("", "") if "person" not in kinds else _BY_NAME
            raise WrongValueError(
                f"应为编号：{listed}。{by_name}", f"Must be an id: {', '.join(kinds)}.{found}"
            )
        return text

    return Qualifier(chinese, english, "id", read, searched="person" in kinds)


def _day(text: str, _: Acting) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or text != day.isoformat() or not EARLIEST <= day <= LATEST:
        raise WrongValueError(
            "应为日期，例如 2026-07-01，或者 2026-07-01..2026-09-30。",
            "Must be a day such as 2026-07-01, or 2026-07-01..2026-09-30.",
        )
    return day


def _number(text: str, _: Acting) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _LARGEST):
        raise WrongValueError("应为整数，例如 2，或者 >=2。", "Must be a number such as 2, or >=2.")
    return int(text)


def _code(text: str, _: Acting) -> str:
    """By its id or its Chinese name; there are too many to tell them all to who got one wrong."""
    known = refusal_codes()
    word = word_of(text, known)
    if word is None:
        zh, en = perhaps([text], {*known, *known.values()})
        raise WrongValueError(
            f"{zh}应为原因的代码或名称，例如 RECUSED（已回避），全部见 /v1/qualifiers。",
            f"{en}Must be a code, such as RECUSED; /v1/qualifiers lists them all.",
        )
    return word


def _mark(text: str, _: Acting) -> str:
    """By its Chinese name, where it has one; a mark of a pack's own as that calls it."""
    return word_of(text, marks()) or text


_YES_OR_NO = {"yes": "是", "no": "否"}


def _yes_or_no(chinese: str, english: str) -> Qualifier:
    words = _words(chinese, english, lambda: _YES_OR_NO)
    return Qualifier(
        chinese,
        english,
        "flag",
        lambda text, who: words.reads(text, who) == "yes",
        words=lambda: _YES_OR_NO,
    )


def _days(chinese: str, english: str) -> Qualifier:
    return Qualifier(chinese, english, "day", _day, compares=True)


def case_acts() -> Names:
    """What can be done in a case, by topic, as far as it is told of any case."""
    known = topics()
    return {each: known[each].chinese for each in TOLD}


def every_act() -> Names:
    """What can happen to anything in the record, by topic."""
    return {topic: each.chinese for topic, each in topics().items()}


CASES: Mapping[str, Qualifier] = {
    "status": _words("状态", "where the case stands", lambda: labels.PHASES),
    "stage": _words("环节", "the stage at which it is", lambda: of_laws("stage")),
    "pack": _words("政策", "the policy pack", lambda: of_laws("pack")),
    "series": _text("系列", "the series, as the applicant wrote it"),
    "level": _words("级别", "the level applied for", lambda: of_laws("level")),
    "batch": _words("批次", "the batch", lambda: of_laws("batch")),
    "flag": Qualifier("标记", "a mark, or one that a pack calls so", "text", _mark, words=marks),
    "number": _text("申报编号", "the number of the case"),
    "area": Qualifier(
        "地区", "where the employer lies, from the province down, joined by /", "text", _area
    ),
    "org": _ids("相关单位", "an organisation that it concerns", "organisation"),
    "employer": _ids("用人单位", "the employer", "organisation"),
    "applicant": _ids("申报人", "the applicant", "person"),
    "handler": _ids("经办人", "who handled it at a stage", "person", "account"),
    "leader": _ids("领导", "who led it at the same stage", "person", "account"),
    "decided": _days("决定日", "when it was decided or returned at that stage"),
    "actor": _ids("办理人", "who did anything in it", "person", "account"),
    "act": _words("事项", "what they did in it", case_acts),
    "filed": _days("提交日", "when it was first filed"),
    "changed": _days("变动日", "when anything last happened in it"),
    "due": _days("到期日", "when something is due"),
    "returned": Qualifier(
        "退回次数", "how often it was returned", "number", _number, compares=True
    ),
    "refused": _yes_or_no("有拦截", "whether anything in it was refused and recorded"),
    "late": _yes_or_no("有逾期", "whether anything in it was late"),
}
ACTS: Mapping[str, Qualifier] = {
    "actor": _ids("办理人", "who did it", "person", "account"),
    "act": _words("事项", "what was done", case_acts),
    "org": _ids("办理单位", "for which organisation", "organisation"),
    "case": _ids("申报件", "in which case", "case"),
    "seat": _words("岗位", "in which seat", lambda: labels.SEATS),
    "stage": _words("环节", "at which stage", lambda: of_laws("stage")),
    "day": _days("日期", "on which day"),
}
EVENTS: Mapping[str, Qualifier] = {
    **ACTS,
    "act": _words("事项", "what was done", every_act),
    "subject": _ids(
        "对象",
        "to which case, person, account or organisation",
        "case",
        "person",
        "account",
        "organisation",
    ),
}
REFUSALS: Mapping[str, Qualifier] = {
    "kind": _words("种类", "a filing, or a check of separation", lambda: labels.REFUSAL_KINDS),
    "code": Qualifier("原因", "a code of its reasons", "word", _code, words=refusal_codes),
    "actor": _ids("办理人", "who tried", "person", "account"),
    "person": _ids("当事人", "whom it is about", "person"),
    "org": _ids("单位", "at which organisation", "organisation"),
    "case": _ids("申报件", "in which case", "case"),
    "stage": _words("环节", "at which stage", lambda: of_laws("stage")),
    "day": _days("日期", "on which day"),
}
INVESTIGATIONS: Mapping[str, Qualifier] = {
    "phase": _words("状态", "where it stands", lambda: labels.INVESTIGATION_PHASES),
    "subject": _ids("被核查人", "whom it is about", "person"),
    "case": _ids("申报件", "about which case", "case"),
    "org": _ids("核查单位", "which organisation conducts it", "organisation"),
    "found": _yes_or_no("查实", "whether misconduct was found, and no review annulled that"),
    "opened": _days("启动日", "on which day it was opened"),
    "answer_by": _days("陈述截止日", "until which day the person may answer"),
}
TITLES: Mapping[str, Qualifier] = {
    "person": _ids("人员", "who gained it", "person"),
    "case": _ids("申报件", "by which case", "case"),
    "org": _ids("授予单位", "which organisation gave it", "organisation"),
    "area": Qualifier(
        "地区",
        "where the organisation that gave it lies, from the province down, joined by /",
        "text",
        _area,
    ),
    "series": _text("系列", "the series"),
    "specialty": _text("专业", "the specialty"),
    "level": _words("级别", "the level", lambda: of_laws("level")),
    "label": _text("取得方式", "how it was gained, in the notice's word"),
    "state": _words("状态", "whether it is held", lambda: labels.TITLE_STATES),
    "gained": _days("取得日", "since which day it counts"),
    "lost": _days("失效日", "since which day it is revoked or rescinded"),
}


@dataclass(frozen=True)
class Language:
    """What one list can be asked for, and by what it can be sorted."""

    qualifiers: Mapping[str, Qualifier]
    sorts: tuple[str, ...] = ()


LANGUAGES: Mapping[str, Language] = {
    "cases": Language(CASES, tuple(ORDERS)),
    "acts": Language(ACTS),
    "events": Language(EVENTS),
    "investigations": Language(INVESTIGATIONS),
    "refusals": Language(REFUSALS),
    "titles": Language(TITLES),
}
"""By the name of the list, as ``/v1/qualifiers`` and files call it."""
