"""What becomes of an organisation: ``/v1/organisations/{id}/renamings`` and the like."""

from __future__ import annotations

from api.acts import organisation_change
from api.acts.organisation import ORGANISATION
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, DocumentNumber, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import GOVERNMENT_LEVELS, ORGANISATION_KINDS, OWNERSHIPS
from api.http.organisations import credit_code_field
from api.http.word_fields import area_field, stream, stream_or_none, words

blueprint = Blueprint(
    "organisation-changes",
    prefix="/v1/organisations",
    description="单位变更 / what becomes of organisations",
)


class EntryBody(Body):
    """The document by which something counts, and the day in Beijing from which it does."""

    effective_on = Day()
    document = DocumentNumber()


class RenamingBody(EntryBody):
    """The new name."""

    name = Text(longest=200)


class PlacingBody(EntryBody):
    """Where it stands from then on; all of it is stated, null where nobody stands above."""

    level = Word(GOVERNMENT_LEVELS)
    area = area_field()
    superior = stream_or_none("organisation")
    bureau = stream_or_none("organisation")


class DescriptionBody(EntryBody):
    """What it is, and the further facts that policy packs ask of it; all of it is stated."""

    kind = Word(ORGANISATION_KINDS)
    ownership = Word(OWNERSHIPS)
    traits = words(20, required=True)


class MergerBody(EntryBody):
    """Which organisation carries on."""

    into = stream("organisation")


class ClosureBody(EntryBody):
    """That nobody carries on."""


class CreditCodeBody(EntryBody):
    """The code as its certificate has it."""

    credit_code = credit_code_field()


post = posts(blueprint, ORGANISATION)
post("/<organisation_id>/renamings", organisation_change.RENAME, RenamingBody)
post("/<organisation_id>/placings", organisation_change.PLACE, PlacingBody)
post("/<organisation_id>/descriptions", organisation_change.DESCRIBE, DescriptionBody)
post("/<organisation_id>/mergers", organisation_change.MERGE, MergerBody)
post("/<organisation_id>/closures", organisation_change.CLOSE, ClosureBody)
post("/<organisation_id>/credit-code-corrections", organisation_change.CORRECT_CODE, CreditCodeBody)
