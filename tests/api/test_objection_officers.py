"""Who dealt with an objection reviews its case no more, and who reviewed it deals with none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.filings import done, opine
from tests.api.objections import Public, Raised, codes
from tests.api.provinces import CONTENT, go_on

if TYPE_CHECKING:
    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity

pytestmark = pytest.mark.usefixtures("the_public_may_speak_again")
RULE = (
    "ND-OWN-PERSONS",
    "异议、违规、撤销、复核和删除由专门的两人先后办理，须未审查过该申报，且不是申报人或异议人，此后也不得审查该申报。",
)
DOWN = {"taken_down_on": "2024-09-25", "reason": "公示栏被遮挡"}


@pytest.fixture
def officer(publishing_city: PublishingCity) -> Actor:
    """A further duty officer of the bureau, signed in."""
    holder = seated(publishing_city, "duty_officer")
    holder.sign_in()
    return holder


def seated(city: PublishingCity, *seats: str) -> Actor:
    """Somebody new at the bureau who holds these seats beside those who hold them already."""
    bureau = city.bureau
    holder = city.account(bureau.administrator, "某兼任者", bureau.organisation, [Role.OFFICIAL])
    for seat in seats:
        done(city.appoint(bureau, seat, holder))
    return holder


def designate(city: PublishingCity, public: Public, whom: Actor) -> Answer:
    """The bureau's administrator lets somebody stand in for the enterprise's handler."""
    body = {"stage": "employer", "seat": "handler", "account": whom.account, "reason": "人手不足"}
    return city.bureau.administrator.change(public.path, "/substitutes", body)


def test_who_screened_an_objection_does_not_stand_in_for_a_reviewer_of_the_case(
    publishing_city: PublishingCity, public: Public, raised: Raised, officer: Actor
) -> None:
    done(
        officer.change(raised.path, "/screenings", {"admitted": False, "reason": "与本次申报无关"})
    )
    refused = designate(publishing_city, public, officer)
    (refusal,) = refused.body["refusals"]
    assert (refused.status, refusal["code"]) == (409, "OBJECTION_OFFICER_REVIEWS")
    assert "办理过本案异议" in refusal["detail"]
    (cited,) = refused.body["rules"]
    assert (cited["id"], cited["quote"]) == RULE


def test_a_substitute_who_then_deals_with_an_objection_acts_no_more(
    publishing_city: PublishingCity, public: Public, raised: Raised, officer: Actor
) -> None:
    done(designate(publishing_city, public, officer))
    done(officer.change(raised.path, "/screenings", {"admitted": True}))
    void = officer.change(public.path, "/publicities/current/voidings", DOWN)
    assert codes(void) == {"OBJECTION_OFFICER_REVIEWS"}


def test_one_who_screens_while_an_act_of_theirs_is_on_its_way_does_not_act(
    publishing_city: PublishingCity,
    public: Public,
    raised: Raised,
    officer: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done(designate(publishing_city, public, officer))
    record = publishing_city.services.record
    append = record.append

    def overtaken(request: AppendRequest) -> Appended:
        """The screening is recorded between the decision and its append."""
        monkeypatch.undo()
        done(
            officer.change(
                raised.path, "/screenings", {"admitted": False, "reason": "与本次申报无关"}
            )
        )
        return append(request)

    monkeypatch.setattr(record, "append", overtaken)
    void = officer.change(public.path, "/publicities/current/voidings", DOWN)
    assert codes(void) == {"OBJECTION_OFFICER_REVIEWS"}
    assert "case:publicity-voided:1" not in topics(publishing_city, public)


def test_who_reviewed_while_a_screening_of_theirs_is_on_its_way_does_not_screen(
    publishing_city: PublishingCity,
    public: Public,
    raised: Raised,
    officer: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done(designate(publishing_city, public, officer))
    record = publishing_city.services.record
    append = record.append
    again = {"posted_on": "2024-09-25", "content": CONTENT}

    def overtaken(request: AppendRequest) -> Appended:
        monkeypatch.undo()
        done(officer.change(public.path, "/publicities/current/voidings", DOWN))
        done(officer.change(public.path, "/publicities", again))
        return append(request)

    monkeypatch.setattr(record, "append", overtaken)
    screening = officer.change(raised.path, "/screenings", {"admitted": True})
    assert codes(screening) == {"REVIEWER_INVESTIGATES"}
    acts = done(officer.get(raised.path)).body["acts"]
    (button,) = (each for each in acts if each["act"] == "objections.screen")
    (reason,) = button["refusals"]
    assert reason["code"] == "REVIEWER_INVESTIGATES"
    assert [each["id"] for each in reason["rules"]]


def test_the_work_queue_tells_who_dealt_with_an_objection_that_they_may_not_act(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    both = seated(publishing_city, "duty_officer", "handler")
    done(both.change(raised.path, "/screenings", {"admitted": False, "reason": "与本次申报无关"}))
    publishing_city.at("2024-10-10T09:00")
    done(go_on(publishing_city.enterprise.handler, public.path))
    other = publishing_city.bureau.handler
    assert (may_act(publishing_city, both, public), may_act(publishing_city, other, public)) == (
        False,
        True,
    )
    assert codes(opine(both, public.path)) == {"OBJECTION_OFFICER_REVIEWS"}
    done(opine(other, public.path))


def may_act(city: PublishingCity, who: Actor, public: Public) -> bool:
    """What the work queue says of the case."""
    waiting = done(who.get(f"/v1/work-queue?limit=200&{city.everything()}")).body["cases"]
    (row,) = (each for each in waiting if each["case"] in public.path)
    return bool(row["may_act"])


def topics(city: PublishingCity, public: Public) -> list[str]:
    events = done(city.enterprise.handler.get(f"{public.path}/history")).body["events"]
    return [each["topic"] for each in events]
