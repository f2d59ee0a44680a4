"""What neither a plain yes nor anything harmless beside it holds, folded, however its words read one by one.

Each pattern stands for a family of sentences that were made of known words and yet meant another thing: a condition
(财务同意就可以), the writer's own figures (余额用我们账面的), a part (同意的是期初余额), another firm's seal, a seal
that is missing, lent or still to come, another paper, goods that are not there, money that was paid, a quoted mail.
"""

import re

NEVER = re.compile(
    r"就(?:[行好]|可以|确认)|即可确认|批了就|对得上就"
    r"|[按用照依](?:照|据)?(?:我[们司方]|我公司|本公司)[^,核对]{0,6}(?:账|系统|记录|入库|数)[^,核对]{0,3}$"
    r"|[按依照](?:照)?(?:扣款|上月|[一二三四五六七八九十]{1,3}月|\d{1,2}月)[^,]{0,6}核对"
    r"|(?:核对|认可|同意|确认|复核)过?的是|总公司|分公司签|总部|集团[^,]{0,4}[章签]"
    r"|闭着|忘[了记]?[^,]{0,2}[盖签附]|(?:盖章|签字|签章)[^,]{0,3}(?:代表|表示|证明)|章?[盖签]早了|发早了"
    r"|(?:对账单|附件|单子|扫描件|页)[^,]{0,3}是(?:上次|以前|原来|旧)|背面|是图片|[章签][^,]{0,4}[贴拼]"
    r"|票[^,]{0,6}开[到在]|收到一张|到了一张|货[^,]{0,3}在|还在"
    r"|款[^,]{0,12}(?:付|打|汇|转|寄出)的$|[打汇]完|款完了|(?:给|交)[^,]{0,4}(?:老板|领导|经理|总)[^,]{0,2}[签盖]"
    r"|的邮件|收到无误|发生额无误|麻烦贵?(?:司|公司)?确认|收到货款"
    r"|\d月?至\d{1,2}月|度及|[(]-?[\d,]+\.\d\d[)]"
    r"|问题[^,]{0,3}联系老板|\bby you\b|signed by your|\blooking\b|(?:see|check) our (?:records?|books?)",
    re.IGNORECASE,
)
"""A clause with one of these is for a person."""
