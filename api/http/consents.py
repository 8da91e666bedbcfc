"""Consents of offices above before a filing: ``/v1/cases/{case_id}/consents``."""

from __future__ import annotations

from api.acts.consent import RECORD_CONSENT
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, DocumentNumber, Text
from api.http.acting import posts
from api.http.words import word

blueprint = Blueprint(
    "consents", prefix="/v1/cases", description="前置同意 / consents before a filing"
)


class ConsentBody(Body):
    """Which step of the notice, which office consented, by which document, on which day.

    The handler of an office above enters it, and its leader confirms it in the same words.
    """

    step = word()
    given_by = Text(required=True, longest=200)
    document = DocumentNumber(required=True)
    given_on = Day(required=True)


posts(blueprint)("/<case_id>/consents", RECORD_CONSENT, ConsentBody)
