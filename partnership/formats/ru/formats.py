"""Dates in Russian."""

DATE_FORMAT = "j E Y г."
YEAR_MONTH_FORMAT = "F Y г."
DATETIME_FORMAT = "j E Y г., H:i"
