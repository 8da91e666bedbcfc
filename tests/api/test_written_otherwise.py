"""Numbers, names, codes, days and files as a bad keyboard writes them, or somebody who lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.account.events import Role
from domain.document import check_digit
from tests.api.filings import WORD, done, draft, filed, opine, title
from tests.api.test_credit_codes import code, registered
from tests.media.corpus import PE, half, ofd, office, packed, pdf, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def opened(world: World, name: str, kind: str, number: str) -> Answer:
    """The school's administrator opens an applicant's account."""
    body = {
        "name": name,
        "document": {"kind": kind, "number": number},
        "organisation": world.school.organisation,
        "roles": [Role.APPLICANT],
        "login": f"login-{uuid4().hex[:12]}",
    }
    return world.school.administrator.post("/v1/accounts", body)


def permit(region: str, order: int) -> str:
    """A residence permit's number, of nobody who lives."""
    seventeen = f"{region}19000101{order:03d}"
    return seventeen + check_digit(seventeen)


# ── numbers of documents (C1 to C3) ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "first", "again"),
    [
        ("hk_macao_travel_permit", "M0000000101", "m00000001 09"),
        ("taiwan_travel_permit", "0000000101", "00000001"),
        ("taiwan_travel_permit", "0000000201B", "0000000202"),
        ("foreign_permanent_residence", "jpn310000000201", "JPN 3100 0000 0201"),
    ],
)
def test_a_renewed_document_is_the_same_persons(
    world: World, kind: str, first: str, again: str
) -> None:
    one, other = (done(opened(world, "某外来者", kind, each)).body for each in (first, again))
    assert one["person"] == other["person"]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "JPN310000000001"),
        ("passport", "H1000000201"),
        ("passport", "0000000101B"),
        ("passport", permit("810000", 1)),
        ("overseas_talent_residence", "JPN310000000001"),
        ("overseas_talent_residence", "M1000000201"),
        ("overseas_talent_residence", permit("830000", 2)),
        ("hk_macao_residence_permit", permit("830000", 3)),
        ("taiwan_residence_permit", permit("820000", 4)),
        ("resident_identity_card", permit("810000", 5)),
    ],
)
def test_a_number_that_is_plainly_of_another_kind_makes_no_second_person(
    world: World, kind: str, number: str
) -> None:
    answer = opened(world, "某外来者", kind, number)
    assert (answer.status, answer.code) == (409, "ID_FORMAT")
    assert "核对证件种类" in answer.body["detail"]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("hk_macao_travel_permit", "HO0000001"),
        ("taiwan_travel_permit", "O0000001"),
        ("foreign_permanent_residence", "JPN31OOOOOOO001"),
        ("passport", "GOODO"),
        ("hk_macao_residence_permit", permit("820000", 6).replace("0", "O", 1)),
        ("resident_identity_card", "３６０７３４１９０００１０１００１X"),
        ("passport", "E\u200b1234567"),
    ],
)
def test_a_letter_is_no_digit_and_what_is_unseen_no_place(
    world: World, kind: str, number: str
) -> None:
    answer = opened(world, "某外来者", kind, number)
    assert (answer.status, answer.code) == (409, "ID_FORMAT")
    assert answer.body["refusals"][0]["pointer"] == "/document/number"


# ── names and other words (C4, C5) ──────────────────────────────────────────────────

UNSEEN = ["\u034f", "\u180b", "\U000e0100", "\U000e0041\U000e007f", "\u17b4 ", "\ufff9\ufffb"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_is_neither_a_name_nor_a_reason(world: World, unseen: str) -> None:
    named = opened(world, unseen, "passport", "E0000101")
    path = filed(world.applicant(world.school), world.school)
    item = {"subject": "application", "problem": unseen}
    returned = world.school.handler.change(path, "/returns", {"items": [item], **WORD})
    withdrawn = world.school.handler.change(path, "/rescissions", {"reason": unseen})
    for answer in (named, returned, withdrawn):
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert opine(world.school.handler, path, opinion=unseen).code == "FIELDS_REFUSED"


@pytest.mark.parametrize(
    ("number", "written", "again"),
    [
        ("E0000201", "Mu\u0308ller", "M\u00fcller"),
        ("E0000202", "\u845b\ufe00某", "\u845b某"),
        ("E0000203", "某\u200d甲", "某甲"),
        ("E0000204", "某\u034f乙\U000e0101", "某乙"),
        ("E0000205", "买买提\u2027某", "买买提·某"),
    ],
)
def test_one_name_differently_composed_is_one_name(
    world: World, number: str, written: str, again: str
) -> None:
    first = done(opened(world, written, "passport", number)).body
    second = done(opened(world, again, "passport", number)).body
    assert first["person"] == second["person"]
    other = opened(world, "某旁人", "passport", number)
    assert other.code == "NAME_DIFFERS"


@pytest.mark.parametrize("turned", ["某\u202e甲", "\u2067某", "某\u061c"])
def test_no_name_turns_the_words_around_it_wherever_one_is_given(world: World, turned: str) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    (file, *_) = done(applicant.get(path)).body["materials"]
    answers = [
        opened(world, turned, "passport", "E0000301"),
        registered(world, code(301), name=turned),
        world.system.client.post("/v1/certificates/1/verifications", {"name": turned}),
        applicant.post("/v1/cases", {**title(world.school), "specialty": turned}),
        applicant.post("/v1/cases", {**title(world.school), "series": turned}),
        applicant.change(path, "/materials", {"upload": file["material"], "title": turned}),
    ]
    for answer in answers:
        assert answer.status == 422
        assert any("方向" in each["detail"] for each in answer.body["errors"])


# ── credit codes (C7) ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "changed",
    [
        lambda whole: whole[:13] + whole[14] + whole[13] + whole[15:],
        lambda whole: whole.replace("0", "O", 1),
        lambda whole: whole[:9] + "\u200b" + whole[9:],
        lambda whole: whole.replace("M", "\u041c", 1),
        lambda whole: "\u202e" + whole[::-1],
    ],
    ids=["two places changed", "a letter for nought", "unseen", "another script", "turned around"],
)
def test_a_code_that_only_looks_like_one_registers_nobody_twice(
    world: World, changed: Callable[[str], str]
) -> None:
    registered(world, code(302))
    answer = registered(world, changed(code(302)))
    assert answer.code in ("CREDIT_CODE", "FIELDS_REFUSED")


# ── the ends of the calendar (C9) ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    "instant",
    [
        "1900-01-01T00:00:00+14:00",
        "2100-12-31T23:59:59-12:00",
        "2024-02-29T23:59:59.999999-12:00",
    ],
)
def test_an_instant_at_an_end_of_the_calendar_is_answered(world: World, instant: str) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    stated = {"application": {"educations": []}, "filed_at": instant}
    check = {**title(world.school), **stated}
    assert applicant.client.post("/v1/eligibility-checks", check).status == 200
    as_of = instant.replace("+", "%2B")
    assert applicant.get(f"{path}?as_of={as_of}").status in (200, 404)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2023-02-29", "2024-2-9", "1899-12-31"]
)
def test_a_day_that_no_calendar_of_ours_has_is_refused_where_it_stands(
    world: World, day: str
) -> None:
    path = filed(world.applicant(world.school), world.school)
    item = {"subject": "application", "problem": "请补充。"}
    said: list[tuple[str, dict[str, Any], str]] = [
        ("/returns", {"items": [item], "due_on": day, **WORD}, "/due_on"),
        ("/publicities", {"posted_on": day}, "/posted_on"),
        ("/paper-receipts", {"received_on": day, "items": ["diploma"]}, "/received_on"),
    ]
    for act, body, pointer in said:
        answer = world.school.handler.change(path, act, body)
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED"), act
        assert pointer in {each["pointer"] for each in answer.body["errors"]}


# ── files (C10 to C12) ──────────────────────────────────────────────────────────────

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG before a document": (lambda: picture("PNG") + office(), "MEDIA_POLYGLOT"),
    "PDF within a program": (lambda: PE + bytes(100) + pdf(), "MEDIA_POLYGLOT"),
    "XLSX cut in half": (
        lambda: half(office("application/vnd.ms-excel", "xl/workbook.xml")),
        "MEDIA_TRUNCATED",
    ),
    "archive named like an OFD": (lambda: packed({"OFD.txt": "<ofd/>"}), "MEDIA_TYPE"),
    "OFD with a program among its pages": (
        lambda: ofd({"Doc_0/Pages/Page_0/Content.xml": PE}),
        "MEDIA_ACTIVE",
    ),
    "a shortcut of Windows": (lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(200), "MEDIA_TYPE"),
}


@pytest.fixture(scope="module")
def drafting(world: World) -> tuple[Actor, str]:
    """Somebody with a draft."""
    applicant = world.applicant(world.school)
    return applicant, draft(applicant, world.school)


@pytest.mark.parametrize("called", REFUSED)
def test_a_file_is_judged_by_what_it_is(drafting: tuple[Actor, str], called: str) -> None:
    applicant, path = drafting
    made, reason = REFUSED[called]
    answer = applicant.client.post(f"{path}/uploads", made(), Content_Type="application/pdf")
    assert (answer.status, answer.code) == (422, reason)
