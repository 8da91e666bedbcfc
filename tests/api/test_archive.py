"""Integrity records to and from other archives, signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.archive_keys import TRUSTED, signing_key
from audit.exchange import ExchangeRefusedError, read_delivery, write_delivery
from domain.actor import SystemActor
from domain.notes import RecordExported
from domain.person.events import Effect, IntegrityRecordEntered, TermSource
from domain.personal import Personal, Purpose
from tests.api.filings import done, draft, file
from tests.api.society import invented_number
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

FOREIGN = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "mingjian/elsewhere"
MADE_AT = "2024-10-15T01:00:00+00:00"


@pytest.fixture(scope="module")
def trusting(world: World) -> World:
    """The county, which trusts one archive."""
    public = FOREIGN.public_key().public_bytes_raw().hex()
    trusted = world.services.settings.key_directory / TRUSTED
    trusted.write_text(f"{public} 某省档案\n", encoding="utf-8")
    return world


@pytest.fixture(scope="module")
def known(world: World) -> Actor:
    """An applicant of whom another archive has something to say."""
    return world.applicant(world.school, "某外地失信者")


def line(number: str, entry: str, **members: Any) -> dict[str, Any]:  # noqa: ANN401 -- of a line
    return {
        "annulled": False,
        "area": "江西省",
        "authority": "某市人力资源和社会保障局",
        "decision": f"某处字{entry}",
        "document_kind": "resident_identity_card",
        "document_number": number,
        "effect": "block",
        "ends_on": "2027-10-14",
        "entry": entry,
        "ground": "弄虚作假",
        "months": 36,
        "particulars": "学历造假",
        "rules": [],
        "scope": "province",
        "starts_on": "2024-10-14",
        "term_source": "notice",
        **members,
    }


def sent(world: World, *lines: dict[str, Any], key: Ed25519PrivateKey = FOREIGN) -> Answer:
    octets, _ = write_delivery(lines, ORIGIN, MADE_AT, key)
    body = {"file": octets.decode()}
    return world.bureau.integrity_leader.post("/v1/archive-imports", body)


def test_what_another_archive_decided_blocks_here(trusting: World, known: Actor) -> None:
    stranger = invented_number()
    taken = done(sent(trusting, line(known.number, "entry-1"), line(stranger, "entry-2"))).body
    assert (taken["archive"], taken["origin"]) == ("某省档案", ORIGIN)
    assert (taken["entered"], taken["unknown_persons"]) == (["entry-1"], ["entry-2"])
    answer = file(known, draft(known, trusting.school))
    assert "INTEGRITY_BLOCK" in {each["code"] for each in answer.body["refusals"]}


def test_what_is_known_already_is_said_to_be(trusting: World, known: Actor) -> None:
    sent(trusting, line(known.number, "entry-1"))
    again = done(sent(trusting, line(known.number, "entry-1"))).body
    assert (again["entered"], again["duplicates"]) == ([], ["entry-1"])


def test_only_who_sent_an_entry_corrects_or_annuls_it(trusting: World, known: Actor) -> None:
    sent(trusting, line(known.number, "entry-3"))
    longer = done(sent(trusting, line(known.number, "entry-3", ends_on="2028-01-01"))).body
    assert longer["corrected"] == ["entry-3"]
    other = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x01")
    trusted = trusting.services.settings.key_directory / TRUSTED
    public = other.public_key().public_bytes_raw().hex()
    with trusted.open("a", encoding="utf-8") as more:
        more.write(f"{public} 另一档案\n")
    void = line(known.number, "entry-3", annulled=True)
    assert done(sent(trusting, void, key=other)).body["duplicates"] == ["entry-3"]
    assert done(sent(trusting, void)).body["annulled"] == ["entry-3"]


def test_a_file_of_a_stranger_is_refused(trusting: World, known: Actor) -> None:
    stranger = Ed25519PrivateKey.generate()
    answer = sent(trusting, line(known.number, "entry-4"), key=stranger)
    assert (answer.status, answer.code) == (422, "DELIVERY_REFUSED")


@pytest.mark.parametrize("alter", [b"block", b"36"])
def test_an_altered_file_is_refused(alter: bytes) -> None:
    public = FOREIGN.public_key().public_bytes_raw().hex()
    octets, _ = write_delivery([line("1", "entry-1")], ORIGIN, MADE_AT, FOREIGN)
    assert read_delivery(octets, {public: "某省档案"}).entries
    with pytest.raises(ExchangeRefusedError, match="altered"):
        read_delivery(octets.replace(alter, alter[::-1], 1), {public: "某省档案"})
    with pytest.raises(ExchangeRefusedError, match="cut short"):
        read_delivery(octets[:-1], {public: "某省档案"})


def test_only_the_integrity_leader_speaks_for_the_archive(trusting: World, known: Actor) -> None:
    octets, _ = write_delivery([line(known.number, "entry-5")], ORIGIN, MADE_AT, FOREIGN)
    for other in (trusting.bureau.integrity_handler, trusting.bureau.leader, known):
        body = {"file": octets.decode()}
        assert other.post("/v1/archive-imports", body).code == "FORBIDDEN"
        assert other.post("/v1/archive-exports", {}).code == "FORBIDDEN"


def test_what_the_authority_decided_is_handed_out_signed_and_the_export_recorded(
    trusting: World, known: Actor
) -> None:
    leader, services = trusting.bureau.integrity_leader, trusting.services
    own = IntegrityRecordEntered(
        entry="entry-of-this-county",
        case=None,
        investigation=None,
        ground="弄虚作假",
        decision="寻人社处〔2024〕9号",
        authority=trusting.bureau.organisation,
        scope="county",
        area=COUNTY,
        starts_on=date(2024, 10, 15),
        ends_on=date(2027, 10, 15),
        months=36,
        term_source=TermSource.DEFAULT,
        effect=Effect.BLOCK,
        rules=(),
        particulars=Personal("学历造假", known.person, Purpose.DISCIPLINE),
    )
    services.office.desk.act_as(
        SystemActor("test"),
        "command-1",
        trusting.clock.now(),
        lambda deliberation: deliberation.write(known.person, own),
    )
    before = services.record.head()
    answer = leader.post("/v1/archive-exports", {})
    assert answer.status == 201, answer.body
    key = signing_key(services.settings.key_directory).public_key().public_bytes_raw().hex()
    delivery = read_delivery(answer.body.encode(), {key: "本机"})
    assert delivery.origin == services.record.origin
    (entry,) = delivery.entries
    assert (entry["entry"], entry["document_number"]) == (own.entry, known.number)
    assert (entry["authority"], entry["particulars"]) == ("县人社局", "学历造假")
    (one,) = services.record.read(before, 1)
    assert isinstance(one.event, RecordExported)
    assert (one.event.count, one.event.digest) == (1, delivery.digest)
