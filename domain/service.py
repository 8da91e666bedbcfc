"""Being told (告知) and being served (送达): by what channel, on which day, with what proof.

Every term that runs against somebody runs from the day on which they were told, never from the
entry: what was entered on a later day is marked. What is told through Mingjian is told on the day
of its entry; whoever says that it was told otherwise names the proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain import beijing
from domain.personal import Personal
from domain.policy.process import (
    FINDING,
    HEARING_NOTICE,
    PUBLIC_NOTICE,
    STATEMENT,
    ProcessTerm,
)
from domain.refusal import Refusal
from domain.refusals.entries import occurred_later

if TYPE_CHECKING:
    from domain.calendar import Calendar
    from domain.policy.law import Law


class Channel(StrEnum):
    """How somebody is told."""

    SYSTEM = "system"
    IN_PERSON = "in_person"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"
    ENTRUSTED = "entrusted"
    PUBLIC_NOTICE = "public_notice"


@dataclass(frozen=True, kw_only=True)
class Service:
    """How and on which day in Beijing somebody was told.

    ``proof`` names the proof of it, such as the receipt that was signed (送达回证); None where
    Mingjian itself told them. ``counted_from`` is the day after which their term counts: that of
    being told, or the one on which a public notice counts as service.
    ``late_entry``: it was entered on a later day.
    """

    channel: Channel
    on: date
    counted_from: date
    proof: Personal | None
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What an officer enters of a service; no channel is Mingjian's own, no day is today."""

    channel: Channel = Channel.SYSTEM
    on: date | None = None
    proof: Personal | None = None


def service(entered: Entered, law: Law, calendar: Calendar, today: date) -> Service:
    """The service that was entered today; a public notice counts once its term is over."""
    on = entered.on or today
    counted = on
    if entered.channel is Channel.PUBLIC_NOTICE:
        counted = law.process_term(PUBLIC_NOTICE).last_day(on, calendar)
    return Service(
        channel=entered.channel,
        on=on,
        counted_from=counted,
        proof=entered.proof,
        late_entry=on < today,
    )


def service_objections(told: Service, earliest: date, today: date) -> list[Refusal]:
    """Why it can't have been so: in the future, before there was anything to tell, or unproven.

    ``earliest`` is the day on which there first was something to tell.
    """
    objections = []
    by_system = told.channel is Channel.SYSTEM
    if told.on > today:
        objections.append(occurred_later(told.on, "/told/on"))
    elif told.on < (today if by_system else earliest):
        objections.append(_too_early(told.on, today if by_system else earliest))
    if not by_system and told.proof is None:
        objections.append(
            Refusal(
                "PROOF_MISSING",
                "以系统以外的方式告知（送达）的，须写明证明材料，如送达回证、邮寄回执的名称和编号。",
                "Whoever was told otherwise than through the system was told by proof: name the"
                " receipt or return slip.",
                pointer="/told/proof",
            )
        )
    return objections


def reads_nothing_here() -> Refusal:
    """Nobody was told through Mingjian who never signs in: no term runs against them so."""
    return Refusal(
        "READS_NOTHING_HERE",
        "此人没有可登录的账号，或从未登录，无法在系统内获知。请以其他方式告知（送达），"
        "并写明告知方式、日期和证明材料。",
        "The person has no account, or never signed in: nothing is told to them through the"
        " system. Tell them otherwise, and name the channel, the day and the proof.",
        pointer="/told",
    )


def sooner(pointer: str, named: str, least: str, term: ProcessTerm) -> Refusal:
    """Somebody is given less time than the law gives them."""
    chinese, english = term.in_words
    return Refusal(
        "TERM_TOO_SHORT",
        f"所定期限（{named}）短于{term.chinese}（{chinese}）。"
        f"请写明不早于 {least} 的期限，或不填，由系统按规定计算。",
        f"{named} is sooner than the term {term.english} allows ({english});"
        f" name {least} or later, or leave it out and it is reckoned.",
        term.citations,
        pointer,
    )


def _later(pointer: str, named: str, most: str, term: ProcessTerm) -> Refusal:
    """Somebody is given so much time that nothing can be decided in its own."""
    chinese, english = term.in_words
    return Refusal(
        "TERM_TOO_LONG",
        f"所定期限（{named}）超出{term.chinese}（{chinese}），届时将无法作出决定。"
        f"请写明不晚于 {most} 的期限，或不填，由系统按规定计算。",
        f"{named} lies beyond the term {term.english} ({english}), so nothing could be decided;"
        f" name {most} or earlier, or leave it out and it is reckoned.",
        term.citations,
        pointer,
    )


def _too_early(on: date, earliest: date) -> Refusal:
    return Refusal(
        "TOLD_TOO_EARLY",
        f"告知（送达）日期 {on} 早于可以告知的最早日期 {earliest}。"
        "通过本系统告知的，以登记当日为告知之日；以其他方式告知的，请写明方式和证明。",
        f"{on} lies before {earliest}, the first day on which this could be told. What is told"
        " through the system is told on the day of its entry; otherwise name channel and proof.",
        pointer="/told/on",
    )


@dataclass(frozen=True, kw_only=True)
class TimeToAnswer:
    """The time that somebody is given for a statement, from the day on which they were told.

    ``least`` is the instant (UTC) until which the law's ``term`` runs, ``asked`` what the officer
    named; where nothing was named, the term of the law is taken. ``most`` ends the term in which
    the matter is concluded, ``whole``.
    """

    told: Service
    least: datetime
    most: datetime
    asked: datetime | None
    term: ProcessTerm
    whole: ProcessTerm

    def until(self, before: datetime | None) -> datetime:
        """The instant until which they may answer; ``before`` is what they were told earlier."""
        return self.asked or max(self.least, before or self.least)

    def objections(self, earliest: date, today: date) -> list[Refusal]:
        """Why they can't have been told so, or why the time is too short."""
        objections = service_objections(self.told, earliest, today)
        if self.asked is not None and self.asked < self.least:
            named, least = beijing.told(self.asked), beijing.told(self.least)
            objections.append(sooner("/answer_by", named, least, self.term))
        if self.asked is not None and self.asked > self.most:
            named, most = beijing.told(self.asked), beijing.told(self.most)
            objections.append(_later("/answer_by", named, most, self.whole))
        return objections


def time_to_answer(
    told: Service, asked: datetime | None, law: Law, calendar: Calendar
) -> TimeToAnswer:
    """The time for a statement that the law gives, and what was named.

    Raises ``CalendarNotPublishedError`` where the working days of the term are not known.
    """
    term, whole = law.process_term(STATEMENT), law.process_term(FINDING)
    return TimeToAnswer(
        told=told,
        least=beijing.end(term.last_day(told.counted_from, calendar)),
        most=beijing.end(whole.last_day(told.counted_from, calendar)),
        asked=asked,
        term=term,
        whole=whole,
    )


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """A hearing (听证) on a day; ``least`` is the first day on which the law lets it be held.

    ``most`` is the last one of the term in which the matter is concluded, ``whole``.
    """

    on: date
    least: date
    most: date
    term: ProcessTerm
    whole: ProcessTerm

    def objections(self) -> list[Refusal]:
        """Why it comes too soon after the notice, or so late that nothing can be decided."""
        if self.on < self.least:
            return [sooner("/hearing_on", str(self.on), str(self.least), self.term)]
        if self.on > self.most:
            return [_later("/hearing_on", str(self.on), str(self.most), self.whole)]
        return []


def hearing(on: date | None, told: Service, law: Law, calendar: Calendar) -> Hearing | None:
    """A hearing that was named with the notice; None where none is held."""
    if on is None:
        return None
    term, whole = law.process_term(HEARING_NOTICE), law.process_term(FINDING)
    least, most = (each.last_day(told.counted_from, calendar) for each in (term, whole))
    return Hearing(on=on, least=least, most=most, term=term, whole=whole)
