"""Which person a form means: the one who was picked, or without a script the only one whom the words fit."""

from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.people.queries import StaffActor
from banjie.residents.queries import find_residents

NOBODY = "还没有选人，请打姓名或拼音首字母，从列出的里面选。"


def person_meant(actor: StaffActor, picked: UUID | None, typed: str) -> UUID:
    """Return the id of the person; raises InvalidInput where nobody was picked and the words fit none or several."""
    if picked is not None:
        return picked
    hits = find_residents(actor, typed, limit=2) if typed.strip() else []
    if len(hits) == 1:
        return hits[0].id
    problem = (
        NOBODY
        if not typed.strip()
        else ("没有找到这个人。" if not hits else "符合的不止一人，请再打几个字。")
    )
    raise InvalidInput(problem, fields={"person": problem})
