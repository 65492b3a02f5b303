# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a resolution from a small text file (YAML or TOML), as people and commands bring it.

territory: 68
number: 12/2025/NQ-HĐND
valid_from: 2026-01-01
areas:
  - name: Toàn tỉnh
    communes: all
values:
  - {item: MONTHLY, role: leader, amount: 2500000}
  - {item: NIGHT_CAP, amount: 10}

In YAML every word is read as text, so that 01 stays a code and "no" a word; there are no anchors
(a few lines of them swell without end) and no key stands twice.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any

import yaml
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from binhyen.core.errors import Refused
from binhyen.core.forms import BadDay, read_day
from binhyen.norms.choices import Case, For, Replaces
from binhyen.norms.communes import communes_named, communes_of_former_code
from binhyen.norms.drafts import NewArea, NewValue
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of, territory_by_code

MOST_BYTES = 300_000
_MOST_TOLD = 5
_WHOLE = re.compile(r"-?[0-9]{1,15}|[0-9]{1,3}([., ][0-9]{3})+")
_ALL = "all"


class UnreadableResolution(Refused):
    """A file that holds no resolution."""

    field = "file"
    what = _("The file was not read.")
    why = "%(reason)s"
    remedy = _("Correct the file; the handbook shows one that is right.")


class _Loader(yaml.BaseLoader):
    """Texts, lists and mappings; nothing is made of a tag."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError(gettext("Anchors (&, *) are not read; write it out."))
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [str(key.value) for key, _value in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.YAMLError(gettext("“%(key)s” stands twice.") % {"key": twice[:40]})
        return super().construct_mapping(node, deep=True)


def _whole(given: Any) -> Any:
    """A whole number: 150000, or 150.000 in quotes."""
    if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
        return int(re.sub(r"[., ]", "", given))
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    raise PydanticCustomError("not_whole", "A whole number.")


def _as_day(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return read_day(given)
    except BadDay as refusal:
        raise PydanticCustomError("not_a_day", "A day.") from refusal


_Whole = Annotated[int, BeforeValidator(_whole)]
_Day = Annotated[date, BeforeValidator(_as_day)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _AreaIn(_Strict):
    name: str = Field(min_length=1, max_length=120)
    communes: str | list[str] = []
    former: str = ""


class _ValueIn(_Strict):
    item: str
    amount: _Whole
    unit: str = ""
    role: str = For.ALL
    case: str = Case.ANY
    area: str = ""
    communes: list[str] = []
    above: _Whole = 0
    every: _Whole = 0
    counted: str = ""
    note: str = Field("", max_length=300)
    source: str = Field("", max_length=400)
    unverified: bool = False
    usable: bool = True


class ResolutionIn(_Strict):
    """What a file says."""

    territory: str
    number: str = Field(min_length=1, max_length=120)
    valid_from: _Day
    last_day: _Day | None = None
    adopted_on: _Day | None = None
    replaces: str = Replaces.ALL
    source: str = Field("", max_length=400)
    note: str = Field("", max_length=400)
    unverified: bool = False
    digest: str = ""
    areas: list[_AreaIn] = []
    values: list[_ValueIn] = []


def read_resolution(content: bytes, *, on: date, is_toml: bool = False) -> dict[str, Any]:
    """The arguments of `draft_resolution` that a file holds.

    Raises UnreadableResolution, UnknownTerritory, UnknownCommunes, AmbiguousCommune, UnknownFormer.
    """
    given = parsed(content, is_toml=is_toml)
    place = territory_by_code(given.territory, on=on)
    return {
        "territory": place,
        "number": given.number,
        "valid_from": given.valid_from,
        "valid_to": given.last_day + timedelta(days=1) if given.last_day else None,
        "adopted_on": given.adopted_on,
        "replaces": given.replaces,
        "source": given.source,
        "note": given.note,
        "is_unverified": given.unverified,
        "digest": given.digest,
        "areas": [NewArea(one.name, _communes(one, place, on)) for one in given.areas],
        "values": [_value(one, place, on) for one in given.values],
    }


def parsed(content: bytes, *, is_toml: bool = False) -> ResolutionIn:
    """What a file says, checked for its shape only. Raises UnreadableResolution."""
    if len(content) > MOST_BYTES:
        raise UnreadableResolution(reason=gettext("It is larger than 300 kB."))
    try:
        text = content.decode("utf-8-sig")
        found = tomllib.loads(text) if is_toml else _Loader(text).get_single_data()
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        reason = gettext("It is no YAML or TOML file: %(fault)s") % {"fault": str(error)[:200]}
        raise UnreadableResolution(reason=reason) from error
    if not isinstance(found, Mapping):
        raise UnreadableResolution(reason=gettext("It holds no resolution."))
    try:
        return ResolutionIn(**{str(key): value for key, value in found.items()})
    except ValidationError as error:
        raise UnreadableResolution(reason=_said(error)) from error


def _communes(area: _AreaIn, place: Territory, on: date) -> list[Territory]:
    if area.former:
        return communes_of_former_code(area.former, place, on=on)
    if isinstance(area.communes, list):
        return communes_named(area.communes, place, on=on)
    if area.communes == _ALL:
        return communes_of(place, on=on)
    raise UnreadableResolution(
        reason=gettext("“communes” of “%(name)s” is neither a list nor “all”.")
        % {"name": area.name[:60]}
    )


def _value(one: _ValueIn, place: Territory, on: date) -> NewValue:
    return NewValue(
        item=one.item, amount=one.amount, unit=one.unit, role=one.role, case=one.case,
        communes=communes_named(one.communes, place, on=on) if one.communes else (),
        place=one.area, above=one.above, every=one.every, counted=one.counted, note=one.note,
        source=one.source, is_unverified=one.unverified, is_plain=one.usable,
    )  # fmt: skip


_WORDS = {
    "missing": _("“%(place)s” is missing."),
    "extra_forbidden": _("“%(place)s” is not known here."),
    "not_whole": _("%(place)s: “%(given)s” is no whole number; formulas are not computed."),
    "not_a_day": _("%(place)s: “%(given)s” is no day; write 2026-01-31 or 31/01/2026."),
}


def _said(error: ValidationError) -> str:
    """The first faults of a file, each with its place."""
    told = []
    for one in error.errors()[:_MOST_TOLD]:
        words = _WORDS.get(one["type"], _("%(place)s: “%(given)s” does not fit here."))
        place = ", ".join(str(part + 1) if isinstance(part, int) else part for part in one["loc"])
        told.append(str(words) % {"place": place, "given": str(one["input"])[:40]})
    return " ".join(told)
