# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a paper consists of. Every text is ready to print, in one language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Letterhead:
    """What stands around the text of an official paper."""

    parent_body: str
    """Empty for a People's Committee, which names no body above itself."""
    issuing_body: str
    number: str
    """Number and symbol, such as 'Số: 07/BC-CAT'; room is left for the clerk's number."""
    place_and_date: str
    kind: str
    """BÁO CÁO, in capitals."""
    about: str
    signer_post: str
    """Empty where `Paper.signers` sign side by side."""
    recipients: Sequence[str]
    national_name: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    recipients_word: str = "Nơi nhận:"
    signer_name: str = ""
    """Under the post, once somebody has signed for it."""


@dataclass(frozen=True)
class Heading:
    """A numbered title; kept with what follows."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph: justified, its first line indented; `lead` opens it in bold ("Điều 1.")."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Ground:
    """One line of what the paper rests on, in italics."""

    text: str


@dataclass(frozen=True)
class Middle:
    """A bold line in the middle, such as "QUYẾT ĐỊNH:"."""

    text: str


@dataclass(frozen=True)
class Note:
    """Smaller words under a table or a picture."""

    text: str


@dataclass(frozen=True)
class Table:
    """A ruled table whose head repeats on every page; words stand left, numbers right."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths_cm: Sequence[float] = ()
    words: frozenset[int] = frozenset({0})
    """Which columns hold words."""
    totals: int = 0
    """How many of the last rows are totals, in bold."""


@dataclass(frozen=True)
class Picture:
    """A picture with a text for those who cannot see it; drawn when a file needs it."""

    text: str
    svg: Callable[[], str]
    png: Callable[[], bytes]
    width_cm: float


Part = Heading | Text | Ground | Middle | Note | Table | Picture


@dataclass(frozen=True)
class Signer:
    """One of those who sign side by side, from left to right."""

    post: str
    how: str = ""
    """Under the post, such as "(ký, ghi rõ họ tên)"."""
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper, whole."""

    head: Letterhead
    title: str
    """What the file calls itself."""
    parts: Sequence[Part]
    made_on: date
    digest: str
    """SHA-256 of what it was made from; it stands in the PDF's keywords."""
    signers: Sequence[Signer] = field(default_factory=tuple)
    landscape: bool = False
