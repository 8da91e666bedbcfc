"""Indicators of separation (职责分离提示): two persons' acts from one device, or at once.

Never a finding: what a verdict is stands in ``projections.separation``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.indicator import SeparationIndicated
from projections.listing import narrowed
from projections.offices import at_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Indicator:
    """Two acts of a stream and what they have in common, as in ``SeparationIndicated``."""

    position: int
    subject: str
    organisation: str
    stage: str | None
    round: int | None
    first: int
    first_account: str
    first_person: str
    second: int
    second_account: str | None
    second_person: str | None
    signs: tuple[str, ...]
    seconds: int
    at: datetime


indicators = Table(
    "indicator",
    Indicator,
    key=("position",),
    indexes=("(subject, position)", "(organisation, position)", "USING gin (signs)"),
)
view = View("indicators", 2, (indicators,))


@view.on(SeparationIndicated)
def _indicated(fact: Fact, page: Page) -> None:
    page.rows(indicators).add(
        Indicator(
            position=fact.position,
            subject=fact["subject"],
            organisation=fact["organisation"],
            stage=fact["stage"],
            round=fact["round"],
            first=fact["first"],
            first_account=fact["first_account"],
            first_person=fact["first_person"],
            second=fact["second"],
            second_account=fact.account,
            second_person=fact.person,
            signs=fact.words("signs"),
            seconds=fact["seconds"],
            at=fact.at,
        )
    )


def found(
    scope: Scope, *, subject: str | None = None, sign: str | None = None
) -> Gathered[Indicator]:
    """Indicators at organisations that ``scope`` shows, the newest first."""
    asked = narrowed({"subject = %s": subject, "signs @> ARRAY[%s]": sign})
    return at_offices(indicators, scope, asked, ("position",))
