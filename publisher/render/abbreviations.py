"""Expansions of Latin abbreviations, for the entry ``E`` of a structure element (ISO 32000-1, 14.9.5).

The list has only abbreviations with a single meaning in government reports.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEANINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AI": ("人工智能", "人工智慧"),
        "APP": ("应用程序", "應用程式"),
        "CPI": ("居民消费价格指数", "消費者物價指數"),
        "EMS": ("邮政特快专递", "郵政特快專遞"),
        "GDP": ("国内生产总值", "國內生產總值"),
        "GIS": ("地理信息系统", "地理資訊系統"),
        "ICP": ("互联网内容提供者", "網際網路內容提供者"),
        "ICT": ("信息通信技术", "資訊通訊技術"),
        "IT": ("信息技术", "資訊科技"),
        "LED": ("发光二极管", "發光二極體"),
        "OA": ("办公自动化", "辦公室自動化"),
        "PPP": ("政府和社会资本合作", "政府和社會資本合作"),
        "RSS": ("简易信息聚合", "簡易資訊聚合"),
        "SMS": ("短信", "簡訊"),
        "VPN": ("虚拟专用网络", "虛擬私人網路"),
        "WTO": ("世界贸易组织", "世界貿易組織"),
    }
)


def expansion(abbreviation: str, language: str) -> str:
    """Return the expansion of an abbreviation in the script of a language; empty if it is unknown, or for English."""
    if language.startswith("en"):
        return ""
    return _MEANINGS.get(abbreviation, ("", ""))["Hant" in language]
