"""T: what a Taiwanese company's people read is Traditional throughout, but for names and what customers wrote."""

import re

import opencc

from bot import flow
from bot.model import Locale
from tests.steps.town import FINANCE, HENGYUAN, MALLORY, REP, Town

STAFF_MAILS = ("task", "anomaly", "digest", "command_reply")
THEIRS = re.compile(f"{HENGYUAN}|绍兴越城纺机配件有限公司|周晓岚|陈会计|原文：「.*」|執行：.*")


def test_T_staff_mails_of_a_taiwanese_company_are_traditional_throughout(town: Town) -> None:
    town.with_company(locale=Locale.TAIWAN, name="臺灣精密機械股份有限公司", aliases=("臺灣精密",))
    town.import_all()
    town.document("发货,XSCK-40009,1,2026-10-20,C002,滑塊,HG20,個,3,100.00,350.00,CNY")  # 3 × 100 isn't 350
    town.prepare()
    town.at(3)
    town.send()
    town.reply("你好，10月18日退货那笔565元你们没有减，请核实。另外发票什么时候寄？")
    town.letter(MALLORY, "合作", "我们提供开票服务。")
    town.poll()
    number = town.row("C001").number
    for command in ("狀態 2026-10", f"退回 {number}", f"審核通過 {number}", f"重發 {number}", "結案 AH-202611-9999 好"):
        town.command(command, by=FINANCE)
    town.command(f"審核通過 {number}", by=REP)
    flow.digest(town.office)
    flow.deliver(town.office)
    converter = opencc.OpenCC("s2tw")
    for purpose in STAFF_MAILS:
        mails = town.mails(purpose)
        assert mails, purpose
        for mail in mails:
            ours = THEIRS.sub("", f"{mail.subject}\n{mail.plain}")
            assert [line for line in ours.splitlines() if converter.convert(line) != line] == []
            assert "賬" not in ours
