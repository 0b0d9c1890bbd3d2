"""The first page of 设置: what of the office this person may read or change."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work


@dataclass(frozen=True)
class Part:
    """One page of 设置, and the right without which it is only read, or not shown."""

    url_name: str
    label: str
    words: str
    deed: str
    is_hidden_without: bool = False


PARTS = (
    Part("office:leave", "请假外出", "谁不在、由谁代；登记和销假", "people.take_leave"),
    Part("office:duty", "值班", "今后五周每天的值班员", "people.plan_duty"),
    Part(
        "office:handover", "换人移交", "一次移交名下的岗位和全部事项，打印移交清单", "people.hand_over", True
    ),
    Part("office:staff", "工作人员", "姓名、电话、账号", "people.manage_staff"),
    Part("office:units", "单位", "内设机构、站所、村（社区），分管领导", "people.manage_units"),
    Part("office:posts", "岗位", "A岗、B岗、角色和管辖范围", "people.manage_posts"),
    Part("town:calendar", "工作日历", "放假、补班；每年录入一次通知", "worktime.manage_calendar"),
    Part("town:places", "地名", "村（社区）、网格和俗称", "places.manage_places"),
    Part(
        "selfcheck:home",
        "到点自检",
        "每个定时任务、每一级提醒下次什么时候、告诉谁、会不会落空",
        "desk.check_timers",
        is_hidden_without=True,
    ),
    Part(
        "archives:home",
        "到期鉴定",
        "保存期满的件：继续保存，还是报批擦除；系统从不自己删除",
        "cases.appraise_case",
        is_hidden_without=True,
    ),
    Part(
        "archives:erasing",
        "报批擦除",
        "鉴定同意、批准以后，由提出人以外的人擦除",
        "cases.erase_case",
        is_hidden_without=True,
    ),
    Part(
        "notices:senders",
        "外发渠道",
        "企业微信、钉钉、飞书、邮件和网关：接通了哪些、最近没发成的、试发",
        "notices.try_sender",
        is_hidden_without=True,
    ),
    Part("sheets:home", "导入导出", "从 Excel 导入台账、名册、地名；下载模板，撤销整批", "desk.use"),
)


@require_safe
@needs("desk.use", scope="links only")
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the pages of the office, and which of them this person may change."""
    actor = at_work(request)
    shown = [
        (part, actor.may(part.deed)) for part in PARTS if actor.may(part.deed) or not part.is_hidden_without
    ]
    return page(request, "desk/office/home.html", {"parts": shown})
