"""Fees, places, papers and materials, answered whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.admission import Timeliness
from domain.policy.fees import Fee, fee_for
from domain.policy.materials import (
    Material,
    channel_mark,
    materials_for,
    missing,
    unsealed,
    unseen,
)
from domain.policy.own_wording import Wording
from domain.policy.places import (
    PaperDuty,
    PaperLeg,
    Place,
    PlaceAnswer,
    legs_for,
    paper_duty,
    place_for,
    window_of,
)
from domain.policy.when import ALWAYS, When
from domain.policy.windows import Window
from domain.refusals.sentences_by_code import refusal
from tests.policy.conftest import beijing, told
from tests.policy.sample import cited, sample
from tests.policy.tables import CITED, ENTERPRISE, IT

if TYPE_CHECKING:
    from domain.policy.facts import Facts

D = date
THEIRS: Facts = told(unit={"type": "enterprise"})
OTHERS: Facts = told(unit={"type": "institution"})
UNKNOWN: Facts = told()


def fee(**changed: Any) -> Fee:  # noqa: ANN401 -- any field
    plain: dict[str, Any] = {
        "fen": 12050,
        "channel": "BANK",
        "after_reminder": False,
        "when": ALWAYS,
    }
    return Fee(**{**IT, **plain, **changed})


@pytest.mark.parametrize(
    ("paid", "shown"),
    [(12050, None), (20000, None), (12049, "120.49"), (12000, "120.00"), (7, "0.07"), (0, "0.00")],
)
def test_a_fee_is_due_to_the_last_fen(paid: int, shown: str | None) -> None:
    due = None if shown is None else refusal("FEE_UNPAID", CITED, due="120", paid=shown)
    assert fee().unpaid(paid) == due
    assert fee().yuan == 120


@pytest.mark.parametrize("way", ["cash", "CASH", "POS", "bank", ""])
def test_another_way_of_payment_is_refused(way: str) -> None:
    assert fee().way_refused("BANK") is None
    assert fee().way_refused(way) == refusal("FEE_CHANNEL", CITED, condition=("中", "english"))


def test_nobody_is_charged_more_than_the_fee() -> None:
    assert fee().exceeded(12050) is None
    assert fee().exceeded(12051) == refusal("FEE_EXCEEDED", CITED, due="120", paid="120.51")


@pytest.mark.parametrize(
    ("after_reminder", "reminded", "flags"),
    [
        (True, False, ("FEE_CHANNEL",)),
        (True, True, ()),
        (False, False, ()),
        (False, True, ()),
    ],
)
def test_a_payment_before_its_reminder_is_marked(
    after_reminder: object, reminded: object, flags: tuple[str, ...]
) -> None:
    this = fee(after_reminder=after_reminder)
    assert this.payment_flags(reminded=bool(reminded)) == flags


def test_the_first_fee_that_is_known_to_fit_is_taken() -> None:
    theirs, every = fee(when=ENTERPRISE), fee(fen=1)
    assert fee_for([theirs, every], THEIRS) == theirs
    assert fee_for([theirs, every], UNKNOWN) == every
    assert fee_for([theirs], OTHERS) is None


def place(name: str, when: When) -> Place:
    return Place(
        id=name, address=name, short=name, phones=(), body=None, when=when, citations=CITED
    )


def test_paper_is_handed_in_at_the_first_place_that_fits_and_never_at_a_guess() -> None:
    theirs, every = place("theirs", ENTERPRISE), place("every", ALWAYS)
    assert place_for([theirs, every], THEIRS, CITED) == PlaceAnswer(theirs, None)
    assert place_for([theirs, every], UNKNOWN, CITED) == PlaceAnswer(every, None)
    assert place_for([], THEIRS, CITED) == PlaceAnswer(None, None)
    accountants = told(unit={"type": "institution"}, series="会计")
    assert place_for([theirs], accountants, CITED) == PlaceAnswer(
        None, refusal("UNKNOWN_SERIES", CITED, series="会计")
    )
    assert place_for([theirs], UNKNOWN, CITED) == PlaceAnswer(
        None, refusal("UNKNOWN_SERIES", CITED, series="")
    )


def test_the_silence_of_a_list_of_places_rests_on_its_last() -> None:
    listed = "".join(
        f'\n[[places]]\nid = "{name}"\naddress = "某路"\nwhen = {{ series = "{name}" }}\n'
        f'rule = "{rule}"\n'
        for name, rule in (("会计", "S-GOOD"), ("审计", "S-BODY"))
    )
    answer = sample(listed).intake_place(told(series="统计"))
    assert answer.refusal is not None
    assert answer.refusal.citations == (cited("S-BODY"),)
    assert sample().intake_place(told(series="统计")) == PlaceAnswer(None, None)


def leg(name: str, number: int, when: When = ALWAYS, closes: date | None = None) -> PaperLeg:
    return PaperLeg(
        id=name,
        leg=number,
        sender=("employer",),
        receiver="city_hr",
        opens=None,
        closes=closes,
        after_approval=False,
        when=when,
        citations=CITED,
    )


def test_of_each_hand_over_the_first_that_fits_is_taken_in_order() -> None:
    second, theirs, first = leg("b", 2), leg("theirs", 1, ENTERPRISE), leg("a", 1)
    assert legs_for([second, theirs, first], THEIRS) == (theirs, second)
    assert legs_for([second, theirs, first], OTHERS) == (first, second)
    assert legs_for([second, theirs, first], UNKNOWN) == (first, second)
    assert legs_for([theirs], UNKNOWN) == ()


def test_a_hand_over_has_its_window() -> None:
    assert window_of(leg("a", 1, closes=D(2025, 4, 9)), "paper:1") == Window(
        id="a",
        batch="",
        binds=("paper:1",),
        opens=None,
        closes=D(2025, 4, 9),
        when=ALWAYS,
        citations=CITED,
    )
    assert window_of(leg("a", 1), "paper:1").closes is None


STAGES = "".join(
    f'\n[[stages]]\nid = "{body}"\nzh = "中"\nen = "english"\nbody = "{body}"\nrule = "S-BODY"\n'
    for body in ("employer", "city_hr")
)
LEGS = STAGES + "".join(
    f'\n[[paper_legs]]\nid = "{name}"\nleg = {number}\nsender = "employer"\nreceiver = "city_hr"\n'
    f'{closes}rule = "{rule}"\n'
    for name, number, closes, rule in (
        ("a", 1, "closes = 2025-04-09\n", "S-TIME"),
        ("b", 2, "", "S-BODY"),
    )
)


def test_a_hand_over_is_in_time_late_undetermined_or_not_asked_for() -> None:
    law, at = sample(LEGS), beijing("2025-04-09 23:59:59")
    in_time = law.paper_admission(1, at, told())
    assert (in_time.timeliness, in_time.bound) == (Timeliness.OPEN, "paper:1")
    late = law.paper_admission(1, beijing("2025-04-10 00:00:00"), told())
    assert (late.timeliness, late.citations) == (Timeliness.CLOSED, (cited("S-TIME"),))
    unset = law.paper_admission(2, at, told())
    assert (unset.timeliness, unset.bound) == (Timeliness.UNDETERMINED, "paper:2")
    assert unset.citations == (cited("S-BODY"),)
    assert law.paper_admission(3, at, told()).timeliness is Timeliness.UNBOUND


def test_whether_paper_is_asked_for_is_said_by_the_first_that_fits() -> None:
    duty = PaperDuty(**IT, required=True, when=ENTERPRISE)
    none = PaperDuty(**{**IT, "id": "none"}, required=False, when=ALWAYS)
    assert paper_duty([duty, none], THEIRS) == duty
    assert paper_duty([duty, none], OTHERS) == none
    assert paper_duty([duty], OTHERS) is None


def material(name: str, **changed: Any) -> Material:  # noqa: ANN401 -- any field
    plain: dict[str, Any] = {
        "kind": "form",
        "channel": "online",
        "form": "",
        "copies": 1,
        "original": False,
        "stamps": (),
        "part_of": None,
        "column": None,
        "source": None,
        "instead": (),
        "supports": (),
        "required": True,
        "refuses": Wording("MATERIAL_MISSING"),
        "when": ALWAYS,
    }
    return Material(**{**IT, **plain, "id": name, **changed})


@pytest.mark.parametrize(
    ("changed", "facts", "present", "channels", "asked_for"),
    [
        ({}, UNKNOWN, [], ["online"], True),
        ({}, UNKNOWN, ["diploma"], ["online"], False),
        ({"instead": ("card",)}, UNKNOWN, ["card"], ["online"], False),
        ({"instead": ("card",)}, UNKNOWN, ["other"], ["online"], True),
        ({"required": False}, UNKNOWN, [], ["online"], False),
        ({}, UNKNOWN, [], ["paper"], False),
        ({"channel": "paper"}, UNKNOWN, [], ["online", "paper"], True),
        ({"when": ENTERPRISE}, THEIRS, [], ["online"], True),
        ({"when": ENTERPRISE}, OTHERS, [], ["online"], False),
        ({"when": ENTERPRISE}, UNKNOWN, [], ["online"], False),
    ],
)
def test_a_material_is_missing_where_it_is_asked_for_and_nothing_stands_in(
    changed: dict[str, Any],
    facts: Facts,
    present: list[str],
    channels: list[str],
    asked_for: object,
) -> None:
    diploma = material("diploma", **changed)
    words = ("中", "english")
    refused = refusal(
        "MATERIAL_MISSING", CITED, pointer="/materials/diploma", material=words, condition=words
    )
    found = missing([diploma], facts, present, channels)
    assert found == ((refused,) if asked_for else ())


@pytest.mark.parametrize(
    ("changed", "papers", "originals", "awaited"),
    [
        ({}, ["diploma"], [], True),
        ({}, ["diploma"], ["card"], True),
        ({}, ["diploma"], ["diploma"], False),
        ({}, [], [], False),
        ({"original": False}, ["diploma"], [], False),
        ({"required": False}, ["diploma"], [], False),
        ({"channel": "online"}, ["diploma"], [], False),
        ({"when": ENTERPRISE}, ["diploma"], [], False),
        ({"instead": ("card", "proof")}, ["card"], [], True),
        ({"instead": ("card", "proof")}, ["card"], ["card"], False),
        ({"instead": ("card", "proof")}, ["proof"], [], False),
        ({"instead": ("card", "proof")}, ["card", "proof"], [], False),
    ],
)
def test_a_copy_counts_once_its_original_was_seen(
    changed: dict[str, Any], papers: list[str], originals: list[str], *, awaited: bool
) -> None:
    diploma = material("diploma", **{"channel": "paper", "original": True, **changed})
    card = material("card", original=True, when=ENTERPRISE)
    listed = {each.id: each for each in (diploma, card)}
    found = unseen(listed, OTHERS, papers, originals)
    assert [(each.code, each.pointer) for each in found] == (
        [("ORIGINAL_NOT_SEEN", "/materials/diploma")] if awaited else []
    )


@pytest.mark.parametrize(
    ("changed", "papers", "sealed", "awaited"),
    [
        ({}, ["diploma"], [], True),
        ({}, ["diploma"], ["card"], True),
        ({}, ["diploma"], ["diploma"], False),
        ({}, [], [], False),
        ({"stamps": ()}, ["diploma"], [], False),
        ({"required": False}, ["diploma"], [], True),
        ({"channel": "online"}, ["diploma"], [], False),
        ({"when": ENTERPRISE}, ["diploma"], [], False),
        ({"part_of": "form"}, ["form"], [], True),
        ({"part_of": "form"}, ["form"], ["form"], True),
        ({"part_of": "form"}, ["form"], ["diploma"], False),
        ({"part_of": "form"}, ["card"], [], False),
        ({"instead": ("card", "proof")}, ["card"], [], True),
        ({"instead": ("card", "proof")}, ["card"], ["card"], False),
        ({"instead": ("card", "proof")}, ["proof"], [], False),
    ],
)
def test_a_paper_counts_once_its_seals_were_seen(
    changed: dict[str, Any], papers: list[str], sealed: list[str], *, awaited: bool
) -> None:
    diploma = material("diploma", **{"channel": "paper", "stamps": ("盖章",), **changed})
    card = material("card", stamps=("盖章",), when=ENTERPRISE)
    listed = {each.id: each for each in (diploma, card)}
    found = unsealed(listed, OTHERS, papers, sealed)
    assert [(each.code, each.pointer) for each in found] == (
        [("SEAL_NOT_SEEN", "/materials/diploma")] if awaited else []
    )


def test_a_material_may_be_refused_under_a_code_of_its_own() -> None:
    (refused,) = missing(
        [material("diploma", refuses=Wording("CONDITION_NOT_MET"))], UNKNOWN, [], ["online"]
    )
    assert refused.code == "CONDITION_NOT_MET"
    assert "中" in refused.chinese


def test_materials_are_asked_for_where_their_condition_is_known_to_hold() -> None:
    theirs, every = material("theirs", when=ENTERPRISE), material("every")
    assert materials_for([theirs, every], THEIRS) == (theirs, every)
    assert materials_for([theirs, every], UNKNOWN) == (every,)


@pytest.mark.parametrize(
    ("channel", "used", "marked"),
    [
        ("paper", "online", True),
        ("paper", "paper", False),
        ("online", "paper", False),
        ("online", "online", False),
        ("either", "online", False),
    ],
)
def test_what_comes_online_though_it_comes_on_paper_is_marked(
    channel: str, used: str, marked: object
) -> None:
    words = ("中线下提交", "english is handed in on paper")
    mark = refusal("MATERIAL_CHANNEL", CITED, condition=words) if marked else None
    assert channel_mark(material("m", channel=channel), used) == mark


def test_by_default_what_may_come_online_is_asked_for() -> None:
    listed = "".join(
        f'\n[[materials]]\nid = "{channel}"\nzh = "中"\nen = "e"\nchannel = "{channel}"\n'
        'rule = "S-BODY"\n'
        for channel in ("online", "paper", "linked", "online_or_linked", "either")
    )
    pointers = [each.pointer for each in sample(listed).missing_materials(told(), [])]
    assert pointers == [
        "/materials/online",
        "/materials/online_or_linked",
        "/materials/either",
    ]
