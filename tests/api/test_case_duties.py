"""What a case owes, the applicant's own file, and the receipt of each of their acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.filings import done, draft, filed

if TYPE_CHECKING:
    from tests.api.world import World


def test_a_case_tells_its_materials_and_windows_with_their_rules(world: World) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    duties = done(applicant.get(f"{path}/duties")).body
    assert duties["fee"] is None
    assert duties["place_unknown"] is None
    assert {each["batch"] for each in duties["windows"]}
    assert all(each["rules"] for each in duties["materials"] + duties["windows"])


def test_an_applicant_reads_the_whole_of_their_own_file(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    file = done(applicant.get(f"{path}/file")).body
    topics = [each["topic"] for each in file["events"]]
    assert topics[0] == "case:opened:1"
    assert "case:submitted:1" in topics
    assert file["case"]["redacted"] is False
    assert file["duties"]["number"] == file["case"]["number"]


def test_every_act_of_an_applicant_has_its_receipt(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    receipts = applicant.get(f"{path}/file").body["receipts"]
    assert [each["topic"] for each in receipts][-1] == "case:submitted:1"
    own = receipts[-1]
    again = done(applicant.get(f"{path}/receipts/{own['receipt']}")).body
    assert again == own
    assert len(own["leaf_hash"]) == 64


def test_nobody_else_reads_the_file_of_an_applicant(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    stranger = world.applicant(world.enterprise)
    assert stranger.get(f"{path}/file").status == 404
    assert world.school.handler.get(f"{path}/file").status == 403
