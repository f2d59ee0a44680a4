"""What sentences say: a plain yes is a whitelist, everything else is named or stays unclear."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import names, promise, text, tokens
from parsers.clause import Matter
from parsers.period import Period
from parsers.phrase import read
from parsers.tokens import Scope, letters, tokenize

INDEX = names.index(
    ("华东贸易有限公司", "华东贸易"),
    [
        ("C001", "苏州恒远（贸易）有限公司", ("苏州恒远",)),
        ("C002", "无锡宏达电子有限公司", ()),
        ("C003", "无锡宏达电子厂", ()),
    ],
)
SCOPE = Scope(
    INDEX, "C001", Period("month", 2026, 10), Decimal("85685.00"), "DZ-202610-000001-73", 1, date(2026, 10, 1), date(2026, 10, 31), ("张丽", "")
)  # fmt: skip
PHRASE = "苏州恒远贸易有限公司确认2026年10月销售对账单无误"

CONFIRMS = [
    PHRASE,
    "蘇州恆遠（貿易）有限公司確認2026年10月銷售對帳單無誤",
    "苏州恒远确认10月份对账单核对无误",
    "苏州恒远贸易公司\n确认民國115年10月销售对账单正确",
    f"周经理您好：\n{PHRASE}，附件为盖章扫描件，请查收。谢谢！\n\n张丽\n苏州恒远贸易有限公司 财务部\n电话：0512-62881234",
    "苏州恒远“确认2026年10月销售对账单无误”",
    f"“{PHRASE}”",
    "贵司2026年10月销售对账单，我司（苏州恒远贸易有限公司）核对后确认无误，无任何异议。",
    "截止2026年10月31日，苏州恒远应付华东贸易有限公司货款85,685.00元，确认2026年10月对账单无误",
    "编号DZ-202610-000001-73（第1版，R1）的2026年10月销售对账单，苏州恒远C001确认无误",
    f"{PHRASE}，如有疑问，请随时联系我。祝商祺！",
    f"{PHRASE}。原件已用顺丰寄出，单号SF1029384756",
    f"今天才盖好章，{PHRASE}",
]


@pytest.mark.parametrize("written", CONFIRMS)
def test_E5_a_plain_yes_confirms(written: str) -> None:
    assert read(written, SCOPE).says == "confirms"


OTHER = [
    ("没问题", "weak"), ("已确认", "weak"), ("👍", "weak"), ("（贵公司全称）确认2026年10月销售对账单无误", "weak"), ("苏州恒远确认上月对账单无误", "weak"),
    ("苏州恒远贸易有限公司 2026年10月 对账单", "nothing"), ("见附件", "nothing"), ("收到", "nothing"), ("苏州恒远\n", "nothing"),
    (f"{PHRASE}？", "asks"), (f"{PHRASE}，对吗？", "asks"), (f"请小王回复：{PHRASE}", "asks"), ("我司年审，请在询证函上盖章", "asks"),
    ("你们的账号变了吗", "asks"), (f"若退回运费，{PHRASE}", "differs"), (f"如属实，{PHRASE}", "conditional"), (f"{PHRASE}，以实物为准", "conditional"),
    ("苏州恒远不能确认2026年10月销售对账单无误", "denies"), ("不是我司，请勿再发", "denies"), ("撤回", "denies"), (f"{PHRASE}，但退货没冲", "differs"),
    ("我方账面 85,000", "differs"), ("我司与贵司10月无往来", "differs"), ("苏州恒远确认2026年9月销售对账单无误", "nothing"),
    ("无锡宏达电子有限公司确认2026年10月销售对账单无误", "nothing"), ("无锡宏达电子确认2026年10月销售对账单无误", "nothing"),
    ("贵司确认苏州恒远2026年10月销售对账单无误", "nothing"), ("苏州恒远确认2026年10月发货数量无误", "nothing"), (f"小王说{PHRASE}", "nothing"),
    ("苏州恒远确认收到2026年10月销售对账单无误", "nothing"), (f"贵司发来的“{PHRASE}”", "weak"), (f"{PHRASE}。天气真好", "weak"), (f"今天{PHRASE}", "nothing"),
    (f"收到发票后，{PHRASE}", "weak"), (f"发票已收到，{PHRASE}", "weak"), (f"{PHRASE}，金额85,000.00元", "differs"), ("苏州恒远确认2026年10月1日至10月20日对账单无误", "nothing"),
    ("", "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "says"), OTHER, ids=[row[0] or "empty" for row in OTHER])
def test_E5_everything_else_says_what_it_says(written: str, says: str) -> None:
    assert read(written, SCOPE).says == says


def test_E5_without_a_statement_nothing_confirms() -> None:
    assert read(PHRASE, Scope(INDEX)).says != "confirms"


MATTERS = [
    ("发票什么时候寄？", Matter("发票事项", "finance")),
    ("预计本月25日付款", Matter("付款安排", "finance")),
    ("麻烦把10月的发票寄到新地址：苏州市工业园区星湖街100号", Matter("发票事项", "finance")),
    ("11月的货请尽快发", Matter("送货与地址", "customer_service")),
    ("设备安装什么时候能来", Matter("售后与质量", "customer_service")),
    ("请贵司也盖章后回传一份", Matter("我方盖章回传", "rep")),
    ("对账单请同时抄送给 wang@hengyuan.example", Matter("联系人变更", "rep")),
]


@pytest.mark.parametrize(("sentence", "matter"), MATTERS, ids=[row[0] for row in MATTERS])
def test_H4_a_harmless_matter_goes_to_its_person_beside_the_yes(sentence: str, matter: Matter) -> None:
    reading = read(f"{PHRASE}。{sentence}", SCOPE)
    assert (reading.says, reading.matters) == ("confirms", (matter,))


@pytest.mark.parametrize(
    "sentence",
    [
        "发票税率应为9%",
        "请先把发票补齐",
        "货款我们已经付了",
        "有2箱货没送到",
        "发票开重复了",
        "付款时会扣除质保金",
        "收到发票才付款",
        "但发票还没寄",
        "发票请按贵司承诺的老规矩开，金额打九五折",
    ],
)
def test_E5_a_matter_that_touches_the_account_is_not_harmless(sentence: str) -> None:
    assert read(f"{PHRASE}。{sentence}", SCOPE).says != "confirms"


def test_H4_a_matter_inside_a_difference_is_part_of_it() -> None:
    assert read("我们以开票入账，你们以发货，货款差 1,200.00", SCOPE).matters == ()


CAUSES = [
    ("10月18日那笔退货还没冲", "return_pending"), ("没收到发票，对不上", "invoice_missing"), ("发票金额不对", "invoice"), ("银行扣了30元手续费", "bank_fee"),
    ("10/30已付78,000，你们没减", "receipt"), ("折扣没有算", "discount"), ("单价不对，应为12.5元", "price"), ("货还没收到", "in_transit"), ("少发了2箱", "quantity"),
    ("次月入账，金额不符", "cut_off"), ("贵司未税，我们含税", "basis"), ("重复录入了一笔", "entry"), ("有差异", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "cause"), CAUSES, ids=[row[1] for row in CAUSES])
def test_F2_F5_causes_are_read_from_ordinary_words(written: str, cause: str) -> None:
    reading = read(written, SCOPE)
    assert reading.says == "differs"
    assert reading.causes[0] == cause


def test_F1_figures_and_documents_are_kept() -> None:
    reading = read("XSCK-00030 不对，我方账面 85,000.00，差 685.00", SCOPE)
    assert reading.documents == ("XSCK-00030",)
    assert reading.figures == (Decimal("85000.00"), Decimal("685.00"))
    assert reading.sentence.startswith("XSCK-00030")
    assert reading.first("differs")
    assert reading.first("legal") == ""


def test_E5_letters_tell_names_periods_and_figures_apart() -> None:
    clause = "苏州恒远贸易有限公司与华东贸易2026年9月c001第二版10月31日10月18日11月18日"
    assert letters(tokenize(clause, SCOPE)) == "N&YQFUEid"
    assert letters(tokenize("无锡宏达电子", SCOPE)) == "M"
    assert letters(tokenize("2026-10-01okokay", SCOPE)) == "EX"


def test_E6_long_lines_are_joined_and_short_ones_are_not() -> None:
    long = "苏州恒远贸易有限公司经过财务部门的认真核对之后在此确认贵公司二零二六年" + "\n"
    assert [item.text for item in text.sentences(long + "十月的对账单")] == [long.strip() + "十月的对账单"]
    assert [
        item.text for item in text.sentences("please find the attached statement, which is signed and sealed\nby us")
    ] == ["please find the attached statement, which is signed and sealed by us"]
    assert len(text.sentences("无误\n谢谢")) == 2
    assert [item.end for item in text.sentences("好。行！是？对；嗯")] == ["。", "!", "?", ";", ""]


SIGNING = [
    "张丽", "张丽 敬上", "苏州恒远贸易有限公司 财务部", "Tel: 0512-6288 1234  Fax: 0512-6288 1235", "电话：0512-65651234 转 802", "地址：江苏省苏州市吴中区东吴北路88号 215128",
    "发自我的iPhone", "2026年11月5日", "--", "Best regards,", "Zhang Li", "财务部主管会计", "QQ：123456789", "zhangli@hengyuan.example", "13812345678",
]  # fmt: skip


@pytest.mark.parametrize("line", SIGNING)
def test_E5_signature_lines_are_set_aside(line: str) -> None:
    assert text.body(f"无误\n\n{line}").said.strip() == "无误"


@pytest.mark.parametrize(
    "line", ["单价高", "退货未冲", "有差异", "不同意", "余额错", "发票请开给上海恒远公司", "由贵司承担运费", "价格太高"]
)
def test_E5_statements_at_the_end_are_no_signature(line: str) -> None:
    assert line in text.body(f"无误\n\n{line}").said


def test_E5_disclaimers_are_set_aside_unless_they_speak_of_accounts() -> None:
    secrecy = "本邮件含有保密信息，仅供指定收件人使用。"
    assert text.body(f"无误\n\n{secrecy}").said.strip() == "无误"
    assert "不构成" in text.body(f"无误\n\n{secrecy}本邮件不构成对账确认。").said


def test_E5_names_keep_place_and_trade() -> None:
    found = names.find(INDEX, "苏州恒远（贸易）公司与无锡宏达电子、华东贸易有限公司")
    assert [item.owner for item in found] == ["C001", names.AMBIGUOUS, ""]
    assert INDEX.owner("苏州恒远") == "C001"
    assert INDEX.owner("恒远") is None
    assert names.index((), [("A", "甲", ())]).owners == {}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("预计11月12日盖章", date(2026, 11, 12)),
        ("2027年1月5日前回复", date(2027, 1, 5)),
        ("1月5号前回复", date(2027, 1, 5)),
        ("10月18日的退货", None),
        ("预计10月18日寄", None),
        ("将于2月30日回复", None),
        ("明天回复", None),
    ],
)
def test_E1_a_promised_day_is_read(written: str, day: date | None) -> None:
    assert promise.find(written, date(2026, 10, 31)) == day


@given(st.text(max_size=120))
def test_any_text_is_read_without_a_fault(written: str) -> None:
    read(written, SCOPE)


@given(
    st.lists(
        st.sampled_from(
            [
                *"不未没除若但待先仅退差错",
                "无误",
                "确认",
                "苏州恒远",
                "2026年10月",
                "对账单",
                "，",
                "。",
                "？",
                "\n",
                "明天",
                "小王",
                "退货",
            ]
        ),
        max_size=14,
    )
)
def test_E5_a_word_of_doubt_never_stands_in_a_confirmation(pieces: list[str]) -> None:
    written = "".join(pieces)
    if read(written, SCOPE).says == "confirms":
        assert not set(written) & set("不未没除若但待先仅退差错明王？")


@pytest.mark.parametrize(
    "piece",
    [
        "确认",
        "苏州恒远",
        "2026年10月",
        "，",
        "不",
        "a",
        "1",
        "无误。",
        "有疑问",
        "祝",
        "\n",
        "如有疑问请随时联系我",
        "张",
        " ",
    ],
)
def test_reading_grows_linearly(piece: str) -> None:
    started = time.process_time()
    read(piece * (20_000 // len(piece)), SCOPE)
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


TOGETHER = [
    ("10月对账单已核对。没有差异。苏州恒远确认。", "confirms"),
    ("10月对账单我司已核对，确认无误。\n\n苏州恒远贸易有限公司 财务部\n张丽", "confirms"),
    ("10月对账单我司已核对，确认无误。\n\n苏州恒远动力有限公司 财务部\n张丽", "weak"),
    ("10月对账单我司已核对，确认无误。\n\n无锡宏达电子有限公司", "weak"),
    (f"~~{PHRASE}~~", "weak"),
    (f"李经理签好字：{PHRASE}", "weak"),
    (f"今天刚出差回来，{PHRASE}。天气转凉，注意保暖", "confirms"),
    ("We, 苏州恒远, hereby confirm that the statement of October 2026 is correct.", "confirms"),
    ("苏州恒远核对10月对账单，余额85,685.00元为贵司应付我司款项，确认无误", "weak"),
    (f"王姐 {PHRASE} 谢谢", "confirms"),
    (f"王姐 某某 {PHRASE} 谢谢", "nothing"),
    (f"{PHRASE}。我司11月起搬到新地址", "weak"),
    ("苏州恒远10月31日余额85685，2026年10月对账单无误，确认", "confirms"),
    ("客户名称：苏州恒远\n期间：2026年10月\n对账单差异：0.00\n结论：核对无误，确认", "confirms"),
    (f"{PHRASE}？。", "asks"),
]


@pytest.mark.parametrize(("written", "says"), TOGETHER, ids=[row[0] for row in TOGETHER])
def test_E5_sentences_signatures_and_small_talk_are_read_together(written: str, says: str) -> None:
    assert read(written, SCOPE).says == says


def test_E5_a_long_text_is_for_a_person_but_what_is_grave_is_seen_in_all_of_it() -> None:
    prose = "昨天我们开了个会说了许多事情。" * 200
    assert read(f"{PHRASE}。{prose}", SCOPE).says == "weak"
    assert "legal" in read(f"{prose}公司已被法院受理破产清算。", SCOPE).senses
    assert read(f"有差异，少发两箱。{prose}", SCOPE).says == "differs"


def test_reading_fifty_kilobytes_takes_steps_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    whole = tokens.tokenize

    def counting(clause: str, scope: Scope, *, opening: bool = False) -> tuple[tokens.Span, ...]:
        counted.append(len(clause))
        return whole(clause, scope, opening=opening)

    monkeypatch.setattr("parsers.clause.tokenize", counting)
    read("您好，我们再看一下情况，稍后回复您。" * 1000, SCOPE)
    assert sum(counted) < 5_000
