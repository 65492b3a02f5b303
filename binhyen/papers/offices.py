# SPDX-License-Identifier: AGPL-3.0-or-later
"""Heads of papers: what every paper shares, and how the People's Committee of a commune signs."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from binhyen.core.money_words import in_words
from binhyen.core.templatetags.show import dong
from binhyen.papers.parts import Letterhead, Signer, Text

Signs = Literal["committee", "chair", "nobody"]


def place_and_date(place: str, day: date) -> str:
    """Place and day; days below 10 and the first two months with a leading 0 (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return _("%(place)s, day %(day)s month %(month)s year %(year)s") % {
        "place": place,
        "day": f"{day.day:02}",
        "month": month,
        "year": f"{day.year}",
    }


def number_line(symbol: str, number: str = "") -> str:
    """'Số: 05/QĐ-UBND'; without a number room for one that is written by hand."""
    return _("No.: %(number)s/%(symbol)s") % {
        "number": number.zfill(2) if number else " " * 6,
        "symbol": symbol,
    }


def official(*, parent: str, issuer: str, number: str, dated: str, kind: str, about: str,
             signer: str, recipients: Sequence[str]) -> Letterhead:  # fmt: skip
    """A head with the national name and motto in the language that is active."""
    return Letterhead(
        parent_body=parent.upper(),
        issuing_body=issuer.upper(),
        number=number,
        place_and_date=dated,
        kind=kind,
        about=about,
        signer_post=signer.upper(),
        recipients=recipients,
        national_name=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        recipients_word=_("Recipients:"),
    )


def committee(
    name: str, *, short_name: str = "", kind: str, about: str, symbol: str, made_on: date,
    number: str = "", recipients: Sequence[str] = (), signs: Signs = "committee",
) -> Letterhead:  # fmt: skip
    """The head of a paper of a People's Committee.

    `name` is the commune's full name ("Xã Bảo Lâm"), `short_name` the one of the line with the day
    ("Bảo Lâm"); `symbol` type and body ("QĐ-UBND"). The chair signs for the committee or in their
    own power; with "nobody" those of `Paper.signers` sign side by side.
    """
    kept = _("Kept: records office")
    signer = {
        "committee": _("For the People's Committee") + "\n" + _("Chair"),
        "chair": _("Chair"),
        "nobody": "",
    }[signs]
    return official(
        parent="",
        issuer=_("People's Committee") + "\n" + name,
        number=number_line(symbol, number),
        dated=place_and_date(short_name or name, made_on),
        kind=kind,
        about=about,
        signer=signer,
        recipients=[*(f"- {one};" for one in recipients), f"- {kept}."] if signer else (),
    )


def by_hand() -> str:
    """What stands under a post whose holder signs with the full name."""
    return _("(sign, full name)")


def chair_signs(name: str) -> Signer:
    """The chair, for the committee; without a name while nobody has signed."""
    return Signer(_("FOR THE PEOPLE'S COMMITTEE") + "\n" + _("CHAIR"), _("(sign, seal)"), name)


def account_signers(*, made_by: str, chair: str) -> list[Signer]:
    """Who signs what was paid, side by side: who made it, the accountant, the chair."""
    return [Signer(_("MADE BY"), by_hand(), made_by), Signer(_("ACCOUNTANT"), by_hand()),
            chair_signs(chair)]  # fmt: skip


def sum_said(total: int, *, lead: str) -> Text:
    """A sum in digits and in words."""
    told = _("%(sum)s. In words: %(words)s.") % {"sum": dong(total), "words": in_words(total)}
    return Text(told, lead=lead)
