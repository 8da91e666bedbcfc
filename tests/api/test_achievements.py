"""A person's own record of achievements, over HTTP: kept, confirmed, and drawn from (HZ-31)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.jobs.discarding import discard_uploads_for_cases
from domain.account.events import Role
from domain.separation import HANDLER, LEADER
from tests.api.achievements import (
    ENTERED,
    enter,
    entered,
    entries,
    path_of,
    review,
    uploaded,
    withdraw,
)
from tests.api.filings import decide, done, file, opine
from tests.api.moves import accepted, release
from tests.api.provinces import claims
from tests.stories.acting import codes

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.provinces import PublishingCity
    from tests.api.society import House


def claim(path: str, applicant: Actor, house: House, *drawn: dict[str, Any]) -> None:
    """State an application that claims these papers and lacks nothing else."""
    papers = [{"claim": f"paper-{n}", "item": "论文", **each} for n, each in enumerate(drawn)]
    done(applicant.change(path, "/applications", claims("机械", house) | {"achievements": papers}))


def drafted(city: PublishingCity, applicant: Actor, *drawn: dict[str, Any]) -> str:
    """The path of a draft that claims these papers."""
    path = city.drafted(applicant)
    claim(path, applicant, city.enterprise, *drawn)
    return path


def test_what_is_claimed_comes_out_of_ones_own_record_confirmed_by_the_employer(
    publishing_city: PublishingCity,
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    silent, honest, liar = (city.applicant(house) for _ in range(3))

    # Who claims nothing draws nothing; who claims what stands in no record is refused.
    done(file(silent, drafted(city, silent)))
    told = file(liar, path := drafted(city, liar, {"year": 2023}))
    assert codes(told) == ["ACHIEVEMENT_NOT_RECORDED"]
    assert {each["id"] for each in told.body["rules"]} >= {"HZ-31"}
    theirs = entered(honest)
    for lie in (
        {"entry": theirs},
        {"details": ["recorded=true", "confirmed=true"]},
        {"entry": f"achievement-{uuid4()}"},
    ):
        claim(path, liar, house, lie)
        assert codes(file(liar, path)) == ["ACHIEVEMENT_NOT_RECORDED"]

    # What is drawn from there is filed; while nobody has looked it is the employer's turn.
    case = drafted(city, honest, {"entry": theirs})
    done(file(honest, case))
    duties = done(house.handler.get(f"{case}/duties")).body
    (turn,) = [each for each in duties["open"] if each["fact"] == "achievement.confirmed"]
    assert (turn["said_by"], turn["by"], turn["due"]) == (["employer"], "employer", True)
    said = [{"fact": "achievement.confirmed", "value": "true"}]
    assert set(codes(opine(house.handler, case, establishes=[]))) == {"FACT_OPEN"}
    assert opine(house.handler, case, establishes=said).code == "FIELDS_REFUSED"
    done(review(house.handler, honest, theirs))
    done(opine(house.handler, case))
    done(decide(house.leader, case))

    # Reviewers further up look at it; strangers and officials without a seat do not.
    (shown,) = done(house.leader.get(f"{case}/achievements")).body["achievements"]
    assert (shown["claim"], shown["title"], shown["confirmed"]) == ("paper-0", "某论文", True)
    assert house.handler.get(f"{case}/achievements/paper-0/content").status == 200
    assert house.leader.get(f"{case}/achievements/paper-1/content").code == "NOT_FOUND"
    assert liar.get(f"{case}/achievements").code == "NOT_FOUND"

    # One that is taken out, or found untrue, carries the case no further.
    done(review(house.leader, honest, theirs, in_favour=False, reason="查无此文"))
    other = drafted(city, silent_again := city.applicant(house), {"entry": theirs})
    assert codes(file(silent_again, other)) == ["ACHIEVEMENT_NOT_RECORDED"]


def test_a_refused_entry_is_corrected_by_another_and_confirmed_anew(
    publishing_city: PublishingCity,
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    applicant = city.applicant(house)
    first = entered(applicant)
    done(review(house.handler, applicant, first, in_favour=False, reason="刊物名称有误"))
    (seen,) = entries(applicant)
    assert (seen["state"], seen["reason"]) == ("refused", "刊物名称有误")
    case = drafted(city, applicant, {"entry": first})
    assert codes(file(applicant, case)) == ["ACHIEVEMENT_REFUSED"]
    second = entered(applicant, corrects=first, gained_on="2022-05-01")
    assert [each["state"] for each in entries(applicant)] == ["corrected", "entered"]
    assert codes(file(applicant, case)) == ["ACHIEVEMENT_NOT_RECORDED"]
    assert codes(review(house.handler, applicant, first)) == ["NO_SUCH_ACHIEVEMENT"]
    assert codes(enter(applicant, corrects=first)) == ["NO_SUCH_ACHIEVEMENT"]
    claim(case, applicant, house, {"entry": second, "year": 2024})
    done(review(house.handler, applicant, second))
    assert codes(review(house.leader, applicant, second)) == ["ACHIEVEMENT_REVIEWED_SO"]
    done(file(applicant, case))
    done(withdraw(applicant, second))
    assert codes(withdraw(applicant, second)) == ["NO_SUCH_ACHIEVEMENT"]
    assert codes(opine(house.handler, case)) == ["ACHIEVEMENT_NOT_RECORDED"]
    (shown,) = done(house.handler.get(f"{case}/achievements")).body["achievements"]
    assert (shown["stands"], shown["confirmed"]) == (False, None)


def test_nobody_confirms_their_own_and_nobody_but_the_employer_looks(
    publishing_city: PublishingCity,
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    number = house.handler.number
    twofold = city.applicant(house, house.handler.name, number)
    own = entered(twofold)
    assert codes(review(house.handler, twofold, own)) == ["SELF_REVIEW"]
    applicant, colleague = city.applicant(house), city.applicant(house)
    entry = entered(applicant)
    path = path_of(applicant)
    assert codes(review(house.handler, applicant, entry, in_favour=False)) == ["REASON_MISSING"]
    bare = house.handler.change(path, f"/{entry}/reviews", {})
    assert (bare.status, bare.code) == (422, "FIELDS_REFUSED")
    unseated = city.account(house.administrator, "某职员", house.organisation, [Role.OFFICIAL])
    for stranger in (colleague, unseated, city.bureau.handler, house.administrator):
        assert stranger.get(path).code == "NOT_FOUND"
        assert stranger.get(f"{path}/{entry}/content").code == "NOT_FOUND"
        assert uploaded(applicant, stranger).code == "NOT_FOUND"
        assert (
            stranger.post(f"{path}/{entry}/reviews", {"in_favour": True}, version=9).status == 404
        )
    assert uploaded(applicant, house.handler).code == "FORBIDDEN"
    assert house.handler.change(path, f"/{entry}/withdrawals", {}).code == "FORBIDDEN"
    assert applicant.change(path, f"/{entry}/reviews", {"in_favour": True}).code == "FORBIDDEN"
    assert house.leader.get(f"{path}/{entry}/content").status == 200
    tomorrow = (city.clock.now() + timedelta(days=2)).date().isoformat()
    assert codes(enter(applicant, gained_on=tomorrow)) == ["OCCURRED_LATER"]
    for left_out in ("kind", "gained_on", "title", "upload"):
        body = {**ENTERED, "upload": "x", left_out: None}
        assert applicant.change(path, "", body).status == 422
    foreign = done(uploaded(colleague)).body["upload"]
    assert applicant.change(path, "", {**ENTERED, "upload": foreign}).code == "UPLOAD_UNKNOWN"


def test_the_employer_of_that_time_confirms_what_was_entered_with_it(
    publishing_city: PublishingCity,
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    joins = city.found(
        "某某新材料有限公司",
        city.bureau.administrator,
        kind="enterprise",
        superior=city.bureau.organisation,
        bureau=city.bureau.organisation,
    )
    city.seat(joins, HANDLER, LEADER)
    applicant = city.applicant(house)
    old = entered(applicant)
    going = accepted(applicant, joins)
    done(release(house.administrator, going, {"ended_on": "2024-09-20"}))
    new = entered(applicant, title="某项目", kind="project")
    assert [each["entry"] for each in entries(applicant, house.handler)] == [old]
    assert [each["entry"] for each in entries(applicant, joins.handler)] == [old, new]
    assert codes(review(house.handler, applicant, new)) == ["NO_SUCH_ACHIEVEMENT"]
    assert house.handler.get(f"{path_of(applicant)}/{new}/content").code == "NOT_FOUND"
    done(review(house.handler, applicant, old))
    done(review(joins.handler, applicant, new))
    assert [each["state"] for each in entries(applicant)] == ["confirmed", "confirmed"]


def test_a_proof_is_never_discarded_although_its_upload_was_not_forgotten(
    publishing_city: PublishingCity,
) -> None:
    city, services = publishing_city, publishing_city.services
    applicant = city.applicant(city.enterprise)
    entry = entered(applicant)
    person = services.office.desk().person(applicant.person)
    assert person is not None
    now, long_ago = city.clock.now(), city.clock.now() - timedelta(days=9)
    file_of_it = person.achievements.kept[-1].file
    services.case_uploads.forget([file_of_it])
    services.case_uploads.begin(file_of_it, applicant.person, applicant.person, long_ago)
    assert discard_uploads_for_cases(services, now) == 0
    assert applicant.get(f"{path_of(applicant)}/{entry}/content").status == 200


def waiting(city: PublishingCity, by: Actor) -> list[dict[str, Any]]:
    """What waits for somebody's word."""
    city.catch_up()
    rows: list[dict[str, Any]] = done(by.get("/v1/work-queue/achievements")).body["achievements"]
    return rows


def test_who_must_confirm_is_shown_what_waits_with_the_button_that_does_it(
    publishing_city: PublishingCity,
) -> None:
    city, house, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    before = [each["entry"] for each in waiting(city, house.handler)]
    applicant = city.applicant(house, "某有业绩者")
    first, second = entered(applicant), entered(applicant, title="另一论文")
    seen = [each for each in waiting(city, house.handler) if each["entry"] not in before]
    assert [each["entry"] for each in seen] == [first, second]
    assert (seen[0]["title"], seen[0]["name"]) == ("某论文", "某有业绩者")
    assert [each["entry"] for each in waiting(city, house.leader)][-2:] == [first, second]
    for other in (applicant, house.administrator, city.inspector):
        assert other.get("/v1/work-queue/achievements").body.get("achievements", []) == []
    assert first not in str(waiting(city, bureau.handler))

    # Whoever must confirm does so by the button, and nothing waits any more.
    (button,) = seen[0]["acts"]
    assert (button["operation"], button["confirmation"]) == (
        "achievements.review_achievement",
        True,
    )
    version = done(house.handler.get(path_of(applicant))).body["version"]
    done(house.handler.post(button["address"], {"in_favour": True}, version=version))
    assert [each["entry"] for each in waiting(city, house.handler)][-1:] == [second]
    third = entered(applicant, title="更正后的论文", corrects=second)
    assert [each["entry"] for each in waiting(city, house.handler)][-1:] == [third]
    done(withdraw(applicant, third))
    assert [each["entry"] for each in waiting(city, house.handler)] == before


def test_ones_own_entry_waits_for_another_and_one_who_moves_takes_theirs_along(
    publishing_city: PublishingCity,
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    clerk = house.handler
    twin = city.account(
        house.administrator, clerk.name, house.organisation, [Role.APPLICANT], clerk.number
    )
    own = entered(twin)
    (shown,) = [each for each in waiting(city, clerk) if each["entry"] == own]
    assert shown["acts"] == []
    (theirs,) = [each for each in waiting(city, house.leader) if each["entry"] == own]
    assert theirs["acts"]
    done(withdraw(twin, own))

    mover = city.applicant(house, "某调动者")
    entry = entered(mover)
    other = city.found(
        "另一科技有限公司",
        city.bureau.administrator,
        kind="enterprise",
        superior=city.bureau.organisation,
        bureau=city.bureau.organisation,
    )
    city.seat(other, HANDLER, LEADER)
    assert waiting(city, other.handler) == []
    move = accepted(mover, other)
    done(release(house.administrator, move, {"ended_on": "2024-09-20"}))
    for each in (other, house):
        assert entry in [row["entry"] for row in waiting(city, each.handler)]


def test_who_never_claimed_an_account_here_or_has_left_waits_here_for_nobody(
    publishing_city: PublishingCity,
) -> None:
    city, house, roles = publishing_city, publishing_city.enterprise, [Role.APPLICANT]
    above = city.bureau.organisation
    other = city.found(
        "第三科技有限公司",
        city.bureau.administrator,
        kind="enterprise",
        superior=above,
        bureau=above,
    )
    city.seat(other, HANDLER, LEADER)
    stranger, leaver = city.applicant(house), city.applicant(other)
    now = city.applicant(house, leaver.name, leaver.number)
    gone = f"/v1/accounts/{leaver.account}"
    done(other.administrator.change(gone, "/disablings", {"reason": "离职"}))
    elsewhere = [entered(stranger), entered(now)]
    city.account(
        other.administrator,
        stranger.name,
        other.organisation,
        roles,
        stranger.number,
        claimed=False,
    )
    own = entered(city.applicant(other))

    # Not even that something waits is told: the page is full of what waits here, and the last.
    city.catch_up()
    page = done(other.handler.get("/v1/work-queue/achievements?limit=1"))
    assert [each["entry"] for each in page.body["achievements"]] == [own]
    assert "Link" not in page.headers
    assert {*elsewhere} <= {each["entry"] for each in waiting(city, house.handler)}
