# SPDX-License-Identifier: AGPL-3.0-or-later
"""Refusals: what a person asked for was not done, why, and how to mend it."""

from typing import Any, NamedTuple, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Step(NamedTuple):
    """What can be done about a refusal at once: a link, or a button that posts."""

    label: Text
    url: str
    posts: bool = False


class Refused(Exception):  # noqa: N818 - the field's word; a refusal is not a fault
    """A request that a person can put right. Subclasses stand beside the function that raises.

    A subclass gives three sentences; each may name parameters as `%(name)s`.
    """

    field: str = ""
    what: Text = _("This was not saved.")
    why: Text = ""
    remedy: Text = ""
    step: Step | None = None

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        if field is not None:
            self.field = field
        self.params = params
        super().__init__(type(self).__name__)

    def sentences(self) -> tuple[str, str, str]:
        """What was refused, why, and the remedy, in the reader's language."""
        what, why, remedy = (
            str(text) % self.params if text else "" for text in (self.what, self.why, self.remedy)
        )
        return what, why, remedy

    def offering(self, label: Text, url: str, *, posts: bool = False) -> Self:
        """The same refusal, with what its page offers to do about it."""
        self.step = Step(label, url, posts)
        return self

    def __str__(self) -> str:
        return " ".join(part for part in self.sentences() if part)


class Forbidden(Refused):
    """The actor lacks the right; pages and API answer exactly as if the thing did not exist."""

    what = _("This was not found.")
    why = _("It does not exist, or your role does not reach it.")
    remedy = _("Check the address, or ask your commune police who holds the right.")


class Missing(Refused):
    """A public thing that does not exist: pages answer 404, programs get the sentences."""


class Invalid(Refused):
    """A field breaks one of the rules that the table itself holds."""

    why = _("%(reason)s")
    remedy = _("Correct the marked field and save again.")


class OperationIdReused(Refused):
    """The id of an operation that was applied, sent with another content, thing or action."""

    field = "op_id"
    why = _("This operation was already recorded with another content.")
    remedy = _(
        "Open the record and look at what was saved; enter the difference as a correction, or send"
        " something new with an id of its own."
    )
