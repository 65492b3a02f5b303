# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands around the text of a review: bodies, number, place and date, signer, recipients."""

from datetime import date

from django.utils.translation import gettext as _

from binhyen.reports.decree30 import Letterhead
from binhyen.reports.numbers import Numbers


def letterhead(numbers: Numbers, made_on: date) -> Letterhead:
    """Heads after Decree 30/2020; the number stays open for the clerk, the rank for the police."""
    place = numbers.place
    parent, issuer, post, symbol = _bodies(place.level, place.name, numbers.parent_name)
    # Said apart: what stands inside a formatted text is not found for the catalogue.
    above, kept = _("As above"), _("Kept: records office")
    capital = _("Hà Nội") if place.level == "nation" else ""
    year = f"{made_on:%Y}"
    month = f"{made_on.month:02}" if made_on.month < 3 else f"{made_on.month}"
    return Letterhead(
        parent_body=parent.upper(),
        issuing_body=issuer.upper(),
        number=_("No.:       /%(symbol)s") % {"symbol": symbol},
        place_and_date=_("%(place)s, day %(day)s month %(month)s year %(year)s")
        % {
            "place": capital or place.short_name or place.name,
            "day": f"{made_on.day:02}",
            "month": month,
            "year": year,
        },
        kind=_("REPORT"),
        about=_(
            "Review of the force participating in protecting security and order at the grassroots"
            " level, from %(first)s to %(last)s"
        )
        % {
            "first": f"{numbers.period.start:%d/%m/%Y}",
            "last": f"{numbers.period.last:%d/%m/%Y}",
        },
        signer_post=post.upper(),
        recipients=[f"- {parent};", f"- {above};", f"- {kept}."],
        national_name=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        recipients_word=_("Recipients:"),
    )


def _bodies(level: str, name: str, parent: str) -> tuple[str, str, str, str]:
    """Parent body, issuing body, signer and symbol by level; every office may change them."""
    ministry = _("Ministry of Public Security")
    if level == "nation":
        return _("Government"), ministry, _("Minister"), "BC-BCA"
    if level == "province":
        return ministry, _("Police of %(place)s") % {"place": name}, _("Director"), "BC-CAT"
    upper = _("Police of %(place)s") % {"place": parent}
    return upper, _("Police of %(place)s") % {"place": name}, _("Head of police"), "BC-CAX"
