"""What everybody is shown by every list is a fold of the record, narrowed to what they may see.

Over a province that was walked through at random, by whoever has an account in it, over HTTP:
the record's own bytes are folded once more by ``tests.naive``, which knows no view.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import open_services
from api.clock import SettableClock
from api.services import Services
from bench.town.town import evolved
from bench.town.watch.folds import stands
from domain.account.events import Part, Role
from domain.case.urging import APPLICANT, turn_of
from domain.shared_collections import Several
from projections.catalogue import VIEWS
from projections.progress import reached
from projections.schema import look_at
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import done
from tests.api.served import at_work
from tests.naive.asked import Term, queries
from tests.naive.callers import Caller
from tests.naive.expected import EXPECTED
from tests.naive.folded import Folded
from tests.naive.lists import COMPARED, ORDERS, Lists, entries_of, investigated
from tests.naive.said import all_said, day_of
from tests.naive.walked import Walked, walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.conftest import Database
    from tests.naive.said import Said

WHOLE = 200
"""Rows on a page, of which no list here fills more than a few."""
EXAMPLES, MANY = 100, 8
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
NOTHING_LEFT = {"/v1/publicities", "/v1/unfinished-findings"}
"""What is over, or done, once the walk has ended, and therefore shown to nobody."""


@pytest.fixture(scope="module")
def told(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Walked:
    """The province; its views have not begun, and nobody is connected to it."""
    return walked(fresh_database(), tmp_path_factory.mktemp("keys"))


@dataclass
class Asking:
    """The served province, and everybody who asks there, each signed in."""

    told: Walked
    services: Services
    address: str
    clients: dict[str, Client]

    def __post_init__(self) -> None:
        self.fold()

    def fold(self) -> None:
        """Fold everything that the record says by now."""
        record = self.services.record
        self.record: list[Said] = all_said(record)
        self.known = Folded.by(self.record)
        self.today = day_of(self.told.at)
        self.callers = {each: Caller(each, self.today, self.known) for each in self.clients}
        self.lists = Lists(self.known, {}, {})
        for each in self.known.cases:
            self._follow(each)
        self.head = record.head()

    def _follow(self, case: str) -> None:
        """Where a case stands, and whose turn it is there since when.

        It stays there while an objection to it keeps everybody from going on.
        """
        state: Any = None
        before, since = None, 0
        for each in self.services.record.load(case).recorded:
            state = evolved(state, each)
            phase, *_, due = stands(state)
            turn = turn_of(replace(state, objections=Several()))
            now = phase, state.round, turn
            before, since = now, since if now == before else each.position
        self.lists.phases[case] = phase, due
        waits = turn is not None and turn[1] != APPLICANT
        self.lists.turns[case] = (*turn, since) if turn is not None and waits else None

    def until(self, said: Said | None) -> Folded:
        """What was known when the record had come to an instant; None: now."""
        if said is None:
            return self.known
        last = [each.position for each in self.record if each.placed_at <= said.placed_at][-1]
        return Folded.by(self.record, last)

    def consulted(self, name: str) -> str:
        """Somebody puts on record why they look at the entries in their charge."""
        house, said = self.callers[name].house or "", {"reason": "年度核查"}
        mandate = self.known.mandate_of(house)
        answer = self.clients[name].act("/v1/integrity-consultations", said, mandate=mandate)
        return str(answer.body.get("consultation", ""))

    def narrowing(self, chance: random.Random) -> dict[str, str]:
        """Some of what the list of entries can be narrowed to."""
        entry = chance.choice(list(self.known.entries.values()))
        whole = {
            "state": chance.choice(("active", "expired", "pending", "annulled")),
            "ground": entry["ground"],
            "authority": entry["authority"],
            "case": entry["case"],
            "entered_from": entry["starts_on"],
            "entered_to": entry["starts_on"],
        }
        return {name: each for name, each in whole.items() if each and chance.random() < 0.2}

    def page(self, caller: str, path: str, **asked: Any) -> Any:  # noqa: ANN401 -- as it comes
        """One page; None for who is not let in."""
        header = asked.pop("header", {})
        query = urlencode({"limit": WHOLE, **asked, "wait_for": self.head})
        answer = self.clients[caller].get(f"{path}{'&' if '?' in path else '?'}{query}", **header)
        return None if answer.status == 403 else done(answer)

    def all(self, caller: str, path: str, member: str, **asked: Any) -> list[Any] | None:  # noqa: ANN401
        """All rows on all pages, of which there are as many as are counted on the first."""
        answer = self.page(caller, path, **asked)
        if answer is None:
            return None
        rows, counted = list(answer.body[member]), answer.body.get("count")
        while link := answer.headers.get("Link", "").partition(">")[0].removeprefix("<"):
            answer = done(self.clients[caller].get(link, **asked.get("header", {})))
            assert answer.body.get("count") == counted
            rows += answer.body[member]
        assert counted in (None, len(rows)), (caller, path, asked)
        return rows


@pytest.fixture(scope="module")
def asking(told: Walked, copy_of: Callable[[Database], Database]) -> Iterator[Asking]:
    """The province, served over HTTP."""
    database = copy_of(told.database)
    here = Walked(database, told.keys, told.at)
    clock = SettableClock(told.at)
    with at_work(here.settings, database.ground, clock) as (address, services):
        known = Folded.by(all_said(services.record))
        clients = {each: _signed_in(services, address, each, told) for each in _asking(known, told)}
        yield Asking(here, services, address, clients)


def _asking(known: Folded, told: Walked) -> list[str]:
    """Of those alike, in house, roles, seats, suspicions against them and erasures, one."""
    found: dict[tuple[Any, ...], str] = {}
    for account, row in known.accounts.items():
        if not row["disabled"]:
            caller = Caller(account, day_of(told.at), known)
            seats = frozenset(caller.seats())
            cases = any(each.applicant in caller.own for each in known.cases.values())
            about = (e for e in known.investigations.values() if e["subject"] in caller.own)
            heard = frozenset(each["told"] for each in about)
            erased = any(each["person"] in caller.own for each in known.erasures.values())
            alike = row["organisation"], frozenset(row["roles"]), seats, cases, heard, erased
            found[alike] = account
    return list(found.values())


def _signed_in(services: Services, address: str, account: str, told: Walked) -> Client:
    login = f"login-{account}"
    code = services.sign_in.give_code(account, login, Part.WHOLE, told.at)
    return Client(address).entered(login, code, PASSWORD)


def test_the_walk_left_something_to_list(asking: Asking) -> None:
    said = Counter(each.topic for each in asking.record)
    assert {each for each in TOLD_OF if not said[each]} == set()
    roles = {each for caller in asking.callers.values() for each in caller.roles}
    assert roles == {each.value for each in Role} - {"policy_administrator"}


def wrong(asking: Asking) -> list[tuple[object, ...]]:
    """Where a list shows somebody anything else than the fold, or in another order."""
    found: list[tuple[object, ...]] = []
    for path, (member, key, fold) in EXPECTED.items():
        for name, caller in asking.callers.items():
            rows = asking.all(name, path, member) or []
            listed, expected = [each[key] for each in rows], fold(asking.lists, caller)
            if listed != expected:
                more, less = set(listed) - set(expected), set(expected) - set(listed)
                found.append((path, sorted(caller.roles), name, "shown", more, "kept", less))
    return found


def test_every_list_is_a_fold_of_the_record_narrowed_to_what_its_caller_may_see(
    asking: Asking,
) -> None:
    assert wrong(asking) == []
    callers = asking.callers.values()
    shown = {e for e, (*_, fold) in EXPECTED.items() if any(fold(asking.lists, c) for c in callers)}
    assert shown >= set(EXPECTED) - NOTHING_LEFT


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


def test_what_is_asked_of_acts_refusals_and_investigations_is_answered_as_the_fold_answers_it(
    asking: Asking,
) -> None:
    lists, found = asking.lists, Counter[tuple[str, bool]]()
    acts = [row for case in asking.known.cases.values() for row in lists.acts(case)]
    under_way = [investigated(each) for each in asking.known.investigations.values()]
    rows = {
        "acts": queries(acts, COMPARED),
        "refusals": queries(asking.known.refusals, COMPARED),
        "investigations": queries(under_way, COMPARED),
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

    @given(st.one_of(*(st.tuples(st.just(each), able[each], rows[each]) for each in folds)))
    @settings(max_examples=EXAMPLES)
    def hold(asked: tuple[str, str, list[Term]]) -> None:
        member, name, terms = asked
        query = " ".join(map(str, terms))
        shown = asking.all(name, f"/v1/{member}", member, q=query) or []
        key, fold = folds[member]
        expected = fold(asking.callers[name], terms)
        assert [each[key] for each in shown] == expected
        found[member, bool(expected)] += 1

    hold()
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


def test_seats_are_those_of_a_fold_on_any_day_as_known_at_any_instant(
    asking: Asking,
) -> None:
    chance, held = random.Random(1), 0  # noqa: S311 -- as above
    for name, caller in asking.callers.items():
        for house in asking.known.organisations:
            instant, on = chance.choice(asking.record), day_of(chance.choice(asking.record).at)
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


def test_powers_are_those_of_a_fold_on_any_day_as_known_at_any_instant(asking: Asking) -> None:
    chance, held = random.Random(1), 0  # noqa: S311 -- as above
    (auditor,) = (
        n for n, who in asking.callers.items() if who.roles == {"auditor"} and "" in who.watched
    )
    for house in asking.known.organisations:
        for _ in range(MANY):
            instant, on = chance.choice(asking.record), day_of(chance.choice(asking.record).at)
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
    for name, caller in asking.callers.items():
        for person in sorted(titled | set(sorted(persons)[::9])):
            answer = asking.clients[name].get(f"/v1/persons/{person}")
            assert answer.status in (200, 403, 404)
            seen = answer.status == 200
            assert seen is caller.sees_page("persons", person), (caller.roles, person)
            if seen:
                shown = [(e["case"], e["state"], e["lost_on"]) for e in answer.body["titles"]]
                assert shown == asking.lists.titles_of(person)


class Lives:
    """A server with its follower over one database, killed and started again."""

    def __init__(self, told: Walked) -> None:
        self.told = told
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Start it; whoever asks waits until the views show everything."""
        url, keys, at = self.told.database.url, str(self.told.keys), self.told.at.isoformat()
        command = [sys.executable, "-m", "tests.naive.serving_program", url, keys, at]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def address(self) -> str:
        """Where it answers, once it does."""
        assert self._process is not None
        assert self._process.stderr is not None
        lines = iter(self._process.stderr.readline, "")
        return next(each.strip() for each in lines if each.startswith("127."))

    def end(self) -> None:
        """``kill -9``."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def in_the_middle_of_a_step(self, connection: psycopg.Connection[Any]) -> bool:
        """Whether the follower has written something that it has not committed."""
        query = """SELECT EXISTS (SELECT FROM pg_stat_activity JOIN pg_locks USING (pid)
            WHERE datname = current_database() AND locktype = 'transactionid' AND pid <> %s)"""
        ((writing,),) = connection.execute(query, [connection.info.backend_pid]).fetchall()
        begun = connection.execute("SELECT to_regclass('progress')").fetchone() != (None,)
        return bool(writing) and begun and reached(connection, VIEWS) == 0


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
    address, some = lives.address(), _asking(known, told)
    clients = {each: _signed_in(services, address, each, told) for each in some}
    asking = Asking(told, services, address, clients)
    looked = [asking.consulted(each) for each in clients]
    lives.end()
    lives.begin()
    address = lives.address()
    clients = {name: replace(each, address=address) for name, each in clients.items()}
    asking = Asking(told, services, address, clients)
    assert {each["stream"] for each in asking.known.looks} >= set(looked) - {""}
    assert wrong(asking) == []
    services.close()
