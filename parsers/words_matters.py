"""Second matters that don't touch the balance (invoice posting, payment date, delivery, service), folded.

A clause is such a matter only if it names its topic, every word of it is known here or in the other tables, and nothing
in it decides the account (DECIDES). An unknown word makes it a sentence for a person.
"""

import re

COUNTERSIGN, CONTACT = "我方盖章回传", "联系人变更"
INVOICE, PAYMENT, DELIVERY, SERVICE = "发票事项", "付款安排", "送货与地址", "售后与质量"

MATTERS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (topic, to, re.compile(pattern))
    for topic, to, pattern in (
        (
            COUNTERSIGN,
            "rep",
            r"^(?!.*[先再才])(?=.*(?:请|麻烦))(?=.*(?:盖章|签章|签字|双方)).*(?:回传|寄回|寄一份|发回|回寄|发给|寄给)",
        ),
        (INVOICE, "finance", r"发票|开票|票据寄|开具|税票|专票|普票"),
        (PAYMENT, "finance", r"付款|打款|汇款|支付|请款|货款|转账|汇出|回款|款项|安排款"),
        (
            DELIVERY,
            "customer_service",
            (r"地址|送货|发货|货[^,]{0,8}(?:发|送|到)|交货|物流|收货人|到货|提货|仓库|包装|备货|下单|订单"),
        ),
        (CONTACT, "rep", r"抄送|联系人|邮箱"),
        (
            SERVICE,
            "customer_service",
            (
                r"售后|维修|保修|质量|说明书|安装|调试|技术|样品|目录|新品|画册|报修|投诉|使用|检测报告|合格证"
                r"|质检|培训"
            ),
        ),
    )
)
"""(topic, who gets it, pattern)."""

ADDRESS = re.compile(
    r"(?:[\u3400-\u9fff]{2,3}省)?[\u3400-\u9fff]{2,3}[市县][\u3400-\u9fff]{1,4}[区县镇][\u3400-\u9fff]{1,8}[路街道巷]\d{1,5}号"
    r"[0-9A-Za-z栋幢座室楼层单元-]{0,12}"
)
"""A postal address inside a clause."""

DECIDES = re.compile(
    r"(?<!票)后[^,]{0,4}(?:付|打款|汇|支付)|[但除若待差退价折扣错漏少欠据听]|反馈|预[付收]|后$|(?<!提)前$|[付结]清了|时$|的话|前提|如果|不过|只是|可是|假如|倘|为准"
    r"|保留|索赔|赔|金额|余额|数量|不符|不一致|不对"
    r"|否则|才|有误|拒|抵|冲|多[收算开付发]|(?<!对)账|重[开复]|作废|红字|不(?:予|同意|认|能确认|付|会|再|打算)|暂|先"
    r"|税率|齐|应为"
    r"|货[^,]{0,8}(?:没|未)|(?:没|未)[^,]{0,6}货|已[经]?付|付了|付过|已[经]?(?:打|汇|转)"
)
"""A second matter that touches one of these is no harmless one."""

VOCABULARY: frozenset[str] = frozenset(
    """
    流程 正在 收 出来 开出来 开出 付清 汇出 打出 以后 今后 后续 之后 同时 抄送 抄送给 抄给 加 增加 邮件 对账单邮件
    一个 另一个 同事 发票 专票 普票 电子发票 纸质发票 增值税发票 增值税专用发票 税票 开票 开具 开 寄 寄到 寄给
    寄往 寄至 寄来 寄出 寄回 寄送 寄过来 邮寄 送到 送来 麻烦 请 烦请 劳烦 请问 什么时候 何时 几时 多久 哪天 什么
    怎么 能 能否 能不能 可以 可否 是否 有没有 尽快 尽早 及时 早日 早点 安排 一下 下 抬头 税号 信息 开票信息
    收件人 收货人 联系人 地址 新地址 收件地址 收货地址 送货地址 邮寄地址 新 新的 到 至 吗 呢 么 还 还没 还没有
    没有 没 未 尚未 未收到 没收到 还没收到 还没有收到 尚未收到 付款 打款 汇款 支付 转账 货款 款项 回款 款 请款
    预计 计划 打算 预期 将 将于 会 拟 本月 下月 下个月 这个月 下周 本周 这周 月底 月末 月初 月中 下旬 中旬 上旬
    前 之前 以前 左右 内 之内 日 号 日前 号前 完成 付 付出 打 汇 申请 已申请 提交 已提交 付款申请 走 放心 到账
    注意 请注意 财务 送货 发货 交货 货 货物 产品 商品 订单 新订单 下单 订 新订 到货 收货 提货 时间 送货时间
    交货期 交期 改为 改到 改成 变更 变更为 变了 提前 通知 告知 告诉 联系 司机 仓库 物流 包装 备货 调整 有调整
    国庆后 节后 节前 售后 维修 保修 安装 调试 说明书 样品 目录 产品目录 新品 新品目录 画册 检测报告 质检报告
    合格证 设备 机器 使用 使用方法 培训 工程师 师傅 上门 报修 技术 技术支持 人员 发 发一份 发给 发到 提供
    提供一下 派人 派 来 过来 看看 看一下 处理 解决 问题 质量 质量问题 有 有点 客服 服务 哪里 哪 谁 找谁 对接
    单位 随后 稍后 原件 正本 纸本 纸质件 盖章原件 快递单号 运单号 单号 顺丰单号 ems 已寄 已寄出 已快递 寄走 查收
    请查收 注意查收 随 同 跟 也 我 他 他们 你 你们 您 这个 那个 一份 一张 两张 和 或 或者 后 盖章 回一份 一 二
    三 也可 都 各 邮箱 短信 提醒 方便 的话请 谢谢 期 期间 天 周 周一 周二 周三 周四 周五 星期一 星期二 星期三
    星期四 星期五 月 多 多少 大概 大约 约 批 这批 下批 下一批 新一批 每 需要 需 要 想 咨询 了解 问一下
    """.split()  # noqa: SIM905  # a table of words reads best as running text
)
