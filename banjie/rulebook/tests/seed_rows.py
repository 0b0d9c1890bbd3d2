"""Which shipped text keeps each row of the inventory that is a rule (groups A to G, N, O), or why no text does.

A line names the row, the text, its provision and a word of that provision; or, after a dash, the reason.
"""

from dataclasses import dataclass

GROUPS = (range(1, 119), range(231, 253))
"""Rows of groups A to G, N and O."""
ROWS = """\
S-001 regulations/first_asker 第一条 首问责任人
S-002 regulations/time_limits 第三条 办结并反馈
S-003 regulations/commitments 第一条 承诺
S-004 regulations/accountability 第一条 查实处理
S-005 regulations/on_the_spot 第一条 当场办结
S-006 regulations/posts 第一条 B岗
S-007 regulations/service_hours 第二条 延时服务
S-008 regulations/service_hours 第三条 预约服务
S-009 regulations/service_hours 第五条 赶场天
S-010 regulations/on_the_spot 第四条 只找一个人
S-011 regulations/on_the_spot 第五条 时长
S-012 regulations/service_hall 第一条 集中受理
S-013 regulations/service_hall 第四条 审批权下移
S-014 regulations/service_hall 第六条 精简程序
S-015 regulations/service_hall 第一条 窗口
S-016 regulations/service_hall 第二条 承接上级部门
S-017 regulations/service_hall 第一条 分设窗口
S-018 regulations/on_the_spot 第六条 第一个动作
S-019 regulations/proxy_service 第一条 代办员
S-020 regulations/proxy_service 第五条 撤并乡镇
S-021 regulations/proxy_service 第六条 片区服务中心
S-022 regulations/service_hall 第三条 进驻到位
S-023 regulations/proxy_service 第五条 向两头延伸
S-024 regulations/proxy_service 第七条 代办点
S-025 regulations/proxy_service 第八条 服务人次
S-026 regulations/proxy_service 第五条 正在筹建
S-027 regulations/proxy_service 第八条 在外党员
S-028 regulations/contact_cards 第一条 便民连心卡
S-029 regulations/enterprise_service 第一条 从头代办到底
S-030 regulations/enterprise_service 第二条 服务小组
S-031 regulations/enterprise_service 第一条 企业来镇里
S-032 regulations/enterprise_service 第三条 厂区以内
S-033 regulations/concern_card 第一条 民情登记卡
S-034 regulations/concern_card 第四条 销号牌
S-035 regulations/closing 第一条 销号
S-036 regulations/concern_work 第二条 记
S-037 regulations/concern_work 第三条 查
S-038 regulations/concern_work 第四条 析
S-039 regulations/concern_work 第五条 协
S-040 regulations/concern_work 第六条 办
S-041 regulations/visits 第一条 走访
S-042 regulations/visits 第五条 周记
S-043 regulations/contact_cards 第一条 民心联系卡
S-044 regulations/visits 第六条 现场
S-045 regulations/disputes 第一条 先在村里调
S-046 regulations/petitions 第七条 党支部
S-047 regulations/disputes 第四条 重大矛盾
S-048 regulations/disputes 第五条 企业
S-049 regulations/monthly_commitment 第一条 每月
S-050 regulations/monthly_commitment 第三条 月末
S-051 regulations/appraisal 第一条 指标
S-052 regulations/duty_breakdown 第一条 职责
S-053 regulations/appraisal 第三条 效能
S-054 regulations/cadence 第一条 报进度
S-055 regulations/appraisal 第三条 每月
S-056 regulations/appraisal 第三条 条线工作
S-057 regulations/outsourced_services 第三条 付款
S-058 regulations/appraisal 第五条 加分
S-059 regulations/appraisal 第七条 用途
S-060 regulations/appraisal 第四条 合并
S-061 regulations/appraisal 第二条 资料
S-062 regulations/duty_breakdown 第三条 逐句看
S-063 regulations/duty_breakdown 第五条 问题研讨
S-064 regulations/duty_breakdown 第二条 每一级
S-065 regulations/appraisal 第八条 名次
S-066 regulations/public_ratings 第一条 问卷
S-067 regulations/public_ratings 第一条 民意测评
S-068 regulations/efficiency_supervision 第四条 暗访
S-069 regulations/efficiency_supervision 第一条 效能投诉
S-070 regulations/public_ratings 第三条 三级互评
S-071 regulations/efficiency_hearing 第一条 效能听证会
S-072 regulations/public_ratings 第八条 上级组织
S-073 regulations/public_ratings 第五条 班子评议
S-074 regulations/public_ratings 第五条 两个分母
S-075 regulations/public_ratings 第六条 村（社区）干部
S-076 regulations/public_ratings 第七条 群众满意
S-077 regulations/service_rating 第一条 评价
S-078 regulations/suggestions 第二条 采纳
S-079 regulations/suggestions 第三条 减负
S-080 regulations/rectification 第一条 整改台账
S-081 regulations/cadence 第一条 下半月
S-082 regulations/cadence 第三条 月度通报
S-083 regulations/rectification 第二条 马上改
S-084 regulations/supervision 第五条 节点
S-085 regulations/rectification 第三条 突出问题
S-086 regulations/supervision 第七条 联系
S-087 regulations/supervision 第三条 定点督导
S-088 regulations/supervision 第三条 专项督导
S-089 regulations/supervision 第六条 跟踪
S-090 regulations/supervision 第三条 重点督导
S-091 regulations/supervision 第三条 定期督导
S-092 regulations/work_style 第一条 差距
S-093 regulations/work_style 第二条 作风问题
S-094 regulations/documents 第一条 发文数
S-095 regulations/documents 第一条 总数
S-096 regulations/documents 第二条 发文先申请
S-097 regulations/documents 第四条 原样转发
S-098 regulations/documents 第六条 上级来文
S-099 regulations/documents 第六条 联合发文
S-100 regulations/documents 第一条 党委
S-101 regulations/documents 第一条 政府
S-102 regulations/meetings 第一条 无会日
S-103 regulations/meetings 第三条 过三关
S-104 regulations/meetings 第七条 算一个会
S-105 regulations/meetings 第四条 大会改小会
S-106 regulations/meetings 第六条 现场会
S-107 regulations/meetings 第四条 省下的会
S-108 regulations/reporting 第一条 先查
S-109 regulations/reporting 第四条 特色做法
S-110 regulations/reporting 第五条 报上去
S-111 regulations/reporting 第五条 要下面报
S-112 regulations/inspections 第四条 上级督查
S-113 regulations/inspections 第四条 上级考核
S-114 regulations/inspections 第四条 镇里自己的督导
S-115 regulations/inspections 第三条 去帮忙
S-116 regulations/inspections 第二条 清理
S-117 regulations/inspections 第五条 直接到现场
S-118 regulations/inspections 第五条 蹲点
S-231 regulations/vehicles 第一条 用车
S-232 regulations/archives 第一条 归档
S-233 regulations/duty_roster 第一条 值班
S-234 regulations/confidentiality 第一条 非涉密
S-235 regulations/leave 第四条 请假
S-236 regulations/finance 第一条 预算
S-237 regulations/construction 第一条 项目
S-238 regulations/construction 第二条 小型工程
S-239 regulations/rules_upkeep 第六条 清理
S-240 regulations/rules_upkeep 第七条 制度汇编
S-241 regulations/learning 第一条 学习
S-242 regulations/closed_loop 第一条 结局
S-243 regulations/closed_loop 第二条 牵头
S-244 regulations/major_decisions 第五条 法律顾问
S-245 regulations/major_decisions 第三条 专家论证
S-246 regulations/major_decisions 第四条 政策咨询
S-247 regulations/major_decisions 第一条 步骤
S-248 regulations/enforcement 第一条 筹建
S-249 regulations/enforcement 第三条 全过程
S-250 regulations/rules_upkeep 第六条 法治建设
S-251 regulations/higher_documents 第一条 上级的文件
S-252 regulations/higher_documents 第三条 人民代表大会
"""


@dataclass(frozen=True)
class Row:
    """A row of the inventory with the text, provision and word that keep it, or the reason why none does."""

    number: str
    section: str = ""
    key: str = ""
    provision: str = ""
    word: str = ""
    reason: str = ""


def rows() -> list[Row]:
    """Return every row of the table."""
    return [_row(*line.split(" ", 2)) for line in ROWS.splitlines()]


def _row(number: str, place: str, rest: str) -> Row:
    if place == "—":
        return Row(number, reason=rest)
    (section, key), (provision, word) = place.split("/"), rest.split(" ", 1)
    return Row(number, section, key, provision, word)
