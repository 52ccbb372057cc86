"""Files that go with a submission: for its reviewers, never published."""

import datetime as dt
import hashlib
import re
import unicodedata
import uuid
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import file_types, files, stripping
from registry.actions.moving import leave, locked
from registry.errors import Refused
from registry.models import Attachment, Status, Submission
from registry.models.submissions import WRITABLE
from registry.permissions import Actor, Verb, can, require

MOST_FILES = 10
KEPT = dt.timedelta(days=30)
LONGEST_NAME = 120
# Controls, and marks that turn the direction of a name around (photo‮gpj.exe).
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff<>:"|?*\\/]')


@transaction.atomic
def attach(*, submission: Submission, name: str, content: bytes, by: Actor) -> Attachment:
    """Keep a file with a submission; the same content again is the same file.

    What it tells of its author and of whose camera or program made it is taken out first.

    Raises ValidationError, by `file`, for what is not taken; Refused, PermissionDenied.
    """
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    _refuse_unwritable(submission, by)
    name = safe_name(name)
    kind = file_types.media_type(content, name)
    content = stripping.stripped(content, kind, name)
    digest = hashlib.sha256(content).hexdigest()
    kept = submission.attachments.filter(removed_at=None)
    if same := kept.filter(sha256=digest).first():
        return same
    if kept.count() >= MOST_FILES:
        raise ValidationError({"file": [_("Ten files are the most; take one away first.")]})
    attachment = Attachment(
        submission=submission,
        number=uuid.uuid4(),
        name=name,
        media_type=kind,
        size=len(content),
        sha256=digest,
        added_by=by,
        added_at=timezone.now(),
    )
    attachment.full_clean()
    # Written before the row: a row without a file would lie, a file without a row is cleared away.
    files.write(path_of(attachment), content)
    attachment.save()
    leave(submission, "attach", by, after={"file": name, "sha256": digest})
    return attachment


@transaction.atomic
def remove(*, attachment: Attachment, by: Actor) -> None:
    """Take a file away from a submission; it is deleted for good by `clear` after thirty days."""
    require(by, Verb.WRITE_SUBMISSIONS, attachment.submission)
    submission = locked(attachment.submission)
    _refuse_unwritable(submission, by)
    mine = submission.attachments.filter(pk=attachment.pk, removed_at=None)
    if mine.update(removed_at=timezone.now()):
        leave(submission, "remove file", by, before={"file": attachment.name})


def clear(*, by: Actor) -> int:
    """Delete the files that no row needs any more; returns how many.

    Needed are those of submissions that exist, for thirty days also those taken away from them.
    """
    require(by, Verb.MANAGE_PEOPLE)
    now = timezone.now()
    Attachment.objects.filter(removed_at__lt=now - KEPT).delete()
    needed = {number.hex for number in Attachment.objects.values_list("number", flat=True)}
    cleared = 0
    for file in _folder().glob("??/*"):
        # One that was just written may belong to a change that is still going on.
        is_old = file.stat().st_mtime < now.timestamp() - 3600
        if file.name not in needed and is_old:
            file.unlink(missing_ok=True)
            cleared += 1
    return cleared


def path_of(attachment: Attachment) -> Path:
    """Where its content is kept: outside of what any web server hands out."""
    return _folder() / attachment.number.hex[:2] / attachment.number.hex


def safe_name(name: str) -> str:
    """The last part of a name, without what could mislead a person or a system."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = _UNSAFE.sub("", unicodedata.normalize("NFC", last)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending[:10]) - 1]}.{ending[:10]}"


def _refuse_unwritable(submission: Submission, by: Actor) -> None:
    is_corrected = submission.status == Status.SUBMITTED and can(by, Verb.DECIDE_SUBMISSIONS)
    if submission.status not in WRITABLE and not is_corrected:
        raise Refused(_("%s cannot be changed now.") % submission.reference)


def _folder() -> Path:
    return Path(settings.FILES_DIR)
