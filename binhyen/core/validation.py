# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules that the table holds, turned into refusals."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from binhyen.core.errors import Invalid


def save(row: models.Model, *, only: list[str] | None = None) -> None:
    """Check a row against its own fields and constraints, then write it.

    Raises Invalid with the first field at fault and every message.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        raise invalid(error) from error
    if only is None:
        row.save()
    else:
        row.save(update_fields=only)


def invalid(error: ValidationError) -> Invalid:
    """The refusal that says what Django's checks found."""
    fields: dict[str, Any] = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
    field = next(iter(fields))
    reason = " ".join(str(message) for messages in fields.values() for message in messages)
    return Invalid(field="" if field == NON_FIELD_ERRORS else field, reason=reason)
