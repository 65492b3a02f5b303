# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the declaration of an indicator says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.indicators.choices import Form, Group, Public, Source, Unit
from binhyen.territory.choices import Level

LAW_IN_FORCE = date(2024, 7, 1)
"""Law 30/2023/QH15: counting begins with the force."""

PLANNED = date(2027, 1, 1)
"""From when the apps to come are to count: the first whole statistical year after this version."""

ANY_LEVEL = frozenset({Level.NATION, Level.PROVINCE, Level.COMMUNE})
PROVINCE_UP = frozenset({Level.NATION, Level.PROVINCE})


def labels(choices: type[TextChoices]) -> dict[str, Text]:
    """The names of a breakdown that follows a closed list."""
    return {one.value: one.label for one in choices}


@dataclass(frozen=True)
class Indicator:
    """One indicator, declared once.

    `definition` is one SQL text in the subset that SQLite, PostgreSQL, DuckDB and Spark share. It
    takes no parameters and yields the records that count: `territory_id` (a commune), `day`,
    `part`, `record_id`, `amount` (an integer). A flow adds the amounts of the days of a period, a
    stock those of every day up to its last. The engine wraps this one text for the stored sums,
    for the recount and for opening the records, so the three cannot differ.
    """

    code: str
    title: Text = field(compare=False)
    meaning: Text = field(compare=False)
    unit: Unit
    form: Form
    source: Source
    public: Public = Public.YES
    definition: str = field(default="", repr=False)
    record: str = ""
    """The model of `record_id` as `app.model`; `openers` knows how to open it."""
    feeds: tuple[str, ...] = ()
    """Beginnings of the kinds of events after which it is counted anew."""
    feeds_whole_place: bool = False
    """An event touches every day of its commune, not only the days that it names."""
    divisor: int = 1
    """How many stored units make one of `unit` (minutes in an hour)."""
    numerator: str = ""
    denominator: str = ""
    factor: int = 1
    fixed: int = 0
    part_labels: Mapping[str, Text] = field(default_factory=dict, compare=False)
    parts_at: frozenset[Level] = ANY_LEVEL
    """The levels at which the breakdown is shown; in one commune a part may point at a home."""
    until_counted: bool = False
    """Typed in only until an app counts it."""
    typed_at: frozenset[Level] = ANY_LEVEL
    """The levels at which an authority may sign it."""
    since: date = LAW_IN_FORCE
    is_internal: bool = False
    """Needed by another indicator and not listed on its own."""

    @property
    def group(self) -> Group:
        """The group, from the code."""
        return Group(self.code.split("_", 1)[0])

    @property
    def is_counted(self) -> bool:
        """Whether sums are stored for it."""
        return bool(self.definition)

    @property
    def is_derived(self) -> bool:
        """Whether it is computed from other indicators."""
        return bool(self.numerator)

    @property
    def is_summable(self) -> bool:
        """Whether the figures of the parts of a place add up to the figure of the place."""
        return self.form in {Form.FLOW, Form.STOCK}

    @property
    def is_typed(self) -> bool:
        """Whether an authority may sign it."""
        return self.source is Source.TYPED and not self.is_derived

    @property
    def decimals(self) -> int:
        """How many decimals people see; inside it stays exact."""
        if self.unit in {Unit.PERCENT, Unit.HOUR, Unit.KILOGRAM}:
            return 1
        return 2 if self.form is Form.RATIO else 0

    def part_label(self, part: str) -> Text:
        """A breakdown's name for people."""
        return self.part_labels.get(part) or part or _("all")


@dataclass(frozen=True)
class Expectation:
    """For the same place and days one figure is not greater than another.

    When a source breaks it, both numbers are kept and marked, and nothing is repaired.
    """

    smaller: str
    larger: str
    because: Text = field(compare=False)
