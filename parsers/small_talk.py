"""Small talk, folded: clauses that may be left aside although not every word of them is known.

``最近天气转凉，注意保暖`` says nothing about an account. A clause is set aside only if three things hold: it is short;
it names a topic of small talk (weather, feasts, health, travelling, thanks, excuses, the work of scanning and sealing);
and, without a closed list of neutral compounds, no character in it could refuse, limit, condition, compare, count,
quote, instruct, doubt, set a time, or name goods, money, papers or another party.
"""

import re

from parsers.words_names import NAMED
from parsers.words_senses import SENSES

_LONGEST = 30

TOPIC = re.compile(
    r"天气|天冷|天凉|降温|转凉|转冷|入冬|入秋|台风|下雨|大雨|雨天|雪|保暖|添衣|加衣|暑|太阳|晴|冷|热|凉"
    r"|周末|国庆|中秋|元旦|春节|新年|新春|圣诞|节日|节|过年|年会|假期|长假|放假|休假|月饼|粽子"
    r"|红包|特休|年假|旅游|保重|双十一|双旦"
    r"|身体|健康|感冒|发烧|生病|医院|住院|康复|养好|腰|头疼"
    r"|忙|事情多|出差|外地|在外|开会|会议|展会|加班|年底|手头|堵车|高铁|飞机|机场|路上|刚回|回来"
    r"|请假|产假|小孩|孩子|家里|老家"
    r"|抱歉|不好意思|见谅|谅解|包涵|对不起|久等|耽搁|耽误|迟|晚"
    r"|谢|感激|感恩|祝|愿您|愿你|愿贵|辛苦|费心|操心|打扰|关照|关心|照顾|支持|配合|帮忙|合作|愉快"
    r"|顺利|顺心|开心|高兴|荣幸|幸会|平安|客气"
    r"|欢迎来|欢迎到|来玩|饮茶|食饭|吃[\u3400-\u9fff]|恰|尝|逛|[下有改][次空天](?:再)?来|喝茶|咖啡"
    r"|聚|见面|做客|来玩|拜访|坐坐|路过|喝酒"
    r"|扫描|打印机|拍照|拍的|手机拍|图片|照片|像素|清晰|附件|压缩包|文件|原件|正本|纸质|快递|顺丰"
    r"|寄|盖章|盖好|盖了|盖上|章|[两几一三]页|签字|签名|签好|签署|用印|公章|骑缝"
    r"|邮箱|邮件|网络|电脑|信号|手机|微信"
    r"|新来|接手|入职|负责对接|哈哈|嘻嘻|嘿嘿|呵呵"
)
"""What small talk is about: one of these has to stand in the clause."""

_NEUTRAL = re.compile(
    rf"{NAMED}|饮茶先|食饭先|"
    r"不好意思|对不起|不用?客气|别客气|不用谢|别(?:感冒|着凉|累着)"
    r"|没(?:有)?(?:能)?(?:及时|来得及|顾上|顾得上|看到)(?:看到|邮件|回复|回信|处理|看|回)*"
    r"|邮件|附件|文件|原件|纸质件?|扫描件|[盖签]章件|签[字署]件|复印件|电子件|快件|寄件|收件|照片"
    r"|拍照|[关护执]照|照[顾料看]"
    r"|老[板总]|财务(?:专用)?[科部室处章]?|发票章|合同章|专用章|[科部课处]长|主管|[本此该][单件](?=已"
    r"|由|均|上)|签核|签批|项目|科目|单位|总工|社长|行政章|私章|年纪|法人|签[了好完]?字|名字|字迹"
    r"|上传|传真|[传发寄拿带]过[来去]"
    r"|放(?:完|了)?.{0,2}假|(?:刚)?[休请产长寒暑]了?[几两一]?[天周个月]*假期?|假期|节假日?|双[节旦休]"
    r"|双(?:十一|11)|[节假]后(?=.{0,2}(?:上班|复工|第一|愉快|快乐|好))"
    r"|一[下点些起路向并]|[有一]点|再次|好久|一直|一整?[天周]|一切都?(?:好|顺利|安好|如意)|一如既往"
    r"|[两几]天|这[几两]天|过[节年来]|回过来"
    r"|年[底初]|月[底初]|(?<![\u3400-\u9fff])[\u3400-\u9fff]{1,2}总|总(?=经理|部)|看望|[保慎隆尊]重"
    r"|保暖|重感冒|难得|[少多]喝|多[穿多谢睡]|多(?:保重|注意|休息|关照|包涵|担待)"
    r"|[太许很好]多|事情?多|只好|现?[在今天刚才]+(?:才)?(?=[盖回看签拿收出请扫拍发寄从开放到好忙上])"
    r"|昨天|刚刚|刚(?=[盖回看签拿收出请扫拍发寄从开放到好忙修])"
    r"|手机|路上|上面有|合作|误工|耽误|已(?=经|[盖签扫拍发寄上请麻让])|前[阵段]子|前[几两]天|期待"
    r"|下次|财务[章部专用]*|差点|垃圾箱|台风|[转变][凉冷暖晴]|(?:下|本|这|上)?(?:周|星期|礼拜)[一二三四五六日天](?:[到"
    r"至][周星期]*[一二三四五六日天])?|[一二两三几]天|特休|年假|气温"
    r"|(?:刚)?从[\u3400-\u9fff]{0,4}(?=出差|回来|外地|老家|医院)|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁"
    r"谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏方白邹孟秦邱江尹薛段"
    r"雷侯龙史陶黎贺顾毛郝邵万钱严]总|清[晰楚]|如[意愿]|打印机(?:坏了?)?|图像|相[当信处]|重(?:新)?[扫拍发]"
    r"|再[扫拍发]一?[次遍]?|补[发上盖签寄扫拍]|出差|购买|新买"
    r"|[两几一三\d]页|全部页面?|所有页面?|每一?[页张]|各页|骑缝|一式[两二三]份|[两几一]份|[两几一]张"
    r"|一共|让[您你](?:久等|费心|操心)|(?:辛苦|麻烦)[您你们]{0,2}(?:一直|多次|几次)?跟进"
    r"|请[您你大家]{0,2}(?:吃饭|喝茶|喝酒|多关照|多包涵|多指教|见谅|谅解|原谅|放心)|以后(?=[您你请也还]*多?多?(?:关照"
    r"|合作|联系))|有空"
)
"""Compounds that hold a risky character and mean nothing risky."""

_RISKY = re.compile(
    # denial, limit, contrast, condition, doubt, comparison
    r"[不没未无非勿别莫甭难冇唔否毋]|[但却虽尽而且即便然可唯惟]|[除若如倘假设凡]|[待等再先才仅只暂候缓]"
    r"|[似疑惑猜估恐怕概许也可能]?可能|大概|也许"
    r"|[像似疑惑猜估恐]|差|错|漏|误|失|混|乱|异|同样|相同|符|合[理适格规]|吻合|一致"
    # amounts, goods, prices, papers, accounts
    r"|[少多缺短退换扣减冲抵折让赔罚坏损破补欠付款钱费金价税额数账目货品料样箱套吨批台米斤件单票据函约协议条法"
    r"律诉权责违期限截止延效]"
    r"|[买卖购销产供运输送库仓型号规格质量保修服务]|送|收(?!到|悉)|余|剩|尾|总|计|算|核|对(?!不起"
    r"|接|您|你)|查(?!收|看|阅)|比|较(?!忙|晚|迟|冷|热|累)"
    # saying, quoting, instructing, thinking, judging
    r"|[说称讲道谈聊商讨论问答告诉叫令逼催求嘱托委代替转抄念写填句语词话文字稿例范模板仿照按依凭从听闻传据]"
    r"|以为|认|觉|想|看(?!望|到)|视|判|评|断"
    r"|意[思见向图]|态度|情况|事实|真|伪|骗|偷|私|擅|冒|借|名义|形式|随便|随手|勉|强|敷衍|应付"
    r"|交差|糊弄|代表|试|演|练习|测"
    r"|去年|上期|上季|原则|基本|初|临时|实习|部分|个别|其[中他它余]|另|旧|前|原来|本来|以前|之前"
    r"|过去|上[次回个月]|改|变|更|撤|取消|作废|停|终|争|纠|索|拒|反|抗"
    r"|要[求是]|必须|须|应该?当?|该|务必|否则|除非|保[留证]|承[诺兑]|担保|抵押|解决|处理|落实|跟进"
    r"|明确|说明|解释|清[单算理]|标[注记]|备注|份|那(?!边|会)|划|涂|删|圈|红笔|铅笔|批注"
    r"|[吗呢么嘛谁何哪几?]|吧|[a-z]{2,}|\d|[%¥$￥]|[一二两三四五六七八九十百千万半]|后(?!天)",
    re.IGNORECASE,
)
"""What no small talk holds: a clause with one of these may touch the account, or set the yes in another light."""


_MORE = re.compile(
    r"[章签印谢忙帮祝愿]|附件|原件|扫描|邮|文件|公司|老板|领导|经理|厂|集团|贵|你们|[您你]|配合|支持|合作|年底"
    r"|官司|倒闭|散伙|跑路|关门|淋|裂|化了|霉|压|颠|碎|洒|亏|东西|打回|驳回"
)
"""What small talk isn't about, whatever else it says: seals, papers, thanks for something, firms and their fate."""


def is_small_talk(clause: str) -> bool:
    """Whether a folded clause is small talk and nothing else."""
    if len(clause) > _LONGEST or not TOPIC.search(clause) or _MORE.search(clause):
        return False
    return not is_risky(clause)


def is_risky(clause: str) -> bool:
    """Whether a folded clause holds anything that may touch the account or set a yes in another light."""
    rest = _NEUTRAL.sub("·", clause)
    return bool(_RISKY.search(rest)) or any(pattern.search(rest) for _, pattern in SENSES)
