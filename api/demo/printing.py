"""The story on a terminal, or as plain lines where there is none.

One row a step, in columns that stay where they are; what was refused has its sentence, rules and
quoted clauses beneath. No meaning rests on colour: every outcome has a sign and a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api.demo.words import Words
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.demo.teller import Step
    from api.demo.words import Language

_PLAIN_WIDTH = 132
_LEAST_WIDTH = 96
_INDENT = 8

_COLUMNS = (
    (Words("序", "#"), 4),
    (Words("北京时间", "Beijing time"), 19),
    (Words("何人", "who"), 12),
    (Words("以何身份", "as what"), 22),
    (Words("做了什么", "did what"), None),
    (Words("结果", "outcome"), 16),
    (Words("位置", "position"), 8),
)
_DONE = Words("✓ 已记录", "✓ recorded")
_ANSWERED = Words("· 已答复", "· answered")
_REFUSED = Words("✗ 已拦截", "✗ refused")
_DEVIATED = Words("‼ 与预期不符", "‼ NOT AS TOLD")
_ON_RECORD = Words("拦截本身已记录", "the refusal is on record")
_EXPECTED = Words("预期", "expected")
_FOUND = Words("实际", "found")


class Printer:
    """An audience that prints."""

    def __init__(self, language: Language, console: Console | None = None) -> None:
        self._language = language
        self._console = console or _console()

    def chapter(self, title: str, introduction: str) -> None:
        """A rule with the title, what is told, and the head of the columns."""
        self._console.print()
        self._console.print(Rule(Text(title, "bold"), align="left", characters="═"))
        self._console.print(Text(introduction, "italic"))
        self._console.print()
        head = self._grid()
        head.add_row(*(Text(words.of(self._language), "bold") for words, _ in _COLUMNS))
        self._console.print(head)
        self._console.print(Rule(characters="─"))

    def step(self, step: Step) -> None:
        """One row, and what was refused beneath it."""
        row = self._grid()
        row.add_row(
            Text(str(step.number), "dim"),
            Text(f"{step.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"),
            Text(step.who),
            Text(step.part),
            Text(step.did),
            self._outcome(step),
            Text(str(step.reply.position or "")),
        )
        self._console.print(row)
        for refusal in step.refusals:
            self._beneath(Text(f"{refusal['code']}  {refusal['detail']}", "yellow"))
        for rule in step.rules:
            self._beneath(Text(f"{rule['id']}  {rule['clause']} 「{rule['quote']}」", "dim"))
        if step.refusals and step.reply.position:
            self._beneath(Text(_ON_RECORD.of(self._language), "dim"))
        if step.deviations:
            expected, found = _EXPECTED.of(self._language), _FOUND.of(self._language)
            self._beneath(Text(f"‼ {expected}: {step.expected}", "bold red"))
            self._beneath(Text(f"‼ {found}: {'; '.join(step.deviations)}", "bold red"))

    def show(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A framed table."""
        table = Table(title=Text(title, "bold"), title_justify="left", expand=False)
        for column in columns:
            table.add_column(Text(column), overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print()
        self._console.print(table)

    def note(self, sentence: str) -> None:
        """A line of its own."""
        self._console.print(Text(sentence))

    def _grid(self) -> Table:
        grid = Table.grid(padding=(0, 1), expand=True)
        for _, width in _COLUMNS:
            grid.add_column(width=width, ratio=None if width else 1, overflow="fold")
        return grid

    def _outcome(self, step: Step) -> Text:
        if step.deviations:
            return Text(_DEVIATED.of(self._language), "bold red")
        if step.refusals:
            return Text(_REFUSED.of(self._language), "yellow")
        words = _DONE if step.reply.position else _ANSWERED
        return Text(words.of(self._language), "green")

    def _beneath(self, text: Text) -> None:
        self._console.print(Padding(text, (0, 0, 0, _INDENT)))


def _console() -> Console:
    """As wide as the terminal; a fixed width where there is none."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        return Console(highlight=False, width=_PLAIN_WIDTH)
    if console.width < _LEAST_WIDTH:
        return Console(highlight=False, width=_LEAST_WIDTH)
    return console
