"""Traditional writing read as Simplified, so that a rule for fixed words need be written once.

Only characters that the rules' own words have are in the table: it is no converter.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = str.maketrans(
    "網報臺經書權許轉載複復製編點聲責來與個觀檢違務摘鏡像構發佈用戶傳儲"
    "歡聽關們請頭條聞訊訪問閱讀聯綜際內國間這裡裏過導壇線電視後萬員開麗帶見節實時謝會週話題體總結東續氣專欄"
    "詳細簡園環華誌紙學習週現場熱選擇連號庫區鄉縣長業農財軍麼樣無廣頻輯飛圖說繼續對從為這該讓將還進藝術紀錄陽歷曆"
    "頁掃當糾錯碼腦訂讀贊評論舉轉發覽點擊擴瀏載圖",
    "网报台经书权许转载复复制编点声责来与个观检违务摘镜像构发布用户传储"
    "欢听关们请头条闻讯访问阅读联综际内国间这里里过导坛线电视后万员开丽带见节实时谢会周话题体总结东续气专栏"
    "详细简园环华志纸学习周现场热选择连号库区乡县长业农财军么样无广频辑飞图说继续对从为这该让将还进艺术纪录阳历历"
    "页扫当纠错码脑订读赞评论举转发览点击扩浏载图",
)


def simplified(text: str) -> str:
    """Return a text with the characters of Traditional writing that rules look for in their simple form."""
    return text.translate(_TABLE)
