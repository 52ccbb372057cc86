"""Dates in Spanish."""

DATE_FORMAT = "j \\d\\e F \\d\\e Y"
YEAR_MONTH_FORMAT = "F \\d\\e Y"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, H:i"
