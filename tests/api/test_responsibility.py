"""One forged file in several cases, and whose other cases share the pattern, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from api.demo.filing import File
from domain.account.events import Role
from tests.api.filings import SCAN, attach, done, draft, file, filed, passed
from tests.api.provinces import draft as drafted

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.provinces import Province
    from tests.api.world import World


def scan(words: bytes) -> bytes:
    """A whole file that differs from others by some words."""
    return SCAN.replace(b"%PDF-1.4\n", b"%PDF-1.4\n% " + words + b"\n")


def hand_in(applicant: Actor, case: str, content: bytes) -> str:
    """Attach a file with this content; its id."""
    sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    upload = done(applicant.client.post(f"{case}/uploads", content, **sent)).body["upload"]
    body = {"upload": upload, "kind": "diploma", "supports": [], "title": "证书"}
    done(applicant.change(case, "/materials", body))
    return str(done(applicant.get(case)).body["materials"][-1]["material"])


def test_one_forged_file_is_found_in_every_case_by_its_fingerprint(world: World) -> None:
    first, second = (world.applicant(world.school) for _ in range(2))
    cases = [draft(first, world.school), draft(second, world.school)]
    forged = [
        hand_in(who, case, scan(b"forged"))
        for who, case in zip((first, second), cases, strict=True)
    ]
    other = hand_in(first, cases[0], scan(b"another"))
    done(file(first, cases[0]))
    path = f"{cases[0]}/materials/{{}}/copies?{world.everything()}"
    in_a_draft = done(world.inspector.get(path.format(forged[0]))).body
    assert in_a_draft == {"copies": [], "elsewhere": 0}
    done(file(second, cases[1]))
    path = f"{cases[0]}/materials/{{}}/copies?{world.everything()}"
    found = done(world.inspector.get(path.format(forged[0]))).body
    assert found == {
        "copies": [{"material": forged[1], "case": cases[1].rpartition("/")[2]}],
        "elsewhere": 0,
    }
    alone = done(world.inspector.get(path.format(other))).body
    assert alone == {"copies": [], "elsewhere": 0}
    assert world.school.leader.get(path.format(forged[0])).code == "FORBIDDEN"


def test_of_copies_where_one_does_not_watch_only_the_number_is_told(province: Province) -> None:
    applicant = province.applicant(province.enterprise, "某申报人")
    other = province.applicant(province.elsewhere, "外市申报人")
    away = drafted(other, province.elsewhere, "yueyang-2024", series="农业", specialty="作物学")
    here = drafted(applicant, province.enterprise, "yiyang-2024", series="农业", specialty="作物学")
    forged = hand_in(applicant, here, scan(b"two cities"))
    hand_in(other, away, scan(b"two cities"))
    for who, case in ((applicant, here), (other, away)):
        done(file(who, case))
    local = province.account(
        province.system, "市纪检", province.bureau.organisation, [Role.INSPECTOR]
    )
    path = f"{here}/materials/{forged}/copies?{province.everything()}"
    assert done(local.get(path)).body == {"copies": [], "elsewhere": 1}
    whole = done(province.inspector.get(path)).body["copies"]
    assert [each["case"] for each in whole] == [away.rpartition("/")[2]]


def test_who_acted_together_is_told_with_their_other_cases(world: World) -> None:
    paths = [filed(world.applicant(world.school), world.school) for _ in range(2)]
    for path in paths:
        passed(path, world.school)
    chain = world.inspector.get(f"{paths[0]}/responsibility?{world.everything()}")
    (pair,) = done(chain).body["pairs"]
    assert (pair["handler"], pair["leader"]) == (
        world.school.handler.person,
        world.school.leader.person,
    )
    assert paths[1].rpartition("/")[2] in pair["cases"]


def test_a_file_of_a_case_is_a_file_like_any_other(world: World) -> None:
    applicant = world.applicant(world.school)
    case = draft(applicant, world.school)
    attach(applicant, case, File(kind="diploma", title="另附", supports=()))
    material = done(applicant.get(case)).body["materials"][-1]["material"]
    done(file(applicant, case))
    copies = world.inspector.get(f"{case}/materials/{material}/copies?{world.everything()}")
    assert len(done(copies).body["copies"]) > 1
