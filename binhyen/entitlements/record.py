# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the pages about pay: facts, tables, badges, what can happen next."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, Tone, actor_of
from binhyen.core.templatetags.show import day, dong
from binhyen.entitlements import queries
from binhyen.entitlements.choices import CORRECTED, ContestState, InsuranceKind, Kind, State
from binhyen.entitlements.explaining import explained, set_aside
from binhyen.entitlements.models import Contest, Sheet, Slip
from binhyen.entitlements.permissions import (
    APPROVE_PAY,
    COMPUTE_PAY,
    KEEP_ACCOUNT,
    KEEP_INSURANCE,
    MAKE_PAY,
    RECORD_PAYMENT,
    VIEW_PAY,
)
from binhyen.entitlements.taking import BUDGET_FILES, FILES
from binhyen.law.choices import Pay
from binhyen.teams.choices import Post

_TONES: dict[str, Tone] = {State.FROZEN: "needs", State.APPROVED: "good", State.PAID: "good"}
_STEPS: tuple[tuple[str, Text, str, Verb, tuple[State, ...]], ...] = (
    ("sheet-freeze", _("Freeze"), "check", MAKE_PAY, (State.COMPUTED,)),
    ("sheet-approve", pgettext_lazy("pay sheet", "Approve"), "check", APPROVE_PAY, (State.FROZEN,)),
    ("sheet-pay", _("Record the payment"), "money", RECORD_PAYMENT, (State.APPROVED,)),
    ("sheet-again", _("Compute anew"), "", COMPUTE_PAY, (State.COMPUTED,)),
    ("sheet-send-back", _("Send back"), "", APPROVE_PAY, (State.FROZEN,)),
    ("sheet-correct", pgettext_lazy("pay sheet", "Correct"), "edit", MAKE_PAY,
     (State.APPROVED, State.PAID)),
    ("sheet-void", _("Declare void"), "close", MAKE_PAY, (State.COMPUTED, State.FROZEN)),
)  # fmt: skip
"""Page, words, icon, right and the states in which it follows; the first that fits leads."""
_REGULAR_ONLY = {"sheet-again", "sheet-correct"}


def state_of(sheet: Sheet) -> Badge:
    """Where a sheet stands."""
    return Badge(sheet.get_state_display(), _TONES.get(sheet.state, "plain"))


def title_of(sheet: Sheet) -> str:
    """“Pay sheet 09/2026”."""
    return f"{sheet.get_kind_display()} {sheet.month:%m/%Y}"


def sheet_actions(actor: Actor, sheet: Sheet) -> list[Action]:
    """What this reader may do with the sheet now."""
    found: list[Action] = []
    for page, label, icon, verb, states in _STEPS:
        fits = sheet.state in states and not (sheet.kind != Kind.REGULAR and page in _REGULAR_ONLY)
        own = page == "sheet-approve" and actor.id in {sheet.made_by_id, sheet.frozen_by_id}
        if fits and not own and actor.can(verb, sheet.territory):
            found.append(Action(label, reverse(page, args=[sheet.pk]), icon, primary=not found))
    return found


def sheet_facts(sheet: Sheet) -> list[tuple[Text, Any]]:
    """Sums, who did what when."""
    facts: list[tuple[Text, Any]] = [
        (_("Total"), dong(sheet.total)),
        (_("Members"), sheet.people),
        (_("Computed by"), sheet.made_by_name),
        (_("Computed at"), sheet.computed_at),
        (_("Frozen by"), sheet.frozen_by_name),
        (_("Sent back because"), sheet.sent_back_why),
        (_("Approved by"), sheet.approved_by_name),
        (_("Approved at"), sheet.approved_at),
        (_("Why it is corrected"), sheet.get_why_display()),
        (_("Note"), sheet.note),
        (_("Check sum"), sheet.digest[:16]),
    ]
    return [(label, value) for label, value in facts if value]


def files_section(actor: Actor, sheet: Sheet) -> list[Section]:
    """The papers that this reader may take away."""
    if sheet.state == State.VOID:
        return []
    found = []
    if actor.can(VIEW_PAY, sheet.territory):
        found += [(label, reverse("sheet-file", args=[sheet.pk, name]))
                  for name, label in FILES.items()]  # fmt: skip
    found += [(label, reverse("sheet-budget", args=[sheet.pk, name.partition(".")[2]]))
              for name, label in BUDGET_FILES.items()]  # fmt: skip
    if sheet.state in CORRECTED and actor.can(RECORD_PAYMENT, sheet.territory):
        found.append((_("Transfers for the bank (CSV)"), reverse("sheet-bank", args=[sheet.pk])))
    return [Section(_("Papers"), template="entitlements/files.html", data=found,
                    note=_("Each file that is taken is noted in the history."))]  # fmt: skip


def totals_section(sheet: Sheet) -> Section:
    """The sums by item."""
    return Section(
        _("Sums by item"),
        columns=(
            Column("item", _("Item"), lambda pair: Pay(pair[0]).label),
            Column(
                "amount",
                pgettext_lazy("pay", "Amount"),
                lambda pair: pair[1],
                align="end",
                look=dong,
            ),
        ),
        records=[(item, sheet.totals[item]) for item in Pay.values if item in sheet.totals],
        empty=_("Nothing is paid on this sheet."),
    )


def members_section(sheet: Sheet, slips: Sequence[Slip]) -> Section:
    """Members by items."""
    items = [item for item in Pay.values if item in sheet.totals]
    columns = [
        Column("name", _("Member"), lambda slip: slip.full_name),
        Column("post", _("Role"), lambda slip: slip.get_post_display(), hide_narrow=True),
        *map(_item_column, items),
        Column("total", _("Total"), lambda slip: slip.total, align="end", look=dong),
        Column("lacks", _("Not paid"), _lacks),
    ]  # fmt: skip
    if sheet.state == State.PAID:
        columns.append(Column("paid", _("Payment"), payment_said))
    return Section(
        _("Members"),
        columns=columns,
        records=slips,
        row_url=lambda slip: reverse("slip", args=[slip.pk]),
        empty=_("Nobody stands on this sheet."),
    )


def _item_column(item: str) -> Column:
    return Column(
        item, Pay(item).label, lambda slip: slip.items[item] or None, align="end",
        hide_narrow=True, look=dong,
    )  # fmt: skip


def _lacks(slip: Slip) -> Text:
    """Whether something was not paid, as a reason to look."""
    lacks = any(line.get("outcome", 1) != 1 for line in slip.lines) or slip.aside
    return _("see why") if lacks else ""


def payment_said(slip: Slip) -> Text:
    """Paid on a day, or why not."""
    payment = getattr(slip, "payment", None)
    if payment is None:
        return ""
    return day(payment.paid_on) if payment.paid_on else payment.get_reason_display()


def corrections_section(sheets: Sequence[Sheet]) -> list[Section]:
    """The corrections of a sheet."""
    if not sheets:
        return []
    return [
        Section(
            _("Corrections"),
            columns=(
                Column("why", _("Why"), lambda one: one.get_why_display()),
                Column("total", _("Difference"), lambda one: one.total, align="end", look=dong),
                Column("state", _("State"), state_of),
            ),
            records=sheets,
            row_url=lambda one: reverse("sheet", args=[one.pk]),
        )
    ]


def slip_facts(slip: Slip) -> list[tuple[Text, Any]]:
    """Whose month, where, how much."""
    sheet = slip.sheet
    facts: list[tuple[Text, Any]] = [
        (_("Month"), f"{slip.month:%m/%Y}"),
        (_("Commune"), sheet.territory.full_name),
        (_("Role"), Post(slip.post).label),
        (_("Total"), dong(slip.total)),
        (_("Payment"), payment_said(slip)),
    ]
    return [(label, value) for label, value in facts if value]


def slip_sections(slip: Slip) -> list[Section]:
    """The lines, each to be opened, and what was set aside."""
    sections = [
        Section(_("Lines"), template="entitlements/lines.html", data=explained(slip),
                note=_("Open a line to see its article, value, facts and the duties it counted."))
    ]  # fmt: skip
    aside = set_aside(slip)
    if aside:
        sections.append(
            Section(
                _("Duties that are not paid"),
                columns=(
                    Column("day", _("Day"), lambda one: one.day),
                    Column("kind", _("Duty"), lambda one: one.kind.label),
                    Column("time", _("Time"), lambda one: one.time),
                    Column("reason", _("Why not"), lambda one: one.reason.label),
                ),
                records=aside,
            )
        )
    return sections


def contest_state_of(contest: Contest) -> Badge:
    """Where a contest stands."""
    tones: dict[str, Tone] = {ContestState.OPEN: "needs", ContestState.ACCEPTED: "good"}
    return Badge(contest.get_state_display(), tones.get(contest.state, "plain"))


def contests_section(slip: Slip) -> Section:
    """What the member contested on their own slip, with the answers."""
    return Section(
        _("Contested records"),
        columns=(
            Column("day", _("Day"), lambda one: one.on_day),
            Column("kind", _("What is missing or wrong"), lambda one: one.get_kind_display()),
            Column("state", _("State"), contest_state_of),
            Column("due", _("Answer due by"), lambda one: one.due_on, hide_narrow=True),
            Column("answer", _("Answer"), lambda one: one.answer),
        ),
        records=slip.contests.order_by("-made_at"),
        row_url=lambda one: (
            reverse("my-contest-withdraw", args=[one.pk])
            if one.state == ContestState.OPEN
            else None
        ),
        empty=_("You have not contested a record of this month."),
        action=Action(_("Contest a record"), reverse("my-contest", args=[slip.pk]), "edit"),
        note=_("A row that waits can be opened and withdrawn."),
    )


def insurance_section(request: HttpRequest, record: Any) -> Section | None:
    """The insurances on a member's page, for whoever keeps them."""
    member = getattr(record, "member", record)
    actor = actor_of(request)
    if actor is None or not actor.can(KEEP_INSURANCE, member.territory):
        return None
    return Section(
        _("Insurance"),
        columns=(
            Column("kind", _("Insurance"), lambda one: InsuranceKind(one.kind).label),
            Column("from", _("From"), lambda one: one.valid_from),
            Column("to", _("Last day"),
                   lambda one: one.last_day),
            Column("much", _("A month"), lambda one: one.contribution, align="end", look=dong),
        ),
        records=_insurances(actor, member),
        row_url=lambda one: None if one.valid_to else reverse("insurance-end", args=[one.pk]),
        empty=_("None is recorded; then none is supported."),
        action=Action(_("Record an insurance"), reverse("insurance", args=[member.pk]), "plus"),
    )  # fmt: skip


def _insurances(actor: Actor, member: Any) -> Iterable[Any]:
    return queries.insurances_of(scope=actor.scope(KEEP_INSURANCE), member_id=member.pk)


def account_section(request: HttpRequest, record: Any) -> Section | None:
    """The bank account on a member's page, for whoever keeps it; its last digits only."""
    member = getattr(record, "member", record)
    actor = actor_of(request)
    if actor is None or not actor.can(KEEP_ACCOUNT, member.territory):
        return None
    kept = queries.account_of(scope=actor.scope(KEEP_ACCOUNT), member_id=member.pk)
    return Section(
        _("Bank account"),
        columns=(
            Column("bank", _("Bank and branch"), lambda one: one.bank),
            Column("number", _("Account number"), account_said),
        ),
        records=[kept] if kept else [],
        row_url=lambda one: reverse("bank-account-remove", args=[member.pk]),
        empty=_("None is recorded; then pay is handed out in cash."),
        action=Action(_("Record a bank account"), reverse("bank-account", args=[member.pk]),
                      "plus"),
    )  # fmt: skip


def account_said(account: Any) -> str:
    """A number by its last digits."""
    return f"•••• {account.ending}"
