"""The events of a form of posts. The law of compatibility stands in ``domain.event``.

There is one stream for an employer under a notice (or one batch of it), so that a form stated
again continues the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.event import Event
from domain.personal import Personal


@dataclass(frozen=True, kw_only=True)
class VacancyColumn:
    """The posts of one column, by the pack's id of the column.

    ``share`` is the approved proportion (核准比例) as it is written, ``approved`` and
    ``employed`` are persons (核准人数、实聘人数), ``vacant`` what the form calls vacant
    (空缺情况), ``offered`` how many were put out to competition (推出岗位).
    """

    column: str
    share: str | None
    approved: int
    employed: int
    vacant: int
    offered: int


@dataclass(frozen=True, kw_only=True)
class VacancyTotals:
    """The column of totals (总数)."""

    approved: int
    employed: int
    vacant: int


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """One row of the list: who is recommended for which title (推荐申报职称).

    ``level`` is a word of the pack. ``post``, ``grade`` and ``appointed_on`` are the post that
    the person is appointed to now (聘任专业技术职务、在聘岗位等级、聘任时间).
    """

    person: str
    level: str
    series: str | None
    present_title: str | None
    post: str | None
    grade: str | None
    appointed_on: date | None


@dataclass(frozen=True, kw_only=True)
class VacanciesStated(Event, topic="vacancies:stated:1", chinese="岗位信息申报"):
    """An employer stated its posts for a notice, or for one batch of it.

    ``digest`` is that of the policy pack whose form it is. ``establishment`` is 编制数,
    ``posts`` 专业技术岗位总数; ``appointed`` are those who hold a title already and are
    appointed directly, ``recommended`` those who are recommended for review, whom ``listed``
    names; ``committed`` that the employer undertakes to appoint them once they hold it.
    ``flags`` name the sums that do not come out and were only marked; ``seals`` are those that
    the notice asks for, by the pack's ids.
    """

    organisation: str
    pack: str
    digest: str
    batch: str | None
    establishment: int
    posts: int
    columns: tuple[VacancyColumn, ...]
    totals: VacancyTotals
    appointed: int
    recommended: int
    committed: bool
    listed: tuple[ListedPerson, ...]
    flags: tuple[str, ...]
    seals: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VacancyOpinionGiven(Event, topic="vacancies:opinion-given:1", chinese="岗位信息表意见"):
    """One whose seal the form needs gave their opinion on it (意见、盖章).

    ``statement`` is the version of the statement that it is about, ``seal`` the pack's id.
    """

    statement: int
    seal: str
    organisation: str
    in_favour: bool
    given_on: date
    reason: Personal | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Event, topic="vacancies:promise-kept:1", chinese="兑现聘任承诺"):
    """The employer appointed whom it had undertaken to appoint (按规定及时聘任).

    ``level`` is that of the recommendation, ``due_on`` the last day of the term; it is ``late``
    where they were appointed after it.
    """

    person: str
    level: str
    appointed_on: date
    due_on: date | None
    late: bool


@dataclass(frozen=True, kw_only=True)
class PromiseUrged(Event, topic="vacancies:promise-urged:1", chinese="催办聘任承诺"):
    """An employer has not appointed by ``due_on`` whom it had undertaken to, and was told so.

    ``above`` is the organisation above it that was told then, after as long again; None for none.
    """

    organisation: str
    person: str
    level: str
    gained_on: date
    due_on: date
    above: str | None
    rules: tuple[str, ...]
