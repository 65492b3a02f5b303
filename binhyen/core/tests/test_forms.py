# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms that call an action and lose nothing."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from binhyen.core.errors import Forbidden, Refused
from binhyen.core.forms import (
    ActionForm,
    BadDay,
    DateField,
    DateTimeField,
    DongField,
    LongTextField,
    TextField,
    TimeField,
    WholeNumberField,
    read_day,
)


class TooFew(Refused):
    field = "members"
    what = "The team was not established."
    why = "A team has at least three members."
    remedy = "Write three or more."


class TooLate(Refused):
    field = "no_such_field"
    why = "The month is closed."
    remedy = "Enter a correction."


class TeamForm(ActionForm):
    name = TextField(label="Name")
    members = WholeNumberField(label="Members")
    since = DateField(label="Since", required=False)
    first = DateTimeField(label="First duty", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A")], required=False, widget=forms.RadioSelect
    )
    note = LongTextField(label="Note", required=False)
    groups = (("Team", ("name", "members", "kind")), ("More", ("since", "first", "note")))


def filled(**data: str) -> TeamForm:
    form = TeamForm(QueryDict(mutable=True) | {"name": "Tổ 1", "members": "5"} | data)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    "text", ["21/11/2026", "21-11-2026", "21.11.2026", " 2026-11-21 ", "2026-11-21"]
)
def test_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 11, 21)
    assert DateField().clean(text) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "11/21/2026", "21/11/26", "hôm nay", "0/0/0000", "9" * 500, "²/1/2026"]
)
def test_what_is_no_day_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(BadDay):
        read_day(text)
    with pytest.raises(ValidationError, match="21/11/2026"):
        DateField().clean(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("22:30", 22, 30),
        ("22h30", 22, 30),
        ("6g05", 6, 5),
        ("22 giờ 30 phút", 22, 30),
        ("0h", 0, 0),
    ],
)
def test_time_of_day_is_read_as_people_write_it(text: str, hour: int, minute: int) -> None:
    at = TimeField().clean(text)
    assert (at.hour, at.minute) == (hour, minute)


@pytest.mark.parametrize("text", ["25:00", "12:60", "trưa", "12"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TimeField().clean(text)


def test_moment_is_on_the_clock_of_viet_nam() -> None:
    moment = DateTimeField().clean(["22/11/2026", "0:30"])
    assert moment == datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


def test_moment_is_shown_on_the_clock_of_viet_nam() -> None:
    form = TeamForm(initial={"first": datetime(2026, 11, 21, 17, 30, tzinfo=UTC)})
    assert 'value="22/11/2026"' in str(form["first"])
    assert 'value="00:30"' in str(form["first"])


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2.340.000", 2_340_000), ("2,340,000 đồng", 2_340_000), ("2340000đ", 2_340_000), ("0", 0)],
)
def test_money_is_read_with_separators(text: str, amount: int) -> None:
    assert DongField().clean(text) == amount


@pytest.mark.parametrize("text", ["-1", "2.34", "1,5 triệu", "1e9", "2.340.00"])
def test_what_is_no_whole_amount_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        DongField().clean(text)


def test_text_is_stored_clean() -> None:
    assert TextField().clean("  Hoa\u0300  Bình\x00 ") == "Hoà Bình"
    assert LongTextField().clean("a \r\n\r\n\r\n\r\n b") == "a\n\nb"


def test_text_written_in_parts_is_measured_after_joining() -> None:
    assert TextField(max_length=3).clean("Hoa\u0300") == "Hoà"


def test_plain_text_fields_are_cleaned_too() -> None:
    class Plain(ActionForm):
        word = forms.CharField()

    form = Plain({"word": "Hoa\u0300"})
    assert form.is_valid()
    assert form.cleaned_data["word"] == "Hoà"


def test_values_go_to_the_action_with_the_operation() -> None:
    taken: dict[str, Any] = {}
    form = filled(op_id=str(UUID(int=5)), since="1/9/2026")
    assert form.run(lambda **given: taken.update(given) or "made", by="someone")
    assert form.result == "made"
    assert taken["op_id"] == UUID(int=5)
    assert taken["by"] == "someone"
    assert taken["since"] == date(2026, 9, 1)
    assert taken["members"] == 5


def test_action_without_operations_gets_none() -> None:
    class Bare(TeamForm):
        sends_op_id = False

    form = Bare({"name": "a", "members": "5"})
    assert form.is_valid()
    assert form.run(lambda **given: "op_id" not in given or pytest.fail("sent"))


def test_every_empty_form_has_its_own_operation() -> None:
    assert str(TeamForm()["op_id"]) != str(TeamForm()["op_id"])


def test_refused_form_keeps_operation_and_text() -> None:
    form = filled(op_id=str(UUID(int=5)), members="2")
    assert not form.run(_refuse(TooFew))
    assert str(UUID(int=5)) in str(form["op_id"])
    assert 'value="Tổ 1"' in str(form["name"])
    assert form.status == 422


def _refuse(kind: type[Refused]) -> Any:
    def action(**given: Any) -> None:
        raise kind

    return action


def test_refusal_stands_beside_its_field() -> None:
    form = filled(members="2")
    assert not form.run(_refuse(TooFew))
    assert form.errors["members"] == ["A team has at least three members. Write three or more."]
    assert form.refusal is not None
    assert form.refusal[0] == "The team was not established."
    assert form.summary() == [
        ("id_members", "Members: A team has at least three members. Write three or more.")
    ]


def test_refusal_without_a_field_stands_above() -> None:
    form = filled()
    assert not form.run(_refuse(TooLate))
    assert "The month is closed. Enter a correction." in form.non_field_errors()[0]


def test_forbidden_passes_so_that_nothing_is_given_away() -> None:
    with pytest.raises(Forbidden):
        filled().run(_refuse(Forbidden))


def test_faults_are_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        filled().run(lambda **given: 1 / 0)


def test_what_the_form_does_not_know_is_refused_not_ignored() -> None:
    form = filled(is_admin="1")
    assert not form.is_valid()
    assert "is_admin" in form.non_field_errors()[0]


def test_parts_of_a_field_and_the_token_are_known() -> None:
    form = filled(first_day="1/1/2026", first_time="6:00", csrfmiddlewaretoken="x", next="/")
    assert form.is_valid(), form.errors


def test_required_and_choices_speak_plainly() -> None:
    form = filled(name="", kind="z")
    with translation.override("vi"):
        assert form.errors["name"] == ["Hãy điền ô này."]
        assert "z" not in form.errors["kind"][0]


def test_page_names_errors_labels_and_help_for_every_reader() -> None:
    form = filled(members="2", since="x", first_day="y")
    form.run(_refuse(TooFew))
    with translation.override("en"):
        html = render_to_string("core/form_errors.html", {"form": form}) + render_to_string(
            "core/form_fields.html", {"form": form}
        )
    assert 'href="#id_since"' in html
    assert 'href="#id_first"' in html
    assert 'id="id_first"' in html
    assert 'aria-describedby="id_since_helptext id_since_error"' in html
    assert 'id="id_since_error"' in html
    assert "<legend>Team</legend>" in html
    assert "style=" not in html
    assert "onclick" not in html
