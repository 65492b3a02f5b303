# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line in words: what is paid, reckoned how, by which instrument; said when somebody reads it.

A run keeps codes and whole numbers only (`Line`); the sentence is made from them in the reader's
language, today or in ten years, and needs neither the engine nor the facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binhyen.core.money import Dong
from binhyen.core.templatetags.show import dong, number
from binhyen.law.choices import ARTICLES, Basis, Form, Item, Outcome, Pay


@dataclass(frozen=True)
class Line:
    """One item of one member: codes, whole numbers, and what set the rate.

    `extra` is what is added to the monthly support, and the floor to which health insurance was
    raised; `cap` is the cap of the month, or the days of the month where days are paid; -1 is none.
    """

    item: Item
    outcome: Outcome
    amount: Dong
    form: Form
    count: int = 0
    rate: int = 0
    base: int = 0
    extra: int = 0
    cap: int = -1
    basis: Basis = Basis.NONE
    share: int = 0
    instrument: str = ""
    is_unverified: bool = False

    @property
    def article(self) -> str:
        """By what the item is due, in the reader's language."""
        return str(ARTICLES[self.item])


def sentence(line: Line) -> str:
    """The line in words: “8 nights × 150,000 đồng, cap 10, Resolution 54/2025/NQ-HĐND”."""
    if line.outcome is not Outcome.PAID:
        reason = str(line.outcome.label)
        return _("%(item)s: %(reason)s.") % {"item": line.item.label, "reason": reason}
    return ", ".join(part for part in _parts(line) if part)


def _parts(line: Line) -> Iterator[str]:
    yield arithmetic(line)
    if line.form is Form.EACH and line.cap >= 0:
        yield _("cap %(cap)s") % {"cap": line.cap}
    if line.item is Pay.MONTHLY and line.cap >= 0:
        yield _("for %(count)s of %(days)s days") % {"count": line.count, "days": line.cap}
    if line.item is Pay.HI and line.extra:
        yield _("raised to the floor of %(floor)s%% (Decree 188/2025/NĐ-CP Art. 6(6)(đ))") % {
            "floor": line.extra
        }
    if line.item is Pay.OUT_AREA:
        yield _("borne by the agency that mobilised")
    yield line.instrument
    if line.is_unverified:
        yield _("not verified")


def arithmetic(line: Line) -> str:
    """How the amount was reckoned: “0.65 × base salary of 2,340,000 đồng”."""
    if line.form is Form.EACH:
        return _each(line)
    if line.form is Form.SUM:
        parts = [_of_base(line)] * (line.rate > 0) + [dong(line.extra)] * (line.extra > 0)
        return " + ".join(parts) or str(dong(0))
    if line.form is Form.FACTOR:
        said = _of_base(line)
    elif line.form is Form.WAGE:
        said = _("%(rate)s%% of the regional minimum wage of %(base)s") % {
            "rate": line.rate, "base": dong(line.base)
        }  # fmt: skip
    elif line.form is Form.PERCENT:
        said = _percent(line)
    elif line.form is Form.ACTUAL:
        said = _("%(amount)s as it cost") % {"amount": dong(line.amount)}
    else:
        said = str(dong(line.rate))
    if line.item is Pay.MONTHLY and line.extra:
        return _("%(support)s + %(extra)s of supplements") % {
            "support": said, "extra": dong(line.extra)
        }  # fmt: skip
    return said


def _of_base(line: Line) -> str:
    factor = number(Decimal(line.rate) / 100, 2)
    return _("%(factor)s × base salary of %(base)s") % {"factor": factor, "base": dong(line.base)}


def _percent(line: Line) -> str:
    said = _("%(rate)s%% of the contribution of %(base)s") % {
        "rate": line.rate, "base": dong(line.base)
    }  # fmt: skip
    if line.basis is Basis.NONE:
        return said
    if not line.share:
        told = {"said": said, "basis": line.basis.label}
        return _("%(said)s (reckoned on %(basis)s)") % told
    share = number(Decimal(line.share) / 100)
    return _("%(said)s (%(share)s%% of %(basis)s)") % {
        "said": said, "share": share, "basis": line.basis.label
    }  # fmt: skip


def _each(line: Line) -> str:
    told = {"count": line.count, "rate": dong(line.rate)}
    if line.item is Pay.NIGHT:
        return (
            ngettext("%(count)s night × %(rate)s", "%(count)s nights × %(rate)s", line.count) % told
        )
    if line.item in {Pay.TRAFFIC_NIGHT, Pay.TRAFFIC_HALF, Pay.TRAFFIC_DAY}:
        return (
            ngettext("%(count)s shift × %(rate)s", "%(count)s shifts × %(rate)s", line.count) % told
        )
    return ngettext("%(count)s day × %(rate)s", "%(count)s days × %(rate)s", line.count) % told
