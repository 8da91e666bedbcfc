"""Titles that self-evaluating units report in: ``/v1/persons/{person_id}/titles``."""

from __future__ import annotations

from marshmallow import fields

from api.acts.reported_title import CONFIRM, CORRECT, REPORT
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, DocumentNumber, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels_of_laws import title_levels
from domain.person.titles import UnitsTitle

blueprint = Blueprint(
    "reported-titles",
    prefix="/v1/persons",
    description="自主评聘职称报送 / titles of self-evaluating units",
)


class ReportedTitleBody(Body):
    """A title that the unit gave to one of its people, by which document, and since when.

    ``label`` is how it was gained, in the notice's word (初定, 评审, …).
    """

    makes = UnitsTitle
    series = Text(longest=100)
    specialty = Text(longest=100)
    level = Word(title_levels)
    label = Text(longest=20)
    gained_on = Day()
    document = DocumentNumber()


class ReportCorrectionBody(Body):
    """What a confirmed report should have said, and why; null: the unit never gave any title.

    It counts once another person has confirmed it; then the title as it was reported is rescinded.
    """

    title = fields.Nested(ReportedTitleBody, allow_none=True)
    reason = Text(longest=1000)


post = posts(blueprint)
post("/<person_id>/titles", REPORT, ReportedTitleBody)
post("/<person_id>/titles/<report>/corrections", CORRECT, ReportCorrectionBody)
post("/<person_id>/titles/<report>/confirmations", CONFIRM)
