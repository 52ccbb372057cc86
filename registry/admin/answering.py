"""Answers of the administration that are saved as files."""

from django.http import HttpResponse

from registry.exchange.formats import FORMATS

_MEDIA_TYPES = {
    "xlsx": FORMATS["xlsx"].media_type,
    "csv": f"{FORMATS['csv'].media_type}; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def as_file(content, name, format):
    """An answer that is saved as a file of this name."""
    response = HttpResponse(content, content_type=_MEDIA_TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
