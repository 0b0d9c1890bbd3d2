"""Open requests from another system's export: registered here, with categories proposed and doubles marked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from fractions import Fraction

from banjie.base.clock import local_day
from banjie.cases.actions.importing import PlannedCase
from banjie.cases.importing.plans import KNOWN, Draft
from banjie.cases.likeness import clusters, grams, middle
from banjie.cases.models import Case
from banjie.cases.queries import category_proposals, learned_of
from banjie.cases.queries.likeness import COMPARED, SUBJECT
from banjie.cases.settings import setting as rule
from banjie.cases.workflow import State
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey
from banjie.sheets.declared import Prepared, Row, Setting

AT_ONCE = 500
TOPICS_SHOWN = 3
CATEGORIES_SHOWN = 5


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Return a plan for each open request, or why it cannot be taken in; the notes tell proposals and doubles."""
    draft = Draft(setting, rows)
    known = _known(setting.town, {row.text("number") for row in rows} - {""})
    for row in rows:
        draft.check_time(row)
    draft.check_numbers()
    plans: list[PlannedCase | None] = []
    for row in draft.good():
        planned = draft.planned(row)
        ours = known.get(planned.outer_number)
        if ours and ours[1] != planned.title:
            draft.refuse(row, "number", KNOWN.format(number=planned.outer_number, ours=ours[0]))
        else:
            plans.append(None if ours else planned)
    rules = rules_on(setting.town, local_day(setting.at))
    new = [plan for plan in plans if plan]
    notes = [*_counts(plans, new), *_proposed(setting, new, rules), *_doubled(setting, new, rules)]
    return Prepared(plans, draft.findings, notes)


def _counts(plans: Sequence[PlannedCase | None], new: Sequence[PlannedCase]) -> Iterable[str]:
    if known := len(plans) - len(new):
        yield f"{known}行以前导入过，内容没有变，这次跳过。"
    if coded := sum(plan.resident_id is not None for plan in new):
        yield f"{coded}行的诉求人按代号对上了本镇群众，其余记代号。"


def _proposed(setting: Setting, new: Sequence[PlannedCase], rules: Rules) -> Iterable[str]:
    """Say which categories the rows without one speak for; they are set by nobody but who accepts each."""
    bare = [plan for plan in new if not plan.category]
    if not bare:
        return
    learned = learned_of(setting.town)
    firsts: Counter[str] = Counter()
    uncertain = silent = 0
    for plan in bare:
        found = category_proposals(setting.town, plan.title, plan.text, rules=rules, learned=learned)
        if not found:
            silent += 1
            continue
        firsts[rules.categories.find(found[0].category).title] += 1
        uncertain += not found[0].is_certain
    if firsts:
        most = "、".join(f"{title}{count}行" for title, count in firsts.most_common(CATEGORIES_SHOWN))
        unsure = f"；其中{uncertain}行把握不够，请人工确认" if uncertain else ""
        yield f"类别建议（受理时按一下才算）：{most}{unsure}。"
    if silent:
        yield f"{silent}行还没有类别建议，受理或派办时从目录里选。"


def _doubled(setting: Setting, new: Sequence[PlannedCase], rules: Rules) -> Iterable[str]:
    """Say how many rows look like another of the sheet or of the town's newest cases, and what most are about."""
    since = setting.at - rule(rules, SettingKey.DUPLICATES_LOOK_BACK, timedelta)
    standing = Case.objects.filter(town=setting.town, registered_at__gte=since, is_open=True)
    known = list(standing.order_by("-registered_at").values_list("title", flat=True)[:COMPARED])
    told = [*(plan.title for plan in new), *known]
    titles = [grams(title[:SUBJECT]) for title in told]
    found = clusters(titles, least=float(rule(rules, SettingKey.HOT_LIKENESS, Fraction)))
    doubled = sum(place < len(new) for group in found if len(group) > 1 for place in group)
    if not doubled:
        return
    yield f"{doubled}行与别的行或已登记的件相像，导入后在各件的页面上提示，由人决定是不是并案。"
    least = rule(rules, SettingKey.HOT_LEAST, int)
    most = [group for group in found if len(group) >= least][:TOPICS_SHOWN]
    topics = [f"“{told[middle(titles, group)]}”{len(group)}件" for group in most]
    if topics:
        yield f"说得最多的：{'；'.join(topics)}。"


def _known(town: str, numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return which of these numbers an earlier import brought in, with our number and the title of each."""
    wanted = sorted(numbers)
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Case.objects.filter(
            town=town, batch_id__isnull=False, outer_number__in=wanted[start : start + AT_ONCE]
        )
        for outer, ours, title in rows.exclude(state=State.VOID).values_list(
            "outer_number", "number", "title"
        ):
            found[outer] = (ours, title)
    return found
