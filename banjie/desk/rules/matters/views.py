"""Look through the matters of a draft level by level; add one, change or close one."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.drafts.answering import answer, draft_of
from banjie.desk.rules.matters.forms import MatterForm
from banjie.people.queries import StaffActor, units_of
from banjie.rulebook import actions
from banjie.rulebook.categories import Category, CategoryTree, read_categories
from banjie.rulebook.category_rows import deepest, matter_in
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.text import Section
from banjie.rulebook.vocabulary import DUTY_WORDS

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
UNDER = "under"


@dataclass(frozen=True)
class MatterLine:
    """One matter of the list: what holds for it, its own or from above, and how many lie under it."""

    category: Category
    duty: str
    below: int


@require_safe
@needs(MANAGE, scope=OURS)
def matters(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """List the matters of one level of a draft, each leading to those under it."""
    found = draft_of(at_work(request), draft_id, Section.CATEGORIES)
    tree = read_categories(found.read)
    under = _under(request, tree)
    told = {
        "draft": found,
        "above": list(reversed(list(tree.upwards(under)))),
        "under": under,
        "lines": [
            MatterLine(one, DUTY_WORDS[one.duty] if one.duty else "", len(tree.children(one.key)))
            for one in tree.children(under)
        ],
        "may_add": len(list(tree.upwards(under))) < deepest(found.read),
    }
    return page(request, "desk/rules/matters.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_matter(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Add a matter under another, or on the first level."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_of(actor, draft_id, Section.CATEGORIES)
    tree = read_categories(found.read)
    under = _under(request, tree)
    form = MatterForm(posted(request), units=_units(actor), above=_above(tree, under))
    words = FormPage(
        f"加事项：{tree.path_words(under) if under else '第一级'}",
        "加到草案",
        f"{reverse('rulebook:matters', args=[draft_id])}?{UNDER}={under}",
        note="一件事归到最下面的一级。决定并到施行日期以后，登记页上就能选。",
        done="事项已加到草案。",
    )

    def act(_: object) -> RuleDraft:
        return actions.add_matter(actor, stamp, draft_id=draft_id, matter=form.matter, under=under)

    return answer(request, form, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def matter(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponseBase:
    """Change a matter or close it."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_of(actor, draft_id, Section.CATEGORIES)
    tree = read_categories(found.read)
    standing = matter_in(found.read, name)
    parent = tree.find(name).parent
    form = MatterForm(posted(request), units=_units(actor), above=_above(tree, parent), matter=standing)
    words = FormPage(
        f"改事项：{tree.path_words(name)}",
        "保存到草案",
        f"{reverse('rulebook:matters', args=[draft_id])}?{UNDER}={parent}",
        note="编码不变：已经归在这里的件跟着新的名称走。",
        done="事项已保存到草案。",
    )

    def act(_: object) -> RuleDraft:
        return actions.change_matter(actor, stamp, draft_id=draft_id, key=name, matter=form.matter)

    return answer(request, form, act, words)


def _under(request: HttpRequest, tree: CategoryTree) -> str:
    under = request.GET.get(UNDER, "")
    if under and under not in tree:
        raise NotFound("草案里没有这个事项。请回到事项列表重新选。")
    return under


def _above(tree: CategoryTree, under: str) -> str:
    return tree.find(under).unit if under else ""


def _units(actor: StaffActor) -> list[tuple[str, str]]:
    """Return the units of the town as a category text names them."""
    return [(unit.short_name or unit.name, unit.name) for unit in units_of(actor.town)]
