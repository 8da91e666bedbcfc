"""A list as a workbook, as somebody reads it who has nothing but a spreadsheet."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from unicodedata import east_asian_width
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook

from api.conventions.exporting import XLSX
from api.http import labels
from api.http.export_lists import LISTS
from api.http.headings import HEADINGS
from domain.masking import masked_name
from tests.api.actor import Actor
from tests.api.filings import decide, done, filed, opine
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


def of_list(world: World, name: str, mandate: str | None = None, **narrowed: str) -> bytes:
    """A list as a workbook, under a mandate over the whole record unless one is named."""
    mandate = mandate or world.whole(world.auditor)
    body = {"list": name, "media_type": XLSX, **narrowed}
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
