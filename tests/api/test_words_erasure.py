"""What somebody handed in is erased by two officers: words, name, files, also after a restore."""

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
from tests.api.client import Client
from tests.api.filings import SCAN, acts_in, done
from tests.api.homes import elsewhere, home_of
from tests.api.objections import (
    ANSWER,
    FINDINGS,
    NAMED,
    STATEMENT,
    Public,
    Raised,
    codes,
    followed,
    object_to,
    settle,
    uploaded,
)
from tests.api.provinces import PublishingCity, passed_with_posting
from tests.conftest import GROUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.database import Reached
    from api.embedded import EmbeddedServer
    from tests.api.client import Answer
    from tests.conftest import Database

BASIS = {"basis": "个人信息保护法第四十七条", "reason": "异议人申请，保存期限届满"}
ORDER = {"decision": "湖人社删〔2025〕1号"}
SECRETS = (STATEMENT, NAMED["name"], NAMED["contact"], str(FINDINGS["findings"]), ANSWER)


@pytest.fixture(scope="module")
def city(keeping_city: PublishingCity) -> PublishingCity:
    """A city that keeps what was handed in for a year."""
    return keeping_city


@pytest.fixture(scope="module")
def home(city: PublishingCity, server: EmbeddedServer) -> Reached:
    """The city's database, as an operator reaches it."""
    return home_of(city.services, server)


def made_public(city: PublishingCity) -> Public:
    applicant = city.applicant(city.enterprise)
    path = city.filed(applicant)
    posting = passed_with_posting(path, city.enterprise, "2024-09-25")
    city.catch_up()
    return Public(path, posting, applicant)


def investigated(city: PublishingCity, public: Public, **members: Any) -> Raised:  # noqa: ANN401 -- of a request
    """An objection that waits for the integrity leader."""
    raised = object_to(city, public, **members)
    done(city.bureau.seated["duty_officer"].change(raised.path, "/screenings", {"admitted": True}))
    done(city.bureau.integrity_handler.change(raised.path, "/investigations", FINDINGS))
    return raised


def propose(city: PublishingCity, path: str) -> Answer:
    return city.bureau.integrity_handler.change(path, "/erasure-proposals", BASIS)


def order(city: PublishingCity, path: str) -> Answer:
    return city.bureau.integrity_leader.change(path, "/erasure-orders", ORDER)


@pytest.fixture(scope="module")
def public(city: PublishingCity) -> Public:
    """A case that is public, and ends by the objection to it."""
    return made_public(city)


@pytest.fixture(scope="module")
def over(city: PublishingCity, public: Public) -> Raised:
    """An objection with a file, upheld; the case is rejected."""
    files = [{"upload": uploaded(city), "title": "某异议人手写证明"}]
    raised = investigated(city, public, files=files)
    done(settle(city, raised, "reject"))
    return raised


@pytest.fixture(scope="module")
def file(city: PublishingCity, over: Raised) -> str:
    """The address of the file that came with it."""
    events = done(city.bureau.integrity_handler.get(over.path)).body["events"]
    (came,) = (each for each in events if each["topic"] == "handed-in:file-received:1")
    return f"{over.path}/files/{came['fields']['file']}/content"


@pytest.fixture(scope="module")
def dismissed(city: PublishingCity, over: Raised) -> Raised:
    """An objection that was dismissed, to a case that is still under way."""
    assert over.path
    raised = investigated(city, made_public(city))
    done(settle(city, raised, None))
    return raised


@pytest.fixture(scope="module")
def saved(
    home: Reached, city: PublishingCity, file: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A backup from before the erasure."""
    assert file
    place = tmp_path_factory.mktemp("before")
    back_up(home, place / "data", place / "keys", city.clock.now())
    return place


@pytest.fixture(scope="module")
def erased(city: PublishingCity, over: Raised, dismissed: Raised, saved: Path) -> Answer:
    """The answer to the order, a year later."""
    assert dismissed.path
    assert saved.is_dir()
    city.at("2025-09-26T09:00")
    asking = {"receipt": over.receipt, "reason": "不愿再留姓名"}
    done(Client(city.address).post("/v1/objections/erasure-requests", asking))
    assert codes(order(city, over.path)) == {"ERASURE_NOT_PROPOSED"}
    done(propose(city, over.path))
    return done(order(city, over.path))


def test_what_stands_in_the_way_is_said_at_once(city: PublishingCity, dismissed: Raised) -> None:
    assert codes(propose(city, dismissed.path)) == {"CASE_UNDER_WAY", "RETENTION_RUNS"}
    opened = object_to(city, made_public(city))
    assert codes(propose(city, opened.path)) == {"CASE_UNDER_WAY", "MATTER_OPEN"}


def test_an_investigation_that_rests_on_it_and_a_hold_stand_in_the_way(
    city: PublishingCity, dismissed: Raised
) -> None:
    assert dismissed.path
    public = made_public(city)
    raised = investigated(city, public)
    done(settle(city, raised, "investigate"))
    suspicion = {"suspicion": "考核表疑似改动", "source": raised.path.rsplit("/", 1)[-1]}
    done(city.bureau.integrity_handler.change(public.path, "/investigations", suspicion))
    hold = {"mandate": "湖纪〔2024〕3号", "reason": "核查线索"}
    done(city.inspector.change(f"/v1/persons/{public.applicant.person}", "/holds", hold))
    assert codes(propose(city, raised.path)) == {
        "CASE_UNDER_WAY",
        "INVESTIGATION_RESTS_ON_IT",
        "ON_HOLD",
        "RETENTION_RUNS",
    }


def test_the_last_day_of_its_retention_still_counts(
    city: PublishingCity, over: Raised, saved: Path
) -> None:
    assert saved.is_dir()
    city.at("2025-09-25T23:59")
    assert codes(propose(city, over.path)) == {"RETENTION_RUNS"}


def test_the_words_the_name_and_the_files_are_gone_and_what_was_done_stays(
    city: PublishingCity, public: Public, over: Raised, file: str, erased: Answer
) -> None:
    assert [each["topic"] for each in erased.body["events"]] == ["handed-in:erased:1"]
    officer = city.bureau.integrity_handler
    seen = done(officer.get(over.path)).body
    assert all(secret not in str(seen) for secret in SECRETS)
    assert seen["events"][0]["fields"]["name"] == ERASED
    topics = [each["topic"] for each in seen["events"]]
    assert topics[:2] == ["objection:raised:1", "handed-in:file-received:1"]
    assert "objection:upheld:1" in topics
    assert officer.get(file).code == "MATERIAL_ERASED"
    assert followed(city, over) == {
        "kind": "objection",
        "standing": "upheld",
        "files": 1,
        "answer": ERASED,
    }
    assert phase(city, public) == "rejected"
    assert acts_in(seen) == []
    assert codes(propose(city, over.path)) == {"ALREADY_ERASED"}
    assert codes(order(city, over.path)) == {"ALREADY_ERASED"}


def test_the_journal_names_the_key_of_the_words_and_of_each_file(
    home: Reached, over: Raised, file: str, erased: Answer
) -> None:
    assert erased.status == 201
    stream = over.path.rsplit("/", 1)[-1]
    (entry,) = (e for e in Journal(home.settings.key_directory).entries() if e.stream == stream)
    assert entry.keys == (f"{stream}/objection/1", f"{file.split('/')[-2]}/material/1")


def test_a_restored_backup_from_before_the_order_is_erased_again(  # noqa: PLR0917 -- fixtures
    city: PublishingCity,
    over: Raised,
    file: str,
    saved: Path,
    home: Reached,
    erased: Answer,
    empty_database: Callable[[], Database],
    tmp_path: Path,
) -> None:
    assert erased.status == 201
    place = elsewhere(home, empty_database(), tmp_path / "keys")
    assert restore(place, saved / "data", saved / "keys", city.clock.now()).erased >= 2
    services = open_services(place.settings, GROUND, city.clock)
    history = services.record.load(over.path.rsplit("/", 1)[-1])
    raised = history.events[0]
    assert getattr(raised, "statement").text is None  # noqa: B009 -- whatever event it is
    assert history.events[-1].topic == "handed-in:erased:1"
    assert services.record.attachments.with_bytes([file.split("/")[-2]]) == set()
    services.close()


def test_it_is_complete_only_when_the_epoch_of_the_master_key_is_gone(
    city: PublishingCity, home: Reached, over: Raised, erased: Answer
) -> None:
    services, officer = city.services, city.bureau.integrity_handler
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, erased.body["position"], 10)
    erase(services)
    assert "handed-in:erasure-completed:1" not in str(done(officer.get(over.path)).body)
    rotate_keys(home, city.clock.now())
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    erase(services)
    erase(services)
    events = done(officer.get(over.path)).body["events"]
    completed = [each for each in events if each["topic"] == "handed-in:erasure-completed:1"]
    assert len(completed) == 1
    rows = done(officer.get(f"/v1/objections?limit=200&{city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["stream"] in over.path)
    assert row["erasure"] == "completed"


def test_what_a_complaint_says_is_erased_alike(city: PublishingCity, erased: Answer) -> None:
    assert erased.status == 201
    nobody, officer = Client(city.address), city.bureau.integrity_handler
    files = [{"upload": uploaded(city)}]
    taken = done(nobody.post("/v1/complaints", NAMED | {"files": files})).body
    rows = done(officer.get(f"/v1/objections?limit=200&{city.everything()}")).body["objections"]
    path = f"/v1/complaints/{rows[0]['stream']}"
    assert codes(propose(city, path)) == {"MATTER_OPEN"}
    done(officer.change(path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"}))
    assert codes(propose(city, path)) == {"RETENTION_RUNS"}
    city.at("2026-09-27T09:00")
    done(propose(city, path))
    asked = done(officer.get(path)).body["events"]
    content = f"{path}/files/{asked[1]['fields']['file']}/content"
    assert done(officer.get(content)).body == SCAN.decode()
    done(order(city, path))
    assert all(secret not in str(done(officer.get(path)).body) for secret in SECRETS)
    assert officer.get(content).code == "MATERIAL_ERASED"
    told = nobody.post("/v1/objections/follow", {"receipt": taken["receipt"]})
    assert done(told).body["standing"] == "closed"


def phase(city: PublishingCity, public: Public) -> str:
    seen = city.bureau.integrity_handler.get(public.path)
    return str(done(seen).body["standing"]["phase"])
