"""A list taken out as a file: whoever has only the file can tell that it is whole."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest

from api.conventions.exporting import CSV, NDJSON, XLSX
from api.http import export_lists, exported_files
from domain.single_events import RecordExported
from projections.listing import Gathered
from tests.api.filings import done, filed, opine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.client import Answer
    from tests.api.world import World

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def taken(world: World, media_type: str, phase: str = "under_review") -> tuple[Answer, bytes]:
    """The answer to whoever takes a list of cases out, and the octets of the file."""
    world.whole(world.auditor)
    done(world.auditor.get(f"/v1/refusals?{world.everything()}"))
    body = {"list": "cases", "media_type": media_type, "q": f"status:{phase}"}
    answer = done(world.auditor.post("/v1/exports", body, mandate=world.whole(world.auditor)))
    return answer, answer.body.encode(errors="surrogateescape")


def of_lines(octets: bytes) -> tuple[dict[str, Any], bytes]:
    """The trailer of NDJSON, and what its digest covers."""
    *lines, last = octets.splitlines(keepends=True)
    return json.loads(last)["trailer"], b"".join(lines)


def of_commas(octets: bytes) -> tuple[dict[str, Any], bytes]:
    """The same of CSV."""
    covered, separator, last = octets.rstrip(b"\r\n").rpartition(b"\r\n")
    if not separator:
        covered, last = octets[:3], octets[3:]
    else:
        covered += separator
    (fields,) = csv.reader(io.StringIO(last.decode().strip()))
    told = dict(each.removeprefix("# ").split("=", 1) for each in fields)
    return told | {"count": int(told["count"])}, covered


def of_sheets(octets: bytes) -> tuple[dict[str, Any], bytes]:
    """The same of XLSX, read with nothing but the standard library."""
    with ZipFile(io.BytesIO(octets)) as book:
        sheets = [
            rows(fromstring(book.read(f"xl/worksheets/sheet{number}.xml")))  # noqa: S314 -- our own
            for number in (1, 2)
        ]
    about, listed = sheets
    told = {ON_THE_COVER.get(row["A"], row["A"]): row.get("B", "") for row in about}
    columns = list(listed[0])
    covered = "".join(
        json.dumps([row.get(each, "") for each in columns], ensure_ascii=False, separators=_TIGHT)
        + "\n"
        for row in listed
    )
    return told | {"count": int(told["count"])}, covered.encode()


_TIGHT = (",", ":")
ON_THE_COVER = {"检索语句": "query", "行数": "count", "各行摘要（SHA-256）": "digest"}


def rows(sheet: Element) -> list[dict[str, str]]:
    """The texts of each row by the letters of their columns."""
    return [
        {
            cell.attrib["r"].rstrip("0123456789"): "".join(text.itertext())
            for cell in row
            if (text := cell.find(f"{_SPREADSHEET}is")) is not None
        }
        for row in sheet.iter(f"{_SPREADSHEET}row")
    ]


READERS = {NDJSON: of_lines, CSV: of_commas, XLSX: of_sheets}


@pytest.mark.parametrize("phase", ["under_review", "lapsed"], ids=["some rows", "no row"])
@pytest.mark.parametrize(("media_type", "read"), READERS.items())
def test_the_digest_in_the_trailer_is_that_of_the_rows_in_the_file(
    world: World,
    media_type: str,
    read: Callable[[bytes], tuple[dict[str, Any], bytes]],
    phase: str,
) -> None:
    filed(world.applicant(world.school), world.school)
    _, octets = taken(world, media_type, phase)
    trailer, covered = read(octets)
    assert trailer["query"] == f"cases status:{phase}"
    assert (trailer["count"] > 0) == (phase == "under_review")
    assert trailer["digest"] == sha256(covered).hexdigest()


def test_a_list_is_taken_page_by_page_and_is_the_same_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        filed(world.applicant(world.school), world.school)
    at_once, whole = of_lines(taken(world, NDJSON)[1])
    monkeypatch.setattr(exported_files, "_AT_ONCE", 1)
    one_by_one, rows = of_lines(taken(world, NDJSON)[1])
    assert (one_by_one, rows) == (at_once, whole)
    assert at_once["count"] > 1


def test_what_moves_meanwhile_is_on_the_list_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that is acted on would come to stand before what was read already, and be missed."""
    paths = []
    for _ in range(2):
        paths.append(filed(world.applicant(world.school), world.school))
        world.clock.set(world.clock.now() + timedelta(minutes=1))
    acted: list[str] = []

    def page(listing: Gathered[Any], *asked: Any, **more: Any) -> list[Any]:  # noqa: ANN401
        found = of_page(listing, *asked, **more)
        if not acted and more["limit"] == 1:
            acted.append(paths[0])
            world.clock.set(world.clock.now() + timedelta(minutes=1))
            done(opine(world.school.handler, paths[0]))
            done(world.auditor.get(f"/v1/cases?{world.everything()}"))
        return found

    of_page = Gathered.page
    monkeypatch.setattr(Gathered, "page", page)
    monkeypatch.setattr(exported_files, "_AT_ONCE", 1)
    _, rows = of_lines(taken(world, NDJSON, "under_review sort:-changed")[1])
    cases = [json.loads(each)["case"] for each in rows.splitlines()]
    assert len({*cases}) == len(cases)
    assert acted
    assert {each.removeprefix("/v1/cases/") for each in paths} <= {*cases}


def test_a_list_that_is_too_long_is_never_cut_short(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mandate = world.whole(world.auditor)
    monkeypatch.setattr(export_lists, "MOST_ROWS", 1)
    asked = {"list": "cases", "q": "status:under_review"}
    refused = world.auditor.post("/v1/exports", asked, mandate=mandate)
    assert refused.code == "EXPORT_TOO_LARGE"


@pytest.mark.parametrize("media_type", READERS)
def test_the_digest_of_the_whole_file_is_told_beside_it_and_recorded(
    world: World, media_type: str
) -> None:
    answer, octets = taken(world, media_type)
    algorithm, _, told = answer.headers["Repr-Digest"].partition("=")
    assert (algorithm, b64decode(told.strip(":"))) == ("sha-256", sha256(octets).digest())
    (exported,) = world.services.record.load(answer.headers["Export"]).events
    assert isinstance(exported, RecordExported)
    trailer, _ = READERS[media_type](octets)
    assert exported.digest == sha256(octets).hexdigest()
    assert (exported.query, exported.count) == (trailer["query"], trailer["count"])
    listed = done(world.auditor.get(f"/v1/exports?{world.everything()}")).body["exports"]
    assert listed[0]["digest"] == exported.digest


def test_the_lines_of_a_file_hold_the_positions_that_its_trailer_names(world: World) -> None:
    filed(world.applicant(world.school), world.school)
    trailer, covered = of_lines(taken(world, NDJSON)[1])
    positions = [json.loads(each)["position"] for each in covered.splitlines()]
    assert len(positions) == trailer["count"]
    assert (trailer["first_position"], trailer["last_position"]) == (min(positions), max(positions))
