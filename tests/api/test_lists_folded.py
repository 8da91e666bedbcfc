"""What everybody is shown by every list is a fold of the record, narrowed to what they may see.

Over a province that was walked through at random, by whoever has an account in it, over HTTP:
the record's own bytes are folded once more by ``tests.naive``, which knows no view.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import open_services
from api.clock import SettableClock
from domain.account.events import Role
from projections.catalogue import VIEWS
from projections.progress import reached
from projections.schema import look_at
from tests.api.filings import done
from tests.api.served import at_work
from tests.naive.asked import Term, queries
from tests.naive.asking import WHOLE, Asking, each_kind, signed_in
from tests.naive.expected import EXPECTED, OF_HOUSES
from tests.naive.folded import Folded
from tests.naive.inventory import COMPARED_HERE, HELD_BY, PROVINCE, lists_of
from tests.naive.lists import (
    COMPARED,
    FACETS_OF,
    MOST_IN_FACETS,
    ORDERS,
    Lists,
    act_row,
    entries_of,
    investigated,
    words_of,
)
from tests.naive.lives import Lives
from tests.naive.said import all_said, day_of
from tests.naive.walked import Walked, walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.conftest import Database
    from tests.naive.callers import Caller

EXAMPLES, INSTANTS, MANY, FEW, SELDOM = 60, 24, 8, 4, 0.1
ENTRIES = "/v1/integrity-records"
TOLD_OF = (
    "case:act-rescinded:1",
    "case:certificate-voided:1",
    "case:returned:1",
    "case:substitute-designated:1",
    "case:title-revoked:1",
    "complaint:received:1",
    "filing:refused:1",
    "integrity:annulled:1",
    "objection:raised:1",
    "organisation:merged-into:1",
    "organisation:placed:1",
    "person:erased:1",
    "separation:conflict-refused:1",
)
"""What has to have happened, so that the lists have something to say."""
ALIKE = {"/v1/editions", "/v1/publicities"}
"""What everybody is shown who is shown any of it."""
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Walked:
    """The province; its views have not begun, and nobody is connected to it."""
    return walked(fresh_database(), tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def asking(told: Walked, copy_of: Callable[[Database], Database]) -> Iterator[Asking]:
    """The province, served over HTTP."""
    database = copy_of(told.database)
    here = Walked(database, told.keys, told.at)
    clock = SettableClock(told.at)
    with at_work(here.settings, database.ground, clock) as (address, services):
        known = Folded.by(all_said(services.record))
        clients = {
            each: signed_in(services, address, each, told) for each in each_kind(known, told)
        }
        yield Asking(here, services, address, clients)


def test_the_walk_left_something_to_list(asking: Asking) -> None:
    said = Counter(each.topic for each in asking.record)
    assert {each for each in TOLD_OF if not said[each]} == set()
    roles = {each for caller in asking.callers.values() for each in caller.roles}
    assert roles == {each.value for each in Role} - {"policy_administrator"}


def wrong(
    asking: Asking, shown: defaultdict[str, set[str]], one_in: int = 1
) -> list[tuple[object, ...]]:
    """Where a list shows somebody anything else than the fold, or in another order.

    ``shown`` is told what any of them is shown by each list. ``one_in`` so many callers are asked
    of a list, of another list others.
    """
    found: list[tuple[object, ...]] = []
    for number, (path, each) in enumerate(EXPECTED.items()):
        for name, caller in list(asking.callers.items())[number % one_in :: one_in]:
            rows = asking.all(name, path, each.member) or []
            listed, expected = [each.told(row) for row in rows], each.fold(asking.lists, caller, {})
            shown[path] |= {str(expected)} - {"[]"}
            if listed != expected:
                found.append((path, sorted(caller.roles), name, "shown", listed, "not", expected))
    return found


def test_every_list_is_a_fold_of_the_record_narrowed_to_what_its_caller_may_see(
    asking: Asking,
) -> None:
    shown = defaultdict[str, set[str]](set)
    assert wrong(asking, shown) == []
    assert {path for path, some in shown.items() if not some} == set()
    assert {path for path, some in shown.items() if len(some) == 1} == ALIKE


@pytest.mark.parametrize("path", [path for path, each in EXPECTED.items() if each.narrows])
def test_a_list_that_is_narrowed_by_its_address_is_a_fold_page_by_page(
    asking: Asking, path: str
) -> None:
    """To who is shown most of it, and to some others."""
    each, lists, chance = EXPECTED[path], asking.lists, random.Random(1)  # noqa: S311 -- as below
    most, *others = sorted(
        asking.callers, key=lambda name: -len(each.fold(lists, asking.callers[name], {}))
    )
    for by, values in each.narrows.items():
        shown = [
            value
            for value in sorted({*values(lists)})
            if each.fold(lists, asking.callers[most], {by: value})
        ]
        for name in (most, *chance.sample(others, FEW)):
            asked = {by: chance.choice(shown)}
            rows = asking.all(name, path, each.member, limit=chance.choice((3, WHOLE)), **asked)
            expected = each.fold(lists, asking.callers[name], asked)
            assert [each.told(row) for row in rows or []] == expected, (name, asked)


def test_what_houses_publish_state_and_extend_is_a_fold_to_who_may_read_it(asking: Asking) -> None:
    chance, found = random.Random(1), set[tuple[str, bool]]()  # noqa: S311 -- to be repeated
    for name, caller in asking.callers.items():
        for (path, each), house in product(OF_HOUSES.items(), asking.known.organisations):
            if chance.random() < SELDOM:
                answer = asking.clients[name].get(f"{path.format(organisation_id=house)}")
                expected = each.fold(caller, house)
                assert (answer.status == 200) is (expected is not None), (caller.roles, path)
                if expected is not None:
                    assert [row[each.told] for row in answer.body[each.member]] == expected
                found |= {(path, expected is not None)} if expected != [] else set()
    assert found == {*product(OF_HOUSES, (True, False))}  # rows to some, and nothing to others


def test_every_list_that_is_offered_is_compared_here_or_held_by_another_test() -> None:
    offered = lists_of(json.loads((ROOT / "docs/openapi.json").read_text("utf-8")))
    assert offered == {*EXPECTED, *OF_HOUSES, *COMPARED_HERE, *HELD_BY}
    assert len(offered) == sum(map(len, (EXPECTED, OF_HOUSES, COMPARED_HERE, HELD_BY)))
    for node in HELD_BY.values():
        file, _, test = node.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), node


def test_what_reckons_takes_nothing_of_the_views_and_of_the_front_door() -> None:
    files = {each.name: each.read_text("utf-8") for each in (ROOT / "tests/naive").glob("*.py")}
    taking = {
        name
        for name, text in files.items()
        if re.search(r"^\s*from (api|proj)", text, re.MULTILINE)
    }
    assert taking == PROVINCE


def test_what_is_asked_of_cases_is_answered_as_the_fold_answers_it(asking: Asking) -> None:
    lists, callers = asking.lists, sorted(asking.callers)
    seen = {name: set(lists.cases_for(asking.callers[name], [])) for name in callers}
    terms_of = {
        name: queries(lists.told_of(some or lists.known.cases), COMPARED)
        for name, some in seen.items()
    }
    asked_by = st.sampled_from(callers).flatmap(lambda one: st.tuples(st.just(one), terms_of[one]))
    sorts = st.sampled_from([None, *(f"{way}{each}" for each in ORDERS for way in ("", "-"))])
    found = Counter[bool]()

    @given(asked_by, sorts, st.sampled_from((5, WHOLE)))
    @settings(max_examples=EXAMPLES)
    def hold(asked: tuple[str, list[Term]], sort: str | None, limit: int) -> None:
        name, terms = asked
        caller = asking.callers[name]
        query = " ".join([*map(str, terms), *([f"sort:{sort}"] if sort else [])])
        expected = lists.ordered(lists.cases_for(caller, terms), sort)
        shown = asking.all(name, "/v1/cases", "cases", q=query, limit=limit)
        assert [each["case"] for each in shown or []] == expected
        facets = done(asking.clients[name].get(f"/v1/case-facets?{urlencode({'q': query})}")).body
        counted = {(e["qualifier"], e["word"]): e["count"] for e in facets["facets"]}
        assert counted == lists.facets(expected)
        found[bool(expected)] += 1

    hold()
    assert min(found.values()) >= MANY


def test_a_mark_is_asked_for_by_its_chinese_name(asking: Asking) -> None:
    term = Term("flag", (("", "overdue:completion"),), negated=False)
    found = {
        name: some
        for name, caller in asking.callers.items()
        if (some := asking.lists.cases_for(caller, [term]))
    }
    for name in [*found][:FEW]:
        rows = asking.all(name, "/v1/cases", "cases", q="标记:逾期办结 sort:opened") or []
        assert sorted(each["case"] for each in rows) == sorted(found[name])
    assert found


def test_what_is_asked_of_titles_is_answered_as_the_fold_answers_it_on_any_day(
    asking: Asking,
) -> None:
    lists, found = asking.lists, Counter[bool]()
    row_of = {each["at"]: lists.titled(each) for each in asking.known.titles}
    days = {e[day] for e in asking.known.titles for day in ("gained_on", "lost_on")} - {None}
    able = [name for name, who in asking.callers.items() if lists.titles_for(who, [])]

    @given(
        st.sampled_from(able),
        queries([*row_of.values()], COMPARED),
        st.sampled_from([None, *sorted(days)]),
    )
    @settings(max_examples=EXAMPLES)
    def hold(name: str, terms: list[Term], on: str | None) -> None:
        asked = {"q": " ".join(map(str, terms)), **({"effective_at": on} if on else {})}
        rows = asking.all(name, "/v1/titles", "titles", **asked) or []
        shown = [(each["position"], each["state"], each["lost_on"]) for each in rows]
        assert shown == lists.titles_for(asking.callers[name], terms, on)
        found[bool(shown)] += 1
        if on is None:
            path = f"/v1/title-facets?{urlencode(asked)}"
            facets = done(asking.clients[name].get(path)).body
            counted = {(e["qualifier"], e["word"]): e["count"] for e in facets["facets"]}
            assert counted == words_of((row_of[at] for at, *_ in shown), FACETS_OF["titles"])

    hold()
    assert min(found[True], found[False]) >= MANY, found


def test_what_is_asked_of_acts_refusals_and_investigations_is_answered_as_the_fold_answers_it(
    asking: Asking,
) -> None:
    lists, found = asking.lists, Counter[tuple[str, bool]]()
    acts = {
        each.position: act_row(each) for case in asking.known.cases.values() for each in case.acts
    }
    refused = {each["position"]: each for each in asking.known.refusals}
    under_way = {name: investigated(each) for name, each in asking.known.investigations.items()}
    row_of: dict[Any, Any] = {**acts, **refused, **under_way}
    rows = {
        "acts": queries([*acts.values()], COMPARED),
        "refusals": queries([*refused.values()], COMPARED),
        "investigations": queries([*under_way.values()], COMPARED),
    }
    folds: Mapping[str, tuple[str, Callable[[Caller, list[Term]], list[Any]]]] = {
        "acts": ("position", lists.acts_for),
        "refusals": ("position", lists.refusals_for),
        "investigations": ("investigation", lists.investigations_for),
    }
    able = {
        each: st.sampled_from([name for name, who in asking.callers.items() if fold(who, [])])
        for each, (_, fold) in folds.items()
    }

    def hold(member: str, name: str, terms: list[Term]) -> None:
        query = " ".join(map(str, terms))
        shown = asking.all(name, f"/v1/{member}", member, q=query) or []
        key, fold = folds[member]
        expected = fold(asking.callers[name], terms)
        assert [each[key] for each in shown] == expected
        found[member, bool(expected)] += 1
        one = member.removesuffix("s")
        path = f"/v1/{one}-facets?{urlencode({'q': query})}"
        facets = done(asking.clients[name].get(path)).body
        counted = {(e["qualifier"], e["word"]): e["count"] for e in facets["facets"]}
        assert facets["counted_all"] is (len(expected) <= MOST_IN_FACETS)
        looked_at = (row_of[each] for each in expected[:MOST_IN_FACETS])
        assert counted == words_of(looked_at, FACETS_OF[member])

    for each in folds:
        ask = given(st.just(each), able[each], rows[each])(hold)
        settings(max_examples=EXAMPLES // 3)(ask)()
    assert min(found[each, True] for each in folds) >= MANY, found


def test_entries_are_those_of_a_fold_as_known_at_any_instant_and_in_effect_on_any_day(
    asking: Asking,
) -> None:
    chance, shown = random.Random(1), 0  # noqa: S311 -- to be repeated, not to be secret
    for name, caller in asking.callers.items():
        header = {"Consultation": asking.consulted(name)}
        if asking.all(name, ENTRIES, "records", header=header) is None:
            assert not caller.opens_entries()
            continue
        instants = [None, *chance.choices(asking.record, k=3)]
        for instant in instants:
            on = day_of(chance.choice(asking.record).at)
            narrowed = asking.narrowing(chance)
            known = asking.until(instant)
            asked = {"effective_at": on, **narrowed}
            if instant is not None:
                asked["as_of"] = instant.placed_at.isoformat()
            rows = asking.all(name, ENTRIES, "records", header=header, **asked) or []
            listed = [(e["entry"], e["state"], e["ends_on"]) for e in rows]
            assert listed == entries_of(known, caller, on, narrowed), (caller.roles, asked)
            shown += bool(listed)
    assert shown >= MANY
    who = (each for each in asking.callers.values() if each.opens_entries())
    told = (entries_of(asking.known, each, asking.today, {}) for each in who)
    assert len({str(each) for each in told}) > FEW


def test_seats_are_those_of_a_fold_on_any_day_as_known_at_any_instant(
    asking: Asking,
) -> None:
    chance, held = random.Random(1), 0  # noqa: S311 -- as above
    instants = chance.sample(asking.record, INSTANTS)
    for name, caller in asking.callers.items():
        for house in chance.sample(sorted(asking.known.organisations), MANY):
            instant, on = chance.choice(instants), day_of(chance.choice(asking.record).at)
            asked = {"effective_at": on, "as_of": instant.placed_at.isoformat()}
            path = f"/v1/organisations/{house}/appointments"
            answer = asking.clients[name].get(f"{path}?{urlencode(asked)}")
            assert (answer.status == 200) is caller.sees_office("organisations", house)
            if answer.status == 200:
                rows = Lists(asking.until(instant), {}, {}).holders(house, on)
                shown = sorted(each["appointment"] for each in answer.body["appointments"])
                assert shown == rows, asked
                held += bool(rows)
    assert held > len(asking.callers)


def auditor_of_all(asking: Asking) -> str:
    """The account of whoever audits the whole record."""
    callers = asking.callers.items()
    (auditor,) = (
        name for name, each in callers if each.roles == {"auditor"} and "" in each.watched
    )
    return auditor


def test_powers_are_those_of_a_fold_on_any_day_as_known_at_any_instant(asking: Asking) -> None:
    chance, held = random.Random(1), 0  # noqa: S311 -- as above
    instants = chance.sample(asking.record, INSTANTS)
    auditor = auditor_of_all(asking)
    for house in asking.known.organisations:
        for _ in range(MANY):
            instant, on = chance.choice(instants), day_of(chance.choice(asking.record).at)
            asked = {"effective_at": on, "as_of": instant.placed_at.isoformat()}
            path = f"/v1/organisations/{house}/grants?{urlencode(asked)}"
            shown = [
                each["grant"] for each in done(asking.clients[auditor].get(path)).body["grants"]
            ]
            assert shown == Lists(asking.until(instant), {}, {}).powers_on(house, on), asked
            held += bool(shown)
    assert held > MANY


def test_titles_are_those_of_a_fold_to_whoever_sees_the_person(asking: Asking) -> None:
    persons = {each["person"] for each in asking.known.accounts.values()}
    titled = {each["person"] for each in asking.known.titles}
    found = Counter[str]()
    for name, caller in asking.callers.items():
        for person in sorted(titled | set(sorted(persons)[::15])):
            answer = asking.clients[name].get(f"/v1/persons/{person}")
            assert answer.status in (200, 403, 404)
            seen = answer.status == 200
            assert seen is caller.sees_page("persons", person), (caller.roles, person)
            if seen:
                shown = [(e["case"], e["state"], e["lost_on"]) for e in answer.body["titles"]]
                assert shown == asking.lists.titles_of(person)
                found.update(state for _, state, _ in shown)
    assert found.keys() >= {"held", "revoked"}


@pytest.fixture
def lives(told: Walked, copy_of: Callable[[Database], Database]) -> Iterator[Lives]:
    """Over a copy whose views have not begun."""
    one = Lives(replace(told, database=copy_of(told.database)))
    yield one
    one.end()


def test_lists_are_the_same_fold_once_follower_and_server_were_killed(lives: Lives) -> None:
    told = lives.told
    database = told.database
    with psycopg.connect(database.superuser_url, autocommit=True) as views:
        look_at(views, database.ground.views)
        lives.begin()
        for _ in range(60_000):
            if lives.in_the_middle_of_a_step(views):
                break
            sleep(0.002)
        lives.end()
        assert reached(views, VIEWS) == 0
    services = open_services(told.settings, database.ground, SettableClock(told.at))
    lives.begin()
    known = Folded.by(all_said(services.record))
    address, some = lives.address(), each_kind(known, told)
    clients = {each: signed_in(services, address, each, told) for each in some}
    asking = Asking(told, services, address, clients)
    looked = [asking.consulted(each) for each in clients]
    reader = auditor_of_all(asking)
    heard, onward = asking.heard(reader, "/v1/events?limit=200", most=3)
    assert heard
    lives.end()
    lives.begin()
    address = lives.address()
    clients = {name: replace(each, address=address) for name, each in clients.items()}
    asking = Asking(told, services, address, clients)
    assert {each["stream"] for each in asking.known.looks} >= set(looked) - {""}
    assert wrong(asking, defaultdict(set), one_in=3) == []
    rest, _ = asking.heard(reader, onward)
    assert [*heard, *rest] == [*range(1, services.record.head() + 1)]
    services.close()
