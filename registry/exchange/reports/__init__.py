"""Reports in the form of documents of the United Nations: Word, accessible PDF, and an annex."""

from registry.exchange.reports.annex import write as write_annex
from registry.exchange.reports.blocks import Head, Heading, Paragraph, Report, Table, Text
from registry.exchange.reports.contents import of
from registry.exchange.reports.pdf import write as write_pdf
from registry.exchange.reports.word import write as write_word

__all__ = [
    "FORMATS",
    "Head",
    "Heading",
    "Paragraph",
    "Report",
    "Table",
    "Text",
    "of",
]
FORMATS = {"docx": write_word, "pdf": write_pdf, "xlsx": write_annex}
