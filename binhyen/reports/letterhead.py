# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands around the text of a review: bodies, number, place and date, signer, recipients."""

from datetime import date

from django.utils.translation import gettext as _

from binhyen.papers.offices import number_line, official, place_and_date
from binhyen.papers.parts import Letterhead
from binhyen.reports.numbers import Numbers


def letterhead(numbers: Numbers, made_on: date) -> Letterhead:
    """Heads after Decree 30/2020; the number stays open for the clerk, the rank for the police."""
    place = numbers.place
    parent, issuer, post, symbol = _bodies(place.level, place.name, numbers.parent_name)
    # Said apart: what stands inside a formatted text is not found for the catalogue.
    above, kept = _("As above"), _("Kept: records office")
    capital = _("Hà Nội") if place.level == "nation" else ""
    return official(
        parent=parent,
        issuer=issuer,
        number=number_line(symbol),
        dated=place_and_date(capital or place.short_name or place.name, made_on),
        kind=_("REPORT"),
        about=_(
            "Review of the force participating in protecting security and order at the grassroots"
            " level, from %(first)s to %(last)s"
        )
        % {
            "first": f"{numbers.period.start:%d/%m/%Y}",
            "last": f"{numbers.period.last:%d/%m/%Y}",
        },
        signer=post,
        recipients=[f"- {parent};", f"- {above};", f"- {kept}."],
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
