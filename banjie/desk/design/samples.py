"""Fixed words for the design page alone, chosen to be awkward: long names, long addresses, nothing, too much."""

LONG_NAME = "阿卜杜热合曼·买买提依明·库尔班江·艾力"
MINORITY_NAME = "帕提古丽·阿布都热依木江·买合木提艾力·吐尔逊"
ADDRESS = (
    "示范县青石镇河湾村第十二村民小组老供销社家属院东侧沿水渠向北第三排平房"
    "东数第二户（原青石镇农机站宿舍旧址，门前有两棵大槐树，紧邻村卫生室后院围墙和公厕）"
)
RARE_NAME = "𠮷㛃"

WHY = "算5个工作日：10月10日周六上班算1天，1—7日放假不算。依据：限时办结制 第三条。"

LIGHTS = (
    {"state": "green", "words": "剩4个工作日"},
    {"state": "amber", "words": "明天到期"},
    {"state": "red", "words": "超期3个工作日"},
    {"state": "paused", "words": "中止，等补正材料"},
    {"state": "done", "words": "按期办结"},
    {"state": "none", "words": "不计时限"},
)

ROWS = (
    {
        "number": "群众诉求〔2026〕00418",
        "title": "西沟组三盏路灯不亮，老人晚上出门看不见",
        "asker": "李*",
        "place": "河湾村 西沟组",
        "who": "王某",
        "unit": "经济发展办",
        "state": "red",
        "words": "超期3个工作日",
        "due": "2026-11-17",
        "stage": "办理中",
    },
    {
        "number": "热线工单〔2026〕00093",
        "title": "反映水渠改道后自家耕地灌溉不到，要求恢复原有渠口并说明施工依据，另问青苗补偿什么时候发到卡上",
        "asker": "帕提古丽·阿布都热依木江·买合木提艾力·吐尔逊",
        "place": "河湾村 第十二村民小组",
        "who": LONG_NAME,
        "unit": "农业农村和生态环境办公室",
        "state": "amber",
        "words": "今天到期",
        "due": "2026-11-22",
        "stage": "待签收",
    },
    {
        "number": "交办事项〔2026〕00027",
        "title": "冬季取暖隐患排查",
        "asker": "镇长",
        "place": "全镇",
        "who": "赵某",
        "unit": "应急办",
        "state": "green",
        "words": "剩4个工作日",
        "due": "2026-11-26",
        "stage": "办理中",
    },
    {
        "number": "群众诉求〔2026〕00402",
        "title": "补办社保卡",
        "asker": RARE_NAME,
        "place": "青石社区",
        "who": "王某",
        "unit": "便民服务中心",
        "state": "paused",
        "words": "中止，等补正材料",
        "due": "",
        "stage": "中止",
    },
    {
        "number": "群众诉求〔2026〕00399",
        "title": "咨询医保缴费",
        "asker": "赵*",
        "place": "青石社区",
        "who": "李某",
        "unit": "便民服务中心",
        "state": "done",
        "words": "按期办结",
        "due": "2026-11-20",
        "stage": "已销号",
    },
)

STATS = (
    {"label": "超期", "value": "2", "unit": "件", "href": "#stats", "is_late": True, "note": "最长3个工作日"},
    {"label": "今天到期", "value": "5", "unit": "件", "href": "#stats"},
    {"label": "本周到期", "value": "18", "unit": "件", "href": "#stats"},
    {"label": "等别人", "value": "7", "unit": "件", "href": "#stats", "note": "含中止2件"},
    {"label": "在办合计", "value": "1万以上", "unit": "件"},
)

ENTRIES = (
    {
        "deed": "反馈",
        "who": "王某",
        "moment": "11-20 16:40",
        "iso": "2026-11-20T16:40:00+08:00",
        "words": "已更换两盏灯头，第三盏要等供电所周一断电后再换。已当面告诉本人。",
        "seq": 10245,
        "chips": ({"label": "经办人说", "tone": "blue"},),
    },
    {
        "deed": "批准延期",
        "who": "赵某",
        "on_behalf": "分管领导",
        "moment": "11-18 09:05",
        "iso": "2026-11-18T09:05:00+08:00",
        "words": "同意延期3个工作日。",
        "note": "电话口头，11-17 说的，次日补录",
        "seq": 10212,
        "changes": ({"label": "到期日", "before": "2026-11-17", "after": "2026-11-20"},),
        "tone": "late",
    },
    {
        "deed": "签收",
        "who": LONG_NAME,
        "moment": "11-12 08:31",
        "iso": "2026-11-12T08:31:00+08:00",
        "seq": 10105,
        "tone": "quiet",
    },
    {
        "deed": "登记",
        "who": "李某",
        "moment": "11-11 17:58",
        "iso": "2026-11-11T17:58:00+08:00",
        "words": "路灯不亮三盏，在桥头到小学之间。",
        "seq": 10098,
    },
)

STEPS = (
    {"label": "登记", "note": "11-11", "state": "done"},
    {"label": "受理", "note": "11-11", "state": "done"},
    {"label": "办理", "note": "王某，经济发展办", "state": "now"},
    {"label": "反馈", "note": "", "state": "ahead"},
    {"label": "销号", "note": "本人认可", "state": "ahead"},
)

FACTS = (
    {"label": "来访人", "value": MINORITY_NAME},
    {"label": "电话", "value": "138****5678", "note": "看全号要留痕"},
    {"label": "住址", "value": ADDRESS},
    {"label": "类别", "value": "基础设施 / 照明"},
    {"label": "外部编号", "value": ""},
)

FILES = (
    {
        "name": "路灯现场.jpg",
        "kind": "图",
        "size_words": "312 KB",
        "href": "#files",
        "by": "李某",
        "moment": "11-11 17:59",
    },
    {
        "name": "关于河湾村西沟组路灯维修采购询价情况的说明（第二次修改稿，经会议讨论后定稿）.docx",
        "kind": "文档",
        "size_words": "48 KB",
        "href": "#files",
        "by": "王某",
        "moment": "11-14 10:12",
        "note": "签字件，原件在档案室",
    },
)

CHOICES = (
    {"value": "reply", "label": "反馈", "help": "写明办了什么，进入回访", "is_chosen": True},
    {"value": "transfer", "label": "转办", "help": "交给另一个单位，时限照走"},
    {"value": "pause", "label": "中止", "help": "等材料、等鉴定，钟停"},
    {"value": "extend", "label": "申请延期", "shut": "已经延过一次，不能再延"},
)

TABS = (
    {"label": "我办的", "href": "#tabs", "is_current": True, "count": 23},
    {"label": "超期", "href": "#tabs", "count": 2, "is_late": True},
    {"label": "等别人", "href": "#tabs", "count": 7},
    {"label": "已销号", "href": "#tabs"},
)

FILTERS = (
    {"label": "单位：经济发展办", "remove_href": "#tables"},
    {"label": "到期：本周", "remove_href": "#tables"},
)

OPTIONS = (
    {"value": "1", "label": MINORITY_NAME, "note": "138****5678 河湾村"},
    {"value": "2", "label": "李*", "note": "139****0012 青石社区"},
)

CHAPTERS = (
    ("type", "文字"),
    ("colour", "颜色"),
    ("lights", "灯"),
    ("buttons", "按钮"),
    ("fields", "填写"),
    ("errors", "报错"),
    ("choices", "选择"),
    ("find", "边输边找"),
    ("tables", "列表"),
    ("tabs", "页签和小签"),
    ("stats", "数字"),
    ("steps", "步骤"),
    ("timeline", "留痕"),
    ("facts", "要素和人"),
    ("files", "附件"),
    ("notices", "提示"),
    ("empty", "空页"),
    ("paper", "纸面"),
)

COLOURS = (
    ("paper", "纸"),
    ("ground", "底"),
    ("ink", "字"),
    ("ink-soft", "次要字"),
    ("ink-faint", "注"),
    ("line", "细线"),
    ("rule", "粗线"),
    ("blue", "工作蓝"),
    ("blue-tint", "浅蓝"),
    ("red", "超期、危险"),
    ("amber", "临期"),
    ("green", "正常"),
)
