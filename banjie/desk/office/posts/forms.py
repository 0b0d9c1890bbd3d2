"""Forms of posts: what a post is, and who holds it."""

from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.office.choices import ChoosingForm, IdChoice
from banjie.people.rights import Role

ROLE_WORDS = {
    Role.WINDOW_CLERK: "登记、受理、派办、回访、销号",
    Role.GRID_WORKER: "登记、签收、报进展、反馈本网格的件",
    Role.VILLAGE_CADRE: "登记、签收、报进展、反馈本村的件",
    Role.HANDLER: "办理本单位的件，可申请延期、中止",
    Role.UNIT_HEAD: "本单位全部的件，批延期，替本单位的人请假、移交",
    Role.DISPATCHER: "全镇受理、派办、转出、作废，排值班、办移交",
    Role.SUPERVISOR: "全镇督办、回访、销号，核对留痕",
    Role.TOWN_LEADER: "看全镇的件，交办，批延期",
    Role.COUNTY_OBSERVER: "只看县里交下来的件",
    Role.ADMINISTRATOR: "单位、账号、日历、地名、制度；不看件",
    Role.SECURITY_ADMINISTRATOR: "岗位和任免；不看件",
    Role.AUDIT_ADMINISTRATOR: "查留痕；不看件",
}


class ChangePost(ChoosingForm):
    """What a post is: its name, its roles, how far it reaches."""

    title = forms.CharField(label="岗位名称", max_length=40, help_text="如 综合窗口、农业专干")
    bound = forms.ChoiceField(label="管辖范围")
    roles = forms.MultipleChoiceField(
        label="角色",
        choices=[(role.value, f"{role.label}：{ROLE_WORDS[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选角色。请至少选一种。"},
    )


class AddPost(ChangePost):
    """A post to set up, with its holders if they are known."""

    unit_id = IdChoice(label="单位")
    holder_a = IdChoice(label="A岗", required=False)
    holder_b = IdChoice(label="B岗", required=False, help_text="A岗不在时由B岗接替")
    field_order = ("unit_id", "title", "bound", "holder_a", "holder_b", "roles")


class Appoint(ChoosingForm):
    """Who holds a post."""

    holder_a = IdChoice(label="A岗", required=False)
    holder_b = IdChoice(label="B岗", required=False, help_text="A岗不在时由B岗接替")


class GiveUpPost(DeskForm):
    """A post to give up."""

    on = forms.DateField(label="撤销日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def labels_of(roles: list[str]) -> list[str]:
    """Return the words for stored roles; one that no version knows any more is left out."""
    known: dict[str, Any] = {role.value: role.label for role in Role}
    return [known[role] for role in roles if role in known]
