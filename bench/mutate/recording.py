"""A plugin of pytest: notes which lines each test runs through, a file of JSON for a file of tests.

What a fixture of a whole module or run does counts for every test that asks for it, whichever was
the first. Lines that run in another process are not seen.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

Place = tuple[str, int]
"""A line of a file."""
_IMPORTED = ""
"""The context of what runs while no test does."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--recorded DIR``: where the notes go."""
    parser.addoption("--recorded", type=Path, help="where to note what each test runs through")


def pytest_configure(config: pytest.Config) -> None:
    """Begin before anything of the tree is imported."""
    if config.getoption("--recorded") and not config.getoption("numprocesses", None):
        config.pluginmanager.register(Recording(config.rootpath, config.getoption("--recorded")))


class Recording:
    """Watches one process of a run."""

    def __init__(self, root: Path, into: Path) -> None:
        self._root, self._into = root, into
        self._context = _IMPORTED
        self._asked: dict[str, set[str]] = {}
        """The contexts whose lines each test ran through: its own and those of its fixtures."""
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._passed: set[str] = set()
        self._coverage = Coverage(data_file=None, include=[f"{root}/*"], config_file=False)
        self._coverage.set_option("run:core", "ctrace")
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """One test, with the fixtures that are its own."""
        names = getattr(item, "fixturenames", ())
        self._asked[item.nodeid] = {item.nodeid, *(f"fixture {name}" for name in names)}
        with self._in(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """A fixture that several tests share belongs to none of them alone."""
        if fixturedef.scope == "function":
            return (yield)
        with self._in(f"fixture {fixturedef.argname}"):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """How long each took, and which passed."""
        self._seconds[report.nodeid] += report.duration
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write down what was seen, by file of tests."""
        self._coverage.stop()
        lines = self._by_context()
        files: defaultdict[str, list[str]] = defaultdict(list)
        for test in self._asked:
            if test in self._passed:
                files[test.partition("::")[0]].append(test)
        for file, tests in files.items():
            notes = {
                "tests": {test: round(self._seconds[test], 3) for test in tests},
                "groups": _groups({test: self._through(test, lines) for test in tests}),
            }
            place = self._into / f"{file.replace('/', '.')}.json"
            place.write_text(json.dumps(notes), "utf-8")

    def _through(self, test: str, lines: Mapping[str, set[Place]]) -> set[Place]:
        """The lines that a test runs through, and what ran when these files were imported."""
        through = set().union(*(lines[each] for each in self._asked[test]))
        files = {path for path, _ in through}
        return through | {place for place in lines[_IMPORTED] if place[0] in files}

    @contextmanager
    def _in(self, context: str) -> Iterator[None]:
        before, self._context = self._context, context
        self._coverage.switch_context(context)
        try:
            yield
        finally:
            self._context = before
            self._coverage.switch_context(before)

    def _by_context(self) -> defaultdict[str, set[Place]]:
        data = self._coverage.get_data()
        found: defaultdict[str, set[Place]] = defaultdict(set)
        for file in sorted(data.measured_files() - {__file__}):
            path = Path(file).relative_to(self._root).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    found[context].add((path, line))
        return found


def _groups(of: dict[str, set[Place]]) -> list[dict[str, object]]:
    """Lines that the same tests run through stand together, or the notes would be large."""
    through: defaultdict[Place, list[int]] = defaultdict(list)
    for number, several in enumerate(of.values()):
        for place in several:
            through[place].append(number)
    grouped: defaultdict[tuple[int, ...], defaultdict[str, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (path, line), numbers in sorted(through.items()):
        grouped[tuple(numbers)][path].append(line)
    return [{"tests": list(tests), "lines": lines} for tests, lines in grouped.items()]
