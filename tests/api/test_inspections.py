"""What auditors and inspectors look up, and take out, over HTTP."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from api.conventions.exporting import CSV, MEDIA_TYPES, NDJSON, XLSX, export
from api.conventions.spreadsheet import Sheet
from domain.account.events import Role
from domain.separation import HANDLER
from tests.api.filings import decide, done, filed, opine
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.conventions.exporting import Rows
    from tests.api.actor import Actor
    from tests.api.world import World

NOON = datetime(2024, 10, 15, 4, 0, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://127.0.0.1/","x")'
ROWS = [{"number": FORMULA, "flags": ["+1", "b"], "position": 7}]


def at_two_levels(world: World) -> str:
    """The case of one clerk who handled at the school, and then at the department."""
    number = invented_number()
    clerk: list[Actor] = []
    for house in (world.school, world.department):
        holder = world.account(
            house.administrator, "某两处任职者", house.organisation, [Role.OFFICIAL], number
        )
        done(world.appoint(house, HANDLER, holder))
        clerk.append(holder)
    path = filed(world.applicant(world.school), world.school)
    done(opine(clerk[0], path))
    done(decide(world.school.leader, path))
    done(opine(clerk[1], path))
    return path.removeprefix("/v1/cases/")


def test_one_person_at_two_levels_is_found_and_is_no_breach(world: World) -> None:
    case = at_two_levels(world)
    path = f"/v1/separation-findings?{world.everything()}"
    crossing = done(world.auditor.get(f"{path}&verdict=CROSS_LEVEL")).body["findings"]
    assert {(each["case"], each["cross_level"]) for each in crossing} == {(case, True)}
    assert case not in {each["case"] for each in done(world.auditor.get(path)).body["findings"]}


def test_findings_are_for_those_who_watch(world: World) -> None:
    assert world.school.leader.get("/v1/separation-findings").code == "FORBIDDEN"
    assert world.school.administrator.get("/v1/consultations").code == "FORBIDDEN"


def test_whoever_looked_is_listed_with_what_they_looked_at(world: World) -> None:
    applicant = world.applicant(world.school)
    looked = done(
        world.inspector.post(f"/v1/persons/{applicant.person}/unmaskings", {"reason": "核对举报"})
    )
    path = f"/v1/consultations?subject={applicant.person}&{world.shown(looked)}"
    (row,) = done(world.auditor.get(path)).body["consultations"]
    assert (row["account"], row["extent"]) == (world.inspector.account, "documents")
    assert "核对举报" not in str(row)


def test_only_those_who_watch_take_lists_out(world: World) -> None:
    body = {"list": "cases", "media_type": NDJSON}
    assert world.school.leader.post("/v1/exports", body).code == "FORBIDDEN"
    assert world.bureau.administrator.post("/v1/exports", body).code == "FORBIDDEN"


def as_they_are(rows: Rows) -> Sheet:
    """A sheet of some rows under the names of their columns."""
    lines = (
        [" ".join(each) if isinstance(each, list) else str(each) for each in row.values()]
        for row in rows
    )
    return Sheet(list(ROWS[0]), lines, {})


def as_file(rows: Rows, media_type: str) -> bytes:
    """Rows as a file."""
    return b"".join(export(rows, "cases", media_type, NOON, as_they_are).pieces())


def most_held(media_type: str) -> int:
    """The octets that are held at once while a file of 15 MB is made; other threads' with them."""
    words = "职称" * 500
    rows = ({"number": f"{number} {words}", "flags": "", "position": 1} for number in range(5_000))
    tracemalloc.start()
    try:
        assert export(rows, "cases", media_type, NOON, as_they_are).trailer.count == 5_000
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_no_file_is_ever_held_whole(media_type: str) -> None:
    assert any(most_held(media_type) < 6_000_000 for _ in range(5))


@pytest.mark.parametrize("rows", [ROWS, []], ids=["a row", "no row"])
def test_a_formula_is_text_in_a_spreadsheet(rows: Sequence[dict[str, Any]]) -> None:
    with ZipFile(io.BytesIO(as_file(rows, XLSX))) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/" in name]
    assert all(b"<f>" not in sheet and b"<hyperlink" not in sheet for sheet in sheets)


def test_a_spreadsheet_tells_when_it_was_asked_for_and_no_other_time() -> None:
    with ZipFile(io.BytesIO(as_file(ROWS, XLSX))) as book:
        about = book.read("docProps/core.xml").decode()
    assert about.count("2024-10-15T04:00:00Z") == about.count("W3CDTF") > 0


def test_a_formula_is_text_in_a_table_of_commas() -> None:
    text = as_file(ROWS, CSV).decode("utf-8-sig")
    header, row, _ = csv.reader(io.StringIO(text))
    assert header == ["number", "flags", "position"]
    assert row == [f"'{FORMULA}", "'+1 b", "7"]
    assert as_file([], CSV).decode("utf-8-sig").startswith("number,flags,position")


def test_a_mandate_stands_for_a_reason_and_is_named_in_the_consultation(world: World) -> None:
    applicant, inspector = world.applicant(world.school), world.inspector
    mandate = world.mandate(inspector, world.auditor, persons=[applicant.person])
    path = f"/v1/persons/{applicant.person}/unmaskings"
    looked = done(inspector.post(path, {}, mandate=mandate))
    assert looked.body["documents"][0]["number"] == applicant.number
    listed = f"/v1/consultations?subject={applicant.person}&{world.shown(looked)}"
    (row,) = done(world.auditor.get(listed)).body["consultations"]
    assert row["mandate"] == mandate


def test_a_mandate_covers_whom_it_names(world: World) -> None:
    one, other = world.applicant(world.school), world.applicant(world.school)
    inspector = world.inspector
    named = world.mandate(inspector, world.auditor, persons=[one.person])
    elsewhere = f"/v1/persons/{other.person}/unmaskings"
    assert inspector.post(elsewhere, {}, mandate=named).code == "MANDATE_ELSEWHERE"
    path = f"/v1/persons/{one.person}/unmaskings"
    assert inspector.post(path, {}, mandate="mandate-0").code == "NO_SUCH_MANDATE"
    assert inspector.post(path, {}).code == "GROUND_MISSING"


def test_a_reviewer_needs_no_reason_for_the_case_at_their_seat(world: World) -> None:
    applicant = world.applicant(world.school)
    case = filed(applicant, world.school).removeprefix("/v1/cases/")
    path, named = f"/v1/persons/{applicant.person}/unmaskings", {"case": case}
    looked = done(world.school.handler.post(path, named))
    assert looked.body["documents"][0]["number"] == applicant.number
    assert [each["topic"] for each in looked.body["events"]] == ["consultation:recorded:1"]
    assert world.bureau.handler.post(path, named).code == "GROUND_MISSING"
    other = f"/v1/persons/{world.applicant(world.school).person}/unmaskings"
    assert world.school.handler.post(other, named).code == "GROUND_MISSING"


def test_integrity_records_are_taken_out_by_whoever_said_why(world: World) -> None:
    asked = {"list": "integrity-records", "media_type": NDJSON}
    inspector, under = world.inspector, world.mandate(world.inspector, world.auditor)
    assert inspector.post("/v1/exports", asked, mandate=under).code == "REASON_REQUIRED"
    consulted = done(inspector.post("/v1/integrity-consultations", {}, mandate=under))
    named = {**asked, "consultation": consulted.body["consultation"]}
    assert world.auditor.post("/v1/exports", named, mandate=under).code == "REASON_REQUIRED"
    another = world.mandate(inspector, world.auditor)
    assert inspector.post("/v1/exports", named, mandate=another).code == "REASON_REQUIRED"
    taken_out = done(inspector.post("/v1/exports", named, mandate=under))
    trailer = json.loads(taken_out.body.splitlines()[-1])["trailer"]
    assert trailer["query"] == f"integrity-records consultation:{named['consultation']}"
