"""Newcomers: organisations, real-name accounts, seats; and who may not fill both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import empowering
from api.demo.expecting import Answered, Done, refused
from api.demo.registering import (
    appoint,
    claim,
    further,
    open_account,
    register,
    request_account,
    seat,
    second_part,
    welcome,
)
from api.demo.words import Words
from api.demo.xunwu import cast
from domain.separation import SEATS

if TYPE_CHECKING:
    from api.demo.stage import Stage


def tell(stage: Stage) -> None:
    """Everybody who takes part gets an account; the institute's seats are filled with care."""
    stage.at("2024-04-08 09:00")
    stage.teller.chapter(
        Words("一、单位与账号", "1 · Organisations and accounts"),
        Words(
            "县人社局、主管部门和两家用人单位建档；账号实名，首次登录须更换激活码。",
            "A county bureau, a department and two employers join; accounts are real-name, and a"
            " one-time code has to be replaced before anything else.",
        ),
    )
    _bureau(stage)
    _others(stage)
    _institute_seats(stage)
    _two_documents(stage)
    _everybody_else(stage)
    _a_move(stage)


def _bureau(stage: Stage) -> None:
    root = stage.administrator
    told = Words("以激活码首次登录", "signs in with the one-time code")
    stage.tell(root, told, root.sign_in())
    early = root.post("/v1/organisations", cast.PLACES[cast.BUREAU])
    told = Words("未更换激活码就登记单位", "registers an organisation before replacing it")
    stage.tell(root, told, early, refused("PASSWORD_CHANGE_REQUIRED", status=403))
    told = Words("想用登录名作密码", "wants the login as a password")
    weak = root.choose_password(root.login)
    stage.tell(root, told, weak, refused("PASSWORD_UNFIT", status=422))
    told = Words("以自设密码替换激活码", "replaces the code by a password")
    stage.tell(root, told, root.choose_password(), Answered(status=204))
    for each in (stage.second.sign_in, stage.second.choose_password):
        stage.quietly(each())
    register(stage, root, cast.BUREAU, cast.PLACES[cast.BUREAU])
    _powers(stage)
    administrator = open_account(stage, root, cast.ADMINISTRATORS[cast.BUREAU], cast.BUREAU)
    for staff in cast.BUREAU_STAFF:
        open_account(stage, administrator, staff, cast.BUREAU)
    for name, key in cast.SEATS[cast.BUREAU].items():
        english = f"appoints the {name.replace('_', ' ')}"
        told = Words(f"指派{stage.people[key].name}任{SEATS[name]}", english)
        appoint(stage, administrator, key, name, told)
    for watcher in (cast.INSPECTOR, cast.AUDITOR):
        open_account(stage, root, watcher, cast.BUREAU)


def _powers(stage: Stage) -> None:
    """Registered is not empowered: what the bureau may do is granted, by two persons."""
    root, second = stage.administrator, stage.second
    bodies = cast.BODIES[cast.BUREAU]
    proposed = empowering.propose(stage, root, cast.BUREAU, cast.AREA, bodies)
    told = Words("拟授予县人社局本县的职权", "proposes to grant the bureau its county")
    stage.tell(root, told, proposed, Done(topics=("authority:proposed:1",)))
    alone = empowering.confirm(stage, root, cast.BUREAU)
    told = Words("自行确认自己的提议", "confirms the own proposal")
    stage.tell(root, told, alone, refused("TWO_OFFICERS", "ND-SEPARATION"))
    granted = empowering.confirm(stage, second, cast.BUREAU)
    told = Words("由第二名管理员确认授权", "confirms it as the second administrator")
    stage.tell(second, told, granted, Done(topics=("authority:granted:1",)))


def _others(stage: Stage) -> None:
    bureau = stage.people["bureau-admin"]
    for place in (cast.DEPARTMENT, cast.INSTITUTE, cast.COMPANY):
        register(stage, bureau, place, cast.PLACES[place])
        empowering.empower(stage, place, cast.AREA, cast.BODIES.get(place, ()))
        administrator = open_account(stage, bureau, cast.ADMINISTRATORS[place], place)
        for staff in cast.STAFF[place]:
            open_account(stage, administrator, staff, place)
        for name, key in cast.SEATS.get(place, {}).items():
            seat(stage, administrator, key, name)


def _institute_seats(stage: Stage) -> None:
    administrator = stage.people["institute-admin"]
    wrong = request_account(stage, administrator, cast.MISREAD, cast.INSTITUTE)
    told = Words(
        "开立经办人账号，身份证号抄错一位", "opens the handler's account, one digit misread"
    )
    stage.tell(administrator, told, wrong, refused("ID_FORMAT", "XW-26", "XW-27"))
    opened = request_account(stage, administrator, cast.HANDLER, cast.INSTITUTE)
    told = Words("更正后开立；尾号 x 规范为 X 并提示", "corrects it; x becomes X, with a notice")
    stage.tell(administrator, told, opened, Done(topics=("account:opened:1",)))
    for notice in opened.body["notices"]:
        stage.teller.note(Words(notice, notice))
    handler = welcome(stage, cast.HANDLER, cast.INSTITUTE, opened)
    told = Words("只交付了激活码的一半就指派何秋雨任经办人", "appoints her on one half of a code")
    half = refused("SECRET_FROM_ONE_HAND", "ND-HANDS")
    appoint(stage, administrator, "institute-handler", "handler", told, expected=half)
    bureau = stage.people["bureau-admin"]
    told = Words("由县人社局交付激活码的第二部分", "the bureau gives the other half")
    given = second_part(stage, bureau, handler)
    stage.tell(bureau, told, given, Done(topics=("account:secret-given:1",)))
    stage.quietly(handler.sign_in())
    stage.quietly(handler.choose_password())
    told = Words("指派何秋雨任经办人", "appoints the handler")
    appoint(stage, administrator, "institute-handler", "handler", told)
    both = Words("又指派何秋雨任领导", "appoints the handler as leader, too")
    same = refused("SAME_REVIEWER", "XW-23", recorded=True)
    appoint(stage, administrator, "institute-handler", "leader", both, expected=same)
    again = request_account(stage, stage.second, cast.HANDLER_AGAIN, cast.INSTITUTE)
    told = Words("为何秋雨开立第二账号（按证件认出同一人）", "opens her a second account")
    stage.tell(stage.second, told, again)
    other = welcome(stage, cast.HANDLER_AGAIN, cast.INSTITUTE, again)
    stage.quietly(second_part(stage, further(stage, 4), other))
    stage.quietly(other.sign_in())
    stage.quietly(other.choose_password())
    told = Words("以原账号的密码认领新账号", "claims it by the password of the first one")
    stage.tell(other, told, claim(other, handler), Done(topics=("account:claimed:1",)))
    assert stage.people["institute-handler-again"].person == handler.person
    both = Words("指派她的第二账号任领导", "appoints her second account as leader")
    appoint(stage, administrator, "institute-handler-again", "leader", both, expected=same)
    told = Words("指派古志坚任领导", "appoints somebody else as leader")
    appoint(stage, administrator, "institute-leader", "leader", told)


def _two_documents(stage: Stage) -> None:
    """One human being under two documents, until two officers say so."""
    administrator = stage.people["company-admin"]
    opened = request_account(stage, stage.second, cast.PASSPORT, cast.COMPANY)
    told = Words(
        "凭护照为范立开立账号（系统尚不知是同一人）", "opens an account by passport: a new person"
    )
    stage.tell(stage.second, told, opened)
    other = welcome(stage, cast.PASSPORT, cast.COMPANY, opened)
    stage.quietly(second_part(stage, further(stage, 4), other))
    known = stage.people["company-handler"]
    assert other.person != known.person
    first, second = stage.people["bureau-handler"], stage.people["bureau-leader"]
    body = {
        "first": known.person,
        "second": other.person,
        "evidence": "核对两份证件原件与人事档案，系同一人。",
    }
    told = Words("提出：身份证与护照两个人员编号系同一人", "proposes that the two persons are one")
    link = stage.tell(first, told, first.post("/v1/person-links", body)).stream
    path = f"/v1/person-links/{link}"
    told = Words("自行确认自己的提议", "confirms the own proposal")
    stage.quietly(first.confirm())
    alone = first.act_on(path, "confirmations", {})
    stage.tell(first, told, alone, refused("TWO_OFFICERS", "ND-SEPARATION"))
    told = Words("由第二名工作人员确认合并", "confirms it as the second officer")
    stage.quietly(second.confirm())
    confirmed = second.act_on(path, "confirmations", {})
    linked = Done(topics=("link:confirmed:1", "person:linked:1"))
    stage.tell(second, told, confirmed, linked)
    both = Words("指派护照账号任领导", "appoints the passport's account as leader")
    same = refused("SAME_REVIEWER", "XW-23", recorded=True)
    appoint(stage, administrator, cast.PASSPORT.key, "leader", both, expected=same)


def _everybody_else(stage: Stage) -> None:
    for place, applicants in cast.APPLICANTS.items():
        administrator = stage.people[cast.ADMINISTRATORS[place].key]
        for applicant in applicants:
            open_account(stage, administrator, applicant, place)
    shown = [
        (each.name, each.part.of(stage.teller.language), each.login)
        for each in stage.people.values()
    ]
    stage.teller.show(
        Words("账号一览", "Accounts"),
        (Words("姓名", "name"), Words("身份", "as what"), Words("登录名", "login")),
        shown,
    )


def _a_move(stage: Stage) -> None:
    """Whoever changes employer takes their account along, by the word of three."""
    mover, stays = stage.people["mover"], stage.people["company-admin"]
    joins = {"organisation": stage.places[cast.INSTITUTE]}
    told = Words("申请调入研究所", "asks to move to the institute")
    asked = stage.tell(mover, told, mover.post("/v1/moves", joins), Done(topics=("move:asked:1",)))
    path, welcomes = f"/v1/moves/{asked.stream}", stage.people["institute-admin"]
    stage.quietly(stays.confirm())
    told = Words("代研究所同意接收", "accepts him in the institute's place")
    stage.tell(stays, told, stays.act_on(path, "acceptances", {}), refused("FORBIDDEN", status=403))
    stage.quietly(welcomes.confirm())
    told = Words("同意接收；原单位15个工作日内放行", "accepts him; his employer has its term")
    accepted = Done(topics=("move:accepted:1",))
    stage.tell(welcomes, told, welcomes.act_on(path, "acceptances", {}), accepted)
    told = Words("放行，账号随调，只用于本人申报", "lets him go, and his account with him")
    gone = Done(topics=("move:released:1", "account:moved:1", "person:moved:1"))
    stage.quietly(stays.confirm())
    released = stays.act_on(path, "releases", {"ended_on": "2024-04-03"})
    stage.tell(stays, told, released, gone)
