"""Addresses of the pages on which submissions are written; nobody but those concerned sees them."""

from django.urls import path

from registry.web import alike, closing, files, handing_in, writing

WRITING = [
    path("desk/submissions/<str:reference>/", writing.detail, name="submission-detail"),
    path("desk/submissions/<str:reference>/check/", handing_in.check, name="submission-check"),
    path("desk/submissions/<str:reference>/submit/", handing_in.submit, name="submission-submit"),
    path("desk/submissions/<str:reference>/done/", handing_in.done, name="submission-done"),
    path("desk/submissions/<str:reference>/say/", closing.say, name="submission-say"),
    path(
        "desk/submissions/<str:reference>/withdraw/", closing.withdraw, name="submission-withdraw"
    ),
    path("desk/submissions/<str:reference>/discard/", closing.discard, name="submission-discard"),
    path("desk/submissions/<str:reference>/alike/", alike.look, name="submission-alike"),
    path("desk/submissions/<str:reference>/apart/", alike.tell_apart, name="submission-apart"),
    path("desk/submissions/<str:reference>/join/", alike.join, name="submission-join"),
    path("desk/submissions/<str:reference>/files/", files.file_list, name="submission-files"),
    path(
        "desk/submissions/<str:reference>/files/<uuid:number>/take-away/",
        files.take_away,
        name="submission-file-away",
    ),
    path("desk/files/<uuid:number>/", files.content, name="attachment"),
    path(
        "desk/submissions/<str:reference>/<slug:slug>/", writing.section, name="submission-section"
    ),
    path("desk/<slug:slug>/new/<slug:noun>/", writing.new, name="submission-new"),
]
