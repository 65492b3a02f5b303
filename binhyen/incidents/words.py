# SPDX-License-Identifier: AGPL-3.0-or-later
"""The short text of a report: what must not stand in it, and what the writer is asked about.

A program cannot understand a text. It can refuse what is plainly a person's number or a child, and
ask twice where a word points to what nobody may note about residents. Words are compared without
case and also when tones are left out: a word that carries other tones is another word
("phần đông" is not "phản động", "phan dong" may be).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.incidents.choices import Topic

MAX_SCANNED = 2000


class PersonInText(Refused):
    """A number that leads to a person."""

    field = "account"
    why = _(
        "“%(found)s” may lead to a person: it looks like the number of an identity card, a phone,"
        " an account or a vehicle, or like a year of birth."
    )
    remedy = _(
        "Write what happened and where, without it: reports hold places, never persons. Tell"
        " commune police by word of mouth."
    )


class MinorInText(Refused):
    """A child's name, age or class."""

    field = "account"
    why = _("“%(found)s” may lead to a child.")
    remedy = _(
        "Write only that a child is concerned, without name, age or class: reports hold places,"
        " never persons. Tell commune police by word of mouth."
    )


class WordsToConfirm(Refused):
    """Words about what nobody notes about residents, not confirmed by the writer."""

    field = "confirm_words"
    why = _("The text speaks of what a report is not about: %(found)s.")
    remedy = _(
        "Leave these words out. If the place cannot be told without them, confirm them and save"
        " again."
    )


class Hit(NamedTuple):
    """Words found in a text, as they were written."""

    topic: Topic
    words: str


class Word(NamedTuple):
    """A word with its place, its bare letters, and the marks above and below them."""

    start: int
    end: int
    bare: str
    marks: frozenset[str]
    is_capital: bool


PHRASES: dict[Topic, tuple[str, ...]] = {
    Topic.RELIGION: (
        "tôn giáo", "tín ngưỡng", "công giáo", "thiên chúa", "phật giáo", "tin lành", "cao đài",
        "hòa hảo", "hồi giáo", "bà la môn", "hà mòn", "tà đạo", "đạo lạ", "theo đạo", "truyền đạo",
        "giáo dân", "giáo xứ", "giáo phái", "giáo sĩ", "linh mục", "mục sư", "phật tử", "tín đồ",
        "chức sắc", "religion", "religious", "catholic", "buddhist", "muslim", "protestant",
    ),
    Topic.ETHNICITY: (
        "dân tộc", "sắc tộc", "đồng bào", "người kinh", "người chăm", "người hoa", "người tày",
        "người nùng", "người thái", "người mường", "người dao", "người mạ", "khmer", "khơ me",
        "h mông", "hmông", "gia rai", "jrai", "ê đê", "ba na", "k ho", "kơ ho", "cơ ho", "chu ru",
        "churu", "ra glai", "raglai", "chơ ro", "m nông", "mnông", "xơ đăng", "xtiêng",
        "ethnic", "ethnicity",
    ),
    Topic.POLITICS: (
        "chính trị", "đảng viên", "đảng phái", "đa đảng", "phản động", "thù địch", "chống phá",
        "chống cộng", "nhân quyền", "chính kiến", "việt tân", "bầu cử", "politics", "political",
        "dissident", "human rights", "party member",
    ),
    Topic.SEXUALITY: (
        "đồng tính", "song tính", "lưỡng tính", "chuyển giới", "bê đê", "pê đê", "lgbt",
        "xu hướng tính dục", "giới tính thứ ba", "homosexual", "lesbian", "bisexual",
        "transgender", "sexual orientation",
    ),
    Topic.UNION: (
        "công đoàn", "nghiệp đoàn", "hội viên", "đoàn viên", "hội kín", "đình công",
        "trade union", "labour union", "union member",
    ),
    Topic.PETITION: (
        "khiếu nại", "khiếu kiện", "tố cáo", "đơn thư", "kiến nghị", "thỉnh nguyện", "biểu tình",
        "petition", "petitions", "petitioner", "demonstration", "protest",
    ),
}  # fmt: skip
HARMLESS = (
    "mang theo dao", "cầm theo dao", "đem theo dao", "thủ theo dao", "kèm theo dao",
    "người kinh doanh", "người chăm sóc", "người ma túy", "dân tộc nội trú", "toàn dân tộc",
)  # fmt: skip
"""Ordinary phrases inside which a phrase from above means something else."""

_TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "cậu", "tên", "mr", "mrs", "ms")
_CHILD = ("cháu", "bé", "em", "trẻ", "sinh", "gái", "trai", "child", "girl", "boy", "pupil",
          "student")  # fmt: skip
_PLACES = frozenset({"truong", "thcs", "thpt", "tieu", "mam", "mau", "lop", "thon", "xa", "phuong",
                     "ap", "buon", "khu", "to", "duong", "quoc", "cong", "ubnd", "cho", "cau",
                     "ql", "dt"})  # fmt: skip
"""Words that begin the name of a place, and so do not make a name after a title."""

_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?:[0-5]\d)?(?!\d)", re.I)
_MONEY = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+\s*(?:đồng|đ|vnd)(?!\w)", re.I)
_LONG_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[\s.\-_]{0,2}\d){8,}(?!\d)")
_PLATE = re.compile(
    r"(?<!\w)[1-9]\d[\s.-]?(?!km)[A-ZĐ]{1,2}\d?[\s.-]{0,3}(?:\d{3}[\s.-]?\d{2}|\d{4})(?!\w)", re.I
)
_BIRTH = re.compile(
    r"(?<!\w)(?:(?:sinh năm|sinh nam|năm sinh|nam sinh)\s?:?\s?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:sn|born in)\s?:?\s?(?:19|20)\d\d)(?!\d)",
    re.I,
)
_AGE = re.compile(r"(?<!\d)(?:\d|1[0-7])\s?(?:tuổi|tuoi|years? old|-year-old)(?!\w)", re.I)
_CLASS = re.compile(r"(?<!\w)(?:lớp|lop|grade|class)\s?(?:1[0-2]|[1-9])\w{0,2}(?!\w)", re.I)
_TOKEN = re.compile(r"[^\W_]+")


def check_account(text: str, *, confirm_words: bool) -> bool:
    """Let a report's text pass, or say what must go; whether the writer confirmed words in it.

    Raises PersonInText, MinorInText; and WordsToConfirm unless the writer has confirmed the words.
    """
    if number := person_number(text):
        raise PersonInText(found=number)
    if child := minor_hint(text):
        raise MinorInText(found=child)
    hits = banned_words(text)
    if hits and not confirm_words:
        found = ", ".join(f"“{hit.words}” ({hit.topic.label})" for hit in hits)
        raise WordsToConfirm(found=found)
    return bool(hits)


def banned_words(text: str) -> list[Hit]:
    """Every word or phrase that points to what nobody may note about residents, in order.

    Source: Law 30/2023/QH15 Art. 4 and 7(1); Law 91/2025/QH15 (sensitive data).

    >>> [(str(hit.topic), hit.words) for hit in banned_words("Nhóm người theo ĐẠO tin lanh")]
    [('religion', 'theo ĐẠO'), ('religion', 'tin lanh')]
    >>> banned_words("Nhóm thanh niên mang theo dao ở chợ")
    []
    """
    text = _plain(text)
    words = list(_words(text))
    harmless = [span for phrase in _HARMLESS for span in _places(phrase, words)]
    hits = [
        (first, Hit(topic, text[words[first].start : words[last].end]))
        for topic, phrases in _PHRASES.items()
        for phrase in phrases
        for first, last in _places(phrase, words)
        if not any(start <= first and last <= end for start, end in harmless)
    ]
    hits += [(i, Hit(Topic.NAME, name)) for i, name in _names_after(_TITLE_WORDS, text, words)]
    return list(dict.fromkeys(hit for _place, hit in sorted(hits, key=lambda one: one[0])))


def person_number(text: str) -> str:
    """The first number that leads to a person, as it was written; empty if there is none.

    Nine and more digits in a row (identity cards have 9 or 12, phones 10, accounts 9 to 16),
    whatever stands between them, number plates, years of birth. Days, times and sums of money are
    none.

    >>> person_number("Gọi 0912.345.678"), person_number("21/11/2026 22:30, mất 120.000.000 đồng")
    ('0912.345.678', '')
    """
    text = _MONEY.sub(" # ", _TIME.sub(" # ", _DATE.sub(" # ", _plain(text))))
    found = _LONG_NUMBER.search(text) or _PLATE.search(text) or _BIRTH.search(text)
    return found[0].strip() if found else ""


def minor_hint(text: str) -> str:
    """What may lead to a child: a name, an age below 18, a school class.

    >>> minor_hint("Cháu Lan bị ngã ở cầu"), minor_hint("Một cháu bé bị ngã ở cầu")
    ('Cháu Lan', '')
    """
    text = _plain(text)
    if found := _AGE.search(text):
        return found[0]
    words = list(_words(text))
    is_about_child = any(_is_one_of(_CHILD_WORDS, word) for word in words)
    if is_about_child and (found := _CLASS.search(text)):
        return found[0]
    return next((name for _place, name in _names_after(_CHILD_WORDS, text, words)), "")


def _plain(text: str) -> str:
    """The text in one form, without letters that nobody sees."""
    text = unicodedata.normalize("NFKC", text[:MAX_SCANNED])
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _words(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        bare, marks = _letters(match[0])
        yield Word(match.start(), match.end(), bare, marks, match[0][0].isupper())


def _letters(word: str) -> tuple[str, frozenset[str]]:
    """Bare letters, and the marks: tones, hats, horns, and the stroke of đ."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d\u0335"))
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return bare, frozenset(c for c in parts if unicodedata.combining(c))


Phrase = Sequence[tuple[str, frozenset[str]]]


def _phrase(text: str) -> Phrase:
    return [_letters(word) for word in text.split()]


_PHRASES = {topic: [_phrase(one) for one in texts] for topic, texts in PHRASES.items()}
_HARMLESS = [_phrase(one) for one in HARMLESS]
_TITLE_WORDS = [_letters(one) for one in _TITLES]
_CHILD_WORDS = [_letters(one) for one in _CHILD]


def _places(phrase: Phrase, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and last index of the phrase; marks may be missing in the text, not be other ones."""
    for first in range(len(words) - len(phrase) + 1):
        part = words[first : first + len(phrase)]
        pairs = zip(part, phrase, strict=True)
        if all(word.bare == bare and word.marks <= marks for word, (bare, marks) in pairs):
            yield first, first + len(phrase) - 1


def _is_one_of(phrase: Phrase, word: Word) -> bool:
    return any(word.bare == bare and word.marks <= marks for bare, marks in phrase)


def _names_after(titles: Phrase, text: str, words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Capital words after a title such as "ông"; inside a sentence a capital title is a place."""
    for place, (title, name) in enumerate(pairwise(words)):
        if not name.is_capital or text[title.end : name.start].strip():
            continue
        if not _is_one_of(titles, title) or name.bare in _PLACES:
            continue
        if title.is_capital and not _begins_sentence(text, title.start):
            continue
        yield place, text[title.start : name.end]


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:;\n-"
