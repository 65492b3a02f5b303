# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vietnamese catalogues without a system gettext: update, check, compile.

    python scripts/messages.py compile        .po to .mo, where the .mo is older
    python scripts/messages.py update [APP]   put new English texts into the catalogues
    python scripts/messages.py check          every text has its Vietnamese, with its parameters

A catalogue is sorted by its English text and carries neither line numbers nor dates, so that two
people who translate at once rarely meet in a diff.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

APPS = Path(__file__).resolve().parent.parent / "binhyen"
DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
LOCALE = "vi"

HEADER = """\
# SPDX-License-Identifier: AGPL-3.0-or-later
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

_PLURAL, _CONTEXT, _BOTH = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}

BORROWED: dict[str, tuple[Path, ...]] = {
    "accounts": (
        *(ALLAUTH / "account" / name for name in ("adapter.py", "fields.py", "forms.py")),
        *(ALLAUTH / "mfa" / name for name in ("adapter.py", "base", "totp", "webauthn")),
    ),
    "core": (
        *(DJANGO / "forms" / name for name in ("fields.py", "models.py")),
        DJANGO / "core" / "validators.py",
        DJANGO / "db" / "models" / "constraints.py",
        DJANGO / "db" / "models" / "fields",
    ),
}
"""What libraries say to people here, and for which they have no Vietnamese of their own."""
NOT_MET = re.compile(
    r"phone|email|inline value|IPv|^(?:String|Duration|Positive|Universally|A JSON)|relation",
    re.IGNORECASE,
)
"""Of these, what nobody meets here: names of column types, sign-in by mail or telephone."""

Text = str | tuple[str, ...]
Key = tuple[str | None, str]
"""Context and English text (the singular, where there are two)."""

_PARAMETER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")


def apps() -> list[str]:
    """The apps, by name."""
    return sorted(path.parent.name for path in APPS.glob("*/apps.py"))


def catalogue_path(app: str) -> Path:
    """Where an app keeps its Vietnamese."""
    return APPS / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def texts(app: str) -> dict[Key, Text]:
    """Every text of an app's Python and templates, with those it borrows from libraries."""
    found: dict[Key, Text] = {}
    for path in _sources(APPS / app, templates=True):
        for context, text in _texts_in(path):
            found[context, _singular(text)] = text
    for folder in BORROWED.get(app, ()):
        for path in _sources(folder, templates=False):
            for context, text in _texts_in(path):
                if not (_in_django(context, text) or NOT_MET.search(_singular(text))):
                    found[context, _singular(text)] = text
    return found


def _sources(root: Path, *, templates: bool) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts[:-1]
        if {"migrations", "tests", "locale", "static"} & set(inside):
            continue
        is_template = templates and inside[:1] == ("templates",)
        if path.is_file() and (path.suffix == ".py" or is_template):
            yield path


def _texts_in(path: Path) -> Iterator[tuple[str | None, Text]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        source = _flat(templatize(source))
    for _line, text, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield context, text


def _flat(code: str) -> str:
    """What `templatize` gives, without the indentation that Python would stumble over."""
    return "\n".join(line.strip() for line in code.splitlines()) + "\n"


def _singular(text: Text | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _all(text: Text | list[str] | None) -> tuple[str, ...]:
    """One text or several, as several."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


@cache
def _django() -> tuple[Catalog, ...]:
    """Django's own Vietnamese, of the parts that are installed here."""
    folders = ("conf", "contrib/auth", "contrib/humanize", "contrib/contenttypes")
    catalogues = []
    for folder in folders:
        path = DJANGO / folder / "locale" / LOCALE / "LC_MESSAGES" / "django.mo"
        with path.open("rb") as file:
            catalogues.append(read_mo(file))
    return tuple(catalogues)


def _in_django(context: str | None, text: Text) -> bool:
    return any(_is_whole(found.get(_singular(text), context)) for found in _django())


def _is_whole(message: Message | None) -> bool:
    """Whether a message is translated and nobody doubts it."""
    if message is None or message.fuzzy:
        return False
    given = _all(message.string)
    return bool(given) and all(given)


def update(app: str) -> tuple[int, int]:
    """Put the app's texts into its catalogue and take out what is gone; how many of each."""
    path, wanted = catalogue_path(app), texts(app)
    known = read(path)
    fresh = Catalog(locale=LOCALE)
    added = 0
    for (context, singular), text in wanted.items():
        old = known.get(singular, context)
        if old is None and _translated_elsewhere(app, context, singular):
            continue
        added += old is None
        strings = _all(old.string if old else "")
        flags = old.flags - {"python-format"} if old else ()
        string = strings if isinstance(text, tuple) else strings[0]
        fresh.add(text, string, context=context, flags=flags)
    gone = len(_unsaid(known, wanted))
    if len(fresh) or path.exists():
        _write(path, fresh)
    return added, gone


def _translated_elsewhere(app: str, context: str | None, singular: str) -> bool:
    return any(_is_whole(found.get(singular, context)) for found in _neighbours(app))


def _neighbours(app: str) -> tuple[Catalog, ...]:
    """The catalogues that an app may lean on: those of core and office, and Django's."""
    shared = tuple(read(catalogue_path(name)) for name in ("core", "office") if name != app)
    return (*shared, *_django())


def _write(path: Path, catalogue: Catalog) -> None:
    body = BytesIO()
    write_po(
        body, catalogue, width=100, no_location=True, omit_header=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip() + "\n", "utf-8")


def faults() -> list[str]:
    """What is missing or wrong in the catalogues, a line each."""
    lines = []
    for app in apps():
        known, neighbours, wanted = read(catalogue_path(app)), _neighbours(app), texts(app)
        for context, singular in wanted:
            candidates = [found.get(singular, context) for found in (known, *neighbours)]
            whole = next((found for found in candidates if _is_whole(found)), None)
            if whole is None:
                lines.append(f"{app}: no Vietnamese for {singular!r}")
            elif candidates[0] is whole and not _parameters_agree(whole):
                lines.append(f"{app}: the parameters of {singular!r} differ in Vietnamese")
        lines += [f"{app}: nobody says {text!r} any more" for text in _unsaid(known, wanted)]
    return lines + _said_in_two_ways()


def _said_in_two_ways() -> list[str]:
    """Texts that two apps translate differently: Django knows one catalogue, so one app loses."""
    found: dict[Key, dict[tuple[str, ...], str]] = {}
    for app in apps():
        for message in read(catalogue_path(app)):
            if message.id and _is_whole(message):
                ways = found.setdefault((message.context, _singular(message.id)), {})
                ways.setdefault(_all(message.string), app)
    return [
        f"{' and '.join(ways.values())} translate {text!r} differently; agree, or use a context"
        for (_context, text), ways in found.items()
        if len(ways) > 1
    ]


def _unsaid(known: Catalog, wanted: dict[Key, Text]) -> list[str]:
    """What stands in a catalogue, but no longer in the app."""
    keys = [(old.context, _singular(old.id)) for old in known if old.id]
    return [singular for context, singular in keys if (context, singular) not in wanted]


def _parameters_agree(message: Message) -> bool:
    """Whether the Vietnamese names the same parameters as the English (of a plural, its plural)."""
    wanted = set(_PARAMETER.findall(_all(message.id)[-1]))
    return all(set(_PARAMETER.findall(string)) == wanted for string in _all(message.string))


def compile_stale() -> int:
    """Make every .mo that is missing or older than its .po; how many were made."""
    made = 0
    for app in apps():
        source = catalogue_path(app)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        body = BytesIO()
        write_mo(body, read(source))
        part = target.with_suffix(".part")
        part.write_bytes(body.getvalue())
        part.replace(target)
        made += 1
    return made


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description="Vietnamese catalogues.")
    parser.add_argument("what", choices=("compile", "update", "check"))
    parser.add_argument("app", nargs="?", default="", help="one app; without it, all")
    given = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure()  # `templatize` asks for the default encoding, nothing more
    if given.what == "compile":
        print(f"catalogues compiled: {compile_stale()}")
        return 0
    if given.what == "check":
        lines = faults()
        print("\n".join(lines) or "catalogues: complete")
        return 1 if lines else 0
    for app in [given.app] if given.app else apps():
        added, gone = update(app)
        missing = sum(1 for m in read(catalogue_path(app)) if m.id and not _is_whole(m))
        print(f"{app}: {added} new, {gone} gone, {missing} without Vietnamese")
    compile_stale()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
