# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the pages about resolutions: facts, tables, badges, what can happen next."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, Tone
from binhyen.core.templatetags.show import number
from binhyen.norms import queries
from binhyen.norms.choices import Item, Origin, State
from binhyen.norms.in_force import Gap, NormRow, NormsInForce
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.permissions import APPROVE_NORM, DRAFT_NORM
from binhyen.norms.rules import SCHEMA, is_below
from binhyen.norms.words import amount_said, days_said, where_said
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_TONES: dict[str, Tone] = {State.DRAFT: "needs", State.APPROVED: "good"}
_WHAT = pgettext_lazy("norm", "What")
UNVERIFIED = _("unverified")
UNUSABLE = _("not usable, pays nobody")


def state_of(row: Resolution) -> Badge:
    """Draft, approved, closed or withdrawn."""
    return Badge(row.get_state_display(), _TONES.get(row.state, "plain"))


def marks_of(row: Resolution) -> str:
    """What a reader should know about where a resolution came from."""
    marks = [UNVERIFIED] if row.is_unverified else []
    if row.origin == Origin.SHIPPED:
        marks.append(_("shipped"))
    return ", ".join(str(mark) for mark in marks)


def source_link(source: str) -> Text:
    """A source as a link, if it is an address."""
    if source.startswith(("https://", "http://")):
        shown = source.split("://", 1)[1].split("/", 1)[0]
        return format_html('<a href="{}" rel="noreferrer">{}</a>', source, shown)
    return source


def resolution_facts(row: Resolution) -> list[tuple[Text, Any]]:
    """Who, when, from where."""
    approved = row.approved_by_name or (
        _("not decided here: published law") if row.state in {State.APPROVED, State.CLOSED} else ""
    )
    facts: list[tuple[Text, Any]] = [
        (_("Adopted on"), row.adopted_on),
        (pgettext_lazy("resolution", "In force"), days_said(row.valid_from, row.valid_to)),
        (_("Earlier resolutions"), row.get_replaces_display()),
        (_("Source"), source_link(row.source)),
        (_("Note"), row.note),
        (_("Marks"), UNVERIFIED if row.is_unverified else ""),
        (_("Where it came from"), row.get_origin_display()),
        (_("Drafted by"), row.drafted_by_name),
        (_("Approved by"), approved),
        (_("Document"), _document(row)),
        (_("SHA-256 of the document"), row.digest),
    ]
    if row.territory.level == Level.NATION:
        facts = [fact for fact in facts if fact[0] != _("Earlier resolutions")]
    return [fact for fact in facts if fact[1]]


def _document(row: Resolution) -> Text:
    if row.document_id is None:
        return ""
    address = reverse("resolution-document", args=[row.pk])
    size = number((row.document_size or 0) // 1024)
    return format_html('<a href="{}">{}</a> ({} kB)', address, row.document_name, size)


def resolution_actions(actor: Actor, row: Resolution) -> list[Action]:
    """What this reader can do with a resolution next."""
    key, at = [row.pk], row.territory
    actions: list[Action] = []
    if row.is_draft and actor.can(APPROVE_NORM, at):
        actions.append(
            Action(
                pgettext_lazy("resolution", "Approve"),
                reverse("resolution-approve", args=key),
                "check",
                primary=True,
            )
        )
    if row.is_draft and actor.can(DRAFT_NORM, at):
        actions += [
            Action(_("Add a value"), reverse("norm-value-add", args=key), "plus",
                   primary=not actions),
            Action(_("Name communes"), reverse("norm-set-add", args=key), "map"),
            Action(_("Scanned document"), reverse("resolution-scan", args=key), "upload"),
            Action(_("Change"), reverse("resolution-change", args=key), "edit"),
            Action(pgettext_lazy("resolution", "Withdraw"),
                   reverse("resolution-withdraw", args=key), "close"),
        ]  # fmt: skip
    if row.state == State.APPROVED and actor.can(APPROVE_NORM, at):
        actions.append(Action(_("End"), reverse("resolution-end", args=key), "close"))
    return actions


def resolution_sections(row: Resolution, *, may_draft: bool) -> list[Section]:
    """What it sets, its sets of communes, where and when it holds."""
    values = queries.values_of(row)
    sections = [_lacks(row, values)] if row.is_draft else []
    sections.append(_values(values, may_draft=may_draft))
    if row.territory.level != Level.NATION:
        sections.append(_sets(row, may_draft=may_draft))
    if not row.is_draft and row.state != State.WITHDRAWN:
        sections.append(_spans(row))
    return [section for section in sections if section.records or section.empty]


def _lacks(row: Resolution, values: Sequence[NormValue]) -> Section:
    """What a draft still lacks before it can be approved."""
    lacks = [str(one) for one in draft_lacks(row, values)]
    return Section(
        _("Before it can be approved"),
        columns=(Column("what", _("What is missing"), lambda text: text),),
        records=lacks,
        empty=_("Nothing is missing. Somebody else than its drafters approves it."),
        note=_("Until then nobody is paid by it.") if lacks else "",
    )


def draft_lacks(row: Resolution, values: Sequence[NormValue]) -> list[Text]:
    """The same as sentences."""
    lacks: list[Text] = []
    usable = [one for one in values if one.is_plain]
    if not usable:
        lacks.append(_("It sets no value that can be used."))
    if row.territory.level != Level.NATION:
        listed = {one for one, communes in queries.territories(row).items() if communes}
        if any(one.commune_set_id not in listed for one in usable):
            lacks.append(_("Communes are not listed for every value."))
    if len(usable) < len(values):
        lacks.append(_("Some values were read but cannot be used as they stand; completing them is"
                       " up to you."))  # fmt: skip
    if row.is_unverified:
        lacks.append(_("It was not compared with the original; the mark goes along with each"
                       " amount until somebody clears it."))  # fmt: skip
    return lacks


def value_marks(value: NormValue) -> str:
    """What a reader should know about a value."""
    marks = [] if value.is_plain else [UNUSABLE]
    if value.is_unverified:
        marks.append(UNVERIFIED)
    return ", ".join(str(mark) for mark in marks)


def _values(values: Sequence[NormValue], *, may_draft: bool) -> Section:
    columns = [
        Column("item", _("What is set"), lambda row: row.get_item_display()),
        Column("whom", _("For whom"), where_said),
        Column("amount", _("Amount"), amount_said, align="end"),
        Column("note", _("Condition or note"), lambda row: row.note, hide_narrow=True),
        Column("marks", _("Marks"), value_marks),
    ]
    if len({one.commune_set_id for one in values}) > 1:
        columns.insert(3, Column("where", _("Where"), _set_name))
    if any(one.source for one in values):
        columns.append(
            Column("source", _("Source, if another one"), lambda row: source_link(row.source),
                   hide_narrow=True)
        )  # fmt: skip
    return Section(
        _("What it sets"),
        columns=columns,
        records=values,
        row_url=(lambda row: reverse("norm-value", args=[row.pk])) if may_draft else None,
        empty=_("It sets nothing yet."),
        note=_("Choose a value to change it or to take it out.") if may_draft and values else "",
    )


def _set_name(value: NormValue) -> Text:
    return value.commune_set.name if value.commune_set else _("not said yet")


def _sets(row: Resolution, *, may_draft: bool) -> Section:
    communes = queries.territories(row)
    return Section(
        _("Where it is to hold"),
        columns=(
            Column("name", _("Set of communes"), lambda one: one.name),
            Column("count", _("Communes"), lambda one: len(communes.get(one.pk, ())) or
                   _("not listed"), align="end"),
            Column("which", _("Which"), lambda one: _named(communes.get(one.pk, ())),
                   hide_narrow=True),
        ),
        records=list(row.sets.all()),
        row_url=(lambda one: reverse("norm-set", args=[one.pk])) if may_draft else None,
        empty=_("Its communes are not listed, so it pays nobody."),
    )  # fmt: skip


def _named(communes: Sequence[Territory], most: int = 6) -> str:
    names = ", ".join(one.full_name for one in communes[:most])
    return f"{names} …" if len(communes) > most else names


def _spans(row: Resolution) -> Section:
    is_national = row.territory.level == Level.NATION
    return Section(
        _("Where and when it holds"),
        columns=(
            Column(
                "days", pgettext_lazy("resolution", "Days"), lambda one: days_said(one[0], one[1])
            ),
            Column(
                "places",
                _("Communes"),
                lambda one: _("all") if is_national else one[2],
                align="end",
            ),
        ),
        records=queries.spans_of(row),
        empty=_("It holds nowhere any more."),
    )


def holding_section(values: Sequence[NormValue], day: date) -> list[Section]:
    """What holds in a commune: the province's, and the nation's apart."""
    sections = []
    for title, national in ((_("Set by the province"), False), (_("Set by the nation"), True)):
        shown = [one for one in values if SCHEMA[Item(one.item)].is_national == national]
        sections.append(
            Section(
                title,
                columns=(
                    Column("item", _WHAT, lambda row: row.get_item_display()),
                    Column("whom", _("For whom"), where_said),
                    Column("amount", _("Amount"), amount_said, align="end"),
                    Column("note", _("Condition or note"), lambda row: row.note, hide_narrow=True),
                    Column("by", _("Resolution"), lambda row: row.resolution.number),
                    Column("marks", _("Marks"), lambda row: all_marks(row, day)),
                ),
                records=shown,
                row_url=lambda row: reverse("resolution", args=[row.resolution_id]),
                empty=_("Nothing is in force here on that day."),
            )
        )
    return sections


def all_marks(value: NormValue, day: date) -> str:
    """The marks of a value or of its resolution, and whether the floor has risen above it."""
    marks: list[Text] = []
    if value.is_unverified or value.resolution.is_unverified:
        marks.append(UNVERIFIED)
    floor = queries.floor_for(Item(value.item), day)
    if floor is not None and is_below(value.amount, value.unit, floor):
        marks.append(_("below the national floor of %(percent)s %%") % {"percent": floor.percent})
    return ", ".join(str(mark) for mark in marks)


def lacking_section(gaps: Sequence[Gap]) -> list[Section]:
    """What Art. 23 names and nobody has set for this commune."""
    if not gaps:
        return []
    return [
        Section(
            _("Nothing is in force for"),
            columns=(Column("subject", _WHAT, lambda gap: gap.subject.label),),
            records=gaps,
            note=_("Law 30/2023 Art. 23 lets the province set these. Without a value in force"
                   " nothing is paid."),
        )
    ]  # fmt: skip


def gaps_section(gaps: Sequence[Gap], *, all_communes: int, day: date) -> Section:
    """In how many communes of a province nothing is in force, by subject."""
    return Section(
        _("Gaps"),
        columns=(
            Column("subject", _WHAT, lambda gap: gap.subject.label),
            Column("count", _("Communes without a value"), lambda gap: len(gap.communes),
                   align="end"),
            Column("which", _("Which"), lambda gap: _("all") if len(gap.communes) == all_communes
                   else _named(gap.communes), hide_narrow=True),
        ),
        records=gaps,
        row_url=lambda gap: address_of(gap.communes[0], day),
        empty=_("Every subject of Law 30/2023 Art. 23 is in force everywhere."),
    )  # fmt: skip


def zones_section(
    found: NormsInForce, communes: Sequence[Territory], counts: Counter[int], *, day: date
) -> Section:
    """Which communes of a province share the same norms."""
    rows: dict[int, list[NormRow]] = {}
    for row in found.rows:
        rows.setdefault(row.zone, []).append(row)
    first = {found.zones[one.pk]: one for one in reversed(communes)}
    return Section(
        _("Communes in which the same holds"),
        columns=(
            Column("which", _("Communes"), lambda zone: _others(first[zone], counts[zone])),
            Column("by", _("Resolutions"), lambda zone: _instruments(rows.get(zone, []))),
        ),
        records=sorted(counts, key=lambda zone: -counts[zone]),
        row_url=lambda zone: address_of(first[zone], day),
        empty=_("No commune stands on that day."),
        note=_("Choose a line to see every value."),
    )


def _others(first: Territory, count: int) -> str:
    if count == 1:
        return first.full_name
    return gettext("%(first)s and %(count)s more") % {
        "first": first.full_name, "count": number(count - 1),
    }  # fmt: skip


def _instruments(rows: Sequence[NormRow]) -> str:
    own = dict.fromkeys(row.instrument for row in rows if not SCHEMA[Item(row.item)].is_national)
    return ", ".join(own) or gettext("none of the province")


def address_of(place: Territory, day: date) -> str:
    """The page of what holds in a place on a day."""
    return f"{reverse('norms-in', args=[place.code])}?{urlencode({'on': day.isoformat()})}"
