"""Who else points at rows that an undo would take back: asked of Django's list of tables, so that none is forgotten."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.apps import apps
from django.db import models

from banjie.ledger.models import Ledgered


def pointed_at(
    model: type[models.Model], ids: Sequence[UUID], *, besides: Collection[type[models.Model]] = ()
) -> set[UUID]:
    """Return those of the ids at which a foreign key of any room points; tables `besides` are the row's own."""
    found: set[UUID] = set()
    for relation in model._meta.related_objects:
        other = relation.related_model
        if isinstance(other, str) or other in besides:
            continue
        column = relation.field.attname
        found |= set(
            other._base_manager.filter(**{f"{column}__in": ids}).values_list(column, flat=True).distinct()
        )
    return found


def named_codes(
    column: str, codes: Collection[str], *, besides: Collection[type[models.Model]] = ()
) -> set[str]:
    """Return those of the codes that stand in a ledgered row's `column`, such as "division_code", in any room."""
    found: set[str] = set()
    for model in apps.get_models():
        columns = {field.name for field in model._meta.concrete_fields}
        if issubclass(model, Ledgered) and column in columns and model not in besides:
            rows = model._base_manager.filter(**{f"{column}__in": codes})
            found |= set(rows.values_list(column, flat=True).distinct())
    return found
