"""A clause beside the yes that says nothing of the account, folded: ``章盖好了拍照发你``, ``款下周三安排``.

Four things are told beside a yes: what is enclosed and who signed it, what went by post, when payment comes, and a wish
for an invoice. Each has words of its own; a clause is one of them when *every* word of it stands in that table, in any
order, and no combination in it says more (已付, 下周盖章). Words that could refuse, limit, compare, count goods or name
a difference stand in none of the tables, so that a sentence nobody thought of stays for a person.
"""

import re

from parsers.words_side import COMMON, ENCLOSED, INVOICE, PAYMENT, PEOPLE, POSTED

_LONGEST = 40

_ORDINARY = frozenset(f"{COMMON} {PEOPLE}".split())


def _table(words: str) -> tuple[frozenset[str], int]:
    found = _ORDINARY | frozenset(words.split())
    return found, max(map(len, found))


_TABLES = tuple((name, *_table(words)) for name, words in (
    ("enclosed", ENCLOSED), ("posted", POSTED), ("payment", PAYMENT), ("invoice", INVOICE),
))  # fmt: skip
_TOPICS = {
    "enclosed": re.compile(r"附|扫|拍|照片|图|[盖签章印]|回执|原件|正本|邮件|邮箱|查[收阅看照]|件|档|收一下"),
    "posted": re.compile(r"寄|快[递件]|单号|带[回给去]|顺丰|圆通|中通|申通|韵达|京东|德邦|宅急便|黑猫|挂号|ems|邮政"),
    "payment": re.compile(r"款|付|汇|转账|支付|到账|打过去|转过去|月结|账期|到了"),
    "invoice": re.compile(r"票|认证|报销|勾选|开好"),
}
_WITHOUT_PERIOD = frozenset({"payment", "posted"})
_NAME = r"[^\W\da-zA-Z_不没未无非差待除仅只暂先再退扣原前外货但若如等错少多缺欠价税]"
_PATTERNS = re.compile(
    r"\d{1,3}[页张份]|(?:共|计|合计)\d{1,3}(?=[页张份])|[一两二三四五六七八九十]{1,2}[页张份]"
    r"|第(?:\d{1,3}|[一二三四五])页|(?:sf|ems|yt|zto|jd|sto|yd)?\d{9,15}|(?<=单号)(?:[a-z]{2})?\d{8,15}"
    r"|(?<![\d.])\d{1,2}(?=[日号天](?!的?[货单账]))|[一二三四五六七八九十]{1,3}[号日天]"
    rf"|{_NAME}{{1,2}}(?:总|经理|会计|主任|厂长|科长|小姐|女士|先生|姐|哥|工)|[小老阿]{_NAME}|{_NAME}{{2,3}}[科部室课处]"
)
"""Counts of pages, numbers of couriers, days to come, persons and their departments."""
_DAY = re.compile(r"(?<!\d)(?:(?:20)?\d\d[年/.-])?\d{1,2}[月/.-]\d{1,2}[日号]?(?!\d)|(?<!\d)\d{1,2}[日号]")
_PAID = r"(?:付|打|汇|转|支付|到账)"
_SIGNED = r"(?:盖|签|用印|章)"
_SAYS_MORE = re.compile(
    rf"支票[^,]{{0,4}}已|已[^,]{{0,4}}支票|(?:已经?|刚|昨天?|今天?|今日|今早|上午|下午)[^,]{{0,6}}{_PAID}|[付打汇转][款过]?去?了|款[^,]{{0,4}}已|到账了"
    rf"|(?:(?:下|本|这)周|[周期拜][一二三四五])[^,]{{0,6}}{_SIGNED}"
    rf"|(?:会|将|预计|计划|明[天日]|稍后|随后|近日|需要?|要|等)[^,]{{0,6}}{_SIGNED}(?!.*(?:扫|附|件))"
    r"|(?<!已)请(?![^,]{0,2}(?:查|收|见|参|阅|惠|留))[^,]{0,8}(?:盖|签|用印|审核|复核|回签)"
    r"|[盖签][^,]{0,4}(?:后|之后|以后)[^,]{0,4}(?:付|款|对)|账单[^,]{0,3}(?:上|里|中|内)|票[^,]{0,4}(?:上|里|中)"
    r"|(?:我|本公司|敝|另)[^,]{0,4}(?:账单|月结单|对账函)|另[^,]{0,4}份|请(?!查|收|见|参)[^,]{0,3}(?:账单|月结单)|单[^,]{0,2}发我"
    r"|是[^,]{0,5}(?:盖|签|看)|后[^,]{0,3}(?:盖|签)|款[^,]{0,4}带|支票[^,]{0,6}带|款在"
    r"|票[^,]{0,4}(?:下|次)个?月|(?:下|次)个?月[^,]{0,4}(?:票|开|入)"
    r"|(?:收到|到账)[^,]{0,3}款|(?:到|后|前)[^,]{0,6}再|票[^,]{0,6}后|前[^,]{0,6}(?:开|寄|给)"
)
"""What the words say together: a payment made, a seal to come, a request to sign, something standing on a paper."""


_CALL_ME = re.compile(
    r"(?:如|若|要是)?有(?:什么|任何|啥|其他)*(?:问题|疑问|不明|事情?|需要)(?:的话)?(?:您|你|请|随时|直接|就|可以|可|再|欢迎|都)*"
    r"(?:打|拨|联系|致电|来电|找|电)(?:给|我|我们|本人|的|这个)*(?:电话|手机|座机|微信|号码)?[\d-]*"
)


def side(clause: str, *, this_period: bool) -> str:
    """The kind of a folded clause, "" where it is none: enclosed, posted, payment or invoice.

    ``this_period``: the clause names the statement's own period, which only papers and invoices may bear. Linear.
    """
    if _CALL_ME.fullmatch(clause):
        return "enclosed"
    if not clause or len(clause) > _LONGEST or _SAYS_MORE.search(clause):
        return ""
    lower = clause.lower()
    for name, words, longest in _TABLES:
        fits = _TOPICS[name].search(lower) and not (this_period and name in _WITHOUT_PERIOD)
        if fits and _covered(lower, words, longest, days=name != "enclosed"):
            return name
    return ""


def _covered(text: str, words: frozenset[str], longest: int, *, days: bool) -> bool:
    """Whether the text is a row of words, in whatever way it can be cut; linear in its length."""
    reached = {0}
    for start in range(len(text)):
        if start not in reached:
            continue
        reached.update(start + length for length in range(1, longest + 1) if text[start : start + length] in words)
        if text[start] in _MARKS:
            reached.add(start + 1)
        for pattern in (_PATTERNS, _DAY) if days else (_PATTERNS,):
            if match := pattern.match(text, start):
                reached.add(match.end())
    return len(text) in reached


_MARKS = frozenset(" ,.~!()[]、-:;\"'“”‘’～—…《》/")
