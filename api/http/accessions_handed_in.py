"""An employer's own application for registration (单位注册申请): ``/v1/accessions``, from outside.

Whoever applies signs in nowhere, and goes on by the receipt, which travels in a body and never in
an address. Who deals with it does so in ``api.http.accessions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts import accession_handed_in
from api.acts.accession_handed_in import Administrator, Stated
from api.acts.account_opening import LONGEST_NAME
from api.acts.desk import known
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.vocabulary import Word
from api.http.accounts import DocumentBody
from api.http.labels import (
    ACCESSION_STANDINGS,
    GOVERNMENT_LEVELS,
    ORGANISATION_KINDS,
    OWNERSHIPS,
    PAPERS,
)
from api.http.masking import words
from api.http.organisations import credit_code_field
from api.http.public_files import handing_in
from api.http.receipts import ReceiptBody, ReceiptWithReasonBody, by_receipt, hands_in
from api.http.word_fields import area_field
from api.http.word_fields import words as words_field
from api.problems.handlers import language
from api.services import services
from domain.organisation.accession import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from api.acts.handed_in import File, Receipt
    from api.office import Office

blueprint = Blueprint(
    "acceding", prefix="/v1/accessions", description="单位注册申请 / applying for registration"
)
MOST_DOCUMENTS = 10
"""Documents that are handed in at once."""
_WHOEVER_REGISTERS = {
    "zh": "单位所在地负责单位登记的人力资源社会保障部门",
    "en": "the personnel bureau that registers units in the area",
}


class AdministratorBody(Body):
    """Who is to administer the employer's accounts, as in their identity document."""

    makes = Administrator
    name = Text(longest=LONGEST_NAME)
    document = fields.Nested(DocumentBody)


class ScanBody(Body):
    """A file that was uploaded to `/v1/public-files`, and which document it is a scan of."""

    upload = Text(longest=200)
    paper = Word(PAPERS)


class CompletionBody(ReceiptBody):
    """What was sent back, stated anew as a whole; documents join those that are there."""

    name = Text(longest=200)
    kind = Word(ORGANISATION_KINDS)
    ownership = Word(OWNERSHIPS)
    level = Word(GOVERNMENT_LEVELS)
    area = area_field()
    traits = words_field(20)
    administrator = fields.Nested(AdministratorBody)
    contact = Text(longest=200)
    documents = fields.List(
        fields.Nested(ScanBody), load_default=list, validate=Length(0, MOST_DOCUMENTS)
    )


class AccessionBody(CompletionBody):
    """An employer as its certificate has it, its first administrator, how to reach it, its papers.

    The members that `/v1/organisations` has too mean what they mean there; beneath whom the
    employer stands says whoever approves.
    """

    class Meta(CompletionBody.Meta):
        """There is no receipt before anything was handed in."""

        exclude = ("receipt",)

    credit_code = credit_code_field()


class AccessionReceiptSchema(AnswerSchema):
    """The receipt, told this once."""

    receipt = fields.String()


class AccessionFollowedSchema(AnswerSchema):
    """Where the application stands, as whoever handed it in may know.

    ``competent`` is who deals with it; ``told`` what is missing, or why it was declined.
    """

    standing = Word(ACCESSION_STANDINGS)
    competent = fields.String()
    told = fields.String(allow_none=True)
    documents = fields.Integer()


@hands_in(blueprint, "", AccessionBody, AccessionReceiptSchema)
def apply(body: dict[str, Any], now: datetime) -> Receipt:
    """Apply, as an employer, for one's own registration; the answer is the receipt."""
    with _handing_in(body, now) as files:
        return accession_handed_in.apply(services().office, _stated(body, files), now)


def follow(_office: Office, _accession: str, _at: datetime) -> None:
    """Follow one's application, by its receipt."""


def complete(office: Office, accession: str, at: datetime, **body: Any) -> None:  # noqa: ANN401 -- of the body
    """Hand in again what was sent back, by the receipt; the credit code stays."""
    with _handing_in(body, at) as files:
        stated = _stated({**body, "credit_code": ""}, files)
        accession_handed_in.complete(office, accession, at, stated=stated)


def _handing_in(body: dict[str, Any], now: datetime) -> AbstractContextManager[tuple[File, ...]]:
    return handing_in(
        [{"upload": each["upload"], "title": None} for each in body["documents"]], now
    )


def _stated(body: dict[str, Any], files: tuple[File, ...]) -> Stated:
    return Stated(**{**body, "documents": tuple(_scans(body["documents"], files))})


def _scans(named: list[dict[str, Any]], files: tuple[File, ...]) -> Iterator[Scan]:
    for each, file in zip(named, files, strict=True):
        yield Scan(
            file=file.file,
            paper=each["paper"],
            media_type=file.media_type,
            size=file.size,
            digest=file.digest,
        )


def _followed(stream: str) -> dict[str, Any]:
    desk = services().office.desk()
    accession = known(desk.accession(stream))
    creator = accession_handed_in.named_by_the_notice(desk, accession)
    named = {"zh": creator.chinese, "en": creator.english} if creator else _WHOEVER_REGISTERS
    told = accession.told
    return {
        "standing": accession.standing,
        "competent": named[language()],
        "told": None if told is None else words(told, visible=True),
        "documents": len(accession.documents),
    }


post = by_receipt(blueprint, AccessionFollowedSchema, _followed)
post("/follow", follow)
post("/completions", complete, CompletionBody)
post("/withdrawals", accession_handed_in.withdraw, ReceiptWithReasonBody)
post("/erasure-requests", accession_handed_in.ask_for_erasure, ReceiptWithReasonBody)
