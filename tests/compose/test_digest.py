"""The daily digest: first what must be done, figures that agree with each other, both scripts, full lists attached."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from bot.compose.digest import digest, sections, subject
from bot.compose.digest_figures import kpis
from bot.compose.message import build
from bot.compose.wording import words
from bot.decide.report import DigestReport
from bot.decide.report import build as build_report
from bot.decide.rows import TaskKind, TaskRow
from bot.model import Aging, Bucket, Locale, State
from tests.compose.sample import PERIOD, SHANGHAI
from tests.compose.sample_digest import EVENING, SYSTEM, TODAY, empty, report, row

TO = ("chen@hd.example",)
LOCALES = list(Locale)


def day(*rows: object, tasks: tuple[TaskRow, ...] = (), name: str = "华东") -> DigestReport:
    return build_report(name, Locale.HANS, TODAY, EVENING, PERIOD, rows, tasks, SYSTEM, zone=SHANGHAI)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        (
            Locale.HANT,
            "[华东恒信工业器材股份有限公司] 對賬日報 2026-11-12｜應完成 174｜已完成 147（84.5%）｜今日須處理 6",
        ),
        (
            Locale.HANS,
            "[华东恒信工业器材股份有限公司] 对账日报 2026-11-12｜应完成 174｜已完成 147（84.5%）｜今日需处理 6",
        ),
        (
            Locale.TAIWAN,
            "[华东恒信工业器材股份有限公司] 對帳日報 2026-11-12｜應完成 174｜已完成 147（84.5%）｜今日須處理 6",
        ),
    ],
)
def test_the_subject_tells_the_day_in_four_figures(locale: Locale, title: str) -> None:
    assert subject(report(locale)) == title


def test_K1_nothing_due_is_not_applicable() -> None:
    assert "应完成 0｜已完成 0（不适用）" in subject(empty())
    assert [each.value for each in kpis(empty())] == ["不适用", "不适用", "不适用", "0 项"]


@pytest.mark.parametrize("locale", LOCALES)
def test_sections_stand_in_their_order_with_todays_work_first(locale: Locale) -> None:
    titles = [section.title for section in sections(report(locale))]
    assert titles == list(words(locale, "digest")["section"].values())
    assert titles[0] in {"今日須處理", "今日需处理"}


@pytest.mark.parametrize("locale", LOCALES)
def test_empty_sections_say_none(locale: Locale) -> None:
    draft = digest(empty(locale), TO)
    none = words(locale, "digest")["none"]
    assert draft.html.count(f">{none}<") == draft.text.count(f"\n{none}\n") == 9


@pytest.mark.parametrize("locale", LOCALES)
def test_K1_every_printed_percentage_is_recomputed_from_the_counts_beside_it(locale: Locale) -> None:
    text = digest(report(locale), TO).text
    found = re.findall(r"([\d.]+)%（[▲▼±] [\d.]+）　([\d,.]+)／([\d,.]+)", text)
    assert len(found) == 3
    for shown, part, whole in found:
        numerator, denominator = (float(each.replace(",", "")) for each in (part, whole))
        assert abs(numerator / denominator * 100 - float(shown)) <= 0.0501


def test_the_bars_of_the_progress_add_up_to_those_due() -> None:
    section = sections(report())[2]
    counts = [int(bar.value.split()[0]) for bar in section.bars]
    assert sum(counts) == 174
    assert section.note == "合计 174 家＝应完成 174 家。暂缓及退信客户已计入应完成。"


def test_every_task_says_what_to_do_and_which_answer_settles_it() -> None:
    first, *_ = sections(report())
    judged = next(line for line in first.lines if line.head.startswith("待判读邮件"))
    assert judged.how == "办法：“审核通过 DZ-202610-000190-73”或“退回 DZ-202610-000190-73 原因”"
    assert "请办：阅读原件，判断客户是否确认。" in judged.subs
    assert any("账没问题，但10月18日" in sub for sub in judged.subs)


@pytest.mark.parametrize("kind", [kind for kind in TaskKind if kind is not TaskKind.REVIEW])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_task_is_worded(kind: TaskKind, locale: Locale) -> None:
    made = replace(day(tasks=(TaskRow(kind, "陈会计", number="DZ-1"),)), locale=locale)
    assert words(locale)["task"][kind.value]["title"] in digest(made, TO).text


@pytest.mark.parametrize("state", [state for state in State if state is not State.SUPERSEDED])
def test_every_state_has_its_words_among_earlier_periods(state: State) -> None:
    made = replace(day(), earlier=(row(1, state),))
    assert words(Locale.HANS, "digest")["state"][state.value] in digest(made, TO).text


def test_hundreds_of_rows_are_capped_and_the_workbook_has_them_all() -> None:
    made = day(*(row(place, State.IN_REVIEW) for place in range(300)))
    draft = digest(made, TO)
    assert "其余 280 笔见附件" in draft.text
    assert "其余 280 笔见附件" in draft.html
    assert len(draft.html.encode()) < 40_960
    book = openpyxl.load_workbook(BytesIO(draft.attachments[0].data), read_only=True)
    assert len(list(book["待财务复核"].iter_rows(values_only=True))) == 301


def test_a_normal_days_mail_is_at_most_40_kilobytes() -> None:
    assert len(digest(report(), TO).html.encode()) <= 40_960


def test_text_and_html_carry_the_same_lines() -> None:
    draft = digest(report(), TO)
    shown = re.sub(r"<[^>]+>|\s", "", draft.html.split("<body", 1)[1])
    for section in sections(report()):
        for line in section.lines:
            for words_ in (line.head, *line.subs, line.amount, line.mark, line.how):
                assert words_ in draft.text
                assert re.sub(r"\s", "", words_) in shown


def test_the_html_keeps_its_looks_without_the_style_element() -> None:
    html = re.sub(r"<style>.*?</style>", "", digest(report(), TO).html, flags=re.DOTALL)
    body = html.split("<body", 1)[1]
    assert "@media" in digest(report(), TO).html
    assert not re.search(r'<(?:td|span)[^>]*class="(?:title|c|s|q|m \w+)"(?![^>]*style=)', body)


def test_a_hostile_customer_cannot_write_html_or_formulas_into_the_digest() -> None:
    name = '=HYPERLINK("http://x")<script>alert(1)</script>'
    draft = digest(day(row(1, State.IN_REVIEW, customer_name=name)), TO)
    assert "<script>" not in draft.html
    cells = openpyxl.load_workbook(BytesIO(draft.attachments[0].data))["待财务复核"]
    assert (cells["B2"].value, cells["B2"].data_type) == (name, "s")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_workbook_has_a_sheet_a_section_and_numbers_as_numbers(locale: Locale) -> None:
    book = openpyxl.load_workbook(BytesIO(digest(report(locale), TO).attachments[0].data))
    names = words(locale, "digest")["section"]
    assert book.sheetnames[:2] == [names["progress"], names["today"]]
    assert len(book.sheetnames) == 10
    sheet = book[names["differences"]]
    head = [cell.value for cell in sheet[1]]
    place = head.index(words(locale, "digest")["column"]["difference"])
    assert sheet[2][place].value == -92380
    assert sheet[3][place].value is None


def test_the_same_report_gives_the_same_mail() -> None:
    first, second = digest(report(), TO), digest(report(), TO)
    assert first == second
    assert build(first, "ar@hd.example", "对账", "d1@hd.example", EVENING)


def test_the_digest_names_the_head_of_the_audit_chain_and_what_else_the_machine_must_say() -> None:
    text, bare = digest(report(), TO).text, digest(empty(), TO).text
    assert "・稽核链首码　9f2c61d0a7b34e15\n" in text
    assert "・搁置　1 封 · 另有 4 封无关来信未列" in text
    assert "・最近收信　11-12 17:58" in text
    assert "・最近收信　尚无" in bare
    assert "2027 年调休尚未公布" in bare


def test_M2_who_is_over_the_limit_and_what_lapses_is_named_and_other_currencies_are_marked() -> None:
    over = row(1, State.SENT, currency="USD", credit_limit=Decimal(1000), lapsing=Decimal(77))
    text = digest(day(over), TO).text
    assert "・时效将届　USD 77.00" in text
    assert f"・{over.customer_name}　USD 86,102.33　超信用额度\n　额度 1,000.00 · 林志强" in text


def test_a_balance_of_zero_has_no_shares() -> None:
    flat = Aging((Bucket(0, 30, Decimal(5)),), Decimal(-5))
    bars = sections(day(row(1, State.SENT, closing=Decimal(0), aging=flat)))[8].bars
    assert [(bar.share, bar.side) for bar in bars] == [(0, ""), (0, "")]


def test_C3_a_held_statement_names_the_department_in_words() -> None:
    assert (
        "・苏州恒远自动化设备198有限公司　自 11月12日\n　数量×单价≠金额（XSCK-0198）\n　仓库\n"
        in digest(report(), TO).text
    )
    made = day(row(1, State.HELD, department="quality"))
    assert "　quality\n" in digest(made, TO).text


def test_brackets_in_our_name_stay_out_of_the_subject() -> None:
    assert subject(day(name="华东[集团]")).startswith("[华东［集团］] 对账日报")
