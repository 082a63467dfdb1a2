"""Dates and numbers as the invented newspapers print them."""

from __future__ import annotations

from datetime import date
from typing import Final

ZH_WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")
EN_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EN_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
RU_WEEKDAYS: Final = (
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
)
RU_MONTHS: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
RU_MONTHS_IN: Final = (
    *("январе", "феврале", "марте", "апреле", "мае", "июне"),
    *("июле", "августе", "сентябре", "октябре", "ноябре", "декабре"),
)


def date_words(lang: str, *, event: date, coming: date, published: date) -> dict[str, str]:
    """Return the words of the date slots: of the event, of a day to come, of the month and the year."""
    year, last = published.year, published.year - 1
    if lang == "zh":
        return {
            "day": f"{event.month}月{event.day}日",
            "weekday": f"周{ZH_WEEKDAYS[event.weekday()]}",
            "next": f"{coming.month}月{coming.day}日",
            "month": f"{event.month}月",
            "year": f"{year}年",
            "lastyear": f"{last}年",
        }
    days, months = (EN_WEEKDAYS, EN_MONTHS) if lang == "en" else (RU_WEEKDAYS, RU_MONTHS)
    return {
        "day": f"{event.day} {months[event.month - 1]}",
        "weekday": days[event.weekday()],
        "next": f"{coming.day} {months[coming.month - 1]}",
        "month": EN_MONTHS[event.month - 1] if lang == "en" else RU_MONTHS_IN[event.month - 1],
        "year": str(year),
        "lastyear": str(last),
    }


def chinese_masthead_date(day: date) -> str:
    """Return a date as a Chinese masthead prints it, such as 2022年7月4日 星期一."""
    return f"{day.year}年{day.month}月{day.day}日 星期{ZH_WEEKDAYS[day.weekday()]}"


def english_masthead_date(day: date) -> str:
    """Return a date as an English masthead prints it, such as Monday, 4 July 2022."""
    return f"{EN_WEEKDAYS[day.weekday()]}, {day.day} {EN_MONTHS[day.month - 1]} {day.year}"


def takes_genitive_plural(number: int) -> bool:
    """Whether a Russian noun after `number` is in the genitive plural (5 or 11 домов; not 1, 2, 21)."""
    return number % 100 in range(11, 15) or number % 10 not in (1, 2, 3, 4)


def group_digits(number: int, lang: str) -> str:
    """Return `number` with thousands grouped as the language does it: 12,500; 12 500; 12500 in Chinese."""
    if lang == "zh" or number < (1_000 if lang == "en" else 10_000):
        return str(number)
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", " ")
