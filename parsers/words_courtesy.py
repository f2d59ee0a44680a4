"""Courtesies and remarks on enclosures, folded: what may stand beside a yes because it says nothing about the account.

``IDIOMS`` are found anywhere in a clause. ``ENCLOSURE`` words make a clause harmless only where it holds no word of a
yes: 今天盖章 is a remark, 今天确认 is not.
"""

import re

_YOU = r"(?:您们?|你们?|贵司|贵公司|贵方|各位(?:领导|同事)?|大家|周[经总]理?)?"
_CHECK = r"(?:查收|查阅|查看|查验|审阅|惠存|存档|留存|备查|知悉|知晓|悉知|参阅|过目|签收|收阅|阅|检收|惠阅|斧正)"
_THANKED = (
    r"(?:的?(?:耐心|大力|一贯|长期|及时|辛勤|辛苦|宝贵|积极)?"
    r"(?:配合|支持|理解|等待|等候|协助|合作|关照|帮助|提醒|工作|付出|来信|邮件|回复|谅解|包容))*"
)
_FEAST = (
    r"(?:周末|新年|新春|元旦|国庆|中秋|春节|端午|圣诞|节日|五一|双节|双旦|假期"
    r"|工作|生活|身体|生意|财源|万事|一切|天天|阖家|合家|事业|心情)"
)
_WISH = r"(?:愉快|快乐|健康|顺利|兴隆|如意|安康|幸福|开心|安好|广进|顺遂|顺心|平安|大吉)"

IDIOMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"(?:烦请|敬请|还请|再请|恳请|并请|也请|请|望|麻烦|劳烦|有劳)(?:贵司|贵公司|您们?|你们?)?(?:及时"
            rf"|注意|予以|帮忙|尽快|留意)*{_CHECK}(?:一下|下|为盼|为荷)?"
        ),
        r"(?:收到|查收)(?:后)?(?:烦请|麻烦|请|望)(?:您|你)?(?:告知|回复|回个?邮件|知会)(?:一下|一声)?",
        (
            rf"(?:非常|十分|万分|再次|在此|先|很|特此)?(?:感谢|谢谢|多谢|感激)(?:{_YOU}){{1,2}}{_THANKED}(?:了"
            rf"|啦|哦|啊|哈|呀|不尽)?"
        ),
        rf"{_YOU}(?:辛苦|费心|受累|麻烦)(?:您|你)?了",
        rf"(?:祝|顺祝|恭祝|谨祝|敬祝|预祝|提前祝){_YOU}(?:{_FEAST}{_WISH}?){{1,4}}(?:{_WISH})?|{_FEAST}{_WISH}",
        r"(?:顺颂|敬颂|即颂|顺祝|并颂|恭颂|此颂|祝|顺候)?(?:商|时|财|秋|冬|夏|春|近|台|日|文|钧|大)(?:祺|绥|安|祉)",
        (
            r"(?:非常|很|十分|实在|万分)?(?:抱歉|不好意思|对不起|请见谅|见谅|敬请见谅|请谅解"
            r"|敬请谅解)[,]?(?:这么|今天|现在|才)*(?:回复|回信|发送|发|寄|盖章|处理)?(?:得)?(?:有点|有些|太"
            r"|比较)?(?:晚|迟|慢|久等)?了?(?:些|点)?"
        ),
        r"(?:让|使)(?:您|你|贵司|你们)(?:久等|费心)了?|久等了|(?:回复|回信)(?:得)?(?:晚|迟)了",
        r"(?:顺便|顺带|另外)(?:问|说|提|咨询)一?下",
        (
            r"(?:please|kindly|pls)?\s*(?:find|see|check|refer to)\s+(?:the\s+)?(?:attached|attachment"
            r"|enclosed)(?:\s+(?:the\s+)?(?:signed|stamped|scanned)?\s*(?:copy|file|statement|document|scan"
            r"|pdf))?"
        ),
        (
            r"(?:many )?thanks?(?: you)?(?: very much| a lot| so much)?(?:\s*(?:&|and)\s*(?:best |kind )?regards?)?"
            r"|(?:best|kind|warm)\s*(?:regards|wishes)|(?:your\s+)?sincerely(?:\s+yours)?"
        ),
        (
            r"(?:联系)?(?:电话|手机|微信|tel|mobile)?[号码:]{0,3}(?<!\d)(?:1[3-9]\d{9}"
            r"|0\d{2,3}-?\d{7,8})(?!\d)(?:转\d{1,6})?"
        ),
        r"\d{1,3}\s?[页张份](?![\d.])",
        (
            r"(?:快递|运单|顺丰|ems|物流)?单号(?:为|是|:)?\s?(?:sf|ems|yt|zto|jd|sto|yd)?\d{9,15}(?!\d)"
            r"|(?<![a-z0-9])(?:sf|ems|yt|zto|jd|sto|yd)\d{9,15}(?!\d)"
        ),
        r"(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}",
        r"(?:我是|这里是|这边是)(?=[\u3400-\u9fff])",
    )
)

CONDITIONAL_IDIOM = re.compile(
    r"(?:[如若](?:还|您|贵司|贵公司|贵方|仍|果)?)?有(?:任何|其他|什么|其它)?(?:疑问|问题|疑义|疑议|不明之处"
    r"|不明|不清楚的地方|不清楚|需要|事情?)的?(?:话|地方)?"
    r"[,:]?\s?(?:请|可|可以|敬请|烦请|欢迎|都可以|您)+(?:随时|及时|直接)?(?:与|同|和|跟|给)?(?:我|我们|我司"
    r"|本人)?(?:打?电话)?"
    r"(?:联系|沟通|告知|致电|来电|来信|回复|通知|联络)(?:我|我们|我司|本人)?"
)
"""如有疑问，请随时联系: the only conditional that says nothing; it may reach over a comma."""

ENCLOSURE: frozenset[str] = frozenset(
    """
    今天 今日 昨天 昨日 上午 下午 刚 刚刚 才 上次 前面 这次 忘记 忘了 忘 补上 补发 补传 补充 重新发送 重新 重发
    再发一次 再次 再发 盖好 盖好章 章 好章    留存 存档 留底 备份 通过 使用 用 顺丰 快递 一份 两份 贰份
    一式两份 一式 扫描 拍照 高清 清晰 清楚 完整 授权人 法人 负责人 签好 签好字 签了字 签了 盖了章 盖了 加盖 字
    印章 完成 已完成  办好 办完   最近 近期 比较 有点 有些 忙 忙碌 出差 回来 晚了 迟了 耽误 耽误了
    拖延 拖延了  处理好 处理完 上一封 领导 经理 老板 老总  审批完 审批完成 已审批 审批通过
    骑缝 整套 一起 一并 发给 发送给 提交 上传 电子版 电子档 电子件 纸质 资料 回执 回执单 回执联 末页 最后一页
    首页 页面 全部 整份 压缩 打包 另存 命名 邮箱 邮件中 在附件里 在附件中 在附件 由 我 把 给 好 完 以 作为 供 signed stamped copy scan
    scanned attached attachment enclosed please find the file document statement is our for your reference see
    and with here 按要求 按照要求 根据要求 要求 按贵司要求 如上 因 由于 放假 休假 国庆 假期 刚回来 盖 的 了
    清晰版 之 回传给您 回传给贵司  用印后 盖章后 签章后 签字后
    """.split()  # noqa: SIM905  # a table of words reads best as running text
)
