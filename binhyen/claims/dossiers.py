# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which papers a dossier asks for: a list that ships, and the operator's own file over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.claims.choices import Kind, Paper
from binhyen.core.errors import Refused

_SHIPPED = Path(__file__).parent / "dossiers.yaml"


class BadDossiers(Refused):
    """A file of dossiers that cannot be read."""

    what = _("The list of papers cannot be used.")
    why = _("%(path)s: %(fault)s.")
    remedy = _("Correct the file; its shape is that of the list that ships with the product.")


@dataclass(frozen=True)
class Dossier:
    """The papers of one kind of claim; `article` is empty where the law's own names them."""

    papers: tuple[Paper, ...]
    article: str = ""
    is_unverified: bool = False


def dossier_of(kind: str) -> Dossier:
    """The papers that a kind of claim asks for now. Raises BadDossiers."""
    own = settings.DOSSIERS_FILE
    files = tuple((path, path.stat().st_mtime_ns) for path in (_SHIPPED, own) if path.exists())
    return _merged(files)[Kind(kind)]


@lru_cache(maxsize=4)
def _merged(files: tuple[tuple[Path, int], ...]) -> Mapping[Kind, Dossier]:
    """Read anew whenever one of the files changed."""
    found: dict[Kind, Dossier] = {}
    for path, _changed in files:
        found |= _read(path)
    return found


def _read(path: Path) -> dict[Kind, Dossier]:
    try:
        sheet = yaml.safe_load(path.read_text("utf-8-sig")) or {}
        return {Kind(kind): _dossier(one) for kind, one in sheet.items()}
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDossiers(path=path.name, fault=str(error)[:200]) from error


def _dossier(one: Mapping[str, Any]) -> Dossier:
    papers = tuple(dict.fromkeys(Paper(name) for name in one["papers"]))
    if Paper.APPLICATION not in papers:
        raise ValueError("a dossier without an application")
    return Dossier(papers, str(one.get("article", "")), bool(one.get("unverified")))
