# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking over tables: good ones, bad rows, hostile files; on the page and from the command line."""

import io
import json
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override

from binhyen.core import tables_in
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.core.tables_in import Sheet, read_table
from binhyen.personnel import importing
from binhyen.personnel.importing import import_table
from binhyen.personnel.imports import MemberImporter, TeamImporter
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from tests import cast

pytestmark = pytest.mark.django_db

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Điện thoại", "Thôn, tổ dân phố",
          "Chức vụ", "Ngày công nhận", "Số quyết định"]  # fmt: skip
HOA = ["1", "Lê Thị Hòa", "30/4/1985", "Nữ", "912345678", "Thôn Số 01", "Tổ viên", "03/03/2025",
       "20/QĐ-UBND"]  # fmt: skip
TAM = ["2", "Trần Văn Tám", "1979-12-02", "nam", "", "22918-02", "TỔ TRƯỞNG", "2025-03-03",
       "20/QĐ-UBND"]  # fmt: skip


def changed(row, **more):
    return [more.get(name, cell) for name, cell in zip(HEADER, row, strict=True)]


def run(by, commune, *rows, header=HEADER, write=True, **options):
    table = Sheet(header, [list(row) for row in rows])
    return import_table(MemberImporter(by, commune), table, write=write, **options)


def csv(*rows):
    return "\n".join(";".join(row) for row in (HEADER, *rows)).encode()


def xlsx(*rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    page = book.add_worksheet()
    for y, row in enumerate((HEADER, *rows)):
        for x, cell in enumerate(row):
            page.write(y, x, cell)
    book.close()
    return out.getvalue()


# ---- good tables


def test_rows_become_members_each_with_its_event(clerk, commune, team, villages):
    outcome = run(clerk, commune, HOA, TAM)

    assert (outcome.rows, outcome.good, outcome.written, outcome.errors) == (2, 2, 2, [])
    hoa, tam = Member.everything.order_by("born_on").reverse()
    assert (hoa.full_name, hoa.sex, hoa.phone, hoa.team) == (
        "Lê Thị Hòa", "female", "0912345678", team)  # fmt: skip
    assert tam.memberships.get().village == villages[1]
    assert tam.memberships.get().roles.get().post == "leader"
    assert Event.everything.filter(kind="member.recognised", actor_id=clerk.id).count() == 2


def test_headings_and_words_are_understood_in_english(clerk, commune, team):
    header = ["Full name", "Date of birth", "Village", "Team", "Role in the team", "Serves from",
              "Recognition decision", "Former force"]  # fmt: skip
    outcome = run(clerk, commune, ["Lê Thị Hòa", "30/4/1985", "thon so 01", team.name.upper(),
                                   "team member", "03/03/2025", "20/QĐ", "ward guard"],
                  header=header)  # fmt: skip

    assert outcome.written == 1, outcome.errors
    assert Member.everything.get().origin == "ward_guard"


def test_every_heading_of_the_template_is_understood_in_both_languages():
    for language in importing.LANGUAGES:
        for importer in (MemberImporter, TeamImporter):
            with override(language):
                header = [str(column.label) for column in importer.columns]
            found = importing.match_columns(importer.columns, header)
            assert [column.key for column in found.values()] == [c.key for c in importer.columns]


def test_a_check_writes_nothing(clerk, commune, team):
    outcome = run(clerk, commune, HOA, TAM, write=False)

    assert (outcome.good, outcome.written) == (2, 0)
    assert not Member.everything.exists()
    assert not Event.everything.exists()


def test_blank_lines_are_no_rows(clerk, commune, team):
    assert run(clerk, commune, HOA, [""] * len(HEADER), TAM).rows == 2


def test_the_same_import_sent_twice_is_written_once(clerk, commune, team):
    op_id = cast.MEMBER
    run(clerk, commune, HOA, TAM, op_id=op_id)

    assert run(clerk, commune, HOA, TAM, op_id=op_id).errors == []
    assert Member.everything.count() == 2


def test_teams_are_established_by_their_decisions(clerk, commune, villages):
    header = ["Tên Tổ", "Địa bàn phụ trách", "Số quyết định", "Ngày quyết định"]
    rows = [["Tổ Biển", "Thôn Số 01; Thôn Số 02", "12/QĐ-UBND", "01/07/2024"]]
    outcome = import_table(TeamImporter(clerk, commune), Sheet(header, rows), write=True)

    assert outcome.written == 1, outcome.errors
    assert Team.everything.get().served.count() == 2


def test_a_team_s_village_that_is_served_already_is_told_in_its_column(clerk, commune, team):
    header = ["Tên Tổ", "Địa bàn phụ trách", "Số quyết định", "Ngày quyết định"]
    rows = [["Tổ Hai", "Thôn Số 01", "12/QĐ-UBND", "01/07/2024"]]
    error = import_table(TeamImporter(clerk, commune), Sheet(header, rows), write=True).errors[0]

    assert (error.row, error.column) == (2, "Thôn, tổ dân phố phụ trách")


# ---- bad rows

BAD = [
    ({"Họ và tên": ""}, "Họ và tên"),
    ({"Họ và tên": "=HYPERLINK(1)"}, "Họ và tên"),
    ({"Họ và tên": "An <script>"}, "Họ và tên"),
    ({"Ngày sinh": "31/02/1985"}, "Ngày sinh"),
    ({"Ngày sinh": "31000"}, "Ngày sinh"),
    ({"Ngày sinh": "30/4/2015"}, "Ngày sinh"),
    ({"Ngày sinh": "30/4/1950"}, "Quyết định đối với người trên 70 tuổi"),
    ({"Giới tính": "?"}, "Giới tính"),
    ({"Điện thoại": "113"}, "Số điện thoại"),
    ({"Thôn, tổ dân phố": "Thôn 99"}, "Thôn, tổ dân phố"),
    ({"Thôn, tổ dân phố": "23272-01"}, "Thôn, tổ dân phố"),
    ({"Chức vụ": "Trưởng thôn"}, "Chức danh"),
    ({"Ngày công nhận": "01/01/2099"}, "Tham gia từ ngày"),
    ({"Ngày công nhận": "30/06/2024"}, "Tổ"),
    ({"Số quyết định": ""}, "Quyết định công nhận"),
]


@pytest.mark.parametrize(("cells", "column"), BAD)
def test_a_bad_cell_is_told_by_row_and_column_and_nothing_is_written(
    cells, column, clerk, commune, team, other_villages
):
    outcome = run(clerk, commune, TAM, changed(HOA, **cells))

    assert not Member.everything.exists()
    assert (outcome.good, outcome.written) == (1, 0)
    error = outcome.errors[0]
    assert (error.row, error.column) == (3, column)
    assert error.reason
    assert error.remedy
    assert error.expected


def test_good_rows_are_written_when_the_bad_are_left_out(clerk, commune, team):
    outcome = run(clerk, commune, TAM, changed(HOA, **{"Ngày sinh": "x"}), skip_bad=True)

    assert (outcome.written, outcome.bad_rows) == (1, 1)
    assert Member.everything.get().full_name == "Trần Văn Tám"


def test_every_bad_cell_of_a_row_is_told(clerk, commune, team):
    outcome = run(clerk, commune, changed(HOA, **{"Ngày sinh": "x", "Giới tính": "x"}))

    assert [error.column for error in outcome.errors] == ["Ngày sinh", "Giới tính"]
    assert outcome.bad_rows == 1


def test_the_same_person_twice_in_a_file_is_a_member_in_two_teams(clerk, commune, team):
    error = run(clerk, commune, HOA, HOA).errors[0]

    assert (error.row, error.column) == (3, "Họ và tên")


def test_two_leaders_in_a_file_are_told(clerk, commune, team):
    outcome = run(clerk, commune, TAM, changed(TAM, **{"Họ và tên": "Lê Văn Chín"}))

    assert [(error.row, error.column) for error in outcome.errors] == [(3, "Chức danh")]


def test_a_village_without_a_team_is_told(clerk, commune, villages):
    assert run(clerk, commune, HOA).errors[0].column == "Tổ"


def test_errors_speak_the_reader_s_language(clerk, commune, team):
    with override("en"):
        error = run(clerk, commune, changed(HOA, **{"Ngày sinh": "x"})).errors[0]

    assert (error.column, error.reason) == ("Date of birth", "The cell does not name a day.")


def test_an_import_repeats_no_value_of_a_bad_row(clerk, commune, team):
    outcome = run(clerk, commune, changed(HOA, **{"Ngày sinh": "bí mật 123"}))

    assert "bí mật" not in str(outcome.errors)


# ---- tables that are refused as a whole


@pytest.mark.parametrize("name", ["Dân tộc", "Tôn giáo", "CCCD", "=1+1", "Ghi chú"])
def test_a_column_that_the_product_does_not_keep_is_refused(name, clerk, commune, team):
    with pytest.raises(importing.UnknownColumn):
        run(clerk, commune, [*HOA, "x"], header=[*HEADER, name])
    assert not Member.everything.exists()


def test_a_missing_column_is_named(clerk, commune, team):
    with pytest.raises(importing.MissingColumn, match="Ngày sinh"):
        run(clerk, commune, HOA[:2], header=HEADER[:2])


def test_two_columns_of_one_meaning_are_refused(clerk, commune, team):
    with pytest.raises(importing.ColumnTwice):
        run(clerk, commune, [*HOA, "x"], header=[*HEADER, "Full name"])


def test_no_rows_and_too_many_rows_are_refused(clerk, commune, team):
    with pytest.raises(importing.NoRows):
        run(clerk, commune, [""] * len(HEADER))
    with pytest.raises(importing.TooManyLines):
        run(clerk, commune, *[HOA] * (importing.MAX_ROWS + 1))


@pytest.mark.parametrize("role", ["officer", "head", "leader", "member_actor", "province_chair",
                                  "sibling", "outsider", "operator"])  # fmt: skip
def test_an_import_is_for_chair_and_clerk_of_the_commune(role, request, commune, team):
    with pytest.raises(Forbidden):
        run(request.getfixturevalue(role), commune, HOA)


# ---- hostile files, through the page


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (tables_in.MAX_UNPACKED + 1))
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "web page": b"<html><body>x</body></html>",
    "pdf": b"%PDF-1.7 x",
    "picture": b"\x89PNG\r\n\x1a\nx",
    "program": b"MZ\x90\x00\x03",
    "broken zip": b"PK\x03\x04" + b"x" * 50,
    "broken xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50,
    "too large": b"x" * (tables_in.MAX_BYTES + 1),
    "zip bomb": None,
    "TCVN3": csv(changed(HOA, **{"Họ và tên": "Lª ThÞ Hoµ"})),
    "Windows-1258": csv(HOA).decode().encode("cp1258", "replace"),
    "UTF-8 as Latin-1": csv(HOA).decode("latin-1").encode(),
    "one column": b"abc\ndef",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(name, client, sign_in, clerk, commune, team):
    sign_in(client, clerk)
    content = HOSTILE[name] if name != "zip bomb" else bomb()

    answer = client.post(
        reverse("import", kwargs={"kind": "members"}),
        {"commune": commune.code, "file": SimpleUploadedFile("danh-sach.xlsx", content)},
    )

    assert answer.status_code == 422
    assert 'class="error' in answer.content.decode()
    assert not Member.everything.exists()


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_formula_in_a_file_stays_a_text(make, clerk, commune, team):
    row = changed(HOA, **{"Họ và tên": "=cmd|'/c calc'!A1"})
    table = read_table(make(row))
    outcome = import_table(MemberImporter(clerk, commune), table, write=True)

    assert [error.column for error in outcome.errors] == ["Họ và tên"]


# ---- the page


def upload(client, commune, content, name="danh-sach.csv"):
    sent = {"commune": commune.code, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("import", kwargs={"kind": "members"}), sent)


def carried(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in ("table", "op_id", "skip_bad")
            if form[name].value() not in (False, None)}  # fmt: skip


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_clerk_uploads_looks_and_confirms(make, client, sign_in, clerk, commune, team):
    sign_in(client, clerk)

    preview = upload(client, commune, make(HOA, TAM))
    assert "Ghi cả 2 dòng" in preview.content.decode()
    assert not Member.everything.exists()

    answer = client.post(
        reverse("import", kwargs={"kind": "members"}), carried(preview), follow=True
    )
    assert "Đã ghi 2 dòng." in answer.content.decode()
    assert Member.everything.count() == 2


def test_a_preview_tells_bad_rows_and_may_leave_them_out(client, sign_in, clerk, commune, team):
    sign_in(client, clerk)

    preview = upload(client, commune, csv(HOA, changed(TAM, **{"Ngày sinh": "x"})))
    page = preview.content.decode()
    assert "Không ghi được 1 dòng." in page
    assert "Ô này không phải là ngày." in page

    client.post(reverse("import", kwargs={"kind": "members"}), carried(preview))
    assert Member.everything.get().full_name == "Lê Thị Hòa"


def test_what_changed_meanwhile_is_checked_again(client, sign_in, clerk, commune, team):
    sign_in(client, clerk)
    preview = upload(client, commune, csv(HOA))
    run(clerk, commune, HOA)

    answer = client.post(reverse("import", kwargs={"kind": "members"}), carried(preview))

    assert answer.status_code == 422
    assert Member.everything.count() == 1


def test_a_preview_belongs_to_who_uploaded_it(client, sign_in, clerk, chair, commune, team):
    sign_in(client, clerk)
    preview = upload(client, commune, csv(HOA))
    sign_in(client, chair)

    answer = client.post(reverse("import", kwargs={"kind": "members"}), carried(preview))

    assert answer.status_code == 422
    assert not Member.everything.exists()


def test_a_preview_that_was_altered_is_refused(client, sign_in, clerk, commune, team):
    sign_in(client, clerk)
    sent = carried(upload(client, commune, csv(HOA)))

    answer = client.post(
        reverse("import", kwargs={"kind": "members"}), sent | {"table": "x" + sent["table"]}
    )

    assert answer.status_code == 422
    assert "Hãy tải tệp lên lại." in answer.content.decode()


def test_a_commune_of_others_cannot_be_chosen(client, sign_in, clerk, other_commune, other_team):
    sign_in(client, clerk)

    assert upload(client, other_commune, csv(HOA)).status_code == 422


@pytest.mark.parametrize("role", ["officer", "leader", "sibling", "province_officer", "analyst"])
def test_the_import_page_is_not_there_for_others(role, request, client, sign_in, team):
    sign_in(client, request.getfixturevalue(role))

    for kind in ("members", "teams"):
        assert client.get(reverse("import", kwargs={"kind": kind})).status_code == 404


@pytest.mark.parametrize("kind", ["members", "teams"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_template_can_be_filled_in_and_uploaded(kind, file_format, client, sign_in, clerk):
    sign_in(client, clerk)
    answer = client.get(
        reverse("import-template", kwargs={"kind": kind, "file_format": file_format})
    )
    content = answer.getvalue() if answer.streaming else answer.content

    header = read_table(content).header
    importer = MemberImporter if kind == "members" else TeamImporter
    assert len(importing.match_columns(importer.columns, header)) == len(importer.columns)


# ---- the command


def command(tmp_path, content, *options, name="danh-sach.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    out = io.StringIO()
    code = 0
    try:
        call_command("import", "members", str(path), *options, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


@pytest.fixture
def account(clerk, team):
    return cast.an_account(clerk).username


def test_the_command_imports_with_the_rights_of_an_account(tmp_path, account, commune):
    code, said = command(tmp_path, csv(HOA, TAM), "--commune", commune.code, "--as", account)

    assert (code, Member.everything.count()) == (0, 2)
    assert "đã ghi 2 dòng" in said


def test_the_command_says_by_row_what_is_wrong_and_writes_nothing(tmp_path, account, commune):
    content = csv(HOA, changed(TAM, **{"Ngày sinh": "x"}))
    code, said = command(tmp_path, content, "--commune", commune.code, "--as", account)

    assert (code, Member.everything.count()) == (1, 0)
    assert "Dòng 3, Ngày sinh: Ô này không phải là ngày." in said


def test_the_command_prints_json_for_programs(tmp_path, account, commune):
    content = csv(HOA, changed(TAM, **{"Ngày sinh": "x"}))
    code, said = command(tmp_path, content, "--commune", commune.code, "--as", account,
                         "--skip-bad", "--json", "--lang", "en")  # fmt: skip

    told = json.loads(said)
    assert code == 1
    assert (told["rows"], told["good"], told["bad"], told["written"]) == (2, 1, 1, 1)
    assert told["errors"][0]["row"] == 3
    assert told["errors"][0]["column"] == "Date of birth"


def test_a_dry_run_of_the_command_writes_nothing(tmp_path, account, commune):
    code, said = command(tmp_path, xlsx(HOA), "--commune", commune.code, "--as", account,
                         "--dry-run", name="danh-sach.xlsx")  # fmt: skip

    assert (code, Member.everything.count()) == (0, 0)
    assert "đã ghi 0 dòng" in said


@pytest.mark.parametrize(
    ("options", "content"),
    [
        (["--commune", "22918", "--as", "nobody"], csv(HOA)),
        (["--commune", "99999", "--as", "clerk"], csv(HOA)),
        (["--commune", "23272", "--as", "clerk"], csv(HOA)),
        (["--commune", "22918", "--as", "clerk"], b"%PDF-1.7"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    options, content, tmp_path, account, commune, other_commune
):
    options = [account if option == "clerk" else option for option in options]

    with pytest.raises(CommandError) as refused:
        command(tmp_path, content, *options)
    assert refused.value.returncode == 1
    assert str(refused.value)
    assert not Member.everything.exists()


def test_the_command_says_when_there_is_no_file(account, commune):
    with pytest.raises(CommandError):
        call_command("import", "members", "/nowhere.csv", "--commune", commune.code,
                     "--as", account)  # fmt: skip


def test_recognition_days_of_an_import_are_the_members_own(clerk, commune, team):
    run(clerk, commune, HOA)

    assert Event.everything.get().on_day == date(2025, 3, 3)
