"""Of which action nobody has heard for long."""

import calendar
import datetime as dt

#: A year has two committees: what nobody spoke of for six months will be asked about.
SILENCE_MONTHS = 6


def months_before(on: dt.date, months: int) -> dt.date:
    """The same day some months before, or the last day of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def silent_since(
    news_on: dt.date | None, starts_on: dt.date | None, plan_starts_on: dt.date, on: dt.date
) -> dt.date | None:
    """The day of the last news when it is six months old; without any, the day on which the action was to begin.

    None when somebody spoke since, or when the action has not begun.
    """
    last = news_on or starts_on or plan_starts_on
    return last if last <= months_before(on, SILENCE_MONTHS) else None
