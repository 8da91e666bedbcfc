"""The words of an application for registration are erased by two officers, as all handed in is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.acts.upkeep import rotate_keys
from api.app import open_services
from api.backup.backing_up import back_up
from api.backup.restoring import restore
from api.http.masking import ERASED
from api.jobs.eraser import erase
from audit.keys.journal import Journal
from projections.catalogue import VIEWS
from projections.progress import wait_for
from tests.api.accessions import (
    MISSING,
    PATH,
    REASON,
    Applied,
    applied,
    approve,
    by_receipt,
    employer,
    scan,
)
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import acts_in, done, kept_from
from tests.api.homes import elsewhere, home_of
from tests.api.objections import codes
from tests.conftest import GROUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.database import Reached
    from api.embedded import EmbeddedServer
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity
    from tests.conftest import Database

HERE = {"area": "浙江省/湖州市", "level": "city"}
BASIS = {"basis": "个人信息保护法第四十七条", "reason": "某秘密缘由"}
ORDER = {"decision": "湖人社删〔2025〕2号"}
WORDS = {"administrator_name": "某秘密者", "contact": "某秘密处"}
LATER = "2025-10-01T09:00"


@pytest.fixture(scope="module")
def city(keeping_city: PublishingCity) -> PublishingCity:
    """A city that keeps what was handed in for a year."""
    return keeping_city


@pytest.fixture(scope="module")
def home(city: PublishingCity, server: EmbeddedServer) -> Reached:
    """The city's database, as an operator reaches it."""
    return home_of(city.services, server)


def apply(city: PublishingCity, **members: Any) -> Applied:  # noqa: ANN401 -- of a request
    return applied(city, **{**HERE, **WORDS, **members})


def decline(city: PublishingCity, one: Applied) -> Applied:
    done(city.bureau.administrator.change(one.path, "/declinations", {"reason": "某秘密驳由"}))
    return one


def propose(city: PublishingCity, one: Applied, by: Actor | None = None) -> Answer:
    return (by or city.bureau.integrity_handler).change(one.path, "/erasure-proposals", BASIS)


def order(city: PublishingCity, one: Applied, by: Actor | None = None) -> Answer:
    return (by or city.bureau.integrity_leader).change(one.path, "/erasure-orders", ORDER)


def files_of(city: PublishingCity, one: Applied) -> list[str]:
    seen = done(city.bureau.administrator.get(one.path)).body
    return [each["file"] for each in seen["documents"]]


@pytest.fixture(scope="module")
def declined(city: PublishingCity) -> Applied:
    """One with two documents, handed in again and declined then."""
    one = apply(city)
    done(city.bureau.administrator.change(one.path, "/returns", MISSING))
    body = employer(city, **HERE, **WORDS, number=one.number)
    del body["credit_code"]
    done(by_receipt(city, one.receipt, "/completions", **body))
    return decline(city, one)


@pytest.fixture(scope="module")
def withdrawn(city: PublishingCity) -> Applied:
    """One that was taken back by its receipt, whose holder asks for its erasure."""
    one = apply(city)
    done(by_receipt(city, one.receipt, "/withdrawals", reason="某秘密因"))
    done(by_receipt(city, one.receipt, "/erasure-requests", reason="某秘密愿"))
    return one


@pytest.fixture(scope="module")
def admitted(city: PublishingCity) -> tuple[Applied, Applied]:
    """Two that were approved; the administrator of the first has entered.

    That of the second was known before, as an applicant, and never showed that they are meant.
    """
    known = city.applicant(city.enterprise)
    claimed = apply(city)
    idle = apply(city, administrator_name=known.name, number=known.number)
    (row,) = done(approve(city.bureau.administrator, claimed, login="somebody-kept")).body["rows"]
    account = f"/v1/accounts/{row['account']}"
    second = done(city.system.change(account, "/codes", {"reason": "交付第二部分"})).body
    once = row["one_time_code"] + second["one_time_code"]
    Client(city.address).entered("somebody-kept", once, PASSWORD)
    done(approve(city.bureau.administrator, idle))
    return claimed, idle


@pytest.fixture(scope="module")
def saved(
    home: Reached,
    city: PublishingCity,
    declined: Applied,
    withdrawn: Applied,
    admitted: tuple[Applied, Applied],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A backup from before the erasure."""
    assert declined.path != withdrawn.path != admitted[0].path
    place = tmp_path_factory.mktemp("before")
    back_up(home, place / "data", place / "keys", city.clock.now())
    return place


@pytest.fixture(scope="module")
def files(city: PublishingCity, declined: Applied) -> list[str]:
    return files_of(city, declined)


@pytest.fixture(scope="module")
def erased(city: PublishingCity, declined: Applied, files: list[str], saved: Path) -> Answer:
    """The answer to the order, a year later."""
    assert len(files) == 2
    assert saved.is_dir()
    city.at(LATER)
    assert codes(order(city, declined)) == {"ERASURE_NOT_PROPOSED"}
    done(propose(city, declined))
    return done(order(city, declined))


def test_what_stands_in_the_way_is_said(city: PublishingCity, declined: Applied) -> None:
    one = apply(city)
    assert codes(propose(city, one)) == {"MATTER_OPEN"}
    done(city.bureau.administrator.change(one.path, "/returns", MISSING))
    assert codes(propose(city, one)) == {"MATTER_OPEN"}
    assert codes(propose(city, declined)) == {"RETENTION_RUNS"}


def test_two_officers_of_integrity_do_it_and_nobody_else(
    city: PublishingCity, withdrawn: Applied
) -> None:
    bureau = city.bureau
    seen = done(bureau.integrity_handler.get(withdrawn.path)).body
    assert acts_in(seen) == []
    assert kept_from(seen) == {"objections.erase_words": {"RETENTION_RUNS"}}
    assert seen["erasure"] == "asked"
    assert seen["masked"]
    assert "秘密" not in str(seen)
    listed = f"{PATH}?limit=200&settled=true&{city.everything()}"
    assert withdrawn.accession in str(done(bureau.integrity_handler.get(listed)).body)
    assert done(bureau.handler.get(listed)).body["accessions"] == []
    version = seen["version"]
    for by, code in (
        (bureau.handler, "NOT_FOUND"),
        (city.enterprise.handler, "NOT_FOUND"),
        (bureau.administrator, "FORBIDDEN"),
    ):
        for tail, body in (("/erasure-proposals", BASIS), ("/erasure-orders", ORDER)):
            assert by.post(withdrawn.path + tail, body, version=version).code == code
    assert "NOT_IN_SEAT" in codes(propose(city, withdrawn, bureau.integrity_leader))
    assert "NOT_IN_SEAT" in codes(order(city, withdrawn, bureau.integrity_handler))


def test_nobody_erases_what_names_them_nor_what_an_inspector_keeps(
    city: PublishingCity, saved: Path
) -> None:
    assert saved.is_dir()
    officer = city.bureau.integrity_handler
    own = decline(city, apply(city, number=officer.number))
    assert "OWN_AFFAIR" in codes(propose(city, own))
    applicant = city.applicant(city.enterprise)
    held = decline(city, apply(city, number=applicant.number))
    hold = {"mandate": "湖纪〔2024〕3号", "reason": "核查线索"}
    done(city.inspector.change(f"/v1/persons/{applicant.person}", "/holds", hold))
    assert codes(propose(city, held)) == {"ON_HOLD", "RETENTION_RUNS"}


def test_the_words_and_the_documents_are_gone_and_what_was_done_stays(
    city: PublishingCity, declined: Applied, files: list[str], erased: Answer
) -> None:
    assert [each["topic"] for each in erased.body["events"]] == ["handed-in:erased:1"]
    administrator = city.bureau.administrator
    seen = done(administrator.get(declined.path)).body
    told = [seen[each] for each in ("administrator_name", "contact", "document_number", "told")]
    assert told == [ERASED] * 4
    assert (seen["standing"], seen["erasure"], acts_in(seen)) == ("declined", "erased", [])
    for file in files:
        content = administrator.get(f"{declined.path}/documents/{file}/content")
        assert content.code == "MATERIAL_ERASED"
    followed = done(by_receipt(city, declined.receipt)).body
    assert (followed["standing"], followed["told"]) == ("declined", ERASED)
    history = city.services.record.load(declined.accession)
    assert "秘密" not in "".join(str(vars(each)) for each in history.events)
    assert codes(propose(city, declined)) == {"ALREADY_ERASED"}
    assert codes(order(city, declined)) == {"ALREADY_ERASED"}
    for tail, body in (("/returns", MISSING), ("/declinations", REASON)):
        assert administrator.change(declined.path, tail, body).code == "ACCESSION_SETTLED"
    assert by_receipt(city, declined.receipt, "/erasure-requests").status == 200


def test_the_journal_names_the_key_of_the_words_and_of_each_document(
    home: Reached, declined: Applied, files: list[str], erased: Answer
) -> None:
    assert erased.status == 201
    noted = Journal(home.settings.key_directory).entries()
    (entry,) = (each for each in noted if each.stream == declined.accession)
    own = f"{declined.accession}/accession/1"
    assert entry.keys == (own, *(f"{file}/material/1" for file in files))


def test_a_restored_backup_from_before_the_order_is_erased_again(  # noqa: PLR0917 -- fixtures
    city: PublishingCity,
    declined: Applied,
    files: list[str],
    saved: Path,
    home: Reached,
    erased: Answer,
    empty_database: Callable[[], Database],
    tmp_path: Path,
) -> None:
    assert erased.status == 201
    place = elsewhere(home, empty_database(), tmp_path / "keys")
    assert restore(place, saved / "data", saved / "keys", city.clock.now()).erased >= 3
    services = open_services(place.settings, GROUND, city.clock)
    history = services.record.load(declined.accession)
    first = history.events[0]
    assert getattr(first, "contact").text is None  # noqa: B009 -- whatever event it is
    assert history.events[-1].topic == "handed-in:erased:1"
    assert services.record.attachments.with_bytes(files) == set()
    services.close()


def test_it_is_complete_only_when_the_epoch_of_the_master_key_is_gone(
    city: PublishingCity, home: Reached, declined: Applied, erased: Answer
) -> None:
    services, administrator = city.services, city.bureau.administrator

    def reached() -> str:
        with services.views.connection() as connection:
            assert wait_for(connection, VIEWS, services.record.head(), 10)
        erase(services)
        return str(done(administrator.get(declined.path)).body["erasure"])

    assert erased.status == 201
    assert reached() == "erased"
    rotate_keys(home, city.clock.now())
    assert [reached() for _ in range(2)] == ["completed"] * 2
    events = services.record.load(declined.accession).events
    assert [each.topic for each in events].count("handed-in:erasure-completed:1") == 1


def test_what_was_withdrawn_goes_alike(
    city: PublishingCity, withdrawn: Applied, erased: Answer
) -> None:
    assert erased.status == 201
    done(propose(city, withdrawn))
    done(order(city, withdrawn))
    seen = done(city.bureau.administrator.get(withdrawn.path)).body
    assert (seen["standing"], seen["contact"]) == ("withdrawn", ERASED)


def test_what_was_approved_stays_as_long_as_its_administrator_answers_for_an_office(
    city: PublishingCity, admitted: tuple[Applied, Applied], erased: Answer
) -> None:
    assert erased.status == 201
    claimed, idle = admitted
    assert codes(propose(city, claimed)) == {"ACCOUNTABLE_ACTS"}
    done(propose(city, idle))
    done(order(city, idle))
    seen = done(city.bureau.administrator.get(idle.path)).body
    assert (seen["standing"], seen["contact"]) == ("approved", ERASED)


def test_a_receipt_opens_what_it_is_for_and_nothing_else(city: PublishingCity) -> None:
    one, public = apply(city), Client(city.address)
    said = {"statement": "某事", "name": None, "contact": None}
    other = done(public.post("/v1/complaints", said)).body["receipt"]
    before = city.services.record.head()
    for tail in ("/follow", "/withdrawals", "/erasure-requests"):
        asked = public.post(f"/v1/objections{tail}", {"receipt": one.receipt})
        assert asked.code == "NOT_FOUND"
        assert by_receipt(city, other, tail).code == "NOT_FOUND"
    further = {"receipt": one.receipt, "files": [{"upload": scan(city)["upload"]}]}
    assert public.post("/v1/objections/files", further).code == "NOT_FOUND"
    assert city.services.record.head() == before
