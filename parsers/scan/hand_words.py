"""What people write into a box for signatures: names, dates, and what is no signature but says something, folded.

``王涛`` begins with a surname; ``不符`` says that the account doesn't agree; ``待核`` says something else that a person
has to read.
"""

from typing import Final

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊"
    "葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应"
    "臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚"
    "皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈"
    "伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展"
)
"""First characters of names, Simplified."""
COMPOUND: Final = ("欧阳", "上官", "司徒", "司马", "诸葛", "皇甫", "尉迟", "夏侯", "慕容", "令狐", "端木", "东方")

DIFFERS: Final = (
    "不符", "不对", "不一致", "不认", "不同意", "不确认", "不相符", "不正确", "不是", "不予", "不足", "不欠", "差",
    "未收", "未到", "未付", "未开", "未入", "未扣", "未减", "未退", "未对", "没收", "没有", "退货", "退回", "拒收",
    "拒绝", "错", "有误", "少", "多收", "多计", "多算", "多记", "重复", "已付", "已还", "已退", "已扣", "扣除",
    "扣减", "应扣", "减去", "漏", "异议", "有争议", "质量问题", "破损", "短缺", "实际", "为准", "冲减", "冲销",
    "更正", "作废", "无效", "反对", "否认",
)  # fmt: skip
"""Words that make it a discrepancy, wherever they stand in the box."""
VOIDED: Final = ("VOID", "CANCEL", "REJECT", "DISPUTE")
"""The same in Latin letters, as stamps have them."""
NONE_OF_IT: Final = frozenset("无没零")
"""Before one of those words it may say the opposite (無差異): then a person reads it."""

SAYS_SOMETHING: Final = frozenset(
    "不未没无非差错误误漏少退货款额价票收付欠扣减除单账帐据号码期月日年数量吨件箱核对查符际准供参考待暂另议认可需请须"
    "但仅只按照依以为由因故如若再后前见附详说明补更改正废效代替领取送到完毕结算清余存发寄盖章签审批复阅知悉注备原样与"
    "及或等已同意属实确定办理处拒绝否反异疑问题保留条件约合协商第次份张页元角分百千拾佰仟零这那你我他她们的了在是有也"
    "都就还要会能把被让给从向往里外上下此该各每本贵敝司们吗呢吧啊哦什么怎哪谁案部间人笔批车票项值税率汇款"
)
"""Characters that hardly stand in the second or third place of a name: with one of them it isn't taken for one."""
NAME_TOO: Final = frozenset("清张元千向上本明原")
"""Of those, the ones that do stand in given names."""
NO_NAMES: Final = frozenset({"万元", "千元", "百元", "余元", "全额", "高价", "安全", "平安", "万一", "和平", "时效"})
"""Words that would pass as names."""

STROKES: Final = frozenset("一二三丨丶丿乙乚了人八入十丁卜厂√")
"""A stray stroke is read as one of these."""
ANSWERS: Final = frozenset({"NO", "NG", "N0", "OK", "0K", "YES"})
"""Latin letters that answer something; others are read out of scribbled names."""
