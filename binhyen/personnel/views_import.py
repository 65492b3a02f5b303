# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking over a table: upload, look at what would happen, confirm. The file is never stored.

Between the two pages the table travels in the page itself, signed and for an hour; everything is
checked again when it comes back.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from binhyen.core.errors import Refused
from binhyen.core.files import table_file
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Action, Column, Section, form_page, say
from binhyen.core.tables_apart import read_apart
from binhyen.core.tables_in import LIMITS, MAX_BYTES, FileTooLarge, Sheet
from binhyen.core.templatetags.show import number
from binhyen.personnel import forms
from binhyen.personnel.importing import Importer, Outcome, import_table
from binhyen.personnel.imports import KINDS
from binhyen.personnel.permissions import RECOGNISE
from binhyen.teams.permissions import DECIDE_TEAM
from binhyen.territory.queries import communes_within, territory_by_code

_SALT = "personnel.import"
_AN_HOUR = 3600
SHOWN_ERRORS = 200
_LISTS = {"members": "members", "teams": "teams"}


class PreviewTooOld(Refused):
    """A preview that was confirmed too late, or by somebody else."""

    why = _("The preview is more than an hour old.")
    remedy = _("Upload the file again.")


@signed_in(RECOGNISE, DECIDE_TEAM)
def import_page(request: ActorRequest, kind: str) -> HttpResponse:
    """Upload a file, see what would happen, and write it."""
    importer = _kind(request, kind)
    if "table" in request.POST:
        return _confirm(request, importer)
    communes = communes_within(request.actor.scope(importer.verb), request.actor.on)
    form = forms.UploadForm(request.POST or None, request.FILES or None, communes=communes)
    if form.is_bound and form.is_valid():
        code, upload = form.cleaned_data["commune"], form.cleaned_data["file"]
        if form.run(_check, request=request, importer=importer, commune=code, file=upload):
            outcome, table = form.result
            return _preview(request, importer, outcome, _packed(request, code, table))
    return _upload_page(request, importer, form)


@signed_in(RECOGNISE, DECIDE_TEAM)
def template(request: ActorRequest, kind: str, file_format: str) -> HttpResponseBase:
    """An empty table with the columns that are taken over."""
    importer = _kind(request, kind)
    return table_file(importer.columns, [], kind=file_format, name=kind, title=importer.title)


def _kind(request: ActorRequest, kind: str) -> type[Importer]:
    importer = KINDS.get(kind)
    if importer is None or not request.actor.can_anywhere(importer.verb):
        raise Http404
    return importer


def _check(
    *,
    request: ActorRequest,
    importer: type[Importer],
    commune: str,
    file: "UploadedFile[bytes]",
    op_id: UUID | None,
) -> tuple[Outcome, Sheet]:
    if file.size is None or file.size > MAX_BYTES:
        raise FileTooLarge(limit=LIMITS["bytes"])
    table = read_apart(file.read())
    return _run(request, importer, commune, table, write=False), table


def _run(
    request: ActorRequest, importer: type[Importer], code: str, table: Sheet, **options: Any
) -> Outcome:
    place = territory_by_code(code, on=request.actor.on)
    return import_table(importer(request.actor, place), table, **options)


def _confirm(request: ActorRequest, importer: type[Importer]) -> HttpResponse:
    form = forms.ConfirmForm(request.POST)
    if not form.is_valid() or not form.run(_write, request=request, importer=importer):
        return _upload_again(request, importer, form)
    outcome: Outcome = form.result
    if not outcome.is_written:
        return _preview(request, importer, outcome, form.cleaned_data["table"], status=422)
    say(request, _said(outcome))
    return redirect(_LISTS[importer.kind])


def _write(
    *,
    request: ActorRequest,
    importer: type[Importer],
    table: str,
    skip_bad: bool,
    op_id: UUID | None,
) -> Outcome:
    code, sheet = _unpacked(request, table)
    return _run(request, importer, code, sheet, write=True, skip_bad=skip_bad, op_id=op_id)


def _packed(request: ActorRequest, code: str, table: Sheet) -> str:
    carried = [str(request.actor.id), code, table.header, table.rows]
    return signing.dumps(carried, salt=_SALT, compress=True)


def _unpacked(request: ActorRequest, text: str) -> tuple[str, Sheet]:
    try:
        owner, code, header, rows = signing.loads(text, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature as error:
        raise PreviewTooOld from error
    if owner != str(request.actor.id):
        raise PreviewTooOld
    return code, Sheet(header, rows)


def _preview(
    request: ActorRequest,
    importer: type[Importer],
    outcome: Outcome,
    packed: str,
    *,
    status: int = 200,
) -> HttpResponse:
    form = forms.ConfirmForm(initial={"table": packed, "skip_bad": bool(outcome.errors)})
    again = reverse("import", kwargs={"kind": importer.kind})
    response = form_page(
        request, form, title=importer.title, cancel_url=again,
        template="personnel/import_preview.html",
        outcome=outcome,
        sentence=_sentence(outcome),
        tables=[_errors_section(outcome)] if outcome.errors else [],
        submit_label=_write_label(outcome),
    )  # fmt: skip
    response.status_code = status
    return response


def _sentence(outcome: Outcome) -> str:
    good = ngettext(
        "%(count)s row can be written.", "%(count)s rows can be written.", outcome.good
    ) % {"count": number(outcome.good)}
    if not outcome.errors:
        return good
    bad = ngettext("%(count)s row cannot.", "%(count)s rows cannot.", outcome.bad_rows)
    return f"{good} {bad % {'count': number(outcome.bad_rows)}}"


def _write_label(outcome: Outcome) -> str:
    count = {"count": number(outcome.good)}
    if outcome.errors:
        return (
            ngettext(
                "Write the %(count)s good row and leave out the others",
                "Write the %(count)s good rows and leave out the others",
                outcome.good,
            )
            % count
        )
    return ngettext("Write %(count)s row", "Write all %(count)s rows", outcome.good) % count


def _said(outcome: Outcome) -> str:
    return ngettext(
        "%(count)s row was written.", "%(count)s rows were written.", outcome.written
    ) % {"count": number(outcome.written)}


def _errors_section(outcome: Outcome) -> Section:
    return Section(
        _("What is wrong"),
        columns=(
            Column("row", _("Row"), lambda error: str(error.row)),
            Column("column", _("Column"), lambda error: error.column),
            Column("reason", _("Why"), lambda error: error.reason),
            Column("remedy", _("What to do"), lambda error: error.remedy),
            Column("expected", _("Expected"), lambda error: error.expected, hide_narrow=True),
        ),
        records=outcome.errors[:SHOWN_ERRORS],
        note=_("Only the first 200 are shown.") if len(outcome.errors) > SHOWN_ERRORS else "",
    )


def _upload_page(
    request: ActorRequest,
    importer: type[Importer],
    form: forms.UploadForm,
    refused: Sequence[str] = (),
) -> HttpResponse:
    columns = Section(
        _("Columns"),
        columns=(
            Column("label", _("Column"), lambda column: column.label),
            Column("expected", _("Expected"), lambda column: column.expected),
            Column("required", _("Needed"), lambda column: column.required),
        ),
        records=importer.columns,
        note=_("Headings in Vietnamese or English; a column of serial numbers is left out."),
    )
    return form_page(
        request, form, title=importer.title, cancel_url=reverse(_LISTS[importer.kind]),
        intro=_("Nothing is written before you have seen what would happen. Either every row is"
                " written or none, unless you choose to leave bad rows out."),
        template="personnel/import.html",
        tables=[columns],
        actions=_templates(importer.kind),
        refused=refused,
    )  # fmt: skip


def _upload_again(
    request: ActorRequest, importer: type[Importer], refused: forms.ConfirmForm
) -> HttpResponse:
    """The upload page with the reason why what was confirmed was not written."""
    communes = communes_within(request.actor.scope(importer.verb), request.actor.on)
    response = _upload_page(
        request,
        importer,
        forms.UploadForm(communes=communes),
        refused=[text for _target, text in refused.summary()],
    )
    response.status_code = 422
    return response


def _templates(kind: str) -> list[Action]:
    return [
        Action(label, _template_url(kind, file_format), icon="download")
        for label, file_format in ((_("Template (XLSX)"), "xlsx"), (_("Template (CSV)"), "csv"))
    ]


def _template_url(kind: str, file_format: str) -> str:
    return reverse("import-template", kwargs={"kind": kind, "file_format": file_format})
