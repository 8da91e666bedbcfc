"""Integrity records to and from other archives, signed."""

from __future__ import annotations

import tracemalloc
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.acts.guard import act_as
from api.archive_keys import TRUSTED, signing_key
from api.http import exported_files
from audit.exchange import read_delivery, write_delivery
from domain.actor import SystemActor
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.personal import Personal, Purpose
from domain.single_events import RecordExported
from tests.api.deliveries import FOREIGN, MADE_AT, ORIGIN, line, sent, signed, trust
from tests.api.filings import done, draft, file
from tests.api.society import invented_number
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


@pytest.fixture(scope="module")
def trusting(world: World) -> World:
    """The county, which trusts one archive."""
    trust(world)
    return world


@pytest.fixture(scope="module")
def known(world: World) -> Actor:
    """An applicant of whom another archive has something to say."""
    return world.applicant(world.school, "某外地失信者")


def test_what_another_archive_decided_blocks_here(trusting: World, known: Actor) -> None:
    stranger = invented_number()
    taken = done(sent(trusting, line(known.number, "entry-1"), line(stranger, "entry-2"))).body
    assert (taken["archive"], taken["origin"]) == ("某省档案", ORIGIN)
    assert (taken["entered"], taken["unknown_persons"]) == (["entry-1"], ["entry-2"])
    answer = file(known, draft(known, trusting.school))
    assert "INTEGRITY_BLOCK" in {each["code"] for each in answer.body["refusals"]}


def test_what_is_known_already_is_said_to_be(trusting: World, known: Actor) -> None:
    sent(trusting, line(known.number, "entry-1"))
    for number, told in ((known.number, "duplicates"), (invented_number(), "unknown_persons")):
        again = done(sent(trusting, line(number, "entry-1"))).body
        assert (again["entered"], again[told]) == ([], ["entry-1"])
        assert [each["topic"] for each in again["events"]] == ["consultation:recorded:1"]


def test_a_delivery_sent_again_tells_its_events_and_nobody_who_is_known_by_now(
    trusting: World, known: Actor
) -> None:
    stranger = invented_number()
    lines = [line(known.number, "entry-again"), line(stranger, "entry-of-a-stranger")]
    octets, _ = signed(lines, ORIGIN, MADE_AT, FOREIGN)
    leader, key = trusting.bureau.integrity_leader, uuid4().hex
    body = {"file": octets.decode()}
    first = done(leader.post("/v1/archive-imports", body, key=key)).body
    assert first["unknown_persons"] == ["entry-of-a-stranger"]
    trusting.applicant(trusting.school, number=stranger)
    again = done(leader.post("/v1/archive-imports", body, key=key)).body
    assert (again["events"], again["entered"]) == (first["events"], ["entry-again"])
    assert (again["unknown_persons"], again["duplicates"]) == (None, None)


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


def as_it_came(world: World, octets: bytes) -> Answer:
    """Take in a file as it came over the wire."""
    body = {"file": octets.decode()}
    return world.bureau.integrity_leader.post("/v1/archive-imports", body)


def test_what_is_wrong_with_a_file_is_said_and_nothing_of_it_is_taken_in(
    trusting: World, known: Actor
) -> None:
    lines = [line(known.number, f"entry-{each}") for each in ("wrong-1", "wrong-2")]
    octets, digest = signed(lines, ORIGIN, MADE_AT, FOREIGN)
    signature = octets.rpartition(b'"signature":"')[2][:128]
    stranger, _ = signed(lines, ORIGIN, MADE_AT, Ed25519PrivateKey.generate())
    wrong = {
        "DELIVERY_UNTRUSTED": [stranger],
        "DELIVERY_ALTERED": [
            octets.replace(b'"block"', b'"warn"', 1),
            octets.replace(signature, signature[::-1]),
            octets.replace(digest.encode(), digest[::-1].encode()),
        ],
        "DELIVERY_CUT_SHORT": [
            octets[:-1],
            octets[: octets.rindex(b"\n", 0, -1) + 1],
            octets[:500],
        ],
        "DELIVERY_UNREADABLE": [b"no file\nat all\nof ours\n"],
    }
    before = trusting.services.record.load(known.person).version
    for code, files in wrong.items():
        for file_ in files:
            answer = as_it_came(trusting, file_)
            assert (answer.status, answer.code) == (422, code), file_
    assert trusting.services.record.load(known.person).version == before


def test_only_the_integrity_leader_speaks_for_the_archive(trusting: World, known: Actor) -> None:
    octets, _ = signed([line(known.number, "entry-5")], ORIGIN, MADE_AT, FOREIGN)
    for other in (trusting.bureau.integrity_handler, trusting.bureau.leader, known):
        body = {"file": octets.decode()}
        assert other.post("/v1/archive-imports", body).code == "FORBIDDEN"
        assert other.post("/v1/archive-exports", {}).code == "FORBIDDEN"


def enter(world: World, person: str, entry: str) -> IntegrityRecordEntered:
    """Let the county have decided an entry about somebody."""
    own = IntegrityRecordEntered(
        entry=entry,
        case=None,
        investigation=None,
        ground="弄虚作假",
        decision="寻人社处〔2024〕9号",
        authority=world.bureau.organisation,
        scope="county",
        area=COUNTY,
        starts_on=date(2024, 10, 15),
        ends_on=date(2027, 10, 15),
        months=36,
        term_source=TermSource.DEFAULT,
        effect=Effect.BLOCK,
        rules=(),
        particulars=Personal("学历造假", person, Purpose.DISCIPLINE),
    )
    act_as(
        world.services.office.desk,
        SystemActor("test"),
        f"command-{entry}",
        world.clock.now(),
        lambda desk: desk.write(person, own),
    )
    return own


def test_what_the_authority_decided_is_handed_out_signed_and_the_export_recorded(
    trusting: World, known: Actor
) -> None:
    leader, services = trusting.bureau.integrity_leader, trusting.services
    own = enter(trusting, known.person, "entry-of-this-county")
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


def test_however_many_pages_there_are_all_goes_in_one_delivery_in_the_order_of_entry(
    trusting: World, known: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, record = trusting.bureau.integrity_leader, trusting.services.record
    begun = record.head()
    told = [enter(trusting, known.person, f"entry-page-{each}").entry for each in (3, 1, 2)]
    monkeypatch.setattr(exported_files, "_AT_ONCE", 2)
    before = record.head()
    octets = leader.post("/v1/archive-exports", {}).body.encode()
    key = signing_key(trusting.services.settings.key_directory).public_key().public_bytes_raw()
    delivery = read_delivery(octets, {key.hex(): "本机"})
    entries = [each["entry"] for each in delivery.entries]
    assert entries[-3:] == told
    assert len({*entries}) == len(entries)
    (one,) = record.read(before, 1)
    assert isinstance(one.event, RecordExported)
    assert one.event.count == len(entries)
    assert one.event.first_position is not None
    assert one.event.first_position <= begun + 1
    assert one.event.last_position == begun + 3


def test_a_delivery_takes_no_more_memory_the_more_there_is_in_it() -> None:
    def most(count: int) -> int:
        lines = (line(invented_number(), f"entry-{each}") for each in range(count))
        tracemalloc.start()
        try:
            file = write_delivery(lines, ORIGIN, MADE_AT, FOREIGN)
            assert sum(map(len, file.pieces())) > 400 * count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most(20_000) < most(5_000) + (1 << 19)
