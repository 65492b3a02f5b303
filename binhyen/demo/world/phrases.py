# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people write in their log books: short, about places, never about persons."""

OBJECTIVES = (
    "Nắm tình hình địa bàn, phòng ngừa trộm cắp",
    "Tuần tra khép kín địa bàn ban đêm",
    "Giữ gìn trật tự khu vực chợ và nhà văn hóa",
    "Phòng ngừa thanh thiếu niên tụ tập gây mất trật tự",
    "Kiểm tra các điểm dễ cháy, nổ",
    "Bảo đảm trật tự an toàn giao thông giờ cao điểm",
    "Bảo vệ rẫy, vườn cây trong mùa thu hoạch",
    "",
)
TET_OBJECTIVES = (
    "Bảo đảm an ninh, trật tự dịp Tết Nguyên đán",
    "Phòng ngừa đốt pháo, mua bán pháo trái phép",
    "Trực bảo vệ điểm vui xuân",
)
KIT = "Đèn pin\nBộ đàm\nÁo phản quang\nTúi sơ cứu"
STORM_OBJECTIVES = (
    "Trực phòng chống thiên tai, cảnh báo ngập",
    "Canh gác điểm ngập sâu, ngầm tràn",
    "Hỗ trợ sơ tán, bảo vệ tài sản nhà dân",
)
ROUTES = (
    "Trục đường chính {village} – nhà văn hóa – cổng trường",
    "Nhà văn hóa {village} – chợ – khu dân cư phía sau chợ",
    "Vòng quanh {village}, đường liên thôn",
    "Khu dân cư {village} – trạm y tế – bờ kênh",
    "{village}: đường {street} – các hẻm – sân bóng",
    "Khu rẫy và kho nông sản {village}",
    "Điểm trường – ngã ba {village} – cầu",
)
NOTES = (
    "Trời mưa, rút ngắn tuyến.",
    "Đèn đường ngã ba bị hỏng, đã báo xã.",
    "Phối hợp cùng dân quân.",
    "Tình hình bình thường.",
)
PLACES = (
    "Trước nhà văn hóa {village}",
    "Ngã ba {village}",
    "Khu chợ {village}",
    "Sân bóng {village}",
    "Gần trường học, {village}",
    "Bờ kênh {village}",
    "Đường liên thôn, {village}",
)
TRAFFIC_PLACES = (
    "Cổng trường {village}",
    "Ngã tư {village}",
    "Chợ {village}",
    "Đường chính qua {village}",
    "Lối vào lễ hội {village}",
)
ACCOUNTS: dict[str, tuple[str, ...]] = {
    "violation": (
        "Mất xe máy để trước sân, phát hiện lúc sáng sớm.",
        "Nhóm thanh niên đuổi nhau gây ồn ào trước quán.",
        "Có người phá khóa kho nông sản.",
        "Mất trộm dây điện máy bơm ngoài rẫy.",
        "Đốt pháo tại khu đất trống.",
        "Đánh nhau tại quán ăn, hai bên đã được can ra.",
    ),
    "social_evil": (
        "Nghe báo có tụ tập đánh bài ăn tiền trong nhà hoang.",
        "Phát hiện kim tiêm tại bãi đất trống.",
        "Nghe báo tụ tập đá gà ăn tiền ngoài rẫy.",
    ),
    "domestic_violence": ("Nghe tiếng kêu cứu trong một căn nhà, đã báo ngay.",),
    "dispute": (
        "Hai nhà tranh cãi về ranh đất, to tiếng.",
        "Tranh cãi vì hát karaoke ồn ào buổi tối.",
    ),
    "fire": ("Cháy bếp gas, đã dập tắt ban đầu.", "Cháy thảm cỏ gần vườn cây."),
    "accident": ("Hai xe máy va chạm tại ngã ba, có người bị thương nhẹ.",),
    "disaster": ("Cây đổ chắn ngang đường sau mưa lớn.", "Nước dâng ngập đường trũng."),
}
