"""Consents of offices above before a filing: ``/v1/cases/{case_id}/consents``.

One document that names many, a city's summary list (汇总名单) or the consent to it, is entered at
``/v1/consent-lists``.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts.consent import RECORD_CONSENT
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, DocumentNumber, Text
from api.http.acting import commanding, posts
from api.http.many_cases import MOST, ManyOutcomesSchema, outcome
from api.http.word_fields import stream, word

blueprint = Blueprint(
    "consents", prefix="/v1/cases", description="前置同意 / consents before a filing"
)


class ConsentBody(Body):
    """Which step of the notice, which office consented, by which document, on which day.

    The handler of an office above enters it, and its leader confirms it in the same words.
    """

    step = word()
    given_by = Text(longest=200)
    document = DocumentNumber()
    given_on = Day()


posts(blueprint)("/<case_id>/consents", RECORD_CONSENT, ConsentBody)

lists = Blueprint(
    "consent-lists",
    prefix="/v1/consent-lists",
    description="前置同意汇总名单 / one consent, many cases",
)


class ConsentListBody(ConsentBody):
    """The document and the cases that its list names."""

    cases = fields.List(stream("case"), validate=Length(1, MOST))


@lists.post("")
@lists.appends(to_existing=False)
@lists.arguments(ConsentListBody)
@lists.response(200, ManyOutcomesSchema)
def record_list(body: dict[str, Any]) -> dict[str, Any]:
    """Enter a consent for every case that its document names, or confirm it for all of them.

    Each is an act of its own, allowed or refused alone. Sent again under the same key it goes on
    where it was interrupted.
    """
    who, cases = commanding(to_existing=False), dict.fromkeys(body.pop("cases"))
    return {"outcomes": [outcome(who, RECORD_CONSENT, case, None, body) for case in cases]}
