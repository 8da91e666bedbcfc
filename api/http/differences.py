"""What an edition says otherwise: ``/v1/editions/{edition_id}/differences``, clause by clause."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

from api.acts.desk import known
from api.acts.edition import EDITION
from api.acts.thing import read
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.openapi import RuleSchema
from api.http.acting import acting
from api.http.pack_document import pack_row
from api.http.policy_packs import PackRowSchema
from api.http.rows import members, nested, shows
from api.http.word_fields import ID
from api.law.differences import called, distance, value_in_words
from api.law.proposed import change
from api.problems.handlers import language
from api.problems.problem import plain_citation
from api.services import services
from domain.policy.differences import Difference, Kind, differences

if TYPE_CHECKING:
    from domain.policy.law import Law

blueprint = Blueprint(
    "differences", prefix="/v1/editions", description="逐条比对 / what an edition says otherwise"
)


class AgainstQuery(Schema):
    """The pack with which it is compared; where none is named, the law whose place it takes."""

    against = fields.String(load_default=None, validate=ID)


@shows(Difference, "address section entry key kind")
class DifferenceSchema(AnswerSchema):
    """One value that differs, or an entry that is new or gone as a whole: then ``key`` is empty.

    ``before`` and ``after`` are in words, null where nothing is said. A day moved by ``days``, a
    number by ``amount``; null for what is neither. ``rests_on`` are the clauses behind it,
    ``rested_on`` those of before.
    """

    section_name = fields.String()
    entry_name = fields.String()
    key_name = fields.String()
    kind_name = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)
    days = fields.Integer(allow_none=True)
    amount = fields.Integer(allow_none=True)
    rested_on = nested(RuleSchema)
    rests_on = nested(RuleSchema)


class EditionDifferencesSchema(AnswerSchema):
    """Two laws and all in which they differ, in the order of the later one; ``counts`` by kind.

    Names are in the language that Accept-Language prefers, and empty where there is none.
    """

    before = fields.Nested(PackRowSchema)
    after = fields.Nested(PackRowSchema)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    differences = nested(DifferenceSchema)


@blueprint.get("/<edition_id>/differences")
@blueprint.arguments(AgainstQuery, location="query")
@blueprint.response(200, EditionDifferencesSchema)
def read_differences(query: dict[str, Any], edition_id: str) -> dict[str, Any]:
    """Read what an edition says otherwise than the law in its place, or than a pack.

    Both are as on the first day of the edition, each over what lies beneath it then.
    """
    office, who = services().office, acting()
    laws = office.desk(who).laws
    found = known(change(laws, read(office, who, EDITION, edition_id).state))
    before = found.before if query["against"] is None else laws.law(query["against"])
    told = differences(before, found.after)
    return {
        "before": pack_row(before),
        "after": pack_row(found.after),
        "counts": dict.fromkeys(Kind, 0) | Counter(each.kind for each in told),
        "differences": [_told(each, before, found.after) for each in told],
    }


def _told(one: Difference, before: Law, after: Law) -> dict[str, Any]:
    section, entry, key, kind = called(one, before, after, language())
    return members(
        one,
        section_name=section,
        entry_name=entry,
        key_name=key,
        kind_name=kind,
        before=value_in_words(one.before, language()),
        after=value_in_words(one.after, language()),
        rested_on=[plain_citation(each) for each in one.rested_on],
        rests_on=[plain_citation(each) for each in one.rests_on],
        **distance(one)._asdict(),
    )
