"""The general sentences of refusals, in Chinese and English, by their codes.

Those of every code that a policy pack may refuse with, and of the codes that stand under
``[refusals]`` of a pack or on its printed page: separation, publicity, document numbers, sign-in.
``domain.refusals`` says where the sentences of all other codes stand.
What is one notice's own word stands in its pack, see ``domain.policy.own_wording``.
The words in braces are filled in by whoever refuses; a date is written 2024-05-31.
A sentence says what is wrong and, where there is one, what to do about it.
"""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sentence(NamedTuple):
    """One refusal in both languages."""

    chinese: str
    english: str


Words = str | tuple[str, str]
"""A specific that is filled in: the same in both languages, or Chinese and English."""

OF_LAW: Mapping[str, Sentence] = {
    # who and what may be recognised at all
    "NOT_IN_SCOPE": Sentence(
        "申报人不在本通知的申报范围内：{condition}。",
        "The applicant is outside the scope of this notice: {condition}.",
    ),
    "SERVICE_TOO_SHORT": Sentence(
        "在专业技术岗位工作时间不足：须满{needed}，截至{reference}为{had}；{when}。",
        "Too short in professional posts: {needed} needed, {had} on {reference}; {when}.",
    ),
    "SPECIALTY_MISMATCH": Sentence(
        "专业不符：{condition}。",
        "The specialties do not agree: {condition}.",
    ),
    "EXAM_SERIES": Sentence(
        "该系列在该级别已实行以考代评，请参加相应资格考试，不能由此途径取得。",
        "This series is replaced by an examination at this level; take the examination instead.",
    ),
    "SERIES_CLOSED": Sentence(
        "该系列不对申报人所在单位开放：{condition}。",
        "This series is closed to staff of the applicant's employer: {condition}.",
    ),
    "EDUCATION_BELOW_MINIMUM": Sentence(
        "学历低于该系列的最低要求（{minimum}）。",
        "The education is below the minimum of this series ({minimum}).",
    ),
    "NO_ROUTE": Sentence(
        "以所申报的学历、学位和现有职称，没有取得{level}的途径。",
        "With the education and titles stated there is no route to {level}.",
    ),
    "LEVEL_NOT_HANDLED": Sentence(
        "本通知不办理{level}职称。",
        "This notice does not deal with titles of the level {level}.",
    ),
    "YEARS_SHORT": Sentence(
        "工作年限不足：须满{needed}，截至{reference}为{had}；{when}。",
        "Too few years: {needed} needed, {had} on {reference}; {when}.",
    ),
    "YEARS_AFTER_DEGREE_SHORT": Sentence(
        "取得学历（学位）后的工作年限不足：须满{needed}，截至{reference}为{had}；{when}。",
        "Too few years after the degree: {needed} needed, {had} on {reference}; {when}.",
    ),
    "ALREADY_TITLED": Sentence(
        "申报人已取得职称，不能以此方式再次申报：{condition}。",
        "The applicant already holds a title and may not file again this way: {condition}.",
    ),
    "ASSESSMENT_MISSING": Sentence(
        "缺少考核结果：{condition}。请补充经单位确认的考核材料。",
        "An assessment is missing: {condition}. Add the assessment confirmed by the employer.",
    ),
    "ASSESSMENT_BELOW_QUALIFIED": Sentence(
        "考核等次须为合格以上，现有：{condition}。",
        "Assessments must be qualified or better; found: {condition}.",
    ),
    "QUALIFICATION_CERT_MISSING": Sentence(
        "申报前须先取得相应的职业（从业）资格证书：{condition}。",
        "The professional qualification must be held before filing: {condition}.",
    ),
    "VACANCY_MISSING": Sentence(
        "事业单位须有相应等级的岗位空缺并经竞聘推荐：{condition}。",
        "A public institution needs a vacancy of the level and a competition: {condition}.",
    ),
    "VACANCY_ARITHMETIC": Sentence(
        "岗位信息表数字不符：{condition}。请核对后重新填报。",
        "The figures of the form of posts do not come out: {condition}. Check and state it anew.",
    ),
    "ACHIEVEMENT_MISSING": Sentence(
        "须具备所列业绩条件中的{needed}条以上，现有{had}条有效。",
        "At least {needed} of the listed achievements must be shown; {had} count.",
    ),
    "ACHIEVEMENT_NOT_RECORDED": Sentence(
        "所填业绩不在本人业绩档案库中：{achievements}。请先将业绩及证明录入业绩档案库，再从中选取。",
        "These achievements do not stand in your own record: {achievements}. Enter them there with"
        " their proof, then draw them from it.",
    ),
    "ACHIEVEMENT_REFUSED": Sentence(
        "业绩未通过用人单位审核：{achievements}。请在业绩档案库中更正后重新审核，或不再填报。",
        "The employer did not confirm these achievements: {achievements}. Correct them in your"
        " record and have them confirmed, or claim them no more.",
    ),
    "MATERIAL_MISSING": Sentence(
        "缺少材料：{material}。请补充后再提交。",
        "A material is missing: {material}. Add it before going on.",
    ),
    "ORIGINAL_NOT_SEEN": Sentence(
        "{condition}：只收到复印件，原件尚未核验。请申报人出示原件，由接收单位核验后当场退还并登记。",
        "{condition}: the copy alone is here. The applicant shows the original; whoever receives"
        " the papers compares both, hands it back, and enters that.",
    ),
    "SEAL_NOT_SEEN": Sentence(
        "{condition}：尚未核对盖章签字（{seals}）。请接收单位核对后登记；缺少的，请申报人补齐。",
        "{condition}: nobody has seen its seals yet ({seals}). Whoever receives the papers looks at"
        " them and enters that; what lacks them is completed by the applicant.",
    ),
    "TABLE_NOT_SUPPLIED": Sentence(
        "所需的年限表在另一文件中（{document}），系统未收录，须由人工判断并记录。",
        "The table of years stands in a text that is not supplied ({document}); a recorded human "
        "judgement is needed.",
    ),
    "CONDITION_NOT_MET": Sentence(
        "不符合通知规定的条件：{condition}。",
        "A condition of the notice is not met: {condition}.",
    ),
    "MANUAL_JUDGEMENT_NEEDED": Sentence(
        "此项须由人工判断并记录理由：{condition}。",
        "This needs a recorded human judgement: {condition}.",
    ),
    # when and where
    "WINDOW_NOT_OPEN": Sentence(
        "尚未到申报（提交）时间，自{opens}起受理。",
        "It is too early; the window opens on {opens}.",
    ),
    "REST_DAY": Sentence(
        "{day}不是工作日，只在工作日受理；下一个工作日为{next}。",
        "{day} is no working day, on which alone this is taken; the next is {next}.",
    ),
    "WINDOW_CLOSED": Sentence(
        "申报（提交）时间已于{closed}截止，逾期不予受理；{next}。",
        "The window closed at the end of {closed}; {next}.",
    ),
    "STAGE_DEADLINE_MISSED": Sentence(
        "本环节应于{closed}前完成提交，现已逾期；{next}。",
        "This step had to be completed by {closed}; {next}.",
    ),
    "STAGE_ORDER": Sentence(
        "须依次办理：{standing}。",
        "One step follows another: {standing}.",
    ),
    "WRONG_AUTHORITY": Sentence(
        "受理（审批）部门不符，应为{authority}。",
        "This is not the competent body; it is {authority}.",
    ),
    "UNKNOWN_SERIES": Sentence(
        "通知未列明“{series}”的受理地点，请向主管部门确认。",
        "The notice names no intake place for {series}; ask the competent department.",
    ),
    "MATERIAL_CHANNEL": Sentence(
        "材料提交渠道不符：{condition}。",
        "The material came by another channel than foreseen: {condition}.",
    ),
    "FEE_UNPAID": Sentence(
        "应缴评审费{due}元，已缴{paid}元；请缴清后再提交。",
        "The fee of {due} yuan is due and {paid} yuan were paid; pay it before going on.",
    ),
    "FEE_EXCEEDED": Sentence(
        "应缴评审费{due}元，连同本次共{paid}元；不得多收，请核对金额。",
        "The fee is {due} yuan, and with this payment {paid} yuan were taken; nobody is charged"
        " more. Check the amount.",
    ),
    "FEE_CHANNEL": Sentence(
        "缴费方式不符：{condition}。",
        "The fee came by another way than foreseen: {condition}.",
    ),
}
"""What the law refuses of an application or a step; a pack may choose its code among these."""

OF_DECIDERS: Mapping[str, Sentence] = {
    # publicity and objections
    "PUBLICITY_TOO_SHORT": Sentence(
        "公示期满前不得继续办理：{standing}。",
        "Nothing goes on before the publicity has run its length: {standing}.",
    ),
    "PUBLICITY_ENDS_LATE": Sentence(
        "「{stage}」须公示{length}，今日公示也要到 {ends} 24 时期满，届时该环节的办理时间已过。"
        "请尽快与单位联系，或在下一批次申报。",
        "“{stage}” takes a publicity of {length}; posted today it ends with {ends}, when the time"
        " for that stage is over. Speak to the employer at once, or file in the next batch.",
    ),
    "OPEN_OBJECTION": Sentence(
        "本案有尚未处理完毕的公示异议，处理完毕前不得上报、认定或发文发证。",
        "An objection to this case is open; it can't go on before it is settled.",
    ),
    # persons and accounts
    "SAME_REVIEWER": Sentence(
        "同一单位的经办人审查与领导审查不能为同一人（按自然人比对，不按账号）。请由另一人办理，或指定代行审查人。",
        "Handler and leader of one organisation can't be the same person; persons are compared,"
        " not accounts. Let somebody else act, or designate a substitute.",
    ),
    "SELF_REVIEW": Sentence(
        "申报人不得审查本人的材料。请为本案指定代行审查人。",
        "Applicants can't review their own case. Designate a substitute for this case.",
    ),
    "HANDLER_FIRST": Sentence(
        "本轮经办人尚未出具审查意见，领导不能先行决定。请先由经办人审查。",
        "The leader decides after the handler's opinion, and there is none in this round.",
    ),
    "PASSWORD_CHANGE_REQUIRED": Sentence(
        "您使用的是激活码，请先设置自己的密码，再进行其他操作。",
        "You signed in with a one-time code; choose your own password before anything else.",
    ),
    "ID_FORMAT": Sentence(
        "证件号码有误：{wrong}。",
        "The document number can't be right: {wrong}.",
    ),
    "INTEGRITY_BLOCK": Sentence(
        "申报人在诚信档案记录期内，{through}不得申报。如有异议，可向作出决定的机关申请复查。",
        "The applicant has an active integrity record and can't file {through}."
        " A review can be asked of the authority that decided.",
    ),
    "CLASSIFIED_SUSPECTED": Sentence(
        "以下材料疑似涉密，已停止显示，本案暂停办理：{materials}。请核查后恢复显示、清除，或退回申报人撤下。",
        "These materials may be classified and are withheld, so the case pauses: {materials}."
        " Release or remove them, or return the case to have them taken out.",
    ),
    "CALENDAR_NOT_PUBLISHED": Sentence(
        "{year} 年的工作日安排尚未公布或未录入，{hence}。",
        "The working days of {year} are not published or not entered, {hence}.",
    ),
}
"""What the state of a case, a person or an account brings; never for a pack to refuse with."""

SENTENCES: Mapping[str, Sentence] = {**OF_LAW, **OF_DECIDERS}


def fields_of(code: str) -> frozenset[str]:
    """The specifics that the general sentence of a code asks for. Raises ``KeyError``."""
    parsed = Formatter().parse(SENTENCES[code].chinese)
    return frozenset(name for _, name, _, _ in parsed if name)


def question(code: str, citations: tuple[Citation, ...], condition: Words) -> Refusal:
    """What is left to human judgement, under the code of what it is about."""
    asked = refusal("MANUAL_JUDGEMENT_NEEDED", citations, condition=condition)
    return replace(asked, code=code)


def refusal(
    code: str,
    citations: tuple[Citation, ...] = (),
    *,
    pointer: str = "",
    specifics: Mapping[str, Words] | None = None,
    **more: Words,
) -> Refusal:
    """A refusal with its sentences filled in, from ``specifics`` and the further words.

    Raises ``KeyError`` when the code is unknown or one of its specifics is not given.
    """
    words = {**(specifics or {}), **more}
    return filled_in(code, SENTENCES[code], citations, words, pointer=pointer)


def filled_in(
    code: str,
    sentence: Sentence,
    citations: tuple[Citation, ...],
    words: Mapping[str, Words],
    *,
    pointer: str = "",
) -> Refusal:
    """A refusal in this sentence. Raises ``KeyError`` when a specific is not given."""
    chinese = {k: v if isinstance(v, str) else v[0] for k, v in words.items()}
    english = {k: v if isinstance(v, str) else v[1] for k, v in words.items()}
    return Refusal(
        code=code,
        chinese=sentence.chinese.format_map(chinese),
        english=sentence.english.format_map(english),
        citations=citations,
        pointer=pointer,
    )


def outside_area(title: str) -> Refusal:
    """The employer is not in the area of a notice."""
    return Refusal(
        "NOT_IN_SCOPE",
        f"该单位不在《{title}》适用的地区。请选择单位所在地的通知。",
        f"The employer is not in the area of the notice {title!r}; choose that of its own area.",
        pointer="/pack",
    )
