"""What somebody from the public hands in, and the receipt that they are told for it."""

from __future__ import annotations

from marshmallow import fields

from api.conventions.fields import AnswerSchema, Body, Name, Text
from api.http.public_files import files_field


class HandInBody(Body):
    """What somebody says, with files; whoever gives no name states concrete facts or has files."""

    statement = Text(longest=4000)
    name = Name(load_default=None, longest=100)
    contact = Text(load_default=None, longest=200)
    files = files_field()


class ReceiptSchema(AnswerSchema):
    """The receipt, told this once, and what was handed in counts as."""

    receipt = fields.String()
    kind = fields.String(metadata={"description": "`objection`, or `complaint` after the period."})
