"""A list of applicants, taken in as a whole: all accounts by one append, or all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.account import login_of
from api.acts.account_opening import (
    EnteredDocument,
    Holder,
    Opening,
    login_taken,
    open_for,
    permitted_area,
    read_document,
    recognise_holder,
)
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row, guard
from api.acts.thing import BENEATH, Thing
from api.identifiers import new_stream
from api.intake import faults
from api.intake.files import read_csv, read_xlsx
from api.intake.sheet import Column, Line, Sheet, read_sheet
from api.signin.credentials import normalised
from domain import document
from domain.account.events import Role
from domain.account.intake import IntakeTaken, ListFormat, held_already, in_order
from domain.document import DocumentKind
from domain.personal import tells_only
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.access import Relation
    from api.acts.acting import Acting, Answer
    from api.office import Office
    from domain.account.intake import Entry, Intake

_ROLES = (Role.APPLICANT,)


@tells_only("organisation", "format")
@dataclass(frozen=True)
class ListFile:
    """A list as it was sent, of the applicants of an organisation.

    ``charset`` is that of a CSV; ``kinds`` are those of documents, with what they are called.
    """

    organisation: str
    octets: bytes
    format: ListFormat
    charset: str
    kinds: Mapping[DocumentKind, str]

    @cached_property
    def sheet(self) -> Sheet:
        """What stands in it. Raises ``Refused``, and the problem of a file that is not taken."""
        xlsx = self.format is ListFormat.XLSX
        grid = read_xlsx(self.octets) if xlsx else read_csv(self.octets, self.charset)
        return read_sheet(grid, self.kinds)


@dataclass(frozen=True)
class Taken:
    """A row of a list with what came of it; the code is told once, and only where one was given.

    ``login`` is the one that the account was opened with, None once that is erased.
    """

    row: int
    account: str
    person: str
    state: str
    login: str | None
    one_time_code: str | None
    normalised: bool

    def __repr__(self) -> str:
        """Say nothing secret: reprs end up in logs."""
        return f"Taken(row={self.row!r}, …)"


@dataclass
class _Taking:
    """A list while it is taken in: what its rows led to so far, and what stands in the way.

    ``taken`` are the logins that other accounts have; ``seen`` tells in which row a document, a
    person or a login stood first.
    """

    desk: Desk
    organisation: str
    area: str
    sheet: Sheet
    taken: frozenset[str]
    opened: dict[int, str] = field(default_factory=dict)
    existing: dict[int, str] = field(default_factory=dict)
    wrong: list[Refusal] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        """Open an account for a row, or find it, and gather everything that is wrong with it."""
        holder, account = None, None
        try:
            holder = self._holder(line)
            if holder is not None:
                account = self._held(holder)
            if holder is not None and account is None:
                self._open(line, holder)
        except Refused as refused:
            self.wrong += [self._of_row(each, line) for each in refused.refusals]
        if account is not None:
            self.existing[line.row] = account
        if line.login is not None:
            self._log_in_by(line.row, normalised(line.login), own=account is not None)

    def _holder(self, line: Line) -> Holder | None:
        """To whom the document of a row belongs; None where the row does not tell."""
        if line.kind is None or line.number is None:
            return None
        identity = read_document(self.desk, EnteredDocument(line.kind, line.number), self.area)
        self._once(line.row, "document", f"{identity.kind} {identity.number}")
        if line.name is None:
            return None
        holder = recognise_holder(self.desk, line.name, identity)
        self._once(line.row, "person", holder.person)
        return holder

    def _held(self, holder: Holder) -> str | None:
        if not holder.known_before:
            return None
        return held_already(known(self.desk.person(holder.person)), self.organisation)

    def _open(self, line: Line, holder: Holder) -> None:
        """Open the account; one whose login is wrong is not opened in the end, nor is any other."""
        opening = Opening(
            name=line.name or "",
            document=EnteredDocument(known(line.kind), line.number or ""),
            organisation=self.organisation,
            roles=_ROLES,
            login=line.login or "",
        )
        account = new_stream("account", self.desk.acting.at)
        self.desk.write(account, *open_for(self.desk, account, opening, holder))
        self.opened[line.row] = account

    def _log_in_by(self, row: int, login: str, *, own: bool) -> None:
        """A login is one row's; of whoever keeps the account that they have, it is not asked."""
        heading = self.sheet.heading(Column.LOGIN)
        if (before := self.seen.setdefault(("login", login), row)) != row:
            self.wrong.append(faults.login_twice(row, heading, before))
        elif login in self.taken and not own:
            taken = login_taken(pointer=faults.pointer(row, heading))
            self.wrong.append(_in_row(taken, row))

    def _once(self, row: int, kind: str, name: str) -> None:
        if (before := self.seen.setdefault((kind, name), row)) != row:
            raise Refused(faults.person_twice(row, self.sheet.heading(Column.NUMBER), before))

    def _of_row(self, refusal: Refusal, line: Line) -> Refusal:
        """What the single act refuses with, at the row and column that it is about."""
        if refusal.pointer.startswith("/rows/"):
            return refusal
        column = Column.NAME if refusal.pointer == "/name" else Column.NUMBER
        pointer = faults.pointer(line.row, self.sheet.heading(column))
        return _in_row(replace(refusal, pointer=pointer), line.row)


def take_in(
    desk: Desk, _caller: Acting, *, office: Office, file: ListFile, existing: dict[int, str]
) -> Events:
    """Open an account for each applicant on a list, all or none.

    Who applies through that organisation already keeps their account, of which ``existing`` is
    told by row; a list that opens none leads to no event.
    Whoever may open accounts there may read them (``api.access``), so that this tells nothing that
    the list of accounts does not. Raises ``Refused`` with everything that is wrong, row by row.
    """
    area = permitted_area(desk, file.organisation, _ROLES)
    sheet = file.sheet
    taken = office.sign_in.credentials.taken(each.login for each in sheet.lines if each.login)
    taking = _Taking(desk, file.organisation, area, sheet, taken, wrong=[*sheet.faults])
    for line in sheet.lines:
        taking.take(line)
    if taking.wrong:
        raise Refused(*sorted(taking.wrong, key=_row_of))
    existing.clear()
    existing.update(taking.existing)
    if not taking.opened:
        return ()
    return (
        IntakeTaken(
            organisation=file.organisation,
            format=file.format,
            digest=desk.record.digest_of_body(file.octets).hex(),
            rows=len(sheet.lines),
            opened=tuple(taking.opened.values()),
            existing=tuple(taking.existing.values()),
            existing_rows=tuple(taking.existing),
        ),
    )


def take_in_with_codes(
    office: Office, acting: Acting, file: ListFile
) -> tuple[Answer, str | None, tuple[Taken, ...]]:
    """Take a list in; the codes go through the hands of the caller.

    Answers the stream of the list, None where it opened nothing, and what came of each row.
    Dying between the append and the codes leaves accounts without one; ``give_code`` gives it.
    """
    existing: dict[int, str] = {}
    answer = guard(office, acting, TAKE, "", office=office, file=file, existing=existing)
    desk = office.desk(acting)
    if not answer.happened:
        entries = in_order((), tuple(existing.values()), tuple(existing))
        return answer, None, _told(desk, entries, {}, file.sheet)
    stream = answer.stream_of(IntakeTaken.topic)
    entries = known(desk.intake(stream)).entries
    if answer.replayed:
        return answer, stream, _told(desk, entries, {}, None)
    logins = {each.row: each.login for each in file.sheet.lines}
    new = {each.account: logins[each.row] or "" for each in entries if each.opened}
    codes = office.sign_in.credentials.give_first(new, acting.at)
    return answer, stream, _told(desk, entries, codes, file.sheet)


def _told(
    desk: Desk, entries: Iterable[Entry], codes: Mapping[str, str], sheet: Sheet | None
) -> tuple[Taken, ...]:
    """What is told of each row; without the ``sheet``, as of a request that is sent again."""
    lines = {} if sheet is None else {each.row: each for each in sheet.lines}
    return tuple(
        Taken(
            row=each.row,
            account=each.account,
            person=account.person,
            state="opened" if each.opened else "existing",
            login=login_of(desk, account),
            one_time_code=codes.get(each.account),
            normalised=each.row in lines and _normalised(desk, lines[each.row]),
        )
        for each in entries
        for account in (known(desk.account(each.account)),)
    )


def _normalised(desk: Desk, line: Line) -> bool:
    kind, number = known(line.kind), known(line.number)
    return document.read(kind, number, desk.acting.today).was_normalised


def _in_row(refusal: Refusal, row: int) -> Refusal:
    return replace(
        refusal,
        chinese=f"第 {row} 行：{refusal.chinese}",
        english=f"Row {row}: {refusal.english}",
    )


def _row_of(refusal: Refusal) -> int:
    _, rows, row, *_ = (*refusal.pointer.split("/"), "", "", "")
    return int(row) if rows == "rows" else 0


def _stands(desk: Desk, intake: Intake) -> set[Relation]:
    return relation.to_office(desk, intake.taken.organisation)


INTAKE = Thing(find=Desk.intake, stands=_stands, reading=Act.READ_ACCOUNT)
TAKE = Row(BENEATH, Act.OPEN_ACCOUNT, take_in, fresh=True, begins=IntakeTaken, changes=False)
