"""Whom a mail speaks to, at its start: ``周经理，您好``, ``成都瑞康医疗器械有限公司 王女士：``, ``Dear Ms. Wang,``."""

import re

_TITLES = """
    经理 总监 副理 协理 总 女士 先生 小姐 会计 老师 主任 工程师 工 姐 哥 部长 科长 课长 处长 财务部? 应收 销售部?
    业务部? 同事 领导 老板 亲 各位 团队 们 台鉴 同仁们? 供应商 伙伴 老板娘 朋友们? 合作方 团队 台照 钧鉴 大鉴 惠鉴
    台启
"""
_TITLE = f"(?:{'|'.join(_TITLES.split())})"
_HELLO = (
    r"(?:您们?好|你们?好|大家好|(?:早上|上午|中午|下午|晚上)好|早安|午安|早晨|早|安好|平安|好[呀啊哇]"
    r"|(?<=[姐哥总理士生师任工计务家长事板])好)"
)
_GREETING = re.compile(
    rf"(?:尊敬的|亲爱的|致|hi|hello|dear)?\s?[A-Za-z\u3400-\u9fff./ ]{{0,12}}?{_TITLE}?[,]?\s?"
    rf"{_HELLO}(?:{_TITLE})?(?=[,:!。~\s]|$)",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(
    rf"(?:尊敬的|亲爱的|致|@)?[A-Za-z\u3400-\u9fff./ ]{{0,14}}{_TITLE}(?=[,:]|$)|[小老阿][\u3400-\u9fff](?=[,:]|$)"
    r"|(?:hi|hello|dear)(?![a-z])[ A-Za-z./\u3400-\u9fff]{0,30}(?=[,:]|$)",
    re.IGNORECASE,
)
# A greeting may hold a name, but nothing that could be a statement.
_SAYS = re.compile(
    r"[短缺损箱件车破坏运期不未没无非勿差错误退少多漏欠扣价额款账帐除但若如待请让叫说称问告转代替单货票改发回复答写要等听据给]"
    r"|确认|核对|(?<!尊敬)(?<!亲爱)的(?!老师|同事|朋友|各位)|[由和与是在有为]|收(?!$)"
)


def greeting(clause: str) -> int:
    """Where a greeting at the start of a folded clause ends; 0 where there is none, or where it may say something."""
    found = (pattern.match(clause) for pattern in (_GREETING, _VOCATIVE))
    return max((match.end() for match in found if match is not None and not _SAYS.search(match[0])), default=0)
