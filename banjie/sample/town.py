"""The invented township as tables: its places, units, people and posts. Nothing here is anybody's."""

from dataclasses import dataclass

from banjie.people.models import UnitKind
from banjie.people.rights import Role

COUNTY, COUNTY_NAME = "990011", "禾川县"
TOWN, TOWN_NAME = "990011101", "青禾镇"
PASSWORD = "yutian-baicai-3jin"  # noqa: S105  printed at every start; nothing real stands behind it
PIN = "258036"
SOUTH_STREET, XIGOU, DONGPO, SHIQIAO = f"{TOWN}001", f"{TOWN}201", f"{TOWN}202", f"{TOWN}203"


@dataclass(frozen=True)
class Village:
    """A village or community with what people call its parts; each part is a grid."""

    code: str
    name: str
    aliases: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def short(self) -> str:
        """Return the name without 村 or 社区."""
        return self.name.removesuffix("村").removesuffix("社区")


VILLAGES = tuple(
    Village(TOWN + code, name, tuple(aliases.split()), tuple(parts.split()))
    for code, name, aliases, parts in (
        ("001", "南街社区", "南街 老街", "盐店巷 桥头 农贸市场"),
        ("002", "新城社区", "新城", "安置小区 车站 学府路"),
        ("201", "西沟村", "西沟", "柳树湾 磨坊沟 大院坝"),
        ("202", "东坡村", "东坡", "桃子坪 瓦窑 半坡"),
        ("203", "石桥村", "石桥 上石桥", "桥东 桥西 老鹰嘴"),
        ("204", "杨柳村", "杨柳", "河坝 新院子 堰塘边"),
        ("205", "红岩村", "红岩", "岩脚 松树林 茶场"),
        ("206", "大湾村", "大湾", "上湾 中湾 下湾"),
        ("207", "双井村", "双井", "水井边 学堂 火石坡"),
        ("208", "白鹤村", "白鹤", "鹤山 竹林 白沙地"),
        ("209", "新塘村", "新塘", "塘口 油房 祠堂"),
        ("210", "龙背村", "龙背", "岭上 凉水 岔路口"),
    )
)


@dataclass(frozen=True)
class UnitLine:
    """A unit: its key, its name, the short name under which the categories know it, and what sort it is."""

    key: str
    name: str
    short_name: str
    kind: UnitKind = UnitKind.OFFICE


UNITS = (
    UnitLine("leaders", "镇领导班子", "镇领导"),
    UnitLine("party_office", "党政综合办公室", "党政办"),
    UnitLine("party_building", "党建工作办公室", "党建办"),
    UnitLine("economy", "经济发展办公室", "经发办"),
    UnitLine("livelihood", "民生服务办公室", "民生办"),
    UnitLine("safety_law", "平安法治办公室", "平安法治办"),
    UnitLine("enforcement", "综合行政执法队", "综合执法队", UnitKind.INSTITUTION),
    UnitLine("construction", "村镇建设办公室", "村建办"),
    UnitLine("farming", "农业农村办公室", "农业农村办"),
    UnitLine("service_hall", "便民服务中心", "便民服务中心", UnitKind.WINDOW),
    UnitLine("finance", "财政所", "财政所", UnitKind.STATION),
    UnitLine("veterans", "退役军人服务站", "退役军人服务站", UnitKind.INSTITUTION),
    UnitLine("police", "青禾派出所", "派出所", UnitKind.STATION),
    UnitLine("county", "禾川县政府督查室", "县督查室", UnitKind.OTHER),
)


@dataclass(frozen=True)
class PostLine:
    """A post with its roles and the log-ins of its A and B holders; `part` names the grid that bounds it."""

    unit: str
    title: str
    roles: tuple[Role, ...]
    holder_a: str
    holder_b: str = ""
    village: str = ""
    part: str = ""


STAFF = {
    "zhouhai": "周海", "linxiu": "林秀", "dupeng": "杜鹏",
    "chengyi": "程毅", "hemin": "何敏", "luoxiaojun": "罗小军", "sunli": "孙丽", "qinhaiyan": "秦海燕",
    "chenjing": "陈静", "tangting": "唐婷", "dengjie": "邓洁", "jiangtao": "蒋涛",
    "lijianguo": "李建国", "wangfang": "王芳", "wuqiang": "吴强",
    "zengzhiyuan": "曾志远", "fenglei": "冯磊", "hanbing": "韩冰",
    "pengyong": "彭勇", "caiming": "蔡明", "panhong": "潘红",
    "tianhe": "田禾", "xiechun": "谢春", "yuangang": "袁刚",
    "gaoxiang": "高翔", "zhengkai": "郑凯", "xunuo": "许诺", "liangbo": "梁波",
    "shenjie": "沈洁", "jiamin": "贾敏", "leiming": "雷鸣", "shanxiong": "单雄",
    "madefu": "马德福", "zhaoming": "赵明", "ouyanglan": "欧阳兰", "dingling": "丁玲",
    "huangcui": "黄翠", "tanjun": "谭军", "yuguang": "余光", "fangyuan": "方圆",
    "guanxin": "管信", "anwei": "安卫", "jishen": "纪慎", "xiayuan": "夏远",
}  # fmt: skip
"""Log-in and name. 单 is read Shan, 曾 Zeng, 欧阳 is one surname."""

_R = Role
POSTS = (
    PostLine("leaders", "镇长", (_R.TOWN_LEADER,), "zhouhai"),
    PostLine("leaders", "副镇长（民生）", (_R.TOWN_LEADER,), "linxiu", "dupeng"),
    PostLine("leaders", "副镇长（农业城建）", (_R.TOWN_LEADER,), "dupeng", "linxiu"),
    PostLine("party_office", "调度", (_R.DISPATCHER,), "hemin", "luoxiaojun"),
    PostLine("party_office", "综合", (_R.HANDLER,), "luoxiaojun", "hemin"),
    PostLine("party_office", "主任", (_R.UNIT_HEAD,), "chengyi"),
    PostLine("party_office", "督办", (_R.SUPERVISOR,), "sunli", "qinhaiyan"),
    PostLine("party_office", "系统管理员", (_R.ADMINISTRATOR,), "guanxin"),
    PostLine("party_office", "安全管理员", (_R.SECURITY_ADMINISTRATOR,), "anwei"),
    PostLine("party_office", "审计管理员", (_R.AUDIT_ADMINISTRATOR,), "jishen"),
    PostLine("service_hall", "综合窗口", (_R.WINDOW_CLERK,), "chenjing", "tangting"),
    PostLine("service_hall", "社保医保", (_R.HANDLER,), "dengjie", "tangting"),
    PostLine("service_hall", "主任", (_R.UNIT_HEAD,), "jiangtao"),
    PostLine("livelihood", "民政救助", (_R.HANDLER,), "lijianguo", "wangfang"),
    PostLine("livelihood", "教育卫生", (_R.HANDLER,), "wangfang", "lijianguo"),
    PostLine("livelihood", "主任", (_R.UNIT_HEAD,), "wuqiang"),
    PostLine("safety_law", "调解", (_R.HANDLER,), "zengzhiyuan", "fenglei"),
    PostLine("safety_law", "应急", (_R.HANDLER,), "fenglei", "zengzhiyuan"),
    PostLine("safety_law", "主任", (_R.UNIT_HEAD,), "hanbing"),
    PostLine("construction", "村镇建设", (_R.HANDLER,), "pengyong", "caiming"),
    PostLine("construction", "主任", (_R.UNIT_HEAD,), "panhong"),
    PostLine("farming", "水利农技", (_R.HANDLER,), "tianhe", "xiechun"),
    PostLine("farming", "主任", (_R.UNIT_HEAD,), "yuangang"),
    PostLine("enforcement", "队员", (_R.HANDLER,), "gaoxiang"),
    PostLine("enforcement", "队长", (_R.UNIT_HEAD,), "zhengkai"),
    PostLine("economy", "经办", (_R.HANDLER,), "xunuo"),
    PostLine("economy", "主任", (_R.UNIT_HEAD,), "liangbo"),
    PostLine("party_building", "主任", (_R.HANDLER, _R.UNIT_HEAD), "shenjie"),
    PostLine("finance", "所长", (_R.HANDLER, _R.UNIT_HEAD), "jiamin"),
    PostLine("veterans", "站长", (_R.HANDLER, _R.UNIT_HEAD), "leiming"),
    PostLine("police", "所长", (_R.HANDLER, _R.UNIT_HEAD), "shanxiong"),
    PostLine("county", "督查", (_R.COUNTY_OBSERVER,), "xiayuan"),
    PostLine("xigou", "村支书", (_R.VILLAGE_CADRE, _R.UNIT_HEAD), "madefu", village=XIGOU),
    PostLine("dongpo", "村支书", (_R.VILLAGE_CADRE, _R.UNIT_HEAD), "zhaoming", village=DONGPO),
    PostLine("shiqiao", "村支书", (_R.VILLAGE_CADRE, _R.UNIT_HEAD), "ouyanglan", village=SHIQIAO),
    PostLine("nanjie", "社区书记", (_R.VILLAGE_CADRE, _R.UNIT_HEAD), "dingling", village=SOUTH_STREET),
    PostLine("xigou", "网格员一", (_R.GRID_WORKER,), "huangcui", "tanjun", village=XIGOU, part="柳树湾"),
    PostLine("xigou", "网格员二", (_R.GRID_WORKER,), "tanjun", "huangcui", village=XIGOU, part="磨坊沟"),
    PostLine("dongpo", "网格员一", (_R.GRID_WORKER,), "yuguang", village=DONGPO, part="桃子坪"),
    PostLine("nanjie", "网格员一", (_R.GRID_WORKER,), "fangyuan", village=SOUTH_STREET, part="盐店巷"),
)
VILLAGE_UNITS = {"xigou": XIGOU, "dongpo": DONGPO, "shiqiao": SHIQIAO, "nanjie": SOUTH_STREET}
"""The villages that are units of their own here, so that cases can be assigned to them."""

DEVICES = {"xigou": (XIGOU, "西沟村便民服务站")}
AT_DEVICE = ("madefu", "huangcui", "tanjun")
"""Who has a PIN for a village's shared device."""

AWAY = "pengyong"
"""On leave these days, so that his B holder stands in."""

SHOWN = (
    ("chenjing", "窗口", "登记、受理、派办、销号"),
    ("hemin", "党政办", "调度、代录、排值班"),
    ("sunli", "督办", "督办、回访、销号"),
    ("lijianguo", "民生办", "签收、办理、反馈"),
    ("wangfang", "民生办", "李建国的B岗"),
    ("wuqiang", "民生办主任", "批延期"),
    ("zhouhai", "镇长", "看全镇、批延期"),
    ("madefu", "西沟村支书", "村里的件"),
    ("zhaoming", "东坡村支书", "看不到西沟村"),
    ("huangcui", "西沟村网格员", "走访登记"),
    ("xigou", "西沟村共用电脑", f"办件时选姓名、输办理码 {PIN}"),
    ("guanxin", "系统管理员", "单位、账号"),
    ("anwei", "安全管理员", "岗位、任免"),
    ("jishen", "审计管理员", "查留痕"),
    ("xiayuan", "县督查室", "看下派的件"),
)
"""The log-ins that are printed: one for each thing to try."""
