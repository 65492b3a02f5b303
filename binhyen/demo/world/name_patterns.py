# SPDX-License-Identifier: AGPL-3.0-or-later
"""How names are built where they are not surname, middle name, given name.

`clan` is a surname of `data/names/surnames-ethnic.csv`, `own` a given name from here, `given` one
of the common list. Several patterns have no surname, one-letter words or an apostrophe: what breaks
naive name code.
"""

SHARES: dict[str, dict[str, float]] = {
    "04": {"Tày": 0.4, "Nùng": 0.3, "Mông": 0.1, "Dao": 0.1},
    "08": {"Tày": 0.25, "Mông": 0.2, "Dao": 0.15, "Nùng": 0.05},
    "11": {"Thái": 0.38, "Mông": 0.35, "Dao": 0.05, "Khơ Mú": 0.04},
    "12": {"Thái": 0.31, "Mông": 0.22, "Dao": 0.13},
    "14": {"Thái": 0.5, "Mông": 0.15, "Mường": 0.08},
    "15": {"Mông": 0.2, "Tày": 0.18, "Dao": 0.15, "Thái": 0.05},
    "19": {"Tày": 0.3, "Nùng": 0.1, "Dao": 0.1},
    "20": {"Nùng": 0.42, "Tày": 0.35, "Dao": 0.04},
    "22": {"Dao": 0.05, "Tày": 0.04},
    "24": {"Nùng": 0.04, "Tày": 0.02},
    "25": {"Mường": 0.25},
    "38": {"Mường": 0.1, "Thái": 0.06},
    "40": {"Thái": 0.1, "Khơ Mú": 0.01},
    "44": {"Pa Kô - Vân Kiều": 0.05},
    "46": {"Pa Kô - Vân Kiều": 0.04},
    "51": {"Ba Na": 0.1},
    "52": {"Gia Rai": 0.18, "Ba Na": 0.1},
    "56": {"Chăm": 0.06},
    "66": {"Ê Đê": 0.16, "Nùng": 0.04, "Tày": 0.03},
    "68": {"Cơ Ho": 0.06, "Mnông": 0.03, "Chăm": 0.02, "Nùng": 0.02, "Mông": 0.02},
    "79": {"Hoa": 0.04},
    "86": {"Khmer": 0.15},
    "91": {"Khmer": 0.09, "Chăm": 0.01},
    "92": {"Khmer": 0.12, "Hoa": 0.02},
    "96": {"Khmer": 0.08},
}
"""About how many people of a province carry names of a kind; a choice, for the sound of it."""

PATTERNS: dict[str, dict[str, tuple[str, ...]]] = {
    "Ê Đê": {"M": ("Y {own} {clan}",), "F": ("H’{own} {clan}",)},
    "Gia Rai": {"M": ("{clan} {own}",), "F": ("{clan} H’{own}",)},
    "Ba Na": {"M": ("A {own}",), "F": ("Y {own}",)},
    "Cơ Ho": {
        "M": ("K’{own}", "Kơ Să K’{own}", "Liêng K’{own}"),
        "F": ("Ka {own}", "Kơ Să Ka {own}", "Cil Ka {own}"),
    },
    "Mnông": {"M": ("Điểu {own}",), "F": ("Thị {own}",)},
    "Khmer": {
        "M": ("{clan} Sóc {own}", "{clan} {given}"),
        "F": ("Neáng {own}", "{clan} Thị {given}"),
    },
    "Mông": {"M": ("{clan} A {own}",), "F": ("{clan} Thị {own}",)},
    "Dao": {
        "M": ("{clan} Láo {own}", "{clan} Văn {own}"),
        "F": ("{clan} Tả {own}", "{clan} Mùi {own}"),
    },
    "Thái": {"M": ("{clan} Văn {own}", "{clan} Văn {given}"), "F": ("{clan} Thị {own}",)},
    "Chăm": {"M": ("{clan} Năng {given}", "{clan} Văn {given}"), "F": ("{clan} Thị {given}",)},
}

GIVEN: dict[str, dict[str, tuple[str, ...]]] = {
    "Ê Đê": {
        "M": ("Blơ", "Khăm", "Jun", "Wăn", "Dhuin", "Hăng", "Suăn"),
        "F": ("Bliu", "Nuêr", "Duyên", "Nga", "Dliă", "Mrao"),
    },
    "Gia Rai": {
        "M": ("Hlok", "Thuk", "Bơm", "Djưng", "Nhan", "Krek"),
        "F": ("Nhuên", "Byin", "Pil", "Lim", "Yun"),
    },
    "Ba Na": {
        "M": ("Byơh", "Hlưnh", "Ngưi", "Khương", "Jring"),
        "F": ("Hlen", "Nguăi", "Thuih", "Mơl", "Đeng"),
    },
    "Cơ Ho": {
        "M": ("Tư", "Brồi", "Lợi", "Thế", "Hùng", "Đình", "Sáu", "Bròi"),
        "F": ("Hiền", "Nhung", "Brộ", "Dờn", "Lan", "Him"),
    },
    "Mnông": {
        "M": ("Nhang", "Kré", "Lôm", "Brang", "Toi"),
        "F": ("Brơi", "Nhor", "Hương", "Mai", "Krông"),
    },
    "Khmer": {
        "M": ("Rây", "Phia", "Rinh", "Sa Vươl", "Phol"),
        "F": ("Sa Rane", "Srây", "Sóc Kha", "Phi", "Thia"),
    },
    "Mông": {
        "M": ("Chứ", "Lử", "Sình", "Tủa", "Dơ", "Nủ", "Sàng"),
        "F": ("Dúa", "Say", "Chở", "Dợ", "Máy", "Pà"),
    },
    "Dao": {
        "M": ("Chiêu", "Phin", "Lủ", "Sinh", "Pết"),
        "F": ("Pham", "Khé", "Ghển", "Chiên", "Nái"),
    },
    "Thái": {
        "M": ("Hặc", "Panh", "Thoong", "Inh", "Hịa"),
        "F": ("Lả", "Pâng", "Xôm", "Hịnh", "Inh"),
    },
    "Chăm": {"M": ("",), "F": ("",)},
}
"""Short lists, invented or common; groups without one take the common given names."""
