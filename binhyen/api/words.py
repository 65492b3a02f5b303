# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the shape of a request, in words, by the words of pydantic and our own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text

_NO_SUCH_FORM: Text = _("This is not in the form that the description of the API gives.")
_TEXT: Text = _("Send a text.")
_WHOLE: Text = _("Send a whole number, without quotes.")
_NUMBER: Text = _("Send a number, without quotes.")
_DECIMAL: Text = _("Send a number with at most two digits after the point.")
_YES_NO: Text = _("Send true or false, without quotes.")
_ID: Text = _("An id is written as 36 characters with hyphens.")
_MANY: Text = _("Send a list.")
_OBJECT: Text = _("Send an object with named fields.")

FIELD: dict[str, Text] = {
    "missing": _("This field is needed."),
    "extra_forbidden": _("This field is not known. Check its spelling, or leave it out."),
    "hidden_character": _("Hidden characters are not taken. Send plain text in UTF-8."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_long": _("Send at most %(max_length)s characters."),
    "string_too_short": _("Send at least %(min_length)s characters."),
    "string_pattern_mismatch": _("This is written otherwise: %(pattern)s."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_digits": _DECIMAL,
    "decimal_max_places": _DECIMAL,
    "decimal_whole_digits": _DECIMAL,
    "greater_than_equal": _("Send %(ge)s or more."),
    "less_than_equal": _("Send %(le)s or less."),
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "literal_error": _("Choose one of these: %(expected)s."),
    "list_type": _MANY,
    "tuple_type": _MANY,
    "too_long": _("Send at most %(max_length)s of them."),
    "too_short": _("Send at least %(min_length)s of them."),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "not_a_day": _("A day is written as year, month and day: 2025-09-15."),
    "not_a_moment": _("A moment is written with day, time and offset: 2025-09-15T22:00:00+07:00."),
    "naive_moment": _(
        "The moment does not say in which time zone. Add the offset from UTC, in Viet Nam +07:00:"
        " 2025-09-15T22:00:00+07:00."
    ),
    "year_out_of_range": _("Years from %(first)s to %(last)s are taken."),
    "period_too_long": _("Ask for at most %(months)s months at once."),
    "too_many_codes": _("Ask for at most %(number)s indicators at once."),
    "unknown_filter": _("This filter is not known. Check its spelling, or leave it out."),
    "filter_twice": _("This filter stands twice. Send it once."),
    "not_of_this_team": _("Somebody here does not serve in this team around that day."),
    "no_such_officer": _("Nobody with this id serves in the police of that commune."),
    "one_of_two": _("Send either a team or a commune."),
}
"""What is said about one field."""

BODY: dict[str, Text] = {
    "not_json": _("The body is not valid JSON in UTF-8."),
    "too_deep": _("The body is nested too deeply."),
    "field_twice": _("The body has a field twice: %(name)s."),
    "not_finite": _("JSON has no NaN and no Infinity."),
}
"""What is said about a body that cannot be read."""


def about_field(word: str, parts: Mapping[str, Any] | None = None) -> str:
    """The sentence about one field at fault."""
    text = str(FIELD.get(word, _NO_SUCH_FORM))
    return text % {key: str(value)[:200].replace("' or '", "', '")
                   for key, value in (parts or {}).items()}  # fmt: skip


def about_body(word: str, parts: Mapping[str, Any]) -> str:
    """The sentence about a body that cannot be read."""
    return str(BODY[word]) % parts


TITLE: Text = _("The request was not understood.")

BY_STATUS: dict[int, tuple[str, Text, Text]] = {
    400: ("bad_request", TITLE, _("Look the address and the body up in the API's description.")),
    401: (
        "no_key",
        _("Nobody is signed in."),
        _("Send a key that is in force: Authorization: Bearer …"),
    ),
    403: ("bad_request", TITLE, _("Look the address and the body up in the API's description.")),
    405: (
        "wrong_method",
        _("This address does not know that method."),
        _("Look it up in the API's description; the header Allow names the methods."),
    ),
    413: (
        "too_large",
        _("The request is too large."),
        _("Send at most one megabyte."),
    ),
    415: (
        "not_json",
        _("The body is of another kind."),
        _("Send JSON in UTF-8 with Content-Type: application/json."),
    ),
    429: (
        "too_often",
        _("You ask too often."),
        _("Wait as many seconds as the header Retry-After says, then go on."),
    ),
    500: (
        "our_fault",
        _("Something went wrong here."),
        _("Nothing was saved. Try again; if it happens again, tell the operator."),
    ),
}
"""Word, title and sentence of answers that are given before or outside an operation."""
