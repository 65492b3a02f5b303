# SPDX-License-Identifier: AGPL-3.0-or-later
"""The communes that a resolution covers: all of a province, a former province's, or a list."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.text import clean, fold
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of, units

_CODE = re.compile(r"[0-9]{5}")
_MOST = 4000


class UnknownCommunes(Refused):
    """Names or codes that are no communes of the province."""

    field = "listed"
    why = _("Not found among the communes of %(place)s: %(names)s.")
    remedy = _("Write each commune's five digits, or its name as in the list of places.")


class AmbiguousCommune(Refused):
    """A name that several communes of the province carry."""

    field = "listed"
    why = _("“%(name)s” is the name of several communes: %(codes)s.")
    remedy = _("Write the code of the one that is meant.")


class UnknownFormer(Refused):
    """A former province that is not known, or became part of another one."""

    field = "former"
    why = _("No former province “%(code)s” with its communes is known in %(place)s.")
    remedy = _("Name the communes one by one; known here: %(known)s.")


def former_provinces(province: Territory) -> list[Territory]:
    """The former provinces of which the communes are known that they became."""
    rows = province.succeeds.filter(level=Level.PROVINCE, children__succeeded_by__isnull=False)
    return list(rows.distinct().order_by("code"))


def communes_of_former(former: Territory, province: Territory, *, on: date) -> list[Territory]:
    """The communes of a province on a day that took over those of a former one, by name."""
    rows = units(on=on).filter(level=Level.COMMUNE, parent=province, succeeds__parent=former)
    return list(rows.distinct().order_by("name_order", "code"))


def communes_of_former_code(code: str, province: Territory, *, on: date) -> list[Territory]:
    """The same by the former province's code. Raises UnknownFormer."""
    known = former_provinces(province)
    for one in known:
        if one.code == code:
            return communes_of_former(one, province, on=on)
    names = ", ".join(f"{one.full_name} ({one.code})" for one in known) or "–"
    raise UnknownFormer(code=code[:10], place=province.full_name, known=names)


def communes_named(texts: Sequence[str], province: Territory, *, on: date) -> list[Territory]:
    """The communes of a province by code or by name, in the order in which they were written.

    Every one that is not found is named at once. Raises UnknownCommunes, AmbiguousCommune.
    """
    by_name: dict[str, list[Territory]] = defaultdict(list)
    by_code: dict[str, Territory] = {}
    for commune in communes_of(province, on=on):
        by_code[commune.code] = commune
        for said in {fold(commune.name), fold(commune.full_name)}:
            by_name[said].append(commune)
    found: dict[str, Territory] = {}
    unknown: list[str] = []
    for text in map(clean, texts[:_MOST]):
        if not text:
            continue
        code = _CODE.search(text)
        meant = by_name.get(fold(text), [])
        if code is not None and code[0] in by_code:
            meant = [by_code[code[0]]]
        if len(meant) > 1:
            raise AmbiguousCommune(name=text[:60], codes=", ".join(one.code for one in meant))
        if not meant:
            unknown.append(text[:60])
        found |= {one.code: one for one in meant}
    if unknown:
        more = f" (+{len(unknown) - 10})" if len(unknown) > 10 else ""
        raise UnknownCommunes(place=province.full_name, names="; ".join(unknown[:10]) + more)
    return list(found.values())


def split_list(text: str) -> list[str]:
    """Names and codes that somebody wrote or pasted: one a line, or with commas or semicolons.

    >>> split_list("22918; Phú Quý\\nMũi Né")
    ['22918', 'Phú Quý', 'Mũi Né']
    """
    return [one.strip() for one in re.split(r"[\n,;\t]", text) if one.strip()]
