"""What a proposed edition would change for whoever filed: ``/v1/editions/{edition_id}/impact``.

It is reckoned page by page while it is read, and nothing of it is stored: no page takes long,
whoever asks no more has cancelled it, and whoever keeps the link to the next page goes on there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from marshmallow import fields

from api.access import Act
from api.acts.impact import draft_for, survey
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, NumberInQuery
from api.conventions.openapi import RuleSchema
from api.conventions.paging import PageQuery, link_to_next, place_of
from api.http.acting import acting
from api.http.lists import Query, scope_to_list
from api.http.rows import members, nested, shows
from api.law.verdicts import plain_refusal
from api.problems import Problem
from api.services import services
from domain.case.impact import Impact, Judged
from projections import case_scope, case_status
from projections.filings import Filings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from api.http.acting import Answered

blueprint = Blueprint(
    "impacts", prefix="/v1/editions", description="施行前的影响 / what a draft would change"
)


class ImpactQuery(PageQuery):
    """Filings of which year, in Beijing; of all years where none is named."""

    year = NumberInQuery(load_default=None, least=2000, most=2200)


class WhySchema(AnswerSchema):
    """One reason in both languages, with the words on which it rests."""

    code = fields.String()
    zh = fields.String()
    en = fields.String()
    rules = nested(RuleSchema)


@shows(Judged, "taken outcome level")
class JudgedSchema(AnswerSchema):
    """How a filing is judged: whether it is taken, what it comes to, and why not."""

    reasons = nested(WhySchema)


@shows(Impact, "case applicant filed_at")
class FlipSchema(AnswerSchema):
    """A filing that comes out otherwise; ``invited`` where it was refused and would be taken."""

    invited = fields.Boolean()
    number = fields.String()
    before = fields.Nested(JudgedSchema)
    after = fields.Nested(JudgedSchema)


class UnnamedSchema(AnswerSchema):
    """How many come out otherwise that the caller may not read, such as drafts of others.

    ``codes`` are the reasons for which they were refused, none where they were taken.
    """

    codes = fields.List(fields.String())
    invited = fields.Boolean()
    number = fields.Integer()


@dataclass(frozen=True)
class Tally:
    """How many filings there are in the place, and how many of them were gone through so far.

    ``flips`` come out otherwise, ``invited`` of them are to be invited again, ``unread`` can't be
    read any more.
    """

    filings: int
    done: int = 0
    flips: int = 0
    invited: int = 0
    unread: int = 0

    def and_then(self, done: int, told: Sequence[Impact | None]) -> Tally:
        """The same after a further page, of which so many concern the draft."""
        read = [each for each in told if each is not None]
        return replace(
            self,
            done=self.done + done,
            flips=self.flips + sum(each.flips for each in read),
            invited=self.invited + sum(each.invited for each in read),
            unread=self.unread + len(told) - len(read),
        )


@shows(Tally, "filings done flips invited unread")
class ImpactSchema(AnswerSchema):
    """A page of what a draft would change, and how far it was gone through with this page.

    ``law_digest`` is that of the law that the draft would be; where that moves, the link to
    the next page is refused and it begins anew. ``cases`` are of this page, ``unnamed`` too.
    """

    law_digest = fields.String()
    cases = nested(FlipSchema)
    unnamed = nested(UnnamedSchema)


@blueprint.get("/<edition_id>/impact")
@blueprint.arguments(ImpactQuery, location="query")
@blueprint.response(200, ImpactSchema)
def read_impact(query: Query, edition_id: str) -> Answered:
    """Read what an edition would change: each filing of its place, judged under both laws.

    For who may propose or confirm it. Each page judges as many filings as it is long. What was
    refused at the door is judged by its draft, which is named to nobody who may not read it.
    """
    who, office = acting(), services().office
    draft = draft_for(office, who, edition_id)
    behind, tally = _begun(query["cursor"], draft.law.digest)
    filings = Filings(draft.edition.jurisdiction, query["year"])
    with services().views.connection() as connection:
        tally = tally or Tally(filings=filings.count(connection))
        found = filings.page(connection, behind, query["limit"] + 1)
    page = found[: query["limit"]]
    told = [each for _, each in survey(office, draft, page)]
    tally = tally.and_then(len(page), told)
    last = (page[-1].case, draft.law.digest, *astuple(tally)) if found[len(page) :] else None
    flips = [each for each in told if each is not None and each.flips]
    body = members(tally, law_digest=draft.law.digest) | _told(who, flips)
    return body, 200, link_to_next(last)


def _begun(cursor: str | None, digest: str) -> tuple[str | None, Tally | None]:
    """Behind which case a page begins, and what was told up to there; both None for the first."""
    place = place_of(cursor)
    if place is None:
        return None, None
    case, of, *counts = cast("tuple[str, str, int]", place)
    if of != digest:
        raise Problem("CURSOR_REFUSED")
    return case, Tally(*counts)


def _told(who: Acting, flips: Sequence[Impact]) -> dict[str, Any]:
    """What the caller is told of filings that come out otherwise: which, or only how many."""
    scope, cases = scope_to_list(Act.READ_CASE, who), [each.case for each in flips]
    with services().views.connection() as connection:
        seen = case_scope.shown(connection, scope, cases)
        numbers = {name: row.number for name, row in case_status.among(connection, cases).items()}
    unnamed = Counter(
        (tuple(sorted({why.code for why in each.before.reasons})), each.invited)
        for each in flips
        if each.case not in seen
    )
    return {
        "cases": [_flip(each, numbers[each.case]) for each in flips if each.case in seen],
        "unnamed": [
            {"codes": codes, "invited": invited, "number": number}
            for (codes, invited), number in sorted(unnamed.items())
        ],
    }


def _flip(each: Impact, number: str) -> dict[str, Any]:
    before, after = _judged(each.before), _judged(each.after)
    return members(each, invited=each.invited, number=number, before=before, after=after)


def _judged(each: Judged) -> dict[str, Any]:
    return members(each, reasons=[plain_refusal(why) for why in each.reasons])
