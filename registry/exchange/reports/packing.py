"""Office documents whose bytes depend on what is in them and on the day only."""

import datetime as dt
import io
import re
import zipfile

_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")


def packed(file: bytes, day: dt.date) -> bytes:
    """The same document, every part of it dated with `day`, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        # The kinds of the parts come first: some programs tell by that what the file is.
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, _dated(name, old.read(name), day))
    return out.getvalue()


def _dated(name: str, content: bytes, day: dt.date) -> bytes:
    if name != "docProps/core.xml":
        return content
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    return _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", content)
