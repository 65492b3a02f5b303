# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules that the table holds, turned into refusals."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from binhyen.core.compiled import insert, update
from binhyen.core.errors import Invalid
from binhyen.core.models import Record


def save(row: models.Model, *, only: list[str] | None = None) -> None:
    """Check a row against its own fields, then write it; the database checks its constraints.

    A constraint that is broken is asked for its words only then: the common case costs one
    statement instead of one for each constraint, and two who write at once get words as well.
    Raises Invalid with the first field at fault and every message.
    """
    try:
        row.full_clean(exclude=_at_hand(row), validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise invalid(error) from error
    try:
        with transaction.atomic():
            if _is_new(row):
                insert(row)
            elif only and isinstance(row, Record):
                update(row, *only)
            else:
                row.save(update_fields=only)
    except IntegrityError:
        _say_why(row)
        raise


def _at_hand(row: models.Model) -> set[str]:
    """Relations whose row was read already, so that nobody needs to ask whether it is there."""
    return {
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and row._state.fields_cache.get(field.name)
    }


def _is_new(row: models.Model) -> bool:
    """Whether a row that made its own id is not in the table yet."""
    return row._state.adding and isinstance(row, Record)


def _say_why(row: models.Model) -> None:
    """Raises Invalid if one of the row's rules says what is wrong with it."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise invalid(error) from error


def invalid(error: ValidationError) -> Invalid:
    """The refusal that says what Django's checks found."""
    fields: dict[str, Any] = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
    field = next(iter(fields))
    reason = " ".join(str(message) for messages in fields.values() for message in messages)
    return Invalid(field="" if field == NON_FIELD_ERRORS else field, reason=reason)
