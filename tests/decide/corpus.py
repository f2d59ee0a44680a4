"""Mails made of parts, the same at every run: honest confirmations, and mails that must never confirm."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.attachment import AttachmentReading
from parsers.mail import Mail
from tests.decide import replies
from tests.decide.replies import CONFIRMER, NAME, SENT_TEXT, mail, scan

GREETINGS = (
    "",
    "您好！\n",
    "周经理：\n  您好！\n",
    "尊敬的华东贸易财务部：\n",
    "小周，你好，\n",
    "周小姐您好：\n\n",
    "Dear 周晓岚,\n",
    "各位好：\n",
    "晓岚姐，早上好！\n",
)
PHRASES = (
    f"{NAME}确认2026年10月销售对账单无误",
    "蘇州恆遠貿易有限公司確認2026年10月銷售對賬單無誤",
    "蘇州恆遠貿易有限公司確認2026年10月銷售對帳單無誤",
    f"[{NAME}]确认[2026年10月]销售对账单无误",
    f"{NAME}确认2026年10月份销售对账单核对无误",
    f"{NAME} 确认 2026 年 10 月销售对账单无误",
    "苏州恒远贸易公司确认2026-10销售对账单无误",
    "苏州恒远确认10月销售对账单无误",
    f"我司（{NAME}）确认2026年10月销售对账单无误",
    f"经核对，{NAME}确认２０２６年１０月销售对账单无误",
    f"{NAME}确认贵司2026年十月销售对账单无误",
    f"{NAME}\n确认2026年10月销售对账单无误",
    f"兹确认：{NAME}2026年10月销售对账单与我司账面一致，核对无误",
    f"{NAME}已核对并确认2026年10月销售对账单金额85,685.00元无误",
    f"{NAME}確認115年10月銷售對帳單無誤",
    f"收到贵司对账单，{NAME}确认2026年10月销售对账单无误",
    f"{NAME}确认2026/10销售对账单相符",
    f"{NAME}確認民國115年10月銷售對帳單正確無誤",
    f"{NAME}2026年10月对账单我们已经核对过了，没有问题，确认无误",
    f"现确认{NAME}与贵公司2026年10月往来账目核对一致",
)
ENDINGS = (
    "。",
    "。\n谢谢！",
    "，附件为盖章扫描件，请查收。",
    "，签字盖章的扫描件见附件，谢谢。\n祝商祺！",
    "。已盖章回传，如有疑问请随时联系我。谢谢配合！",
    "。\n\n顺颂商祺",
    "！签章件详见附件，烦请查收，辛苦了！",
    "。发票什么时候寄？",
    "。货款预计本月25日安排付款。",
    "。\n另外，麻烦把10月的发票寄到新地址：苏州市工业园区星湖街100号。",
    "。11月的货请尽快发。",
    "。原件已用顺丰寄出，单号SF1029384756。",
)
SIGNATURES = (
    "",
    "\n\n张丽",
    f"\n\n张丽\n{NAME} 财务部\n电话：0512-62881234\n手机：13812345678",
    f"\n\n--\n张丽 | 财务经理\n{NAME}\nTel: 0512-6288 1234  Fax: 0512-6288 1235\nE-mail: zhangli@hengyuan.example\n地址：苏州市工业园区星湖街100号\n\n本邮件及其附件含有保密信息，仅供指定收件人使用。如您误收，请立即删除并通知发件人。",
    "\n\n发自我的iPhone",
    f"\n\nBest regards,\nZhang Li\n{NAME}",
    f"\n\n{NAME}\n2026年11月5日",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A mail with the readings of its attachments."""

    name: str
    mail: Mail
    readings: tuple[AttachmentReading, ...] = ()
    copy_counts: bool = False
    """The words say too little to refuse the signed copy beside them, where the company accepts copies."""


def _quoted(shape: str) -> str:
    """Our mail below the reply, as mail programs leave it."""
    marked = "\n".join(f"> {line}" for line in SENT_TEXT.split("\n"))
    return {
        "none": "",
        "qq": f'\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "华东贸易"<ar@hd-trade.example>;\n发送时间: 2026年11月3日(星期二) 上午9:00\n收件人: "张丽"<zhangli@hengyuan.example>;\n主题: {replies.SUBJECT}\n\n\n\n{SENT_TEXT}',
        "outlook": f"\n\n________________________________\n发件人: ar@hd-trade.example <ar@hd-trade.example>\n发送时间: 2026年11月3日 9:00\n收件人: 张丽\n抄送: 周晓岚\n主题: {replies.SUBJECT}\n\n{SENT_TEXT}",
        "netease": f'\n\n在 2026-11-03 09:00:00，"华东贸易" <ar@hd-trade.example> 写道：\n\n{marked}',
        "taiwan": f"\n\n-----原始郵件-----\n寄件者: ar@hd-trade.example\n寄件日期: 2026年11月3日 上午 09:00\n收件者: 張麗\n主旨: {replies.SUBJECT}\n\n{SENT_TEXT}",
        "gmail": f"\n\n华东贸易有限公司 <ar@hd-trade.example>\n于2026年11月3日周二 09:00写道：\n\n{marked}",
        "unmarked": f"\n\n\n{SENT_TEXT}",
    }[shape]


SHAPES = ("none", "qq", "outlook", "netease", "taiwan", "gmail", "unmarked")


def honest() -> Iterator[Case]:
    """Every phrase with every greeting and ending, signatures and quotations taking turns; all with a signed scan."""
    signatures, shapes = itertools.cycle(SIGNATURES), itertools.cycle(SHAPES)
    for place, (greeting, phrase, ending) in enumerate(itertools.product(GREETINGS, PHRASES, ENDINGS)):
        if place % 5 in {0, 3}:
            text = f"{greeting}{phrase}{ending}{next(signatures)}{_quoted(next(shapes))}"
            yield Case(text[:60], mail(text), (scan(),))


_P = f"{NAME}确认2026年10月销售对账单无误"
REFUSING_WORDS = (
    f"{NAME}未确认2026年10月销售对账单无误",
    f"{NAME}不能确认2026年10月销售对账单无误",
    f"{NAME}无法確認2026年10月銷售對賬單無誤",
    f"{NAME}尚未核对2026年10月销售对账单，无误后再回",
    f"{NAME}没有确认2026年10月销售对账单无误",
    f"{NAME}不予确认2026年10月销售对账单",
    f"并非{_P}",
    f"我司从未同意「{_P}」",
    f"{NAME}拒绝确认2026年10月销售对账单无误",
    f"{NAME}应该可以确认2026年10月销售对账单无误",
    f"{NAME}大概确认2026年10月销售对账单无误",
    f"好像没问题，{_P}，我再看看",
    f"{NAME}基本确认2026年10月销售对账单无误",
    f"原则上{_P}",
    f"{NAME}初步确认2026年10月销售对账单无误",
    f"如果退货已冲减，则{_P}",
    f"若单价按合同，{_P}",
    f"{_P}，以实际收货数量为准",
    f"{_P}，前提是10月18日的退货冲减",
    f"待发票到后{_P}",
    f"收到发票后，{_P}",
    f"除XSCK-00030外，{_P}",
    f"{_P}（XSCK-00030除外）",
    f"{_P}，但有一笔退货没有冲",
    f"{_P}。不过少了一笔收款",
    f"{_P}，只是单价不对",
    f"{_P}。另：10月18日付的5,000元未体现",
    f"{NAME}部分确认2026年10月销售对账单无误",
    f"{NAME}仅确认2026年10月销售数量无误",
    f"{NAME}暂确认2026年10月销售对账单无误",
    f"{_P}吗？",
    f"{_P}？",
    f"是否{_P}",
    f"{_P}，对吗？",
    f"请问要写{_P}吗",
    f"怎么写？写“{_P}”可以吗？",
    f"你们要求回复「{_P}」，我们做不到",
    f"贵司来信要求写“{_P}”",
    f"请小王回复：{_P}",
    f"小王，麻烦按下面这句回复对方：{_P}",
    f"@小王 核对后回复 {_P}",
    f"明天{_P}",
    f"下周一前会{_P}",
    f"{NAME}将确认2026年10月销售对账单无误",
    f"{NAME}准备确认2026年10月销售对账单无误",
    f"{NAME}确认2026年9月销售对账单无误",
    f"{NAME}确认2025年10月销售对账单无误",
    f"{NAME}确认2026年第4季度销售对账单无误",
    f"{NAME}确认9月和10月销售对账单无误",
    f"{NAME}确认2026年9-10月销售对账单无误",
    f"{NAME}确认上月销售对账单无误",
    "无锡宏达电子有限公司确认2026年10月销售对账单无误",
    "无锡恒远贸易有限公司确认2026年10月销售对账单无误",
    f"{NAME}昆山分公司确认2026年10月销售对账单无误",
    "恒远集团确认2026年10月销售对账单无误",
    f"代{NAME}及无锡宏达电子有限公司确认2026年10月销售对账单无误",
    "（贵公司全称）确认2026年10月销售对账单无误",
    f"小张说{_P}",
    f"听财务讲{_P}",
    f"据仓库反馈，{_P}",
    f"贵司业务已经替我们{_P}",
    f"贵公司确认{NAME}2026年10月销售对账单无误",
    f"撤回：{_P}",
    f"刚才发的“{_P}”作废",
    f"之前写的{_P}有误，请以本邮件为准",
    f"{_P}。上面这句先不算，等我通知",
    f"{_P}，我方账面 85,000.00",
    f"{_P}，金额85,000.00元",
    f"{_P}，但保留质量索赔的权利",
    f"{_P}\n但是10月的折扣没有算",
    f"{_P}。差额120元下月再调",
    f"{_P}，附件中标红的除外",
    f"{_P}。质量扣款2000元请在下月扣除",
    f"{_P}。具体以我司系统为准",
    f"{_P}，最终以财务审批为准",
    f"{_P}。（此邮件不作为对账依据）",
    f"{_P}个屁",
    f"如附件所示，{_P}的说法我司不认可",
    f"不{_P}",
    f"{NAME}确认2026年10月销售对账单有误",
    f"{NAME}确认2026年10月销售对账单无误差率未达标",
    f"{NAME}确认2026年10月销售对账单无误？？？？",
    f"{NAME}确认2026年10月销售对账单无误的前提是退货冲减",
    f"{NAME}确认2026年10月销售对账单无误之前，请先冲退货",
    f"{NAME}确认2026年10月销售对账单无误后，请立即开票",
    f"要我{_P}，先把返利给了",
    f"我没说{_P}",
    f"难道{_P}",
    f"假设{_P}，我们账上怎么会多出来",
    f"对账单第2版{_P}",
    f"{_P}才怪",
    f"谁说{_P}了",
    f"{NAME}确认2026年10月销售对账单发货数量无误",
    f"{NAME}确认2026年10月1日至10月20日销售对账单无误",
    f"本邮件不构成对账确认。{_P}",
    f"{_P}。法院已受理我司破产申请",
    f"{_P}，请把贵司新的银行账号发我",
    f"{_P}（测试邮件，请忽略）",
    f"这是测试：{_P}",
    f"示例：{_P}",
    f"范本如下：\n{_P}",
    f"正文格式为 {_P}",
    f"{_P}\n以上内容为系统自动填写，未经核对",
)


_ONLY_WEAK = (f"{NAME}确认上月销售对账单无误", "（贵公司全称）确认2026年10月销售对账单无误")


def refusing() -> Iterator[Case]:
    """Words, positions, senders and attachments each of which alone forbids a confirmation."""
    for words in REFUSING_WORDS:
        for shape in ("none", "qq", "netease"):
            letter = mail(f"您好，\n{words}\n\n张丽{_quoted(shape)}")
            yield Case(f"{words[:50]} / {shape}", letter, (scan(),), copy_counts=words in _ONLY_WEAK)
    yield from _positions()
    yield from _senders()
    yield from _attachments()


def _positions() -> Iterator[Case]:
    """The phrase stands there, but the writer didn't write it."""
    heads = {
        "qq": "------------------ 原始邮件 ------------------\n发件人: 小王\n发送时间: 2026年11月3日\n收件人: 张丽\n主题: 对账\n\n",
        "forward": "---------- Forwarded message ---------\n发件人： 小王 <x@hengyuan.example>\nDate: 2026年11月3日\nSubject: 对账\nTo: 张丽\n\n",
        "marks": "> ",
        "attribution": '在 2026-11-03 09:00:00，"小王" <x@hengyuan.example> 写道：\n\n',
        "taiwan": "-----原始郵件-----\n寄件者: 王小明\n寄件日期: 2026年11月3日\n收件者: 張麗\n主旨: 對帳\n\n",
        "glued": "发件人：小王 发送日期：2026-11-03 09:00 收件人：张丽 抄送人： 主题：对账>\n",
        "apple": "> 在 2026年11月3日，09:00，小王 <x@hengyuan.example> 写道：\n> \n> ",
    }
    for (name, head), top in itertools.product(
        heads.items(), ("", "见下面。\n\n", "转发\n\n", "收到，我们先核对\n\n", "同事已经看过\n\n")
    ):
        yield Case(f"quoted {name} {top!r}", mail(f"{top}{head}{_P}\n"), (scan(),), copy_counts=not top)
    for name, page in {
        "hidden": f"<p>收到<span style='display:none'>{_P}</span></p>",
        "struck": f"<p>收到</p><p><s>{_P}</s></p>",
        "partly hidden": f"<p>{NAME}<span style='display:none'>不能</span>确认2026年10月销售对账单无误</p>",
        "white": f"<p>核对中</p><p style='color:#fff;background:#fff'>{_P}</p>",
        "quoted": f"<p>核对中</p><blockquote>{_P}</blockquote>",
    }.items():
        yield Case(f"html {name}", mail(None, html=page), (scan(),))
    yield Case("html says less than plain", mail(_P, html="<p>我们不同意这份对账单</p>"), (scan(),))
    yield Case("html adds a reservation", mail(_P, html=f"<p>{_P}</p><p>但退货没有冲减</p>"), (scan(),))
    yield Case("only in the subject", mail("收到，核对中", subject=f"Re: {_P}"), (scan(),))
    yield Case("unreadable body", mail(_P, unreadable=("winmail",)), (scan(),))


def _senders() -> Iterator[Case]:
    """The perfect mail, from somebody who may not confirm or isn't proven."""
    for address in (
        replies.COLLEAGUE, replies.REP, replies.FINANCE, "wang@hongda.example", "zhangli@hengyuan-trade.example", "zhangli@hengyuan.example.attack.example",
        "boss@qq.example", "ar@hd-trade.example",
    ):  # fmt: skip
        yield Case(f"from {address}", mail(_P, sender=address), (scan(),))
    for verdict in ("", "mx.hd-trade.example; dmarc=fail header.from=hengyuan.example", "mx.other.example; dmarc=pass header.from=hengyuan.example",
                    "mx.hd-trade.example; spf=pass smtp.mailfrom=hengyuan.example", "mx.hd-trade.example; dmarc=pass header.from=attack.example"):  # fmt: skip
        yield Case(f"authentication {verdict!r}", replies.unproven(mail(_P), verdict), (scan(),))
    twice = mail(_P)
    yield Case("two From lines", replace(twice, from_lines=2), (scan(),))
    yield Case("two authors", replace(twice, from_=(*twice.from_, *mail(sender=replies.REP).from_)), (scan(),))
    yield Case(
        "automatic reply", replace(twice, headers=(*twice.headers, ("auto-submitted", "auto-replied"))), (scan(),)
    )


def _attachments() -> Iterator[Case]:
    """The perfect words, without the perfect scan."""
    for verdict in (
        "unsigned",
        "other_seal",
        "other_statement",
        "other_revision",
        "incomplete",
        "altered",
        "remarked",
        "unsure",
        "unread",
        "unsafe",
        "none",
    ):
        for text in (_P, "见附件", "无误", ""):
            yield Case(f"scan {verdict} with {text!r}", mail(text), (scan(verdict),))
            yield Case(f"scan {verdict} of nothing known with {text!r}", mail(text), (scan(verdict, None, None),))
    yield Case("no scan", mail(_P))
    yield Case("a payment slip", mail(_P), (replies.other(),))
    yield Case("a logo", mail(_P), (AttachmentReading("image001.png", "signature", "none"),))
    yield Case("an equal sheet", mail(_P), (replies.sheet(),))
    yield Case("another statement signed", mail(_P), (scan(number=replies.OLDER),))
    yield Case("another revision signed", mail(_P), (scan(revision=2),))
    yield Case("no number on the scan", mail(_P), (scan(number=None, revision=None),))
    for extra in (scan("altered"), scan("unsure"), scan("other_seal"), scan(number=replies.OLDER), replies.sheet("85000.00"), replies.other("差异说明.pdf"),
                  replies.other("说明.docx", "unread"), replies.other("资料.zip", "unread"), scan("unsafe")):  # fmt: skip
        yield Case(f"signed beside {extra.name} {extra.verdict}", mail(_P), (scan(), extra))
    yield Case(
        "bound by nothing",
        mail(_P, in_reply_to=(), subject="对账", sender="shared@group.example"),
        (scan(number=None),),
    )
    yield Case("wrong thread", mail(_P, subject="Re: [华东贸易有限公司][2026年9月] 銷售對賬單"), (scan(),))
    assert CONFIRMER
