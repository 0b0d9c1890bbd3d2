"""Every read of the rulebook: what is in force for a town on a day, and the texts as files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound, RuleMissing
from banjie.files.quotas import Quotas
from banjie.ledger.kept import kept
from banjie.people.models import Post
from banjie.people.queries import UnitName, units_in_force, units_of
from banjie.rulebook.categories import Category, CategoryTree
from banjie.rulebook.check import Known
from banjie.rulebook.check.bounds import bound_findings
from banjie.rulebook.diffing import Difference, TextDiff, diff_of
from banjie.rulebook.findings import Finding
from banjie.rulebook.in_force import Article, Edition, Owner, Rules, TimeLimit, chosen
from banjie.rulebook.kinds import Kind, read_kind
from banjie.rulebook.models import OPEN_STATES, Replay, RuleDraft, TextVersion
from banjie.rulebook.sensitive import SensitiveFunction, sensitive_in
from banjie.rulebook.setting_keys import SettingKey
from banjie.rulebook.shelf import file_name
from banjie.rulebook.text import Section
from banjie.rulebook.values import Plain


@kept
def rules_on(town: str, on: date) -> Rules:
    """Return everything in force for a town on a day; a request asks once and passes it on."""
    return _rules(chosen(editions(), town=town, on=on))


def setting(town: str, key: str, on: date) -> Plain:
    """Return the value of a setting as code uses it; RuleMissing when no text in force names it."""
    return rules_on(town, on).setting(key)


def article(town: str, key: str, on: date, *, name: str = "") -> Article:
    """Return what to cite of the regulation `key` in force, at the provision that prints the parameter `name`."""
    return rules_on(town, on).article(key, name=name)


def time_limit(town: str, clock: str, *, kind: str, on: date, category: str = "") -> TimeLimit | None:
    """Return the limit of a clock for a kind and category on a day; None when the kind has no such clock."""
    return rules_on(town, on).time_limit(clock, kind=kind, category=category)


def kind_on(town: str, key: str, on: date) -> Kind:
    """Return a kind of case as in force on a day; RuleMissing when there is none."""
    return rules_on(town, on).kind(key)


@kept
def kind_as_kept(town: str, key: str, *, ref: str, on: date) -> Kind:
    """Return a kind as in the version that a case keeps by `ref`; as in force on `on` where it keeps none that is here.

    What a case was promised when it came in holds for it to its end, though its kind is amended or retired.
    """
    version = ref.rpartition("@")[2]
    for edition in editions() if version else ():
        is_its = edition.section is Section.KINDS and edition.key == key and edition.version == version
        if is_its and edition.binds(town):
            return replace(read_kind(edition.text), article=ref)
    return kind_on(town, key, on)


def kinds_on(town: str, on: date) -> tuple[Kind, ...]:
    """Return every kind of case in force on a day, by key."""
    return rules_on(town, on).kinds


def categories_on(town: str, on: date) -> CategoryTree:
    """Return the tree of matters in force on a day."""
    return rules_on(town, on).categories


def cited(town: str, ref: str) -> Edition:
    """Return the version that a stored reference such as 限时办结制 第三条@镇3 names; NotFound when there is none."""
    words, _, version = ref.rpartition("@")
    for edition in editions():
        if edition.binds(town) and edition.version == version:
            title = edition.text.title
            if words == title or words.startswith(f"{title} "):
                return edition
    raise NotFound(f"找不到依据“{ref}”的文本。请核对制度名称和版本。")


def editions_of(town: str, section: Section, key: str) -> list[Edition]:
    """Return every version of a text that was ever made for a town, its county or everybody, the latest day first."""
    found = [one for one in editions() if one.binds(town) and (one.section, one.key) == (section, key)]
    return sorted(found, key=lambda one: (one.from_on, one.owner is Owner.TOWN, one.number), reverse=True)


def stored_versions_of(town: str, section: Section, key: str) -> list[TextVersion]:
    """Return the versions that `editions_of` returns with by which meeting and paper each was decided."""
    ids = [one.id for one in editions_of(town, section, key)]
    rows = TextVersion.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


def unit_names(town: str) -> frozenset[str]:
    """Return every name under which a category may name a unit of a town: key, short name and name."""
    return frozenset(
        name for unit in units_of(town) for name in (unit.key, unit.short_name, unit.name) if name
    )


def post_names(town: str) -> frozenset[str]:
    """Return every name under which a text may name a post in use: unit and title, such as 民生办/窗口岗."""
    posts = Post.objects.filter(town=town, valid_until__isnull=True).select_related("unit")
    return frozenset(
        f"{unit}/{post.title}"
        for post in posts
        for unit in (post.unit.key, post.unit.short_name, post.unit.name)
        if unit
    )


def responsible_unit(category: Category, *, town: str, on: date) -> UnitName | None:
    """Return the unit that a category's text makes responsible; None when the town has none of that name on the day."""
    units = units_in_force(town, on=on)
    return next((unit for unit in units if category.unit in (unit.key, unit.short_name, unit.name)), None)


def sensitive_functions(town: str, on: date) -> tuple[SensitiveFunction, ...]:
    """Return what higher law switches off or on, each with its article and its state in the town (自查清单)."""
    return sensitive_in(rules_on(town, on))


def outside_the_law(town: str, on: date) -> list[Finding]:
    """Return each value in force that a law now forbids, such as a town's own text after the law was amended."""
    rules = rules_on(town, on)
    texts = [edition.text for edition in rules.editions.values()]
    known = Known.of_program(standing=rules.standing, bounds=rules.bounds)
    kinds = {kind.key: kind for kind in rules.kinds}
    return sorted(bound_findings(texts, known, kinds=kinds, trees={"": rules.categories}))


def quotas_on(town: str, on: date) -> Quotas:
    """Return how much may be handed in, such as an adviser's paper."""
    rules = rules_on(town, on)
    keys = (SettingKey.FILE_SIZE, SettingKey.FILES_PER_CASE, SettingKey.BYTES_PER_DAY, SettingKey.PIXELS)
    size, files, day, pixels = (rules.setting(key) for key in keys)
    if not (
        isinstance(size, int) and isinstance(files, int) and isinstance(day, int) and isinstance(pixels, int)
    ):
        raise RuleMissing("附件参数的写法不对。请管理员按同名出厂参数的写法改正。")
    return Quotas(max_file_bytes=size, max_files_per_case=files, max_day_bytes=day, max_pixels=pixels)


def drafts_of(actor: Actor, *, are_open: bool = True) -> QuerySet[RuleDraft]:
    """Return the drafts of the actor's town that are open, or all others, the newest first by (started_at, id)."""
    drafts = RuleDraft.objects.filter(town=actor.town).order_by("-started_at", "-id")
    return drafts.filter(state__in=OPEN_STATES) if are_open else drafts.exclude(state__in=OPEN_STATES)


@dataclass(frozen=True)
class Waiting:
    """A text in force with values that wait for the town (待镇里确定), and how many."""

    edition: Edition
    count: int


def waiting_for_town(town: str, on: date) -> list[Waiting]:
    """Return the texts in force on a day whose values wait for the town to decide them, by section and key."""
    found = []
    for _, edition in sorted(rules_on(town, on).editions.items()):
        count = sum(1 for one in edition.text.parameters.values() if one.until_decided)
        if count:
            found.append(Waiting(edition, count))
    return found


def draft_for(actor: Actor, draft_id: UUID) -> RuleDraft:
    """Return a draft of the actor's town; NotFound for any other."""
    draft = RuleDraft.objects.filter(town=actor.town, pk=draft_id).first()
    if draft is None:
        raise NotFound("没有这份制度草案。请回到制度页面重新打开。")
    return draft


def mates_of(draft: RuleDraft) -> list[RuleDraft]:
    """Return the drafts that go into force together with this one, itself first (ADR 0079)."""
    if draft.batch_id is None:
        return [draft]
    others = RuleDraft.objects.filter(town=draft.town, batch_id=draft.batch_id).exclude(pk=draft.pk)
    return [draft, *others.order_by("section", "key")]


def base_of(draft: RuleDraft) -> TextVersion | None:
    """Return the version from which a draft was started; None for a text that is new."""
    return TextVersion.objects.filter(pk=draft.base_id).first() if draft.base_id else None


def changes_of(draft: RuleDraft) -> TextDiff:
    """Return what a draft changes of the version from which it was started."""
    base = base_of(draft)
    return diff_of(base.edition.text if base else None, draft.read)


def starting_point(town: str, section: Section, key: str, *, on: date) -> TextVersion | None:
    """Return what a draft starts from: the town's newest version unless it is repealed, else what rules; or None."""
    own = versions_of(Owner.TOWN, town, section, key)
    if own and not own[-1].is_repeal:
        return own[-1]
    beneath = rules_on(town, on).without(owner=Owner.TOWN, places={(section, key)})
    ruling = beneath.editions.get((section, key))
    return TextVersion.objects.get(pk=ruling.id) if ruling else None


def differing_from_shipped(town: str, on: date) -> list[Difference]:
    """Return the texts in force that are the town's or county's own, each against the shipped one of the day.

    After an upgrade this is what a town looks through; nothing of its own was touched.
    """
    rules = rules_on(town, on)
    shipped = chosen([one for one in editions() if one.owner is Owner.SHIPPED], town=town, on=on)
    beneath = {(one.section, one.key): one for one in shipped}
    return [
        Difference(edition, beneath[place])
        for place, edition in sorted(rules.editions.items())
        if edition.owner is not Owner.SHIPPED and place in beneath and edition.source != beneath[place].source
    ]


def versions_of(owner: Owner, owner_code: str, section: Section, key: str) -> list[TextVersion]:
    """Return the versions of one owner's text, oldest first."""
    found = TextVersion.objects.filter(owner=owner, owner_code=owner_code, section=section, key=key)
    return list(found.order_by("number"))


def versions_by_text(owner: Owner, owner_code: str) -> dict[tuple[Section, str], list[TextVersion]]:
    """Return every version of one owner's texts by section and key, oldest first, at one query."""
    found: dict[tuple[Section, str], list[TextVersion]] = {}
    for row in TextVersion.objects.filter(owner=owner, owner_code=owner_code).order_by("number"):
        found.setdefault((Section(row.section), row.key), []).append(row)
    return found


def files_on(town: str, on: date) -> dict[str, str]:
    """Return the texts that rule in a town on a day, by file name, as written."""
    rules = rules_on(town, on)
    return {file_name(*place): edition.source for place, edition in sorted(rules.editions.items())}


def own_files(town: str) -> dict[str, str]:
    """Return the versions that a town made itself, by file name with their day; of one day only the last rules."""
    rows = TextVersion.objects.filter(owner=Owner.TOWN, owner_code=town).order_by("number")
    return {file_name(Section(row.section), row.key, from_on=row.from_on): row.text for row in rows}


def rules_with(town: str, on: date, *, key: str, source: str) -> Rules:
    """Return what would rule on a day if this draft of a regulation were the town's own text in force."""
    draft = Edition(UUID(int=0), Owner.TOWN, town, Section.REGULATIONS, key, 0, on, None, source)
    others = [
        edition
        for edition in chosen(editions(), town=town, on=on)
        if (edition.owner, edition.section, edition.key) != (Owner.TOWN, Section.REGULATIONS, key)
    ]
    return Rules((draft, *others))


def replays_of(town: str) -> QuerySet[Replay]:
    """Return the replays of a town, without what they counted."""
    return Replay.objects.filter(town=town).defer("outcome", "source")


def replay_of(town: str, replay_id: UUID) -> Replay:
    """Return one replay of a town. Raises NotFound."""
    found = Replay.objects.filter(town=town, pk=replay_id).first()
    if found is None:
        raise NotFound("没有找到这次测算。请从制度的测算一览里选。")
    return found


@kept
def editions() -> Sequence[Edition]:
    """Return every version of every owner."""
    return tuple(row.edition for row in TextVersion.objects.order_by("id"))


@lru_cache(maxsize=128)
def _rules(editions: tuple[Edition, ...]) -> Rules:
    """Return the rules of a set of versions, the same object for every day on which the set is the same."""
    return Rules(editions)
