# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos on reports and findings in the office: added, opened with a line in the log, erased."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binhyen.attachments import store
from binhyen.attachments.keeping import TooManyAttachments
from binhyen.attachments.models import Attachment
from binhyen.attachments.rules import MOST_OF_A_RECORD
from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.incidents import actions
from binhyen.incidents.actions_attachments import attach_to_report, erase_from_report
from binhyen.incidents.rules import last_day_to_forget
from binhyen.patrols import actions as patrols
from binhyen.patrols.actions_attachments import attach_to_finding, forget_attachments
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(officer, team):
    return a_report(officer, team)


def a_report(officer, team, **told):
    now = clock.now()
    fields = {"category": "fire", "channel": "noticed", "received_at": now, "handed_at": now}
    return actions.receive_report(by=officer, team=team, **fields | told)


def uploaded(content):
    return {"photo": SimpleUploadedFile("x.png", content)}


def test_photo_added_in_the_office_is_shown_and_each_opening_is_written_down(
    client, officer, sign_in, report
):
    sign_in(client, officer)
    answer = client.post(
        f"/incidents/{report.pk}/photo/", uploaded(base64.b64decode(cast.A_PICTURE))
    )
    assert answer.status_code == 302

    one = Attachment.everything.get()
    address = f"/incidents/{report.pk}/attachments/{one.pk}/"
    assert address in client.get(f"/incidents/{report.pk}/").content.decode()
    shown = client.get(address)

    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "no-store")
    assert Event.everything.filter(kind="report.attachment", object_id=report.pk).count() == 1


def test_file_that_is_no_photo_is_refused_in_the_form(client, officer, sign_in, report):
    sign_in(client, officer)

    answer = client.post(f"/incidents/{report.pk}/photo/", uploaded(b"<html>"))

    assert answer.status_code == 422
    assert not Attachment.everything.exists()


def test_photo_of_a_sealed_report_opens_to_commune_police_only(
    client, officer, member_actor, member, sign_in, team
):
    sealed = a_report(member_actor, team, category="domestic_violence", handed_at=None)
    one = attach_to_report(by=member_actor, report=sealed, photo=cast.A_SOUND)
    address = f"/incidents/{sealed.pk}/attachments/{one.pk}/"

    sign_in(client, member_actor)
    assert client.get(address).status_code == 404
    sign_in(client, officer)
    assert client.get(address).status_code == 200


def test_who_may_not_record_reports_there_adds_no_photo(sibling, outsider, report):
    for stranger in (sibling, outsider):
        with pytest.raises(Forbidden):
            attach_to_report(by=stranger, report=report, photo=cast.A_SOUND)


def test_too_many_files_are_refused(officer, report):
    for _number in range(MOST_OF_A_RECORD):
        attach_to_report(by=officer, report=report, photo=cast.A_SOUND)

    with pytest.raises(TooManyAttachments):
        attach_to_report(by=officer, report=report, photo=cast.A_SOUND)


def test_files_are_erased_with_the_text_of_their_report(
    officer, loader, team, report, django_capture_on_commit_callbacks
):
    old = a_report(officer, team, received_at=clock.now() - timedelta(days=100),
                   handed_at=clock.now() - timedelta(days=99))  # fmt: skip
    gone, stays = (attach_to_report(by=officer, report=one, photo=cast.A_SOUND)
                   for one in (old, report))  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_accounts(by=loader, territory=team.territory,
                                before=last_day_to_forget(clock.today()))  # fmt: skip

    assert not store.path_of(gone.pk).exists()
    assert store.read(stays.pk) == b"OggS"
    gone.refresh_from_db()
    assert gone.erased_at is not None


def test_files_of_findings_are_erased_after_90_days(
    officer, loader, team, member, django_capture_on_commit_callbacks
):
    start = clock.now() - timedelta(hours=3)
    patrol = patrols.record_patrol(by=officer, team=team, started_at=start, members=[member],
                                   ended_at=start + timedelta(hours=1), route="Chợ")  # fmt: skip
    finding = patrols.note_finding(by=officer, patrol=patrol, kind="theft", found_at=start)
    one = attach_to_finding(by=officer, finding=finding, photo=cast.A_SOUND)

    for days, kept in ((90, True), (92, False)):
        with django_capture_on_commit_callbacks(execute=True):
            forget_attachments(by=loader, territory=team.territory,
                               today=clock.today() + timedelta(days=days))  # fmt: skip
        assert store.path_of(one.pk).exists() is kept


def test_photo_with_a_face_is_erased_at_once_by_who_may_change_the_report(
    client, officer, leader, sign_in, team, report, django_capture_on_commit_callbacks
):
    one = attach_to_report(by=officer, report=report, photo=cast.A_SOUND)
    address = f"/incidents/{report.pk}/attachments/{one.pk}/"
    with pytest.raises(Forbidden):
        erase_from_report(by=leader, report=report, attachment=one)

    sign_in(client, officer)
    assert client.get(f"{address}erase/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{address}erase/", {"op_id": str(uuid4())}).status_code == 302

    assert not store.path_of(one.pk).exists()
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/incidents/{report.pk}/").content.decode()
    assert Event.everything.filter(kind="report.file_erased", object_id=report.pk).count() == 1
