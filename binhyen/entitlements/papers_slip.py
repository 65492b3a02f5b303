# SPDX-License-Identifier: AGPL-3.0-or-later
"""One member's month as a paper: every item with its article and arithmetic, every duty counted."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from binhyen.core import clock
from binhyen.core.templatetags.show import day, number
from binhyen.entitlements.choices import Kind
from binhyen.entitlements.explaining import Explained, SetAsideSaid, explained, set_aside
from binhyen.entitlements.models import CountedDuty, Slip
from binhyen.entitlements.papers import check_sum, dated, draft_mark, head_of, sum_said
from binhyen.law.choices import Status
from binhyen.papers.parts import Paper, Part, Table, Text
from binhyen.teams.choices import Post

_WORDS = frozenset({0, 1, 2})
_ALL_WORDS = frozenset(range(4))


def slip_paper(slip: Slip) -> Paper:
    """The paper of a member, with nothing on it about anybody else."""
    sheet = slip.sheet
    lines = explained(slip)
    kind = _("PAY SLIP") if sheet.kind == Kind.REGULAR else _("PAY SLIP, CORRECTION")
    parts: list[Part] = [
        *draft_mark(sheet),
        Text(slip.full_name, lead=_("Full name:")),
        Text(str(Post(slip.post).label), lead=_("Role:")),
        _items(lines, slip.total),
        *sum_said(slip.total),
        *_payment(slip),
        check_sum(sheet),
        *_duties(lines),
        *_not_paid(lines, set_aside(slip)),
    ]
    title = f"{kind.capitalize()} {sheet.month:%m/%Y} – {slip.full_name}"
    return Paper(head=head_of(sheet, kind, _("of a member of the security and order protection"
                                             " Team")),
                 title=title, parts=parts, made_on=dated(sheet), digest=sheet.digest)  # fmt: skip


def _items(lines: Sequence[Explained], total: int) -> Table:
    rows = [
        [str(one.item.label), capfirst(str(one.article)), _how(one), number(one.amount)]
        for one in lines
        if one.amount
    ]
    heads = [_("Item"), _("Legal basis"), _("How it came about"), _("Amount (đồng)")]
    rows.append([_("Total"), "", "", number(total)])
    return Table("", heads, rows, (3.6, 3.6, 6.6, 2.7), _WORDS, totals=1)


def _how(one: Explained) -> str:
    """The arithmetic, behind the days where the month has several parts."""
    return f"{one.when}: {one.sentence}" if one.when else one.sentence


def _payment(slip: Slip) -> list[Part]:
    payment = getattr(slip, "payment", None)
    if payment is None:
        return []
    said = day(payment.paid_on) if payment.paid_on else str(payment.get_reason_display())
    return [Text(said, lead=_("Paid on:") if payment.paid_on else _("Not paid out:"))]


def _duties(lines: Sequence[Explained]) -> list[Part]:
    """Each duty that was counted, with what it counted for."""
    whole = [part for one in lines for part in (one.parts or (one,))]
    rows = [
        [day(duty.on_day), str(duty.get_duty_kind_display()), _hours(duty), duty.plan_number,
         str(one.item.label)]
        for one in whole
        for duty in one.duties
    ]  # fmt: skip
    heads = [
        _("Day"),
        _("Duty"),
        _("Time"),
        pgettext("pay", "Plan or assignment"),
        _("Counted for"),
    ]
    if not rows:
        return []
    return [Table(_("Duties that were counted"), heads, rows, (2.5, 2.3, 2.9, 4.2, 4.6),
                  frozenset(range(5)))]  # fmt: skip


def _not_paid(lines: Sequence[Explained], aside: Sequence[SetAsideSaid]) -> list[Part]:
    """Items without a value or refused, and duties that were set aside, each with its reason."""
    unpaid = (Status.NO_VALUE, Status.REFUSED)
    rows = [[str(one.item.label), "", "", one.sentence] for one in lines if one.status in unpaid]
    rows += [[str(one.kind.label), day(one.day), one.time, str(one.reason.label)] for one in aside]
    if not rows:
        return []
    heads = [pgettext("pay", "What"), _("Day"), _("Time"), _("Why not")]
    return [Table(_("Recorded and not paid"), heads, rows, (4.2, 2.5, 2.9, 6.9), _ALL_WORDS)]


def _hours(duty: CountedDuty) -> str:
    first, last = (one.astimezone(clock.VIETNAM) for one in (duty.starts_at, duty.ends_at))
    return f"{first:%H:%M}–{last:%H:%M}"
