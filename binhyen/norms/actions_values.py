# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changing a draft step by step: one value, one set of communes, its scanned document."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.attachments import store
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.validation import save
from binhyen.norms import documents
from binhyen.norms.drafts import NewValue, locked_draft, make_value, put_communes
from binhyen.norms.models import CommuneSet, NormValue, Resolution
from binhyen.norms.permissions import DRAFT_NORM
from binhyen.norms.words import amount_said
from binhyen.territory.models import Territory


class SetInUse(Refused):
    """Removing a set in which values hold."""

    what = _("The set of communes was not removed.")
    why = _("%(count)s values are to hold in “%(name)s”.")
    remedy = _("Move them to another set first, or remove them.")


class OtherDocument(Refused):
    """A document whose SHA-256 is not the one that was written down."""

    field = "document"
    what = _("The document was not taken.")
    why = _("Its SHA-256 is %(found)s; the draft names %(named)s.")
    remedy = _("Choose the document that was meant, or clear the number in the draft first.")


@transaction.atomic
def add_value(
    *, by: Actor, resolution: Resolution, commune_set: CommuneSet | None,
    op_id: UUID | None = None, **new: Any,
) -> Resolution:  # fmt: skip
    """Set one more value in a draft; `new` is what `NewValue` takes.

    Raises NotADraft, Invalid and what `checks.check_value` raises.
    """
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.value_added", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    value = make_value(draft, NewValue(**new), commune_set)
    save(value)
    return _recorded("resolution.value_added", draft, by, op_id, value)


@transaction.atomic
def change_value(
    *, by: Actor, value: NormValue, commune_set: CommuneSet | None, op_id: UUID | None = None,
    **new: Any,
) -> Resolution:  # fmt: skip
    """Set a value of a draft anew. Raises what `add_value` raises."""
    resolution = value.resolution
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.value_changed", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    changed = make_value(draft, NewValue(**new), commune_set)
    changed.pk, changed._state.adding = value.pk, False
    save(changed)
    return _recorded("resolution.value_changed", draft, by, op_id, changed)


@transaction.atomic
def remove_value(*, by: Actor, value: NormValue, op_id: UUID | None = None) -> Resolution:
    """Take a value out of a draft. Raises NotADraft."""
    resolution = value.resolution
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.value_removed", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    value.delete()
    return _recorded("resolution.value_removed", draft, by, op_id, value)


@transaction.atomic
def name_communes(
    *, by: Actor, resolution: Resolution, name: str, communes: Sequence[Territory],
    commune_set: CommuneSet | None = None, op_id: UUID | None = None,
) -> Resolution:  # fmt: skip
    """Name the communes of a set of a draft; values without a place take the first one named.

    Raises NotADraft, OtherCommune, Invalid.
    """
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.communes_named", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    if commune_set is not None and commune_set.name != name:
        commune_set.name = name
        save(commune_set, only=["name"])
    named = put_communes(draft, name, communes)
    if draft.sets.count() == 1:
        draft.values_set.filter(commune_set__isnull=True).update(commune_set=named)
    record("resolution.communes_named", draft, by=by, where=draft.territory, on=draft.valid_from,
           op_id=op_id, communes=len(communes))  # fmt: skip
    return draft


@transaction.atomic
def remove_communes(*, by: Actor, commune_set: CommuneSet, op_id: UUID | None = None) -> Resolution:
    """Take an unused set out of a draft. Raises NotADraft, SetInUse."""
    resolution = commune_set.resolution
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.set_removed", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    if count := commune_set.values_set.count():
        raise SetInUse(count=count, name=commune_set.name)
    commune_set.delete()
    record("resolution.set_removed", draft, by=by, where=draft.territory, on=draft.valid_from,
           op_id=op_id)  # fmt: skip
    return draft


@transaction.atomic
def attach_document(
    *, by: Actor, resolution: Resolution, name: str, content: bytes, op_id: UUID | None = None
) -> Resolution:
    """Keep the scanned document of a draft, sealed on disk, with its SHA-256.

    Raises NotADraft, OtherDocument and what `documents.check_document` raises.
    """
    by.require(DRAFT_NORM, resolution.territory)
    digest = documents.check_document(content)
    if done := done_before(op_id, Resolution, "resolution.document_kept", by=by, pk=resolution.pk,
                           digest=digest):  # fmt: skip
        return done
    draft = locked_draft(resolution)
    before = draft.document_id
    if before is None and draft.digest and draft.digest != digest:
        raise OtherDocument(found=digest, named=draft.digest)
    draft.document_id, draft.document_name = uuid7(), documents.plain_name(name)
    draft.document_size, draft.digest = len(content), digest
    store.write(draft.document_id, content)
    save(draft, only=["document_id", "document_name", "document_size", "digest"])
    if before is not None:
        transaction.on_commit(lambda: store.remove([before]))
    record("resolution.document_kept", draft, by=by, where=draft.territory, on=draft.valid_from,
           op_id=op_id, digest=digest)  # fmt: skip
    return draft


def _recorded(
    kind: str, draft: Resolution, by: Actor, op_id: UUID | None, value: NormValue
) -> Resolution:
    record(kind, draft, by=by, where=draft.territory, on=draft.valid_from, op_id=op_id,
           item=str(value.get_item_display()), amount=amount_said(value))  # fmt: skip
    return draft
