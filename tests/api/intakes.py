"""Lists of applicants as an employer's administrator sends them, over HTTP."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

import xlsxwriter  # type: ignore[import-untyped]

from api.intake.files import CSV, XLSX
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PATH = "/v1/intakes"
HEADINGS = ("姓名", "证件种类", "证件号码", "登录名")
CARD = "居民身份证"

Cells = tuple[object, ...]


def somebody(name: str = "某申报人", number: str = "", login: str = "") -> Cells:
    """A row of a list, of somebody new unless a number is given."""
    return name, CARD, number or invented_number(), login or f"login-{uuid4().hex[:12]}"


def people(count: int) -> list[Cells]:
    """Rows of so many people whom nobody knows."""
    return [somebody(f"某申报人{number}") for number in range(count)]


def workbook(rows: Sequence[Cells], headings: Cells = HEADINGS) -> bytes:
    """A list as a workbook."""
    octets = BytesIO()
    with xlsxwriter.Workbook(octets, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((headings, *rows)):
            sheet.write_row(number, 0, row)
    return octets.getvalue()


def commas(rows: Sequence[Cells], headings: Cells = HEADINGS, encoding: str = "utf-8-sig") -> bytes:
    """A list as CSV."""
    return "".join(f"{','.join(map(str, row))}\r\n" for row in (headings, *rows)).encode(encoding)


def send(
    by: Actor, house: House, octets: bytes, media_type: str = XLSX, key: str | None = None
) -> Answer:
    """The list of a house, sent by somebody."""
    path = f"{PATH}?organisation={house.organisation}"
    return by.client.act(path, octets, key=key, media_type=media_type)


def take(by: Actor, house: House, rows: Sequence[Cells], key: str | None = None) -> Answer:
    """The list of a house as CSV, which is the quicker to read."""
    return send(by, house, commas(rows), CSV, key)
