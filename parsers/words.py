"""The words of which a plain yes is made, folded; a clause made of nothing else is *explained* (see tokens.py).

Every class has a letter. The grammar is a whitelist: one word that isn't here and the clause is no confirmation.
"""

import re

OK = "K"
CONFIRM = "C"
COMPARE = "H"
WEAK = "W"
OBJECT = "O"
ASPECT = "o"
GENERAL = "g"
FILLER = "F"
AND = "&"
SELF = "S"
YOU = "Y"
SENT = "D"
RECEIVED = "R"
COURTESY = "c"
ENCLOSED = "a"
QUOTE = "q"
PLACEHOLDER = "h"
LABEL = "l"
VAGUE = "V"

VOCABULARY: dict[str, str] = {
    OK: """
        账实一致 账账一致 账面一致 数目相符 都没错 都对上了 全部对上 全部对得上 完全对得上 完全正确无误 核对没问题
        没有任何差错 无任何差错 无误 没有误 没误 无任何错误 无错误 没有错误 没有任何错误 无错 没错 没有错 相符
        相一致 一致 正确 准确 准确无误 正确无误 冇问题 冇错 没问题 没有问题 没有任何问题 无问题 无任何问题
        没什么问题 无差异 无任何差异 没有差异 没有任何差异 没差异 无差额 没有差额 无出入 没有出入 没出入 无异议
        无任何异议 没有异议 没有任何异议 没异议 无疑义 无疑问 没有疑问 吻合 对得上 对的上 是对的 都对 对的 完全正确
        未发现差异 未见差异 未发现异常 未见异常 无异常 没有异常 不存在差异 零差异 无不符 账实相符 账账相符 无误差
        没有误差 核对无误 无讹 正确无讹 核对无讹 核对相符 核对一致 核符 核属相符 无不合 并无不合 尚无不符 并无不符
        没有不符 无不符之处 没有不一致 悉数相符 两相符合 完全相符 完全一致 完全吻合 一致无误 相符无误 属实无误
        无差错 没有差错 没差错 分毫不差 丝毫不差 全对 全部正确 对得上账 都对得上 都能对上 能对上 对上了 对上 对平
        对平了 已对平 账平 没啥问题 没啥出入 没出入的 没有任何出入 无任何出入 没有任何不符 无任何不符 无任何疑义
        没有疑义 没有任何疑问 无任何疑问 没有任何异常 无任何异常 毫无出入 毫无差异 毫无异议 无可异议 账目清楚
        清楚无误 清晰无误 如数相符 皆符 均符 俱符 洵属无误 确属无误 核对平了 毫厘不差 一分不差 一毛不差 没毛病
        零误差 零差错 不差 correct accurate
    """,
    CONFIRM: """
        确认 确认过 确认了 确认完毕 确认好了 给予确认 现予确认 予以认可 予以同意 认可并确认 同意并确认 确认并认可
        认同 谨确认 确认咗 确认晒 兹确认 予以确认 认可 同意 确认如下 盖章确认 签字确认 签章确认 签字盖章确认
        核对确认 核实确认 confirm confirms confirmed agree agreed acknowledge 审核确认 核对并确认 同意盖章 同意签章
        同意签字
    """,
    COMPARE: """
        已完成核对 完成核对 核对工作已完成 核对已完成 已核对完成 完成对账 对账完成 对账已完成 已完成对账 核算 核点
        核阅 阅核 复核过 细核 详核 经查核 查核结果 经查 经查对 经比对 经审核 经复核 经逐笔核对 对过晒 核过晒 对晒
        核对晒 核对过啦 对过啦 对好了 核对过了 对完啦 对数 对咗 核对 核实 复核 审核 查核 核查 核验 比对 对过 核过
        看过 检查 检查过 查对 核对后 核实后 复核后 审核后 比对后 核 核妥 对完 对好 对过数 对咗数 对晒数 对过了
        对完了 核对好 核对好了 对妥 共同 逐笔核对 逐笔 逐项 仔细 认真 核对过 核对完 核毕 核讫 经核 业经核对 业经核
        核过了 核完 核完了 核好 核好了 查对过 查过 看过了 过目 比对过 比对完 比对完毕 比对完成 复核完 复核完毕
        复核完成 审核完 审核完毕 审核完成 审核过 核实完毕 核实过 一一 逐项核对 逐笔核对 仔细核对 认真核对 双方核对
        财务核对 检查完 checked verified reviewed reconciled 核对完毕 核对完成 核对结果 复核结果 对账结果 经办
    """,
    WEAK: "ok okay 好的 好 可以 收到确认 行 属实 fine 👍 👌 ✅ 赞 嗯 嗯嗯 noproblem",
    OBJECT: """
        数 账数 账载 账册 账簿 账列 账簿记录 账面记录 账务记录 销售对账单 销售对账 对账单 对账函 账单 账目 账务
        账款 往来账 往来账目 往来账款 往来款 往来款项 往来余额 往来 余额 期末余额 期末应收余额 应收余额 应收账款
        应收账款余额 期末应收 应付账款 应付余额 期末应付余额 销售往来 销售账目 月结单 账面 本对账单 该对账单
        此对账单 贵司对账单 贵公司对账单 账面余额 欠款余额 对账 账 对账表 月账单 月对账单 结算单 往来对账单
        往来对账 往来账单 应收对账单 应收账款对账单 货款对账单 业务对账单 电子对账单 statement statements account
        accounts balance
    """,
    GENERAL: """
        数目 发生额 本期发生额 期末 账目余额 各栏金额 各笔金额 数据 数字 金额 应付 应收 款项 货款 内容 报表
        销售数据 销售金额 总金额 各项 各项金额 所有金额 所有数据 全部金额 全部数据 全部内容 所有内容
    """,
    ASPECT: "数量 明细 交易明细 销售明细 单据 期初余额 记录 销售数量 发货数量 发货明细 发货 规格 单价 价格",
    FILLER: """
        我司账面记录 我方账面记录 我司记录 我方记录 我司账簿 我司账务记录 我方账务记录 我公司账面 我公司账面记录
        本公司账面 本公司账面记录 本公司账务记录 敝司账面 敝司账面记录 本公司账载 敝公司账载 本公司账列 我们账面
        我们账上 我司账上 我方账上 我们这边账 这边 对此 总务室 后勤处 后勤部 综合部 来单 来账 顷接 顷悉 谨此 谨 兹
        业 悉 已由 由 销售 关于 有关 截止 截至 确认语 确认方 确认单位 对账方 对账月份 结论 结果 来函 来信 根据 按照
        依据 兹证明 证明 的 地 之 为 是 于 在 对 已 已经 业已 经 经过 现 现已 均 都 也 皆 全 全部 所有 完全 所列
        所示 上述 以上 该 此 这 这份 这张 该份 份 本期 当期 附件 双方 双方的 情况 了 过 兹 特此 特 谨 谨此 在此
        郑重 财务 财务部 财务人员 财务同事 财务部门 会计人员 相关人员 相关 会计 会计部 总务处 财务科 财务处 财务室
        财务课 财会部 财务组 应付组 大写 大写为 小写 采购部 采购部门 采购共同 业务部 销售部 管理层 人民币 元 元整
        整 共计 合计 回复如下 答复如下 现回复如下 如下 回复 答复 月份 年度 季度 至 止 we've hereby that the of for
        as at on sales monthly ending ended closing dated total above attached this by is are has have been details
        shown stated outstanding receivable payable due herewith with duly fully all 次 本次 此次 单号 版 cny rmb
        所附 附 我司账面 我方账面 经核对 经核实 经复核 经双方 贵我双方 我双方
    """,
    LABEL: "期间 对账期间 账期 编号 编号为 版本 币种 客户编号 客户编码 客户代码 抬头 名称 页数",
    AND: "and 与 和 及 同 跟 以及 并 且 并且",
    SELF: """
        we our ours us 我司 我公司 我们公司 我们 我方 本公司 本司 敝司 敝公司 我单位 本单位 我厂 本厂 我店 弊司
        我行 我部 敝厂 我院 我校 我园 我局 我所 我中心 我社 我处 本院 本校 本园 本店 本行 本处 本部 本分公司
        我分公司 敝店 敝行 我这边 我们这边 我司这边 我方这边 俺们 我哋 我們
    """,
    YOU: "your yours you 贵司 贵公司 贵方 贵单位 贵厂 你司 你哋 您们 你方 你公司 你们 您司 您公司 您",
    SENT: "发来 寄来 传来 送来 发送 寄送 提供 出具 编制 开具 发出 发给 所寄 所发 发过来 寄过来 邮件",
    RECEIVED: "收到 收到了 收悉 已收悉 已阅 知悉 已悉 悉 received",
    COURTESY: """
        早晨 早 好久不见 好久没联系 久疏问候 见字如面 展信佳 台鉴 台照 钧鉴 敬悉 平安顺心 中秋快乐 晚安 附上 您好
        你好 大家好 早上好 上午好 下午好 晚上好 早安 午安 谢谢 谢谢您 谢谢你 谢了 多谢 感谢 非常感谢 十分感谢
        谢谢配合 感谢配合 感谢支持 谢谢支持 感谢贵司 感谢您 感谢您的支持 感谢贵司的支持 感谢贵司支持 感谢合作
        合作愉快 祝合作愉快 谢谢合作 辛苦了 辛苦 辛苦您了 辛苦你了 麻烦了 麻烦您了 麻烦你了 不好意思 抱歉 打扰了
        请查收 敬请查收 烦请查收 望查收 请查阅 请查看 敬请查阅 请惠存 请存档 请留存 请备查 请知悉 请知晓 敬请知悉
        特此回复 特此告知 特此函复 专此 专此奉复 此致 敬礼 此复 祝好 祝商祺 顺祝商祺 顺颂商祺 敬颂商祺 商祺
        顺颂时祺 时祺 祝 即颂商祺 祝工作顺利 工作顺利 祝工作愉快 工作愉快 祝您工作愉快 祝您工作顺利 生意兴隆
        祝生意兴隆 万事如意 祝顺利 另外 另 此外 以上 敬上 谨上 敬启 谨启 请指正 收到请回复 请确认收到
        请回复确认收到 请确认查收 尊敬的 亲爱的 各位 各位领导 各位同事 领导 敬启者 唔该 唔该晒 多谢晒 麻烦晒 有劳
        有劳了 费心了 劳驾 拜托了 请放心 请您放心 敬请放心 感恩 感激 感激不尽 谢谢亲 亲 辛苦啦 喔 噢 哟 咯 啦 喽
        敬祝 查照 敬请查照 请查照 鉴核 thanks thankyou thx manythanks br bestregards bestwishes regards kindregards
        hi hello dear pleasefindattached pleasefindattachedfile 🙏 🌹 😊 🤝 ☺ 哈 哦 啊 呀 ^_^ :)
    """,
    ENCLOSED: """
        见附件 详见附件 请见附件 请看附件 请详见附件 如附件 附件为 附件是 附件中 在附件 附件里 随信附上 随函附上
        随附 附上 附档 附件档 扫描件 扫描档 扫描文件 扫描版 盖章件 盖章版 签章件 签章版 签字件 签字版 签回件 回签件
        回传件 盖章扫描件 签章扫描件 签字扫描件 签字盖章扫描件 盖章的扫描件 已盖章 已签章 已签字 已签字盖章 已签名
        已用印 已盖好章 已盖公章 盖好章 盖好章了 章已盖 已盖章签字 已加盖公章 加盖公章 盖公章 盖章 签章 签字
        签字盖章 签名 用印 公章 财务章 财务专用章 合同章 合同专用章 大小章 骑缝章 授权代表 现回传 回传 已回传 发回
        现发回 已发回 寄回 传回 签回 已签回 回签 回寄 已发送 已上传 图片 照片 文件 原件 彩色 共 页 全部页面 所有页面
        全套 各页 每页 盖章后的 签章后的 签字后的 盖章回传 签章回传 签字回传 pdf 已附上 现附上 现将 见附档 见附图
        附图 发您 发给您 发给你 发你 发过去 给您 给您发 给贵司 供查收 以供查收 章盖好了 章盖好 章已盖好 章盖了
        章已盖好了 盖咗章 盖好咗章 签咗名 喺附件 如附 如附档 如附件所示 签署 签署件 签章版本 盖章版本 签字版本
        扫描版本 电子版本
        签署版 签署副本 副本 副本附上 用印件 用印版 用印后 如附图
    """,
    QUOTE: "「 」 『 』 “ ” \" ' ‘ ’",
    PLACEHOLDER: "贵公司全称 贵司全称 公司全称 客户名称 公司名称 客户全称 xx公司 xxx公司 某某公司",
    VAGUE: "上月 上个月 本月 当月 这个月 该月 上期 本季度 上季度 本年度 上年度 去年 今年",
}

WORDS: dict[str, str] = {word: letter for letter, words in VOCABULARY.items() for word in words.split()}
"""Word → letter of its class."""

PUNCTUATION = frozenset("()[]【】《》〈〉<>〔〕、,:。.;!~…-—_*=|·•/#>\\+&%^ \t")
"""Marks that change nothing; the grammar looks at sentences whose ends were cut before."""

SAME = re.compile(
    r"(?:跟|和|与|同)(?:您们?|你们?|贵司|贵公司|贵方|我们?|我司|我方|双方)(?:的|那边|这边|那|这)?(?:账|账面|账目|数据|数字|数|记录|账载)?(?:都|也|是|完全|全部|核对)*"
    r"(?:一样|一致|相符|对得上|吻合)(?:的)?"
)
"""无误 by comparison: 跟你们一样."""

WEAK_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:all|looks?|it's|everything(?: is)?) (?:is )?(?:good|correct|fine|ok(?:ay)?)"
    r"|(?:the )?(?:balance|statement|amount|figure)s? (?:is|are) (?:confirmed|fine|ok))(?![a-z])",
    re.IGNORECASE,
)
"""A yes in English that praises and confirms nothing."""

OK_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:there (?:is|are) )?no (?:problems?|issues?|errors?|differences?|discrepanc(?:y|ies)|objections?"
    r"|disputes?)(?: (?:was |were )?found)?|(?:in order|true|accurate|complete) and correct|correct and complete"
    r"|found (?:to be )?correct|in (?:good )?order|(?:agrees?|match(?:es)?|tall(?:y|ies)|reconciles?|consistent"
    r"|in (?:full )?agreement|in line) with our"
    r"(?: own)?(?: accounting)? (?:records?|books?|accounts?|ledgers?))(?![a-z])",
    re.IGNORECASE,
)
"""无误 in English."""

ASKS_ENGLISH = re.compile(
    r"^\s*(?:is|are|was|were|has|have|do|does|did|can|could|would|will|should|may|shall)(?![a-z])", re.IGNORECASE
)
"""An English question without its mark."""
