# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files are sealed, bound to their row, and come back with a backup."""

import tarfile
from uuid import uuid4

import pytest

from binhyen.attachments import packing, store
from binhyen.core.sealing import CannotOpen


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


def test_file_opens_under_its_own_id_only():
    one, other = uuid4(), uuid4()
    store.write(one, b"chim")
    store.path_of(other).parent.mkdir(exist_ok=True)
    store.path_of(other).write_bytes(store.path_of(one).read_bytes())

    assert store.read(one) == b"chim"
    assert b"chim" not in store.path_of(one).read_bytes()
    with pytest.raises(CannotOpen):
        store.read(other)
    with pytest.raises(store.FileGone):
        store.read(uuid4())


def test_files_come_back_with_a_backup_and_what_is_there_stays(tmp_path, settings):
    kept, lost = uuid4(), uuid4()
    for one in (kept, lost):
        store.write(one, one.bytes)
    archive = packing.files_beside(tmp_path / "copy")
    assert packing.pack(archive) == 2
    store.remove([lost])

    assert packing.unpack(archive) == 1

    assert store.read(lost) == lost.bytes


@pytest.mark.parametrize("name", ["../../x", "x", "a" * 32 + "/b"])
def test_archive_with_other_files_is_refused(tmp_path, name):
    path = tmp_path / "bad.tar"
    with tarfile.open(path, "x") as archive:
        archive.addfile(tarfile.TarInfo(name))

    with pytest.raises(packing.NotTheFiles):
        packing.unpack(path)
