"""What a pack says of itself, of its years and of its votes is read as it is written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from domain.policy.chain import OtherBody, read_stage
from domain.policy.header import Header, Quoted, read_header, read_quoted
from domain.policy.levels import YearsRule, read_years_rule
from domain.policy.votes import VoteRule, read_votes
from domain.refusal import Citation
from tests.policy.tables import (
    CITED,
    CITING,
    ENTERPRISE,
    FOR_ENTERPRISES,
    STAGE,
    read,
    reader_of,
)

HEADER = {
    "id": "sample-2025",
    "version": 2,
    "title": "通知",
    "issuer": "某局",
    "province": "某省",
    "jurisdiction": "某省/某市",
}


def test_a_header_is_read_as_it_is_written() -> None:
    further = {
        "issued_on": date(2025, 1, 2),
        "number": "某发〔2025〕1号",
        "procedure": "recognition",
        "extends": "other-2025",
    }
    whole = Header(**HEADER, **further, legal_basis=("某办法",))  # type: ignore[arg-type]
    assert read(read_header, {**HEADER, **further, "legal_basis": ["某办法"]}) == whole


def test_a_header_may_be_short() -> None:
    assert read(read_header, HEADER) == Header(
        **HEADER,  # type: ignore[arg-type]
        issued_on=None,
        number=None,
        legal_basis=(),
        procedure="",
        extends=None,
    )


def test_a_quote_is_read_with_its_clause_and_source() -> None:
    table = {"clause": "一", "quote": "原文"}
    citation = Citation(rule="R-1", clause="一", quote="原文", source="sample-2025")
    plain = read_quoted(reader_of(table), "R-1", "sample-2025")
    assert plain == Quoted(citation=citation, own_words=False, reading=None)
    assert read_quoted(reader_of(table), "R-1", "sample-2025", own_words=True).own_words
    notice = {**table, "own_words": False}
    assert not read_quoted(reader_of(notice), "R-1", "sample-2025", own_words=True).own_words
    read_so = {**table, "own_words": True, "reading": "如此理解"}
    assert read_quoted(reader_of(read_so), "R-1", "sample-2025") == Quoted(
        citation=citation, own_words=True, reading="如此理解"
    )


def test_how_years_are_counted_is_read_as_it_is_written() -> None:
    table = {
        "reference": "batch",
        "borderline_days": 1,
        "sum_margin_days": 2,
        "evidence_required": True,
        "counted_from": "month",
        "remedy_zh": "补证明",
        "remedy_en": "add proof",
        **CITING,
    }
    assert read(read_years_rule, table) == YearsRule(
        reference="batch",
        borderline_days=1,
        sum_margin_days=2,
        evidence_required=True,
        counted_from="month",
        remedy=("补证明", "add proof"),
        citations=CITED,
    )
    assert read(read_years_rule, {**table, "counted_from": "year"}).counted_from == "year"


def test_years_are_counted_by_the_day_with_a_margin_unless_a_pack_says_otherwise() -> None:
    assert read(read_years_rule, {"reference": "filing", **CITING}) == YearsRule(
        reference="filing",
        borderline_days=3,
        sum_margin_days=30,
        evidence_required=False,
        counted_from="day",
        remedy=("", ""),
        citations=CITED,
    )


def test_a_vote_is_read_as_it_is_written() -> None:
    table = {"majority": "2/3", "of": "members", "quorum": "1/2", **CITING}
    assert read(read_votes, table) == VoteRule(
        majority=Fraction(2, 3), of="members", quorum=Fraction(1, 2), citations=CITED
    )
    assert read(read_votes, {**table, "of": "present"}).of == "present"


def test_a_stage_is_read_as_it_is_written() -> None:
    other = {"body": "hr_agency", **FOR_ENTERPRISES, **CITING}
    stage = read(
        read_stage,
        {
            **STAGE,
            "seats": ["handler"],
            "votes": True,
            "first_to_assert": ["work", "education"],
            "publicity": "result",
            "decides": True,
            "stands_in": "county_hr",
            "ageing_days": 9,
            "instead": [other],
            **FOR_ENTERPRISES,
        },
    )
    assert (stage.id, stage.chinese, stage.english) == ("it", "中", "english")
    assert (stage.body, stage.stands_in) == ("employer", "county_hr")
    assert (stage.seats, stage.votes, stage.decides) == (("handler",), True, True)
    assert stage.first_to_assert == ("work", "education")
    assert (stage.publicity, stage.ageing_days) == ("result", 9)
    assert stage.instead == (OtherBody(body="hr_agency", when=ENTERPRISE, citations=CITED),)
    assert (stage.when, stage.citations) == (ENTERPRISE, CITED)
