# SPDX-License-Identifier: AGPL-3.0-or-later
"""A claim's amounts said in words from what was frozen: article, values, facts, arithmetic."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from binhyen.claims.computing import values_of
from binhyen.claims.models import Claim
from binhyen.core.errors import Text
from binhyen.core.money import Dong
from binhyen.core.templatetags.show import dong
from binhyen.entitlements.explaining import Explained, stored_line, value_said
from binhyen.law.choices import ARTICLES, Benefit, Outcome
from binhyen.law.fact_lists import CLAIM_FACTS
from binhyen.law.words import sentence
from binhyen.norms.choices import Item

_NOT_VERIFIED = pgettext_lazy("value", "not verified")
_COUNTS = frozenset({"cost", "inpatient_days", "loss_percent"})


def explained(claim: Claim) -> list[Explained]:
    """The benefits of a claim, each with its chain."""
    return [_line(claim, line) for line in claim.lines]


def chain(claim: Claim) -> Iterator[str]:
    """The same as lines of text."""
    for one in explained(claim):
        yield f"{one.item.label}: {dong(one.amount)} ({one.status.label})"
        told: list[tuple[object, object]] = [(_("Article"), one.article)]
        told += one.inputs
        told.append((_("Reckoned"), one.sentence))
        yield from (f"  {label}: {said}" for label, said in told)
    yield _("Total: %(total)s") % {"total": dong(Dong(claim.total))}


def facts_said(facts: Mapping[str, int]) -> list[tuple[Text, object]]:
    """Facts in words: counts as numbers, the rest as yes or no."""
    return [(CLAIM_FACTS[name].label, _said(name, number)) for name, number in facts.items()]


def _line(claim: Claim, line: Mapping[str, Any]) -> Explained:
    item, outcome = Benefit(line["item"]), Outcome(line["outcome"])
    value = claim.values[line["value"]] if "value" in line else {}
    behind = values_of(item, claim.values)
    return Explained(
        item=item,
        amount=Dong(line["amount"]),
        status=outcome.status,
        article=ARTICLES[item],
        sentence=sentence(stored_line(item, outcome, line, value)),
        value="",
        instrument="",
        source=str(value.get("source", "")),
        is_unverified=any(one["is_unverified"] for one in behind),
        inputs=(*_values_said(behind), *facts_said(line["inputs"])),
        when="",
        duties=(),
    )


def _values_said(values: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Text, object]]:
    """Each value that decided, with what set it; several decide about a loss of capacity."""
    for one in values:
        mark = f" ({_NOT_VERIFIED})" if one["is_unverified"] else ""
        yield Item(one["item"]).label, f"{value_said(one)}, {one['instrument']}{mark}"


def _said(name: str, number: int) -> object:
    if name == "cost":
        return dong(Dong(number))
    if name in _COUNTS:
        return number
    return _("yes") if number else _("no")
