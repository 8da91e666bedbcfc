"""What titles somebody holds, as the law is told: stated, found by a handler, and on record.

What this record granted, or was reported in it, is known whatever anybody says. Who says nothing
of titles has not said that there are none: of what is not on record that stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.person.titles import TitleState
from domain.policy import records
from domain.policy.comparing import bare
from domain.policy.records import NOT_MENTIONED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.application import HeldTitle
    from domain.case.values import EstablishedTitle
    from domain.person.titles import Title
    from domain.policy.records import NotMentioned


class Told(NamedTuple):
    """The titles that are known; ``whole`` says that somebody spoke of all that there are."""

    titles: tuple[records.Title, ...] | NotMentioned
    whole: bool


def told(
    stated: tuple[HeldTitle, ...] | None,
    found: Iterable[EstablishedTitle],
    granted: Iterable[Title],
) -> Told:
    """Titles that the applicant states and those that a handler found, beside those on record.

    Whether a title stands that this record granted is for nobody to say: one that was revoked is
    told as revoked, and one that was rescinded not at all.
    """
    granted = list(granted)
    lost = [each for each in granted if each.state is not TitleState.HELD]
    spoken: tuple[HeldTitle | EstablishedTitle, ...] = (*(stated or ()), *found)
    claimed = dict.fromkeys(
        records.Title(
            level=each.level,
            series=each.series,
            via=each.means,
            gained=each.gained_on,
            appointed=each.appointed_on,
        )
        for each in spoken
        if not any(_is(each, title) for title in lost)
    )
    known = {(each.level, each.series, each.gained) for each in claimed}
    recorded = (
        records.Title(
            level=each.level,
            series=each.series,
            via=each.label,
            gained=each.gained_on,
            revoked=each.state is TitleState.REVOKED,
        )
        for each in granted
        if each.state is not TitleState.RESCINDED
    )
    titles = (*claimed, *(e for e in recorded if (e.level, e.series, e.gained) not in known))
    if stated is None and not titles:
        return Told(NOT_MENTIONED, whole=False)
    return Told(titles, whole=stated is not None)


def _is(claimed: HeldTitle | EstablishedTitle, lost: Title) -> bool:
    """Whether a claimed title is, by level, series and day, one that was lost.

    What is claimed without a series or a day may be it; what was gained since is another.
    """
    assert lost.lost_on is not None
    series = claimed.series is None or bare(claimed.series) == bare(lost.series)
    gained = claimed.gained_on is None or claimed.gained_on <= lost.lost_on
    return claimed.level == lost.level and series and gained
