# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scan of the text: what is refused, what is asked about, what passes."""

import pytest

from binhyen.incidents import words
from binhyen.incidents.choices import Topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Nhóm người theo tôn giáo lạ ở xóm trên", Topic.RELIGION),
        ("nhom nguoi theo ton giao la", Topic.RELIGION),
        ("NHÓM TIN LÀNH TỤ HỌP", Topic.RELIGION),
        ("theo đạo Hoà Hảo", Topic.RELIGION),
        ("gây gổ vì là người Chăm", Topic.ETHNICITY),
        ("xích mích với đồng bào K'Ho", Topic.ETHNICITY),
        ("dan toc thieu so", Topic.ETHNICITY),
        ("nói chuyện chính trị ở quán", Topic.POLITICS),
        ("phan dong", Topic.POLITICS),
        ("phản động", Topic.POLITICS),
        ("trêu chọc người đồng tính", Topic.SEXUALITY),
        ("vận động lập công đoàn", Topic.UNION),
        ("họp bàn đình công", Topic.UNION),
        ("nhiều người gửi đơn khiếu nại", Topic.PETITION),
        ("tập trung khieu kien", Topic.PETITION),
        ("a petition about the road", Topic.PETITION),
        ("Ông Nguyễn Văn A đánh nhau", Topic.NAME),
        ("đánh nhau ở nhà chị Hoa", Topic.NAME),
    ],
)
def test_words_about_what_nobody_notes_are_found(text, topic):
    assert topic in {hit.topic for hit in words.banned_words(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Đánh nhau trước chợ cá, có người bị thương",
        "Nhóm thanh niên mang theo dao đi trên đường",
        "mang theo dao, gay roi o cho",
        "phần đông người dân đã về",
        "mọi người đồng tình giải tán",
        "người kinh doanh lấn chiếm vỉa hè",
        "Cháy ở trường Dân tộc nội trú",
        "Trộm xe trước chợ Bà Tám",
        "Sạt lở ở cầu Ông Miêu, đường Trần Phú",
        "chưa rõ nguyên nhân, chùa không bị cháy",
        "bà con báo có nhóm đánh bạc",
        "",
    ],
)
def test_ordinary_reports_pass_without_a_question(text):
    assert words.banned_words(text) == []
    assert words.check_account(text, confirm_words=False) is False


def test_a_word_with_other_tones_is_another_word():
    assert words.banned_words("dân tộc")
    assert not words.banned_words("dặn tóc")


def test_each_phrase_of_the_list_is_found_with_and_without_its_tones():
    from binhyen.core.text import fold

    harmless = {fold(one) for one in words.HARMLESS}
    for topic, phrases in words.PHRASES.items():
        for phrase in phrases:
            assert topic in {hit.topic for hit in words.banned_words(phrase)}, phrase
            if fold(phrase) not in harmless:
                found = words.banned_words(fold(phrase))
                assert topic in {hit.topic for hit in found}, fold(phrase)


def test_words_pass_once_the_writer_confirms_them():
    with pytest.raises(words.WordsToConfirm) as refusal:
        words.check_account("Cháy gần nơi sinh hoạt tôn giáo", confirm_words=False)

    assert refusal.value.field == "confirm_words"
    assert "tôn giáo" in str(refusal.value)
    assert words.check_account("Cháy gần nơi sinh hoạt tôn giáo", confirm_words=True) is True


@pytest.mark.parametrize(
    "text",
    [
        "CMND 264512345",
        "căn cước 068 090 001 234",
        "cccd 068090001234",
        "gọi 0912345678",
        "gọi 0912.345.678 để biết",
        "so 09 12 34 56 78",
        "+84 912 345 678",
        "０９１２３４５６７８",
        "0912\u200b345\u200b678",
        "tk 19034567890123",
        "xe 86B1-123.45",
        "xe 86b112345 bỏ chạy",
        "ô tô 51F 123.45",
        "xe máy 49-H1 4567",
        "xe 29-MĐ1 123.45",
        "người sinh năm 1987",
        "sn 1990",
        "ngày 31/12/2026 0912345678",
    ],
)
def test_a_number_that_leads_to_a_person_is_refused_even_if_confirmed(text):
    with pytest.raises(words.PersonInText) as refusal:
        words.check_account(text, confirm_words=True)

    what, why, remedy = refusal.value.sentences()
    assert all((what, why, remedy))
    assert refusal.value.field == "account"


@pytest.mark.parametrize(
    "text",
    [
        "Lúc 22:30 ngày 21/11/2026 có tiếng nổ",
        "từ 21h30 đến 22h15 ngày 5-9-2025",
        "mất khoảng 120.000.000 đồng tiền hàng",
        "thiệt hại 1.250.000.000 đồng",
        "km 1712 quốc lộ 28B, cách cầu 1200m",
        "số nhà 12A hẻm 345, sn 12 đường Trần Phú",
        "cột điện 471-220, thửa 123 tờ 45",
        "khoảng 20 người, 15 xe máy",
        "cách 12 km 1712 phía bắc",
    ],
)
def test_days_times_sums_and_places_are_no_numbers_of_persons(text):
    assert words.person_number(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "cháu Lan bị lạc ở chợ",
        "bé Na ngã xuống ao",
        "một em Nguyễn Văn B",
        "học sinh Trần Thị C đánh nhau",
        "bé gái Hoa bị đuối nước",
        "nạn nhân 15 tuổi",
        "mot chau 8 tuoi bi nga",
        "học sinh lớp 8A đánh nhau",
        "a 12-year-old was hurt",
    ],
)
def test_what_leads_to_a_child_is_refused_even_if_confirmed(text):
    with pytest.raises(words.MinorInText):
        words.check_account(text, confirm_words=True)


@pytest.mark.parametrize(
    "text",
    [
        "một cháu bé bị lạc ở chợ",
        "hai học sinh đánh nhau trước cổng Trường Tiểu học số 2",
        "học sinh Trường THCS Nguyễn Du tan học, kẹt xe",
        "người đàn ông khoảng 40 tuổi",
        "trại Hòa Bình bị ngập",
        "tràn lớp 2 của mái tôn",
    ],
)
def test_saying_that_a_child_is_concerned_passes(text):
    assert words.minor_hint(text) == ""


def test_a_very_long_text_costs_little():
    import time

    began = time.process_time()
    words.banned_words("1 " * 100_000)
    words.person_number("1-" * 100_000)
    words.minor_hint("em A" * 100_000)

    assert time.process_time() - began < 2
