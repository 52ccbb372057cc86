"""Dates in Russian."""

DATE_FORMAT = "j E Y года"
YEAR_MONTH_FORMAT = "F Y года"
DATETIME_FORMAT = "j E Y года, H:i"
