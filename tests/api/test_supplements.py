"""A supplement binds whoever files from then on, and of the cases under way those that it names."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from domain import beijing
from domain.separation import HANDLER, LEADER
from tests.api.filings import PACK, decide, done, draft, filed, opine
from tests.api.lawmaking import costing, in_force, propose, step, text_of
from tests.api.test_law_in_force import codes

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

_NUMBERS = count(2)
EMPLOYER = """
[[windows]]
id = "E2"
batch = "B2"
binds = "employer"
opens = 2024-10-10
closes = 2024-10-20
rule = "XW-02"
"""
"""A window in which the employer passes on what was filed in the second batch."""
RULES = '[rules]\nXW-98 = { clause = "补", quote = "补充规定（虚构）", own_words = true }\n'
fee = partial(costing, rule="XW-98")
LATER = '"windows[E2].rule" = "XW-98"\n"windows[E2].closes" = '


class Law:
    """The county's notice as the tests put it in force, edition after edition."""

    def __init__(self, world: World) -> None:
        self._world, self._bureau, self.number = world, world.bureau, next(_NUMBERS)
        text = text_of(version=str(self.number)) + EMPLOYER
        in_force(self._bureau, text, reason="更正")

    def supplement(self, *said: str, **head: str) -> str:
        """The text of what supplements the last edition."""
        header = {
            "id": f'"{PACK}"',
            "version": str(self.number + 1),
            "title": '"关于考核认定的补充通知（虚构）"',
            "supplements": f'{{ id = "{PACK}", version = {self.number} }}',
            **head,
        }
        lines = "\n".join(f"{key} = {value}" for key, value in header.items())
        return "\n".join((f"[pack]\n{lines}", RULES, *said))

    def supplemented(self, *said: str, of: int | None = None) -> str:
        """The path of a supplement that is in force, of the last edition or of an earlier one."""
        named = {} if of is None else {"supplements": f'{{ id = "{PACK}", version = {of} }}'}
        text, today = self.supplement(*said, **named), beijing.day(self._world.clock.now())
        path = in_force(self._bureau, text, today.isoformat(), reason="补充")
        self.number = next(_NUMBERS)
        return path


@pytest.fixture
def law(world: World) -> Law:
    return Law(world)


def owed(by: Actor, case: str) -> int | None:
    """The fee of a case in fen, as its duties tell it."""
    found = done(by.get(f"{case}/duties")).body["fee"]
    return None if found is None else int(found["fen"])


def under(by: Actor, case: str) -> tuple[str, list[int]]:
    """The digest of the law that a case says it stands under, and the numbers of supplements."""
    seen = done(by.get(case)).body
    return str(seen["law"]["digest"]), [each["number"] for each in seen["supplements"]]


def supplementings(by: Actor, case: str) -> list[dict[str, Any]]:
    events = done(by.get(f"{case}/history")).body["events"]
    return [e["fields"] for e in events if e["topic"] == "case:law-supplemented:1"]


def test_what_does_not_say_so_binds_no_case_under_way(world: World, law: Law) -> None:
    early = world.applicant(world.school)
    case = filed(early, world.school)
    before = under(early, case)
    path = law.supplemented(fee(4200))
    assert done(world.bureau.leader.get(path)).body["binding"] == [
        {"value": "fees[recognition]", "binds": "filings"}
    ]
    assert owed(early, case) is None
    done(opine(world.school.handler, case))
    assert under(early, case) == before
    late = world.applicant(world.school)
    assert owed(late, draft(late, world.school)) == 4200


def test_a_case_under_way_goes_on_under_what_binds_it_and_says_so(world: World, law: Law) -> None:
    early, gone = world.applicant(world.school), world.applicant(world.school)
    case, over = filed(early, world.school), filed(gone, world.school)
    done(gone.change(over, "/withdrawals", {}))
    own, ended = under(early, case), under(gone, over)
    path = law.supplemented(fee(4200), '[binds]\n"fees[recognition]" = "under_way"\n')
    assert owed(early, case) == 4200
    assert under(early, case) == own
    done(opine(world.school.handler, case))
    digest, numbers = under(early, case)
    assert (numbers, digest != own[0]) == ([law.number], True)
    (said,) = supplementings(early, case)
    assert said["law"]["digest"] == digest
    assert said["supplements"][0]["edition"] == path.rpartition("/")[2]
    text = done(world.auditor.get(f"{case}/history")).body["events"]
    submitted = next(e for e in text if e["topic"] == "case:submitted:1")
    assert submitted["fields"]["law"]["digest"] == own[0]
    assert (owed(gone, over), under(gone, over)) == (None, ended)
    done(step(world.bureau, path, "suspend"))
    assert owed(early, case) is None
    done(decide(world.school.leader, case))
    assert under(early, case) == own
    assert [each["supplements"] for each in supplementings(early, case)][1:] == [[]]
    done(step(world.bureau, path, "resume"))
    assert owed(early, case) == 4200


def test_only_who_has_the_place_supplements_its_law_and_says_it_rightly(
    world: World, law: Law
) -> None:
    area = "湖南省/益阳市/安化县"
    elsewhere = world.found("安化县人社局", world.system, bodies=["county_hr"], area=area)
    world.seat(elsewhere, HANDLER, LEADER)
    asked = law.supplement(fee(4200))
    for liar in (elsewhere.handler, world.department.handler):
        assert propose(liar, asked, reason="补充").code == "WITHOUT_POWER"
    moved = law.supplement(fee(4200), jurisdiction=f'"{area}"')
    assert "EDITION_ELSEWHERE" in codes(propose(elsewhere.handler, moved, reason="补充"))
    handler = world.bureau.handler
    assert codes(propose(handler, asked)) == {"EDITION_WITHOUT_REASON"}
    stages = (
        '[dropped]\n"stages[department]" = "不再"\n[binds]\n"stages[department]" = "under_way"\n'
    )
    for wrong in (
        law.supplement(fee(4200), '[binds]\n"fees[recognition]" = "everybody"\n'),
        law.supplement(fee(4200), '[binds]\n"fees[other]" = "better"\n'),
        law.supplement(stages),
        law.supplement(fee(4200), id='"other-2024"'),
        law.supplement(fee(4200), supplements=f'{{ id = "{PACK}", version = 999 }}'),
        law.supplement(costing(4200, "XW-02")),
    ):
        assert "EDITION_FAULTY" in codes(propose(handler, wrong, reason="补充")), wrong


def test_better_is_what_costs_less_or_lets_a_case_go_on_and_costs_nobody_more(
    world: World, law: Law
) -> None:
    early = world.applicant(world.school)
    case = filed(early, world.school)
    law.supplemented(
        fee(4200),
        f"[changed]\n{LATER}2024-10-31\n",
        '[binds]\n"fees[recognition]" = "under_way"\n"windows[E2].closes" = "better"\n',
        '"windows[E2].rule" = "better"\n',
    )
    first, better = law.number, '[binds]\n"fees[recognition]" = "better"\n'
    done(opine(world.school.handler, case))
    law.supplemented(fee(8400), better)
    assert owed(early, case) == 4200
    world.at("2024-10-25T10:00:00")
    assert codes(decide(world.school.leader, case)) == {"STAGE_DEADLINE_MISSED"}
    law.supplemented(fee(2100), better, of=first)
    assert owed(early, case) == 2100
    done(decide(world.school.leader, case))
    stood = [[each["number"] for each in one["supplements"]] for one in supplementings(early, case)]
    assert stood == [[first], [first, law.number]]
