# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking over a table: columns by name in either language, every row through one action.

All or nothing unless the bad rows are to be left out. A check runs the very same writes and takes
them back, so that what it says is what will happen. The file itself is never kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Forbidden, Refused, Text
from binhyen.core.forms import BadDay, read_day
from binhyen.core.tables_in import Sheet, UnreadableFile
from binhyen.core.text import fold
from binhyen.territory.models import Territory

MAX_ROWS = 1000
"""A commune's force has a few hundred members; every row is checked against the records."""
LANGUAGES = ("vi", "en")
SERIAL = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "number"})
"""Headings of serial numbers, which say nothing and are left out."""

Progress = Callable[[Iterable[Any]], Iterable[Any]]


class UnknownColumn(UnreadableFile):
    """A column that the product does not keep."""

    why = _("The column “%(name)s” is not taken over.")
    remedy = _("Remove it and upload the file again. Known columns: %(known)s.")


class MissingColumn(UnreadableFile):
    """A column without which no row can be read."""

    why = _("The column “%(name)s” is missing.")
    remedy = _("Add it, or fill in the template, and upload the file again.")


class ColumnTwice(UnreadableFile):
    """Two columns that mean the same."""

    why = _("Two columns hold “%(name)s”.")
    remedy = _("Keep one of them and upload the file again.")


class NoRows(UnreadableFile):
    """A header and nothing below."""

    why = _("It holds no row below the column names.")
    remedy = _("Fill in a row for each record and upload the file again.")


class TooManyLines(UnreadableFile):
    """More rows than one import checks."""

    why = _("It holds %(count)s rows; one import takes up to %(limit)s.")
    remedy = _("Split it into smaller files and upload one after the other.")


class EmptyCell(Refused):
    """A cell that must say something."""

    why = _("The cell is empty.")
    remedy = _("Fill it in.")


class NotADay(Refused):
    """A cell that names no day."""

    why = _("The cell does not name a day.")
    remedy = _("Write day, month and year, such as 21/11/2026.")


class NotInList(Refused):
    """A cell with a word outside a closed list."""

    why = _("The cell holds none of the known words.")
    remedy = _("Write one of: %(words)s.")


@dataclass(frozen=True)
class ColumnIn:
    """A column that is taken over: its headings, what it expects, how a cell is read.

    It also serves as a column of the template that people fill in.
    """

    key: str
    label: Text
    expected: Text
    read: Callable[[str], Any]
    required: bool = True
    also: tuple[str, ...] = ()
    """Other headings that people write."""

    @property
    def value(self) -> Callable[[Any], Any]:
        """What a template's row would hold."""
        return lambda row: row[self.key]

    def headings(self) -> set[str]:
        """Every heading that means this column, folded."""
        return {fold(self.key), *(fold(text) for text in (*in_languages(self.label), *self.also))}


@dataclass(frozen=True)
class RowError:
    """What is wrong with one cell (or row, without a column): where, why, and how to mend it."""

    row: int
    """As the spreadsheet counts; the header is row 1."""
    column: str
    expected: str
    reason: str
    remedy: str


@dataclass
class Outcome:
    """What an import found and did."""

    rows: int
    good: int = 0
    errors: list[RowError] = field(default_factory=list)
    is_written: bool = False

    @property
    def bad_rows(self) -> int:
        """How many rows have an error."""
        return len({error.row for error in self.errors})

    @property
    def written(self) -> int:
        """How many rows were written."""
        return self.good if self.is_written else 0


class Importer:
    """One kind of table. Subclasses name columns and the verb, and write one row by one action."""

    kind: ClassVar[str] = ""
    title: ClassVar[Text] = ""
    verb: ClassVar[Verb]
    columns: ClassVar[Sequence[ColumnIn]] = ()

    def __init__(self, by: Actor, commune: Territory) -> None:
        self.by, self.commune = by, commune

    def write(self, values: dict[str, Any], op_id: UUID | None) -> None:
        """Write one row; a refusal's field names the column at fault."""
        raise NotImplementedError


def in_languages(text: Text) -> list[str]:
    """A text in every language of the product."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(str(text))
    return said


def import_table(
    importer: Importer,
    table: Sheet,
    *,
    write: bool,
    skip_bad: bool = False,
    op_id: UUID | None = None,
    progress: Progress = iter,
) -> Outcome:
    """Check every row of a table and, with `write`, write them: all, or none, or the good ones.

    Raises Forbidden, and a kind of UnreadableFile when the columns do not fit.
    """
    importer.by.require(importer.verb, importer.commune)
    columns = match_columns(importer.columns, table.header)
    lines = [line for line in table.records() if any(line[1].values())]
    if not lines:
        raise NoRows
    if len(lines) > MAX_ROWS:
        raise TooManyLines(count=len(lines), limit=MAX_ROWS)
    outcome = Outcome(rows=len(lines))
    with transaction.atomic():
        for number, cells in progress(lines):
            errors = _take(importer, columns, number, cells, op_id and uuid5(op_id, str(number)))
            outcome.errors += errors
            outcome.good += not errors
        outcome.is_written = write and (skip_bad or not outcome.errors)
        if not outcome.is_written:
            transaction.set_rollback(True)
    return outcome


def match_columns(known: Sequence[ColumnIn], header: list[str]) -> dict[str, ColumnIn]:
    """Which heading means which column. Raises UnknownColumn, ColumnTwice, MissingColumn."""
    by_heading = {heading: column for column in known for heading in column.headings()}
    found: dict[str, ColumnIn] = {}
    for heading in header:
        folded = fold(heading)
        if folded in SERIAL:
            continue
        column = by_heading.get(folded)
        if column is None:
            names = ", ".join(str(one.label) for one in known)
            raise UnknownColumn(name=heading[:60], known=names)
        if column in found.values():
            raise ColumnTwice(name=column.label)
        found[heading] = column
    for column in known:
        if column.required and column not in found.values():
            raise MissingColumn(name=column.label)
    return found


def _take(
    importer: Importer,
    columns: dict[str, ColumnIn],
    number: int,
    cells: dict[str, str],
    op_id: UUID | None,
) -> list[RowError]:
    """Read and write one row; what is wrong with it."""
    values: dict[str, Any] = {column.key: column.read("") for column in importer.columns
                              if not column.required}  # fmt: skip
    errors = []
    for heading, column in columns.items():
        try:
            values[column.key] = _read(column, cells[heading])
        except Refused as refusal:
            errors.append(_error(number, column, refusal))
    if errors:
        return errors
    try:
        with transaction.atomic():
            importer.write(values, op_id)
    except Forbidden:
        raise
    except Refused as refusal:
        by_key = {column.key: column for column in importer.columns}
        return [_error(number, by_key.get(refusal.field), refusal)]
    return []


def _read(column: ColumnIn, cell: str) -> Any:
    if column.required and not cell:
        raise EmptyCell
    return column.read(cell)


def _error(number: int, column: ColumnIn | None, refusal: Refused) -> RowError:
    what, why, remedy = refusal.sentences()
    label, expected = (str(column.label), str(column.expected)) if column else ("", "")
    return RowError(number, label, expected, why or what, remedy)


def text(cell: str) -> str:
    """A cell as it stands."""
    return cell


def day(cell: str) -> Any:
    """A cell that names a day. Raises NotADay."""
    try:
        return read_day(cell)
    except BadDay as refusal:
        raise NotADay from refusal


def one_of(choices: Sequence[tuple[str, Text]], default: str | None = None) -> Callable[[str], str]:
    """How a cell with a word of a closed list is read, in either language or as stored."""

    def read(cell: str) -> str:
        if not cell and default is not None:
            return default
        for key, label in choices:
            if fold(cell) in {fold(key), *(fold(one) for one in in_languages(label))}:
                return key
        raise NotInList(words=", ".join(str(label) for _key, label in choices))

    return read
