"""Mails to customers and staff: the wording's sentences, the people who get them, and what none of them may hold."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.compose import mails_customer as mails
from bot.compose import mails_staff
from bot.compose.letterhead import About, Matter, Thread, subject
from bot.compose.message import build
from bot.compose.wording import words
from bot.decide.footing import Footings
from bot.decide.rows import TaskKind, TaskRow
from bot.model import Anomaly, Attachment, Draft, Locale, Purpose
from parsers.command import parse
from parsers.number import compose
from tests.compose import sample

PDF = Attachment("对账单.pdf", "application/pdf", b"%PDF")
DAY = date(2026, 11, 16)
THREAD = Thread("<r1@hengyuan.example>", ("s1@hd.example",))
LOCALES = list(Locale)


def about(locale: Locale = Locale.HANS, closing: str = "85685.00", revision: int = 1, changes: str = "") -> About:
    statement = sample.statement(locale, closing, revision, changes)
    return About(sample.company(locale), statement, sample.customer(locale), THREAD)


def first(locale: Locale = Locale.HANS, closing: str = "85685.00", revision: int = 1, changes: str = "") -> Draft:
    case = about(locale, closing, revision, changes)
    return mails.statement_mail(case.company, case.statement, case.customer, (PDF,))


ANSWERS: dict[str, Callable[[About], Draft]] = {
    "reminder 1": lambda case: mails.reminder(case, 1, DAY),
    "reminder 2": lambda case: mails.reminder(case, 2, DAY, (PDF,)),
    "reminder 3": lambda case: mails.reminder(case, 3, DAY, (PDF,), (sample.MANAGER,)),
    "thanks": lambda case: mails.thanks(case, sample.NOW, (Matter("发票事项", "陈会计"),)),
    "scan request": lambda case: mails.scan_request(case, DAY, (mails.missing("no_file", case.locale),)),
    "scan request after a weak word": lambda case: mails.scan_request(case, DAY, weak=True),
    "scan chaser": lambda case: mails.scan_chaser(case, DAY),
    "discrepancy": lambda case: mails.discrepancy(
        case, "CY-1", DAY, theirs=Decimal("85120.00"), documents=("XSCK-30",)
    ),
    "superseded": lambda case: mails.superseded(case, 1, Decimal("86250.00"), date(2026, 11, 6), (PDF,)),
    "question": lambda case: mails.question(case, "发票", sample.FINANCE, DAY, case="WT-1", department="财务"),
    "already answered": mails.already_answered,
    "contact change": mails.contact_change,
    "no dealings": lambda case: mails.no_dealings(case, "CY-1", DAY),
    "resend": lambda case: mails.resend_attachment(case, (PDF,)),
    "seal first": lambda case: mails.seal_first(case, (PDF,)),
    "altered copy": lambda case: mails.altered_copy(case, "CY-1", "期末", "85,685.00", "85,120.00"),
    "other seal": lambda case: mails.other_seal(case, "苏州恒通"),
    "account question": lambda case: mails.account_question(case, "021-5555 0200"),
    "review passed": lambda case: mails.review_passed(case, DAY, (PDF,)),
    "review returned": lambda case: mails.review_returned(case, "印章不清。", DAY),
}


def every_draft(locale: Locale) -> list[Draft]:
    revised = about(locale, revision=2, changes="增列 10 月 18 日退貨 565.00")
    return [first(locale), first(locale, revision=2, changes="x"), *(make(revised) for make in ANSWERS.values())]


@pytest.mark.parametrize(
    ("locale", "sentences"),
    [
        (
            Locale.HANT,
            (
                "王敏 您好：",
                (
                    "為核對雙方往來賬目，隨函附上 苏州恒远自动化设备有限公司 2026年10月 銷售對賬單"
                    "（編號 DZ-202610-000001-73，第 1 版；2026年10月1日 至 2026年10月31日；按發貨，含稅）。"
                    "期末應收餘額 人民幣 85,685.00 元，大寫：捌萬伍仟陸佰捌拾伍元整。"
                ),
                "煩請於 2026年11月9日（星期一，含當日）前核對並回覆本郵件：",
                "一、核對無誤　請在對賬單末頁回執處由授權代表簽字或蓋章",
                "正文請寫明：貴公司全稱＋「確認2026年10月銷售對賬單無誤」。",
                "二、存在差異　請在信中註明單號、貴方賬面金額及原因",
                "三、已到期款項　請依合同約定付款。本公司收款賬號不以郵件變更",
                "請直接回覆本郵件或聯繫 周晓岚 021-5555 0101。",
                "华东贸易有限公司　周晓岚　021-5555 0101　ar@hd.example",
            ),
        ),
        (
            Locale.HANS,
            (
                "王敏，您好：",
                (
                    "为核对双方往来账目，现附上 苏州恒远自动化设备有限公司 2026年10月 销售对账单"
                    "（编号 DZ-202610-000001-73，第 1 版；2026年10月1日 至 2026年10月31日；按发货，含税）。"
                    "期末应收余额 人民币 85,685.00 元，大写：捌万伍仟陆佰捌拾伍元整。"
                ),
                "烦请于 2026年11月9日（星期一，含当日）前核对并回复本邮件：",
                "一、核对无误　请由授权代表在对账单末页回执处签字或盖章",
                "正文请写明：贵公司全称＋“确认2026年10月销售对账单无误”。",
                "二、存在差异　请在邮件中注明单号、贵方账面金额及原因",
                "三、已到期款项　请按合同约定付款。我司收款账号不会通过邮件变更",
                "请直接回复本邮件或联系 周晓岚 021-5555 0101。",
            ),
        ),
        (
            Locale.TAIWAN,
            ("往來帳目", "銷售對帳單（編號", "簽名或用印", "彩色掃描檔", "回覆本信件", "聯絡 周晓岚", "收款帳號"),
        ),
    ],
)
def test_D4_the_body_tells_purpose_deadline_how_to_confirm_how_to_dispute_and_whom_to_call(
    locale: Locale, sentences: tuple[str, ...]
) -> None:
    draft = first(locale)
    assert [each for each in sentences if each not in draft.text] == []


@pytest.mark.parametrize(
    ("script", "title"),
    [
        ("zh-Hant", "[华东贸易有限公司][2026年10月] 銷售對賬單"),
        ("zh-Hans", "[华东贸易有限公司][2026年10月] 销售对账单"),
    ],
)
def test_D3_the_subject_is_the_companys_and_the_periods_in_the_chosen_script(script: str, title: str) -> None:
    assert subject(sample.company(script=script), sample.PERIOD) == title


def test_D3_brackets_in_a_name_become_full_width() -> None:
    company = replace(sample.company(), name="华东[集团]贸易")
    assert subject(company, sample.PERIOD) == "[华东［集团］贸易][2026年10月] 銷售對賬單"


@pytest.mark.parametrize("locale", LOCALES)
def test_D3_follow_ups_carry_re_and_the_same_and_a_revision_the_same(locale: Locale) -> None:
    head = "[华东贸易有限公司][2026年10月] 銷售對賬單"
    assert first(locale, revision=2).subject == head
    assert {make(about(locale)).subject for make in ANSWERS.values()} == {f"Re: {head}"}


@pytest.mark.parametrize(
    ("closing", "sentence"),
    [
        ("85685.00", "期末应收余额 人民币 85,685.00 元，大写：捌万伍仟陆佰捌拾伍元整"),
        ("0.00", "期末余额为零，大写：零元整"),
        ("-20000.00", "期末预收余额 人民币 20,000.00 元（贵公司预付），大写：贰万元整"),
    ],
    ids=["owes us", "even", "paid in advance, never a negative in words"],
)
def test_D1_the_balance_sentence(closing: str, sentence: str) -> None:
    assert sentence in first(closing=closing).text


def test_a_revision_says_first_what_changed() -> None:
    text = first(revision=2, changes="增列10月18日退货 565.00。").text
    assert text.split("\n\n")[1] == "第 2 版已替代第 1 版，变更如下：增列10月18日退货 565.00。请以本版为准。"
    assert "已替代" not in first().text


def test_without_a_named_confirmer_the_department_is_greeted() -> None:
    case = about()
    draft = mails.statement_mail(case.company, case.statement, sample.nameless(case.customer), ())
    assert draft.text.startswith("苏州恒远自动化设备有限公司 财务部，您好：")


def test_a_mail_goes_to_confirmers_with_rep_and_further_contacts_in_copy() -> None:
    draft = first()
    assert draft.to == ("wang@hengyuan.example",)
    assert draft.cc == ("zhou@hd.example", "zhang@hengyuan.example")
    assert draft.headers == (
        ("X-DZ-Statement", "DZ-202610-000001-73;R1"),
        ("X-DZ-Customer", "苏州恒远自动化设备有限公司"),
    )


def test_an_answer_also_goes_to_the_registered_writer_and_to_nobody_unknown() -> None:
    known = mails.already_answered(replace(about(), author="AP@hengyuan.example"))
    unknown = mails.already_answered(replace(about(), author="x@evil.example"))
    copied = mails.already_answered(replace(about(), author="zhang@hengyuan.example"))
    assert known.to == ("wang@hengyuan.example", "ap@hengyuan.example")
    assert unknown.to == ("wang@hengyuan.example",)
    assert (copied.to, copied.cc) == (("wang@hengyuan.example", "zhang@hengyuan.example"), ("zhou@hd.example",))


def test_E1_only_the_third_reminder_copies_the_superior() -> None:
    second = mails.reminder(about(), 2, DAY, superiors=(sample.MANAGER,))
    third = mails.reminder(about(), 3, DAY, superiors=(sample.MANAGER,))
    assert sample.MANAGER.address not in second.cc
    assert third.cc[-1] == sample.MANAGER.address
    assert ("li@hd.example", "李敏") in third.names
    assert "2026年11月16日（星期一，含当日）" in third.text


def test_answers_stand_in_the_customers_thread() -> None:
    draft = mails.contact_change(about())
    assert (draft.in_reply_to, draft.references) == (THREAD.in_reply_to, THREAD.references)


def test_the_receipt_names_time_of_the_company_zone_and_every_second_matter() -> None:
    text = mails.thanks(about(), sample.NOW, (Matter("发票事项", "陈会计"), Matter("质量问题", "客服"))).text
    assert "2026年11月9日 18:00 登记，现转财务复核" in text
    assert "您另提到的发票事项，已转 陈会计 处理。您另提到的质量问题，已转 客服 处理。" in text


def test_a_weak_word_gets_no_stronger_word_put_into_its_mouth() -> None:
    weak, clear = mails.scan_request(about(), DAY, weak=True).text, mails.scan_request(about(), DAY).text
    assert "核对无误" not in weak
    assert "已收到您的回复，谢谢。为完成双方确认" in weak
    assert "核对无误的回复，谢谢。" in clear


@pytest.mark.parametrize(
    ("kind", "hant", "hans"),
    [
        ("no_file", "來信未附檔案。", "来信未附文件。"),
        (
            "link",
            "附件為會過期的超大附件連結，請改以一般附件寄送。",
            "附件为会过期的超大附件链接，请改用普通附件发送。",
        ),
        ("pages", "第 2、3 頁缺漏。", "缺少第 2、3 页。"),
        ("unreadable", "影像不清，無法辨識金額或印鑑。", "图像不清，无法辨认金额或印章。"),
        ("unsigned", "回執處未見簽字或蓋章。", "回执处未见签字或盖章。"),
        ("old_revision", "附件是第 1 版，現行為第 2 版。", "附件为第 1 版，现行为第 2 版。"),
    ],
)
def test_E6_why_the_signed_pages_are_still_owed(kind: mails.Missing, hant: str, hans: str) -> None:
    made = [mails.missing(kind, locale, (2, 3), 1, 2) for locale in (Locale.HANT, Locale.HANS)]
    assert made == [hant, hans]


def test_F1_a_discrepancy_shows_both_figures_and_theirs_less_ours() -> None:
    text = mails.discrepancy(
        about(),
        "CY-1",
        DAY,
        theirs=Decimal("85120.00"),
        documents=("XSCK-30", "XSCK-31"),
        causes=("退货",),
        attachments=(PDF,),
    ).text
    assert "我方期末 85,685.00　贵方账面 85,120.00　差异（贵方−我方）\u2212565.00" in text
    assert "涉及单据：XSCK-30、XSCK-31　原因：退货" in text
    assert "周晓岚 将于 2026年11月16日（星期一）前答复。逐笔对照表附后。" in text


def test_F1_a_discrepancy_of_the_footing_shows_both_and_whether_that_explains_it() -> None:
    """SITUATIONS 37 and 38."""
    taxed = Footings("tax", Decimal("2260.00"), Decimal("2000.00"), Decimal("260.00"), explains=True)
    text = mails.discrepancy(about(), "CY-1", DAY, footings=taxed).text
    assert "含税 2,260.00　未税 2,000.00　税额 260.00" in text
    assert "恰为上列税额" in text
    row = (date(2026, 10, 22), "XSCK-00033", Decimal("100.00"))
    invoices = Footings("invoices", Decimal(9), Decimal(7), Decimal(2), explains=False, open=(row,) * 14)
    text = mails.discrepancy(about(Locale.HANT), "CY-1", DAY, footings=invoices).text
    assert text.count("未開票：2026-10-22　XSCK-00033　100.00") == 12
    assert "未開票：另有 2 筆" in text
    assert "金額不等" in text


def test_F1_a_discrepancy_without_figures_asks_for_them() -> None:
    text = mails.discrepancy(about(Locale.HANT), "CY-1", DAY).text
    assert "貴方賬面 待提供" in text
    assert "涉及單據：待您提供　原因：待查" in text
    assert "對照表" not in text


def test_a_superseded_yes_names_both_revisions_and_why() -> None:
    case = about(revision=2, changes="增列退货 565.00。")
    text = mails.superseded(case, 1, Decimal("86250.00"), date(2026, 11, 6), (PDF,)).text
    assert "您确认的是第 1 版（期末 86,250.00）；该版已由 2026年11月6日 发出的 第 2 版（期末 85,685.00）替代" in text
    assert "变更为：增列退货 565.00。第 1 版的确认不能沿用" in text


def test_a_question_of_no_named_matter_still_reads_well() -> None:
    text = mails.question(about(), "", replace(sample.FINANCE, phone=""), DAY, case="AH-202611-0007").text
    assert (
        "您好：来信已收到，您的问题 已转 陈会计，将于 2026年11月16日（星期一）前答复您，登记号 AH-202611-0007。" in text
    )


def test_the_chaser_speaks_of_an_attachment_only_where_there_is_one() -> None:
    without, attached = mails.scan_chaser(about(), DAY), mails.scan_chaser(about(), DAY, attachments=(PDF,))
    assert ("再次附上" in without.text, "再次附上" in attached.text) == (False, True)


def test_account_questions_are_answered_by_telephone_only() -> None:
    with pytest.raises(ValueError, match="telephone"):
        mails.account_question(about(), "")


@pytest.mark.parametrize("locale", LOCALES)
def test_text_and_html_say_the_same_words(locale: Locale) -> None:
    for draft in every_draft(locale):
        body = draft.html.split('class="letter"')[1].split("</table>\n<!--[if mso]>")[0]
        shown = re.sub(r"<[^>]+>", "", body.split(">", 1)[1])
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", draft.text), draft.text


@pytest.mark.parametrize("locale", LOCALES)
def test_no_mail_holds_the_complete_phrase_or_an_account_number(locale: Locale) -> None:
    whole = "".join(f"{draft.subject}\n{draft.text}\n{draft.html}" for draft in every_draft(locale))
    packed = re.sub(r"[\s「」“”＋（）]", "", whole)
    for name in ("苏州恒远自动化设备有限公司", "苏州恒远"):
        assert not re.search(rf"{name}[^。，；]{{0,4}}[確确]?[認认]2026年10月", packed)
    assert not re.search(r"(?<!\d)\d{12,}(?!\d)", re.sub(r"[\s-]", "", re.sub(r"DZ-\d+-\d+-\d+", "", whole)))


@pytest.mark.parametrize("path", sorted(sample.TEMPLATES.glob("mails/*.*")), ids=lambda path: path.name)
def test_no_template_gives_an_account_number_or_the_phrase_with_a_name(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\d{10,}", text)
    assert not re.search(r"\{\{ customer \}\}[^。，；\n]{0,3}[確确][認认]", text)
    assert not re.search(r"开户行|開戶行|IBAN|SWIFT", text)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_mail_can_be_built_and_greets_and_signs(locale: Locale) -> None:
    for draft in every_draft(locale):
        assert build(draft, "ar@hd.example", "华东贸易", "x@hd.example", sample.NOW)
        assert draft.text.startswith("王敏")
        assert draft.text.rstrip().endswith("ar@hd.example")
        assert len(draft.html.encode()) < 12_000


def test_taiwan_never_rewords_a_name() -> None:
    customer = replace(sample.customer(Locale.TAIWAN), name="聯繫對賬郵件股份有限公司")
    draft = mails.statement_mail(sample.company(), sample.statement(Locale.TAIWAN), customer, ())
    assert "聯繫對賬郵件股份有限公司 2026年10月 銷售對帳單" in draft.text
    assert "賬" not in draft.text.replace(customer.name, "")


def test_hostile_values_stay_text_in_html() -> None:
    customer = replace(sample.customer(), name='<img src=x onerror="alert(1)">&有限公司 {{ 7*7 }} **x**')
    draft = mails.statement_mail(sample.company(), sample.statement(), customer, ())
    assert "<img" not in draft.html
    assert "{{ 7*7 }} **x**" in draft.text


TASK = TaskRow(
    TaskKind.JUDGE,
    "陈会计",
    "C001",
    "苏州恒远",
    "DZ-202610-000001-73",
    ("语句含但书",),
    "收到\n没问题，但" + "是" * 300,
    due=DAY,
)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_task_has_a_mail_that_says_what_to_do_and_how(kind: TaskKind, locale: Locale) -> None:
    draft = mails_staff.task(sample.company(locale), (sample.FINANCE,), replace(TASK, kind=kind), thread=THREAD)
    entry = words(locale)["task"][kind.value]
    assert entry["title"] in draft.subject
    assert entry["do"] in draft.text
    assert "语句含但书" in draft.text
    assert "收到 没问题，但是" in draft.text
    assert "…" in draft.text
    assert build(draft, "ar@hd.example", "", "x@hd.example", sample.NOW)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", list(TaskKind))
@pytest.mark.parametrize("number", [compose("DZ", sample.PERIOD, 1), ""], ids=["bound", "unbound"])
def test_what_a_task_quotes_as_the_answer_is_a_command(kind: TaskKind, locale: Locale, number: str) -> None:
    reference = "2026-10" if kind is TaskKind.RELEASE else "AH-202611-0007"
    row = TaskRow(kind, "陈会计", number=number, reference=reference)
    quoted = re.findall("[「“](.+?)[」”]", mails_staff.task_words(row, locale).how)
    assert [each for each in quoted if parse(each) is None] == []
    assert "{" not in "".join(quoted)


def test_a_task_without_number_words_or_date_leaves_those_lines_out() -> None:
    draft = mails_staff.task(
        sample.company(), (sample.FINANCE,), TaskRow(TaskKind.SET_ASIDE, "陈会计", reference="M-7")
    )
    assert "原文" not in draft.text
    assert "期限" not in draft.text
    assert "M-7" in draft.text


def test_C3_an_anomaly_goes_to_the_owning_department_with_its_documents() -> None:
    found = (
        Anomaly("price", "C001", "warehouse", "数量×单价≠金额。", ("XSCK-30", "XSCK-31")),
        Anomaly("gap", "C001", "warehouse", "单号不连续"),
    )
    draft = mails_staff.anomaly(sample.company(), sample.customer(), sample.PERIOD, found, DAY)
    assert draft.to == ("wh@hd.example",)
    assert "1. 数量×单价≠金额（单据 XSCK-30、XSCK-31）" in draft.text
    assert "2. 单号不连续\n" in draft.text
    assert draft.purpose is Purpose.ANOMALY


@pytest.mark.parametrize(("done", "word"), [(True, "已执行：审核通过"), (False, "未执行：审核通过")])
def test_a_command_is_answered_with_what_it_did(done: bool, word: str) -> None:
    draft = mails_staff.command_reply(
        sample.company(), sample.FINANCE, "审核通过 X", ("一", "二"), done=done, thread=THREAD
    )
    assert f"{word} X\n\n一\n二\n" in draft.text
    assert draft.in_reply_to == THREAD.in_reply_to


def test_a_bounce_tells_the_rep_the_address_and_the_reason() -> None:
    draft = mails_staff.bounce(sample.company(), sample.statement(), ("wang@hengyuan.example",), "550 no such user")
    assert draft.to == (sample.REP.address,)
    assert "wang@hengyuan.example\n退信原因：550 no such user" in draft.text
