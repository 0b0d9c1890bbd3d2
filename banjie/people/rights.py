"""Who may do what: one table role × deed, what each role reaches, and which roles no one may hold together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from banjie.base.errors import InvalidInput


class Role(StrEnum):
    """What a post makes of its holder; a post may bear several."""

    WINDOW_CLERK = "window_clerk"
    GRID_WORKER = "grid_worker"
    VILLAGE_CADRE = "village_cadre"
    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    TOWN_LEADER = "town_leader"
    COUNTY_OBSERVER = "county_observer"
    ADMINISTRATOR = "administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"

    @property
    def label(self) -> str:
        """Return the office's word for the role."""
        return _LABELS[self]


_LABELS = {
    Role.WINDOW_CLERK: "窗口人员",
    Role.GRID_WORKER: "网格员",
    Role.VILLAGE_CADRE: "村干部",
    Role.HANDLER: "承办人",
    Role.UNIT_HEAD: "单位负责人",
    Role.DISPATCHER: "党政办调度",
    Role.SUPERVISOR: "督办",
    Role.TOWN_LEADER: "镇领导",
    Role.COUNTY_OBSERVER: "县级查看",
    Role.ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
}

TABLE = """
deed                         clerk grid cadre handler head dispatch supervise leader county system security audit
cases.register_case            x    x     x      x     x      x         x       x      .      .       .       .
cases.accept_case              x    .     .      .     .      x         .       .      .      .       .       .
cases.decline_case             .    .     .      .     .      x         .       .      .      .       .       .
cases.redirect_case            .    .     .      .     .      x         .       .      .      .       .       .
cases.settle_case              x    .     .      .     .      x         .       .      .      .       .       .
cases.assign_case              x    .     .      .     x      x         .       .      .      .       .       .
cases.recall_case              x    .     .      .     x      x         .       .      .      .       .       .
cases.transfer_case            .    .     .      x     x      x         .       .      .      .       .       .
cases.sign_for_case            .    x     x      x     x      .         .       .      .      .       .       .
cases.object_case              .    x     x      x     x      .         .       .      .       .       .       .
cases.park_case                .    .     .      .     x      x         .       x      .      .       .       .
cases.return_case              .    .     .      x     x      x         .       .      .      .       .       .
cases.pause_case               .    .     .      x     x      .         .       .      .      .       .       .
cases.resume_case              .    .     .      x     x      .         .       .      .      .       .       .
cases.ask_extension            .    .     .      x     x      .         .       .      .      .       .       .
cases.decide_extension         .    .     .      .     x      .         .       x      .      .       .       .
cases.report_progress          .    x     x      x     x      .         .       .      .      .       .       .
cases.urge_case                x    .     .      .     .      x         x       .      .      .       .       .
cases.comment_case             x    x     x      x     x      x         x       x      .      .       .       .
cases.attach_file              x    x     x      x     x      x         x       .      .      .       .       .
cases.reply_case               .    x     x      x     x      .         .       .      .      .       .       .
cases.rate_case                x    x     x      x     x      x         x       x      .      .       .       .
cases.call_back_case           x    .     .      .     .      .         x       .      .      .       .       .
cases.close_case               x    .     .      .     .      .         x       .      .      .       .       .
cases.reopen_case              x    .     .      .     x      .         x       .      .      .       .       .
cases.hear_case                .    .     .      .     .      x         x       x      .       .       .       .
cases.recheck_case             x    .     .      .     .      x         x       .      .       .       .       .
cases.withdraw_case            x    .     .      .     .      x         .       .      .      .       .       .
cases.merge_case               x    .     .      .     x      x         x       .      .      .       .       .
cases.unmerge_case             x    .     .      .     x      x         x       .      .      .       .       .
cases.distinguish_case         x    .     .      .     x      x         x       x      .      .       .       .
cases.undistinguish_case       x    .     .      .     x      x         x       x      .      .       .       .
cases.import_cases             x    .     .      .     .      x         .       .      .      .       .       .
cases.void_case                .    .     .      .     .      x         .       .      .      .       .       .
cases.record_for_another       x    .     .      .     .      x         .       .      .      .       .       .
cases.view_case                x    x     x      x     x      x         x       x      x      .       .       .
cases.list_cases               x    x     x      x     x      x         x       x      x      .       .       .
cases.print_receipt            x    x     x      x     x      x         x       .      .      .       .       .
residents.find_resident        x    x     x      x     x      x         x       x      .      .       .       .
residents.register_resident    x    x     x      x     x      x         x       x      .      .       .       .
residents.reveal_resident      x    x     x      x     x      x         x       x      .      .       .       .
residents.correct_resident     x    x     x      x     x      x         .       .      .      .       .       .
residents.register_house       x    x     x      x     x      x         .       .      .      .       .       .
residents.link_house           x    x     x      x     x      x         .       .      .      .       .       .
residents.change_household     x    x     x      x     x      x         .       .      .      .       .       .
enterprises.find_enterprise    x    x     x      x     x      x         x       x      .      .       .       .
enterprises.register_enterprise x   x     x      x     x      x         .       .      .      .       .       .
enterprises.amend_enterprise   x    .     x      x     x      x         .       .      .      .       .       .
enterprises.close_enterprise   x    .     x      x     x      x         .       .      .      .       .       .
enterprises.merge_enterprises  x    .     .      .     x      x         .       .      .      .       .       .
enterprises.reveal_contact     x    x     x      x     x      x         x       x      .      .       .       .
books.see_records              x    x     x      x     x      x         x       x      .      .       .       .
books.write_record             x    x     x      x     x      x         x       x      .      .       .       .
books.amend_record             x    x     x      x     x      x         x       x      .      .       .       .
books.void_record              x    x     x      x     x      x         x       x      .      .       .       .
books.reveal_record            x    x     x      x     x      x         x       x      .      .       .       .
books.wake_book                .    .     .      .     .      x         .       x      .      x       .       .
books.declare_book             .    .     .      .     .      x         .       .      .      x       .       .
people.manage_units            .    .     .      .     .      .         .       .      .      x       .       .
people.manage_staff            .    .     .      .     .      .         .       .      .      x       .       .
people.manage_posts            .    .     .      .     .      .         .       .      .      .       x       .
people.take_leave              x    x     x      x     x      x         x       x      .      .       .       .
people.plan_duty               .    .     .      .     .      x         .       .      .      .       .       .
people.hand_over               .    .     .      .     x      x         .       .      .      .       .       .
places.manage_places           .    .     .      .     .      x         .       .      .      x       .       .
worktime.manage_calendar       .    .     .      .     .      .         .       .      .      x       .       .
rulebook.read_rules            x    x     x      x     x      x         x       x      x      x       x       x
figures.read_figures           .    .     .      .     x      x         x       x      .      .       .       .
reports.read_paper             .    .     .      .     x      x         x       x      .      .       .       .
reports.finalise_paper         .    .     .      .     .      x         .       x      .      .       .       .
reports.print_today            .    .     .      .     .      x         x       x      .      .       .       .
reports.receive_form           .    .     .      .     x      x         x       x      .      .       .       .
reports.match_form             .    .     .      .     x      x         x       x      .      .       .       .
reports.answer_form            .    .     .      .     x      x         x       x      .      .       .       .
reports.send_form              .    .     .      .     x      x         x       x      .      .       .       .
rulebook.manage_rules          .    .     .      .     .      x         .       .      .      x       .       .
rulebook.replay_draft          .    .     .      .     .      x         x       x      .      x       .       .
rulebook.review_rules          .    .     .      .     x      x         x       x      .      x       .       .
rulebook.decide_rules          .    .     .      .     .      x         .       x      .      x       .       .
ledger.verify_ledger           .    .     .      .     .      .         x       .      .      x       .       x
ledger.read_entries            .    .     .      .     .      .         .       .      .      .       .       x
desk.check_timers              .    .     .      .     x      x         x       x      .      x       x       x
cases.appraise_case            .    .     .      .     .      x         .       .      .      .       .       .
cases.erase_case               .    .     .      .     .      .         x       x      .      .       .       .
notices.try_sender             .    .     .      .     .      .         .       .      .      x       .       .
desk.use                       x    x     x      x     x      x         x       x      x      x       x       x
"""
"""Rows are deeds, columns the roles in the order of `Role`; x grants. Conditions beyond it (whose case, in which
state, not one's own) belong to the actions. A clerk closes on the asker's own mark and sends back what the asker
finds undone; leave for another is recorded by who may hand over. The three administrators (三员分立, GB/T 22239
8.1.5) never see a case: one keeps accounts, one grants posts, one reads the log."""


def _read_table(text: str) -> dict[str, frozenset[Role]]:
    """Read deed → roles; ValueError for a line that does not answer for every role."""
    _, *lines = text.strip().splitlines()
    table: dict[str, frozenset[Role]] = {}
    for line in lines:
        deed, *marks = line.split()
        if deed in table or set(marks) - {"x", "."}:
            raise ValueError(f"the line of {deed} in the table of rights cannot be read")
        table[deed] = frozenset(role for role, mark in zip(Role, marks, strict=True) if mark == "x")
    return table


_ROLES_BY_DEED = _read_table(TABLE)
DEEDS = frozenset(_ROLES_BY_DEED)
"""Every deed that a right can name."""

RIGHTS: dict[Role, frozenset[str]] = {
    role: frozenset(deed for deed, roles in _ROLES_BY_DEED.items() if role in roles) for role in Role
}
"""What each role may do."""

LEAD_RIGHTS = frozenset(
    f"cases.{deed}"
    for deed in (
        "view_case",
        "sign_for_case",
        "object_case",
        "return_case",
        "pause_case",
        "resume_case",
        "ask_extension",
        "report_progress",
        "comment_case",
        "attach_file",
        "reply_case",
        "print_receipt",
    )
)
"""What whoever leads a case may do on that one case, with or without a post."""

DEVICE_RIGHTS = frozenset({"desk.use", "cases.view_case", "cases.list_cases"})
"""What a village's shared device may do before anyone has said 谁在办: look, never act."""

POSTLESS_RIGHTS = frozenset(
    {"desk.use", "rulebook.read_rules", "people.take_leave", "cases.view_case", "cases.list_cases"}
)
"""What a member of staff without a post may do: with no reach he sees but the cases that he leads."""

_OWN_LOG_IN_ONLY = frozenset(
    {
        "cases.decline_case",
        "cases.redirect_case",
        "cases.void_case",
        "cases.import_cases",
        "cases.decide_extension",
        "cases.park_case",
        "cases.record_for_another",
        "residents.reveal_resident",
        "books.reveal_record",
        "books.wake_book",
        "books.declare_book",
        "enterprises.merge_enterprises",
        "enterprises.reveal_contact",
        "people.plan_duty",
        "people.hand_over",
        "places.manage_places",
        "rulebook.manage_rules",
        "rulebook.review_rules",
        "rulebook.decide_rules",
        "ledger.verify_ledger",
    }
)
PIN_RIGHTS = DEEDS - _OWN_LOG_IN_ONLY
"""What four to six digits on a shared device can carry; the rest asks for the person's own log-in."""

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three administrators (三员)."""

_UNIT_LIMITED = frozenset({Role.HANDLER, Role.UNIT_HEAD})


@dataclass(frozen=True)
class Reach:
    """How far a post's rights go: rows under a division, and of those only a unit's, a grid's or what was sent down."""

    division: str
    unit_id: UUID | None = None
    grid_id: UUID | None = None
    is_sent_down_only: bool = False

    def covers(
        self,
        division: str,
        *,
        unit_id: UUID | None = None,
        grid_id: UUID | None = None,
        is_sent_down: bool = False,
    ) -> bool:
        """Tell whether a row of this division, unit and grid lies within reach."""
        return (
            bool(self.division)
            and division.startswith(self.division)
            and self.unit_id in (None, unit_id)
            and self.grid_id in (None, grid_id)
            and (is_sent_down or not self.is_sent_down_only)
        )

    def is_within(self, other: "Reach") -> bool:
        """Tell whether another reach covers every row that this one does, and more."""
        return self != other and other.covers(
            self.division, unit_id=self.unit_id, grid_id=self.grid_id, is_sent_down=self.is_sent_down_only
        )


def reach_of(role: Role, *, division: str, unit_id: UUID, grid_id: UUID | None) -> Reach:
    """Return how far `role` reaches on a post of this place and unit.

    Handlers and heads see their unit's cases, the county's eye what it sent down, all others the post's place:
    the town for most, the village for a cadre or a village window, the grid for a grid worker.
    """
    if role is Role.COUNTY_OBSERVER:
        return Reach(division=division, is_sent_down_only=True)
    return Reach(division=division, unit_id=unit_id if role in _UNIT_LIMITED else None, grid_id=grid_id)


def read_roles(values: Iterable[str]) -> tuple[Role, ...]:
    """Return the roles that a post names, in the order of `Role`, each once. Raises InvalidInput."""
    wanted = set(values)
    unknown = sorted(wanted - {role.value for role in Role})
    if unknown:
        raise _refused(f"没有“{'、'.join(unknown)}”这种角色。请从列表中选择。")
    if not wanted:
        raise _refused("岗位至少要有一种角色。请从列表中选择。")
    return tuple(role for role in Role if role.value in wanted)


def clash_of(roles: Iterable[Role]) -> str:
    """Return why no one may hold all these roles (三员分立, GB/T 22239), or an empty string.

    The three administrators exclude each other; none of them also works on cases, since he would then rule his
    own rights, accounts or log.
    """
    held = set(roles)
    administrators = [role for role in Role if role in held & ADMINISTRATORS]
    if len(administrators) > 1:
        words = "、".join(role.label for role in administrators)
        return f"{words}不得由同一人担任（三员分立）。请另选一人。"
    others = [role for role in Role if role in held - ADMINISTRATORS]
    if administrators and others:
        return f"{administrators[0].label}不办件，不能兼任{others[0].label}。请另选一人。"
    return ""


def check_deed(deed: str) -> str:
    """Return `deed`, or raise LookupError: a deed outside the table is a misspelling, not a refusal."""
    if deed not in DEEDS:
        raise LookupError(f"{deed} has no line in the table of rights")
    return deed


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, fields={"roles": message})
