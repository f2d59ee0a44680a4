"""Lines that can only belong to a signature block: names, posts, companies, telephones, addresses, a closing courtesy.

``陈晓敏 / 财务部 ⏎ 惠州市联创电器有限公司 ⏎ 0752-2688 318``. A line in which any word may say something is none.
"""

import re
from collections.abc import Callable

from parsers.fold import fold
from parsers.small_talk import is_risky

_NAME_LENGTH = 24
_LONGEST_PART = 60
_LONGEST_LINE = 160

_RULE = re.compile(r"[-_=*—–~.·+#\s]{2,}")
_DEVICE = re.compile(
    r"(?:发自|发送自|从我的|从|签名由|来自|使用|取自|获取|下载|sent from|get|sent via|由(?!于))"
    r"[^看的在]{0,8}我?的?.{0,22}"
    r"(?:iphone|ipad|android|手机|客户端|邮箱|outlook|foxmail|qq|网易|华为|小米|荣耀|mail|大师"
    r"|mate|ios|windows).{0,12}",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:电\s*话|手\s*机|座\s*机|分\s*机|传\s*真|邮\s*编|邮\s*箱|电子邮[件箱]|联系方式|联系电话|微\s*信|e-?mail"
    r"|mail|tel|phone|mobile|mob|fax|cell|qq|wechat|[mtfe](?=\s*[:.+\d]))(?![a-z])(?=[^\n]*[\d@]|\s*[:])"
    r"\s*[号]?\s*[:.]?\s*[-+()\w@.\s/转#]{4,60}",
    re.IGNORECASE | re.ASCII,
)
_PLACE = re.compile(
    (
        r"(?:(?:公司|办公|通讯|联系)?地\s*址\s*:|网\s*址\s*:|add(?:ress)?\s*[:.]|web(?:site)?\s*[:.]|https?:"
        r"|www\.).{2,80}"
    ),
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"(?=(?:\D*\d){7})(?!.*\d\.\d{1,2}$)[-+()\d\s/.转]{7,40}")
_FIGURE = re.compile(
    r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?![\d.])|[¥$]\s?\d|\d\s?[元万块]|^\W*\d{1,6}\W*$|我[方司]|系统|贵[方司]"
)
"""An amount, or whose it is: a line of these is said, never signed."""
_ADDRESS_LINE = re.compile(r"<?[\w.+-]+@[\w.-]+>?", re.ASCII)
_DATE_LINE = re.compile(
    r"(?:日期[:\s]*)?(?:\d{4}\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?(?:\s*(?:星期"
    r"|周)[一二三四五六日天])?(?:\s*\d{1,2}:\d{2})?"
)
_TITLE = (
    r"(?:财务|销售|采购|行政|商务|客服|市场|运营|往来|应付|应收|总账|成本|税务|资金|结算|综合|业务"
    r"|设备|总务|后勤|人事|[资高中初]级|执行|常务|副|总|代)*"
    r"(?:部|科|课|处|室|组|股|中心|经理|总监|会计师?|主管|出纳|助理|专员|主任|科长|部长|组长|课长"
    r"|处长|总经理|总裁|副总|协理|襄理|老板|法人|经办|文员|店长|厂长"
    r"|院长|校长|老师|先生|小姐|女士|工程师|秘书|董事长?|特助|员)"
)
_DEPARTMENT = r"[\u3400-\u9fff]{1,8}(?:部门?|科|课|处|室|组|股|中心)"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎"
    "贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁房蒲滕"
    "屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫卜冷晏席卫米柏宗瞿桂全佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官"
)
_PERSON = re.compile(rf"(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒)[\u3400-\u9fff]{{1,2}}")
# What no signature says; a line with one of these is read as a sentence.
_MEANS = re.compile(
    r"[不未没非勿差错误退少漏欠扣否假拒价量货票款坏损账额税缺短破]|确认|核对|账单|余额|金额|有误|无误|同意|对账"
    r"|取消|作废|撤回|已付|多[收算开]|才|(?<!邮)箱|反对|存疑|保留|驳回|待审|暂|搁置|推迟|冻结|作罢|拉倒|凑|高估|付[了清完讫]|解约"
    r"|于[上下]月|为准|粗略|外地"
)
_PHONE = re.compile(
    r"(?:(?:联系)?(?:电\s?话|手\s?机|座\s?机|传\s?真|微信)(?:同手机)?[:]?\s*)?"
    r"(?<![\d.,])(?:\(?0\d{1,3}\)?[- ]?\d{3,4}[- ]?\d{3,4}|1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\d.,])"
    r"(?:\s*(?:转|#|分机|ext\.?)\s*\d{1,6})?",
    re.IGNORECASE,
)
"""A telephone or mobile number with its label and extension, anywhere in a signature's line."""
_STREET = re.compile(
    r"(?=.*\b(?:road|rd|street|st|centre|center|building|bldg|tower|plaza|hong kong|kowloon|n\.t|taiwan|china|r\.o\.c"
    r"|district|city|industrial|avenue|ave|lane|park|zone)\b)"
    r"(?:unit|room|rm|flat|suite|\d{1,3}/f|floor|block|no\.?|level|\d{1,5})\b[A-Za-z0-9 ,./()&-]{8,110}",
    re.IGNORECASE,
)
"""An address in English."""
_ENGLISH = re.compile(
    r"(?<![a-z])(?:not|pending|reject\w*|under|disput\w*|subject|draft|approv\w*|agreed?|short\w*|return\w*|goods|audit|only|yet"
    r"|cartons?|paid|unpaid|mostly|looking|whatever|hold|cancel\w*|void|disagree\w*|wrong|missing|provisional\w*|estimate\w*|e\.|except\w*"
    r"|refus\w*|partial\w*|later|tbc|tbd|wip|review\w*|if|but|no|none|unless|as|of|now|deduct\w*|credit|damaged?)(?![a-z])",
    re.IGNORECASE,
)
"""Words that look like a name in a signature only because they are capitalised."""
_CLOSING = re.compile(
    (
        r"(?:mit freundlichen gr[uü](?:ss|ß)en|med vänlig hälsning|cordialement|saludos|よろしくお願いいたします"
        r"|以上|b&r|[☎📞✉🏢*]+|此致|敬礼|(?:顺颂|顺祝|敬颂|即颂|祝)?商祺|祝好|敬上|谨上|(?:thanks?(?: you)?\s*(?:&"
        r"|and"
        r"|,)?\s*)?(?:best|kind|warm)?\s*(?:regards|wishes)|(?:yours?\s+)?(?:faithfully|sincerely|truly)(?:\s+yours?)?"
        r"|cheers|br|thanks|b\.?r\.?|敬启|拜上)[,!.。]*"
    ),
    re.IGNORECASE,
)
_SIGNED_OFF = re.compile(
    r"[\u3400-\u9fff]{2,4}\s*(?:敬上|谨上|拜上|敬启|谨启)|"
    r"(?:(?:best|kind|warm|many)\s*)?(?:regards|wishes|thanks)\s*[,!.]\s*"
    r"(?:[\u3400-\u9fff]{2,3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"(?:经办人?|联系人|姓名|签名|署名|回复人|制单人?|确认人|复核人?|审核人?|核对人|签字人|填表人?"
    r"|出纳|主管|确认日期)\s*[:]\s*|(?:联系人|经办人|制单)\s*"
)


_LEDGER_POST = re.compile(r"(?:应[付收]|往来)账款?(?=课|组|部|处|科|室|专员|会计|主管)")
_ALONE = re.compile(r"[\u3400-\u9fff]{2,3}|[A-Z][a-z]+ [A-Z][a-z]+ [\u3400-\u9fff]{2,3}")
_SAYS = re.compile(r"[阅知悉可行好是嗯哦请等谢抱歉您你我他它明今昨见下上面附给发收]")
"""A name that nobody knows, alone on its line: two or three characters of which none may say anything."""
_POST = re.compile(
    rf"(?:{_PERSON.pattern}|[{_SURNAMES}小老阿][\u3400-\u9fff]?)?(?:{_TITLE}){{1,3}}|{_DEPARTMENT}(?:{_TITLE})?"
    rf"|[{_SURNAMES}]"
    rf"|(?:{_TITLE}|{_DEPARTMENT}|财务|会计)(?:{_PERSON.pattern}|[{_SURNAMES}小老阿][\u3400-\u9fff]?)"
    rf"|[小老阿][{_SURNAMES}]"
    r"|[\u3400-\u9fff]{1,3}[姐哥]|[谨敬拜手][启上]|上|财务|会计|采购|销售|业务|行政|出纳|(?:内线"
    r"|分机)[:]?\d{0,6}|ext\.?|#\d{2,6}",
    re.IGNORECASE,
)
"""A post, a department, a person by surname, an extension."""


def is_alone(folded: str) -> bool:
    """Whether a folded line holds a name that nobody knows, and can hold nothing else."""
    return (
        bool(_ALONE.fullmatch(folded)) and not any(p.search(folded) for p in (_SAYS, _MEANS)) and not is_risky(folded)
    )


def signs(line: str, is_name: Callable[[str], bool]) -> bool:
    """Whether a line can only belong to a signature block."""
    if len(line) > _LONGEST_LINE:
        return False
    folded = _LEDGER_POST.sub("", _PHONE.sub(" ", fold(line)).strip(" |,.。*☎📞✉📱🏢📧~—-()"))
    if _RULE.fullmatch(folded) or _formal(folded) or not folded:
        return True
    if any(pattern.search(folded) for pattern in (_MEANS, _FIGURE)):
        return False
    if any(pattern.fullmatch(folded) for pattern in (_SIGNED_OFF, _DEVICE, _PLACE)) or _addressed(folded):
        return True
    return all(_signing_piece(piece.strip(), is_name) for piece in _PIECES.split(folded) if piece.strip())


def _addressed(folded: str) -> bool:
    """Whether a line is a postal address and says nothing else."""
    english = _STREET.fullmatch(folded) and not _ENGLISH.search(folded.replace("No.", ""))
    return bool(english) or bool(_POSTAL.fullmatch(folded) and not _TELLS.search(folded))


_PIECES = re.compile(r"\s{2,}|[|;,]|\s&\s|(?<=\d)\s+(?=[A-Za-z\u3400-\u9fff])")


def parts(line: str) -> list[str]:
    """The pieces of a signature's line: ``陈晓敏 / 财务部`` → two of them."""
    pieces = [piece for piece in _PIECES.split(fold(line).strip(" |,.。*")) if piece.strip()]
    return [part for piece in pieces for part in re.split(r"[\s/:·—]+", _SIGNER.sub("", piece)) if part]


def _signing_piece(piece: str, is_name: Callable[[str], bool]) -> bool:
    if _formal(piece) or _PLACE.fullmatch(piece) or is_name(piece):
        return True
    parts = [part for part in re.split(r"[\s/:·—()-]+", _SIGNER.sub("", piece)) if part]
    named = len(parts) > 1 and any(_POST.fullmatch(part) for part in parts)
    return all(
        _signing_part(part, is_name)
        or (named and re.fullmatch(r"[\u3400-\u9fff]{1,3}(?:老师|先生|女士|小姐|经理)?", part))
        for part in parts
    )


_FOOTER = re.compile(
    r"\W*(?:请)?(?:请?考虑(?:环境|环保)|保护环境|(?:在)?打印(?:本|此)?(?:邮件)?(?:前|之前)|非必要不打印"
    r"|(?:please )?(?:consider|think)"
    r"[^.]{0,20}(?:environment|before (?:you )?print)).{0,60}",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"(?:\d{5,6}\s?)?(?:[\u3400-\u9fff]{2,8}?(?:省|市|自治区|州|县|区|镇|乡|街道|村|社区|园区?"
    r"|路|街|道|巷|里|段|大道))+"
    r"(?:[\u3400-\u9fff]{0,8}\s?[\dA-Za-z×*-]{1,6}\s?(?:号院?|弄|栋|幢|楼|层|室|座|单元|門|之\d)?\s?){0,5}[\u3400-\u9fff]{0,6}"
    r"(?:\s*(?:邮编|邮政编码)?[:\s]?\d{5,6})?"
)
_DATE_IN_WORDS = re.compile(
    r"[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日?"
)


def _formal(folded: str) -> bool:
    """A telephone, an address, a number, a date or a closing courtesy."""
    return any(pattern.fullmatch(folded) for pattern in _FORMAL)


_TELLS = re.compile(
    r"[不没未无非有在是了多少差错退漏欠扣单货款额票价给由被把再先才仅只但若如对问题列记付收请让]|[的之]"
)
"""What no address and no post holds."""
_LEDGER = re.compile(r"应[付收]|往来")
_FORMAL = (_CONTACT, _NUMBER_LINE, _ADDRESS_LINE, _DATE_LINE, _DATE_IN_WORDS, _CLOSING, _FOOTER)


def _signing_part(part: str, is_name: Callable[[str], bool]) -> bool:
    """A person, a company, a department or title, a number: the pieces of a signature line."""
    if len(part) > _LONGEST_PART:
        return False
    if _PERSON.fullmatch(part) or is_name(part) or _NUMBER_LINE.fullmatch(part) or _ADDRESS_LINE.fullmatch(part):
        return True
    if _POST.fullmatch(part):
        return not _TELLS.search(_LEDGER.sub("", part))
    company = re.fullmatch(
        r"[^请给开寄送发到以由是的已\W]{2,30}(?:公司|集团|厂|商行|事务所|店|行|中心)(?:[\u3400-\u9fff]{0,4}部)?", part
    )
    latin = re.fullmatch(r"[A-Z][A-Za-z.]{0,20}", part) and len(part) <= _NAME_LENGTH and not _ENGLISH.search(part)
    return bool(company) or bool(latin)
