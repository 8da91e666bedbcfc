"""A list as a workbook, as somebody reads it who has nothing but a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from unicodedata import east_asian_width
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook

from api.conventions.exporting import CSV, NDJSON, XLSX
from api.http import labels
from api.http.export_lists import LISTS
from api.http.headings import HEADINGS
from domain.masking import masked_name
from tests.api.actor import Actor
from tests.api.filings import decide, done, draft, file, filed, opine
from tests.api.test_facts_at_the_door import drafted, stated
from tests.api.test_inspections import at_two_levels
from tests.api.world import World

CHINESE = range(0x4E00, 0xA000)


@dataclass
class Taken:
    """A case that a leader decided, taken out by an auditor."""

    world: World
    applicant: Actor
    query: str
    octets: bytes

    def sheet(self, name: str) -> list[list[str]]:
        rows = load_workbook(io.BytesIO(self.octets)).get_sheet_by_name(name).to_python()
        return [[str(each) for each in row] for row in rows]


@pytest.fixture(scope="module")
def taken(world: World) -> Taken:
    school, applicant = world.school, world.applicant(world.school, "王申报")
    path = filed(applicant, school)
    done(opine(school.handler, path))
    done(decide(school.leader, path))
    done(world.auditor.get(f"/v1/refusals?{world.everything()}"))
    query = f"leader:{school.leader.account} decided:>=2024-10-01 sort:-decided"
    return Taken(world, applicant, query, of_list(world, "cases", q=query))


def of_list(
    world: World, name: str, mandate: str | None = None, media_type: str = XLSX, **narrowed: str
) -> bytes:
    """A list as a file, under a mandate over the whole record unless one is named."""
    mandate = mandate or world.whole(world.auditor)
    body = {"list": name, "media_type": media_type, **narrowed}
    if name == "integrity-records":
        asked = world.auditor.post("/v1/integrity-consultations", {}, mandate=mandate)
        body["consultation"] = done(asked).body["consultation"]
    answer = done(world.auditor.post("/v1/exports", body, mandate=mandate))
    octets: bytes = answer.body.encode(errors="surrogateescape")
    return octets


def test_a_sheet_says_in_chinese_who_handled_and_who_led_with_names_beside_ids(
    taken: Taken,
) -> None:
    headings, *lines = taken.sheet("清单")
    assert all(ord(each[0]) in CHINESE for each in headings)
    (row,) = (dict(zip(headings, line, strict=True)) for line in lines)
    school = taken.world.school
    assert (row["申报人"], row["申报人 ID"]) == ("王申报", taken.applicant.person)
    assert (row["经办人"], row["经办人 ID"]) == (school.handler.name, school.handler.person)
    assert (row["领导"], row["领导 ID"]) == (school.leader.name, school.leader.person)
    assert (row["用人单位"], row["状态"], row["决定日"]) == (school.name, "审核中", "2024-10-15")
    assert row["最近变动"].startswith("2024-10-15 09:00")  # in Beijing; in UTC it was one


def test_the_cover_says_what_was_asked_of_whom_by_whom_and_under_what(taken: Taken) -> None:
    cover = dict(each[:2] for each in taken.sheet("说明"))
    leader, auditor = taken.world.school.leader, taken.world.auditor
    asked = f"领导：{leader.account}；决定日：不早于 2024-10-01；按决定日倒序"
    assert (cover["清单"], cover["检索条件"]) == ("申报件", asked)
    assert cover["检索语句"] == f"cases {taken.query}"
    assert (cover["范围"], cover["行数"]) == ("全部", "1")
    assert auditor.account in cover["导出人"]
    assert cover["导出时间（北京时间）"].startswith("2024-10-15 09:00")
    assert "号" in cover["依据"]
    assert cover["首条记录位置"] == cover["末条记录位置"] != "—"
    assert len(cover["各行摘要（SHA-256）"]) == 64


def test_the_header_stays_in_sight_and_narrows(taken: Taken) -> None:
    with ZipFile(io.BytesIO(taken.octets)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet


def test_what_is_printed_is_seen_whole_and_as_wide_as_the_page(taken: Taken) -> None:
    with ZipFile(io.BytesIO(taken.octets)) as book:
        cover, listed = (
            book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)
        )
    for name, sheet in (("说明", cover), ("清单", listed)):
        assert 'orientation="landscape"' in sheet
        assert '<pageSetUpPr fitToPage="1"/>' in sheet
        columns = [
            (float(width), "hidden" in rest)
            for low, high, width, rest in re.findall(
                r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)>', sheet
            )
            for _ in range(int(low), int(high) + 1)
        ]
        assert 'defaultRowHeight="16.5"' in sheet
        heights = [
            float(each or 16.5)
            for each in re.findall(r'<row [^>]*?(?: ht="([\d.]+)"[^>]*)?>', sheet)
        ]
        rows = taken.sheet(name)
        assert (len(columns), len(heights)) == (len(rows[0]), len(rows))
        for row, height in zip(rows, heights, strict=True):
            for text, (width, hidden) in zip(row, columns, strict=True):
                lines = height // 16
                assert hidden or half_widths(text) <= lines * width, (text, width, height)
    headings, *_ = taken.sheet("清单")
    assert [each.endswith(" ID") for each in headings] == [hidden for _, hidden in columns]
    assert "加号" in dict(each[:2] for each in taken.sheet("说明"))["编号列"]


def half_widths(text: str) -> int:
    """How wide a text is in half-width characters."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def test_every_list_has_a_heading_for_each_of_its_columns(taken: Taken) -> None:
    columns = {each for listed in LISTS.values() for each in listed.columns}
    assert columns <= HEADINGS.keys()
    for name in ("refusals", "separation-findings", "integrity-records"):
        octets = of_list(taken.world, name)
        book = load_workbook(io.BytesIO(octets))
        assert book.sheet_names == ["说明", "清单"]
        (headings, *_) = book.get_sheet_by_name("清单").to_python()
        assert headings[0]


def test_somebody_whom_a_mandate_is_not_about_is_called_by_a_part_of_their_name(
    taken: Taken,
) -> None:
    world, handler = taken.world, taken.world.school.handler
    mandate = world.mandate(world.auditor, persons=[taken.applicant.person])
    headings, line = Taken(world, taken.applicant, "", of_list(world, "cases", mandate)).sheet(
        "清单"
    )
    row = dict(zip(headings, line, strict=True))
    assert row["申报人"] == "王申报"
    assert row["经办人"] == masked_name(handler.name) != handler.name


def test_a_kind_is_called_in_chinese(taken: Taken) -> None:
    done(taken.world.auditor.get(f"/v1/mandates?{taken.world.everything()}"))
    octets = of_list(taken.world, "mandates")
    headings, *lines = Taken(taken.world, taken.applicant, "", octets).sheet("清单")
    kinds = {dict(zip(headings, line, strict=True))["种类"] for line in lines}
    assert kinds == {labels.MANDATE_KINDS["audit_notice"]}


def rows_of(taken: Taken, name: str, **narrowed: str) -> list[dict[str, str]]:
    """The rows of a list as a workbook shows them."""
    octets = of_list(taken.world, name, **narrowed)
    headings, *lines = Taken(taken.world, taken.applicant, "", octets).sheet("清单")
    return [dict(zip(headings, line, strict=True)) for line in lines]


@pytest.fixture(scope="module")
def refused(taken: Taken) -> Taken:
    """The same after refusals at the door and by separation, and a proposal that two are one."""
    world, school, bureau = taken.world, taken.world.school, taken.world.bureau
    again = draft(taken.applicant, school)
    assert file(taken.applicant, again).code == "OPEN_CASE"
    silent = world.applicant(school)
    left_out = stated(school, "profession", "file_kept_at")
    assert file(silent, drafted(silent, school, left_out)).code == "FACT_OPEN"
    path = filed(world.applicant(school), school)
    done(opine(school.handler, path))
    stand_in = {
        "stage": "employer",
        "seat": "leader",
        "account": school.handler.account,
        "reason": "领导出差",
    }
    assert bureau.administrator.change(path, "/substitutes", stand_in).status == 409
    done(world.auditor.get(f"/v1/refusals?{world.everything()}"))
    return taken


def test_a_sheet_of_refusals_tells_in_chinese_what_was_refused_and_why(refused: Taken) -> None:
    told = {(row["事项"], row["原因"]) for row in rows_of(refused, "refusals")}
    assert ("提交申报", "另有申报在办") in told
    reasons = [row["原因"].split("、") for row in rows_of(refused, "refusals")]
    assert ["事实尚未说明"] in reasons
    assert [each for each in reasons if len(each) > len({*each})] == []
    rules = {each for row in rows_of(refused, "refusals") for each in row["规则"].split("、")}
    assert all(any(ord(letter) in CHINESE for letter in each) for each in rules), rules


def test_a_sheet_of_findings_names_who_acted_in_which_seat(refused: Taken) -> None:
    world = refused.world
    path = f"/v1/cases/{at_two_levels(world)}"
    done(world.auditor.get(f"/v1/separation-findings?{world.everything()}"))
    number = done(world.school.handler.get(path)).body["number"]
    found = rows_of(refused, "separation-findings", verdict="CROSS_LEVEL")
    rows = [each for each in found if each["申报编号"] == number]
    assert any("经办人 某两处任职者（记录 " in each["办理记录"] for each in rows), rows
    assert all("handler:person-" in each["办理记录 ID"] for each in rows)


def test_no_code_stands_where_somebody_reads(refused: Taken) -> None:
    for name in LISTS.keys() - {"investigations"}:  # which an inspector alone takes out
        for row in rows_of(refused, name):
            for heading, text in row.items():
                seen = not heading.endswith(" ID") and heading not in FREE
                assert not (seen and CODE.search(text)), (name, heading, text)


FREE = {"地区", "批次", "摘要"}
"""What is called by letters, or so by whoever wrote it."""
CODE = re.compile(r"\b[A-Z]{3,}(_[A-Z]+)+\b|\b[a-z]+(_[a-z]+)*\b")


def test_stages_and_batches_are_called_as_the_notice_of_the_case_does(refused: Taken) -> None:
    words = done(refused.world.auditor.get("/v1/vocabulary")).body["vocabularies"]
    (stages,) = (each["codes"] for each in words if each["name"] == "law_stage")
    assert any("／" in each["chinese"] for each in stages)
    for name, headings in (
        ("cases", {"环节", "批次", "级别"}),
        ("acts", {"环节"}),
        ("refusals", {"环节"}),
    ):
        rows = rows_of(refused, name)
        told = {row[heading] for row in rows for heading in headings} - {""}
        assert told
        assert not {each for each in told if "／" in each}, name


def test_what_is_too_wide_for_a_page_to_be_read_is_on_a_larger_one_in_more_lines(
    taken: Taken,
) -> None:
    with ZipFile(io.BytesIO(taken.octets)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert 'paperSize="8"' in sheet
    seen = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"(?![^>]*hidden)', sheet)
    wide = sum((int(last) - int(first) + 1) * float(width) for first, last, width in seen)
    assert 200 < wide < 320
    with ZipFile(io.BytesIO(of_list(taken.world, "mandates"))) as book:
        assert 'paperSize="9"' in book.read("xl/worksheets/sheet1.xml").decode()


def test_commas_tell_what_the_sheet_tells(refused: Taken) -> None:
    octets = of_list(refused.world, "refusals", media_type=CSV)
    *rows, _trailer = csv.reader(io.StringIO(octets.decode("utf-8-sig")))
    read = Taken(refused.world, refused.applicant, "", of_list(refused.world, "refusals"))
    assert rows == read.sheet("清单")


def test_lines_for_programs_keep_the_codes(refused: Taken) -> None:
    octets = of_list(refused.world, "refusals", media_type=NDJSON)
    codes = {code for row in map(json.loads, octets.splitlines()) for code in row.get("codes", ())}
    assert "OPEN_CASE" in codes
