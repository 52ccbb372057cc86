"""The nouns: what is. Tables, constraints and querysets."""

from registry.models.accounts import User
from registry.models.activities import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    ActivityLink,
    ActivityRegion,
    Participation,
)
from registry.models.areas import Area, AreaArticle, AreaLead, PriorityAction
from registry.models.attachments import Attachment, Presence
from registry.models.audit import Event
from registry.models.base import Record
from registry.models.batches import Batch
from registry.models.caching import Cached
from registry.models.entries import Counter, Entry, EntryName, Word
from registry.models.erasures import Erasure
from registry.models.feedback import Feedback
from registry.models.funding import Contribution, FundingLine
from registry.models.guidance import (
    ActivityOutput,
    Edition,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    GuidanceRelation,
    Publisher,
)
from registry.models.imports import ImportRow, ImportRun
from registry.models.jobs import Job
from registry.models.joins import Apart, Join
from registry.models.links import Link
from registry.models.meetings import Meeting
from registry.models.memberships import AreaReviewer, Invitation, JoinRequest, Membership
from registry.models.notices import Notice, NoticePreference
from registry.models.partners import Partner, PartnerArea, PartnerName
from registry.models.roles import Basis, Region, Role
from registry.models.snapshots import Snapshot
from registry.models.submissions import (
    Remark,
    Status,
    Submission,
    SubmissionArea,
)
from registry.models.tokens import ApiToken, IdempotencyKey

__all__ = [
    "Activity",
    "ActivityArea",
    "ActivityArticle",
    "ActivityCountry",
    "ActivityLink",
    "ActivityOutput",
    "ActivityRegion",
    "Apart",
    "ApiToken",
    "Area",
    "AreaArticle",
    "AreaLead",
    "AreaReviewer",
    "Attachment",
    "Basis",
    "Batch",
    "Cached",
    "Contribution",
    "Counter",
    "Edition",
    "Entry",
    "EntryName",
    "Erasure",
    "Event",
    "Feedback",
    "FundingLine",
    "Guidance",
    "GuidanceArea",
    "GuidanceArticle",
    "GuidanceRelation",
    "IdempotencyKey",
    "Invitation",
    "ImportRow",
    "ImportRun",
    "Job",
    "Join",
    "JoinRequest",
    "Link",
    "Meeting",
    "Membership",
    "Notice",
    "NoticePreference",
    "Participation",
    "Partner",
    "PartnerArea",
    "PartnerName",
    "Presence",
    "PriorityAction",
    "Publisher",
    "Record",
    "Region",
    "Remark",
    "Role",
    "Snapshot",
    "Status",
    "Submission",
    "SubmissionArea",
    "User",
    "Word",
]
