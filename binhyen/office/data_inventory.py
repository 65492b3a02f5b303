# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inventory of personal data, made from what every table declares (`Model.personal`)."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model
from django.utils.translation import override

from binhyen.core.personal import Personal

_HEAD = """\
# Inventory of personal data

Made from the registry beside the models (`personal`) by `binhyen generate`; do not edit.

Every field that says something about a person, with why it is kept, on which legal basis and how
long. Periods marked [own] are this project's choice. Nothing here describes a resident: there is
no table of residents.
"""


def markdown() -> str:
    """The inventory as a document, in English."""
    with override("en"):
        return "\n".join([_HEAD, *_lines()])


def _lines() -> Iterator[str]:
    for model in apps.get_models():
        declared: dict[str, Personal] = getattr(model, "personal", {})
        if not declared or not model.__module__.startswith("binhyen."):
            continue
        yield f"## {_title(model)}\n"
        yield "| field | sensitivity | purpose | basis | kept |"
        yield "|---|---|---|---|---|"
        for name, entry in declared.items():
            yield (
                f"| {name} | {entry.sensitivity} | {entry.purpose} | {entry.basis} |"
                f" {entry.retention} |"
            )
        yield ""


def _title(model: type[Model]) -> str:
    return f"{model._meta.app_label}: {model._meta.verbose_name}"
