# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tool for the Vietnamese catalogues."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from scripts import messages

TEMPLATE = """\
<p title="{% translate 'A title' %}">It's {{ value|default:_("none") }}</p>
  {% blocktranslate trimmed count n=rows|length %}
    %(n)s of {{ n }} row
  {% plural %}
    {{ n }} rows
  {% endblocktranslate %}
{% comment %}{% translate "Not said" %}{% endcomment %}
{% if kind == "x" %}{% translate "May" context "month" %}{% endif %}
"""
CODE = """\
from django.utils.translation import gettext as _
print(_("Saved %(name)s"), _("Two " "parts"))
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app with a template and a module, in a folder of its own."""
    monkeypatch.setattr(messages, "APPS", tmp_path)
    monkeypatch.setattr(messages, "BORROWED", {})
    folder = tmp_path / "shop"
    (folder / "templates" / "shop").mkdir(parents=True)
    (folder / "apps.py").write_text("")
    (folder / "templates" / "shop" / "page.html").write_text(TEMPLATE)
    (folder / "views.py").write_text(CODE)
    return folder


def translate(app: Path, english: str, vietnamese: str) -> None:
    path = messages.catalogue_path(app.name)
    text = path.read_text()
    assert f'msgid "{english}"\nmsgstr ""' in text
    path.write_text(
        text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{vietnamese}"')
    )


def test_texts_are_found_in_code_and_templates(app: Path) -> None:
    assert set(messages.texts("shop")) == {
        (None, "A title"),
        (None, "none"),
        (None, "%%(n)s of %(n)s row"),
        ("month", "May"),
        (None, "Saved %(name)s"),
        (None, "Two parts"),
    }


def test_two_apps_that_translate_one_text_differently_are_a_fault(app: Path) -> None:
    other = app.parent / "yard"
    other.mkdir()
    (other / "apps.py").write_text("")
    (other / "views.py").write_text(CODE)
    for name, word in (("shop", "Hai phần"), ("yard", "Hai mảnh")):
        messages.update(name)
        translate(app.parent / name, "Two parts", word)

    assert [line for line in messages.faults() if "differently" in line] == [
        "shop and yard translate 'Two parts' differently; agree, or use a context"
    ]


def test_update_twice_changes_nothing_the_second_time(app: Path) -> None:
    messages.update("shop")
    path = messages.catalogue_path("shop")
    first = path.read_text()
    assert messages.update("shop") == (0, 0)
    assert path.read_text() == first
    assert "views.py" not in first
    assert "POT-Creation-Date" not in first


def test_update_keeps_translations_and_drops_what_nobody_says(app: Path) -> None:
    messages.update("shop")
    translate(app, "A title", "Một tiêu đề")
    (app / "views.py").write_text("")
    assert messages.update("shop") == (0, 2)
    text = messages.catalogue_path("shop").read_text()
    assert "Một tiêu đề" in text
    assert "Saved" not in text


def test_check_names_missing_text_and_wrong_parameter(app: Path) -> None:
    messages.update("shop")
    translate(app, "Saved %(name)s", "Đã lưu %(ten)s")
    faults = messages.faults()
    assert "shop: no Vietnamese for 'A title'" in faults
    assert "shop: the parameters of 'Saved %(name)s' differ in Vietnamese" in faults


def test_text_that_django_has_in_vietnamese_needs_no_translation(app: Path) -> None:
    (app / "views.py").write_text('_("This field is required.")')
    assert not [fault for fault in messages.faults() if "required" in fault]


def test_compiled_catalogue_carries_translation(app: Path) -> None:
    messages.update("shop")
    translate(app, "A title", "Một tiêu đề")
    assert messages.compile_stale() == 1
    assert messages.compile_stale() == 0
    with messages.catalogue_path("shop").with_suffix(".mo").open("rb") as file:
        assert read_mo(file)["A title"].string == "Một tiêu đề"
