# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs may write into a field: clean text, days and moments that can be, exact numbers.

A refusal carries a word; `binhyen.api.words` says it in the reader's language. Nothing is mended in
silence: a moment without its offset, a number in quotes or a hidden character is refused.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import TextChoices
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_TEXT = 10_000
"""Longer text is not even looked at; each field has its own, shorter limit."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_ALLOWED = frozenset("\n\t\r")


class Strict(BaseModel):
    """What a program sends; a field that is not described is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _plain_text(cls, value: Any) -> Any:
        """Text in one Unicode form, without hidden characters."""
        if isinstance(value, list):
            return [_plain(one) for one in value]
        return _plain(value)


def inline(choices: type[TextChoices]) -> WithJsonSchema:
    """Describe a closed list where it stands, and not by its name.

    Lists of several apps are called State or Kind; in the API's description, which knows no apps,
    the one would stand for the other.
    """
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


def _plain(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return value
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in set(value) - _ALLOWED):
        raise _bad("hidden_character", "No control characters.")
    return unicodedata.normalize("NFC", value)


def _bad(word: str, text: str, **parts: Any) -> PydanticCustomError:
    return PydanticCustomError(word, text, parts or None)


def _as_day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _bad("not_a_day", "A day is written as 2025-09-15.")
    return _within(date, value, "not_a_day")


def _as_moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _bad("not_a_moment", "A moment is written as 2025-09-15T22:00:00+07:00.")
    if match["offset"] is None:
        raise _bad("naive_moment", "A moment carries its offset: 2025-09-15T22:00:00+07:00.")
    return _within(datetime, value.upper(), "not_a_moment")


def _within(kind: type[date], value: str, word: str) -> date:
    try:
        found = kind.fromisoformat(value)
    except ValueError as error:
        raise _bad(word, "There is no such day.") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _bad("year_out_of_range", "Years from 1900 to 2199.",
                   first=FIRST_YEAR, last=LAST_YEAR)  # fmt: skip
    return found


def _as_id(value: Any) -> Any:
    if isinstance(value, str) and len(value) != 36:
        raise _bad("uuid_parsing", "An id is written as 0190a1b2-…")
    return value


Day = Annotated[date, BeforeValidator(_as_day)]
"""A day on Vietnam's calendar, in the years 1900 to 2199."""
Moment = Annotated[datetime, BeforeValidator(_as_moment)]
"""A moment with its offset from UTC."""
Id = Annotated[UUID, BeforeValidator(_as_id)]
"""The id of a record."""
Number = Annotated[int, Field(strict=True)]
"""A whole number, not in quotes."""
YesNo = Annotated[bool, Field(strict=True)]
"""true or false, not in quotes."""
Code = Annotated[str, Field(pattern=r"^(VN|[0-9]{2}|[0-9]{5}|[0-9]{5}-[0-9]{2,4})$", max_length=10)]
"""VN, two digits of a province, five of a commune, or a commune's with a village's serial."""
CommuneCode = Annotated[str, Field(pattern=r"^[0-9]{5}$", max_length=5)]
"""Five digits of a commune, ward or special zone."""
VillageCode = Annotated[str, Field(pattern=r"^[0-9]{5}-[0-9]{2,4}$", max_length=10)]
"""A commune's code with a village's serial: 23272-03."""
DecisionNumber = Annotated[str, Field(min_length=1, max_length=60)]
"""The number of a decision, such as 20/QĐ-UBND."""
