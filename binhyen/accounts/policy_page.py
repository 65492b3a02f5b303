# SPDX-License-Identifier: AGPL-3.0-or-later
"""The policy table in plain words: for a page, and as `docs/policy.md`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import LEVEL_OF_ROLE, Role
from binhyen.accounts.permissions import GRANTS
from binhyen.accounts.words import DATA_CLASS, PURPOSE, REACH, role_name
from binhyen.core.actors import POLICY, Rule
from binhyen.core.errors import Text
from binhyen.territory.choices import Level

_HEAD = """\
# Who may do what

Made from each app's `permissions.py` by `binhyen generate`; do not edit.

Rights come from roles, roles from dated appointments at a place; nobody has rights without one.
What a role does not name here, it may not do. Reaches: *area* is the place of the role and
everything in it, *unit* that place only, *team* the own team, *self* the own file. Whoever runs the
machines (operator) has no right to any data.
"""


HEADINGS: tuple[Text, ...] = (
    pgettext_lazy("column of the policy", "May"),
    pgettext_lazy("column of the policy", "Where"),
    _("Kind of data"),
    _("Fields"),
    pgettext_lazy("column of the policy", "For"),
)


@dataclass(frozen=True)
class Line:
    """One right in words."""

    what: str
    data: str
    where: str
    fields: str
    purposes: str

    @property
    def cells(self) -> list[tuple[Text, str]]:
        """Each value with the heading of its column."""
        values = (self.what, self.where, self.data, self.fields, self.purposes)
        return list(zip(HEADINGS, values, strict=True))


def lines_of(role: str) -> list[Line]:
    """The rights of one role, from places and teams up to figures and papers."""
    height = {config.label: i for i, config in enumerate(reversed([*apps.get_app_configs()]))}
    held = [rule for rule in POLICY.rules() if rule.role == role]
    return [_line(one) for one in sorted(held, key=lambda one: height[one.verb.key.split(".")[0]])]


def _line(rule: Rule) -> Line:
    return Line(
        what=str(rule.verb.title),
        data=str(DATA_CLASS[rule.verb.data_class]),
        where=str(REACH[rule.reach]),
        fields=", ".join(sorted(rule.fields)) if rule.fields is not None else gettext("all"),
        purposes=", ".join(str(PURPOSE[purpose]) for purpose in rule.purposes),
    )


@dataclass(frozen=True)
class RolePolicy:
    """One role for the page: what it may, where it is held, what it may give."""

    key: str
    name: str
    note: str
    lines: list[Line]


def roles() -> list[RolePolicy]:
    """The roles that people hold, each with its rights."""
    return [
        RolePolicy(role, role_name(role), _note(role), lines_of(role))
        for role in Role.values
        if role != Role.LOADER
    ]


def _note(role: str) -> str:
    levels = ", ".join(str(level.label) for level in Level if level in LEVEL_OF_ROLE[role])
    held = gettext("Held at: %(levels)s.") % {"levels": levels}
    given = [role_name(other) for other in Role.values if other in GRANTS.get(role, frozenset())]
    if not given:
        return held
    gives = gettext("Gives, inside its own place: %(roles)s.") % {"roles": ", ".join(given)}
    return f"{held} {gives}"


def markdown() -> str:
    """The same as a document, in English."""
    with override("en"):
        return "\n".join([_HEAD, *_document()])


def _document() -> Iterator[str]:
    for role in Role.values:
        yield f"## {role_name(role)} (`{role}`)\n"
        yield f"{_note(role)}\n"
        rows = lines_of(role)
        if not rows:
            yield "No right to any data.\n"
            continue
        yield "| may | where | kind of data | fields | for |"
        yield "|---|---|---|---|---|"
        for line in rows:
            yield f"| {line.what} | {line.where} | {line.data} | {line.fields} | {line.purposes} |"
        yield ""
