"""Addresses of pages for people who are signed in; nobody on the way keeps any of them."""

from django.urls import path

from registry.web import applying, confirming, desk, desk_data, desk_tokens, members, proposing
from registry.web.writing_urls import WRITING

urlpatterns = [
    *WRITING,
    path("invitations/<str:secret>/", applying.invitation, name="invitation"),
    path("confirm/<str:token>/", confirming.by_link, name="confirm"),
    path("desk/", desk.overview, name="desk"),
    path("desk/apply/", applying.apply, name="desk-apply"),
    path("desk/join/<slug:slug>/", applying.join, name="desk-join"),
    path("desk/change/<slug:noun>/<slug:slug>/", proposing.change, name="desk-change"),
    path("desk/<slug:slug>/", desk.partner_desk, name="desk-partner"),
    path("desk/<slug:slug>/records/<slug:noun>/", desk.record_list, name="desk-records"),
    path("desk/<slug:slug>/confirm/<slug:activity>/", confirming.at_desk, name="desk-confirm"),
    path("desk/<slug:slug>/members/", members.member_list, name="desk-members"),
    path("desk/<slug:slug>/members/invite/", members.invite, name="desk-invite"),
    path(
        "desk/<slug:slug>/members/invitations/<int:number>/",
        members.take_back,
        name="desk-take-back",
    ),
    path(
        "desk/<slug:slug>/members/requests/<int:number>/",
        members.answer_request,
        name="desk-answer",
    ),
    path("desk/<slug:slug>/members/<int:number>/role/", members.change_role, name="desk-role"),
    path("desk/<slug:slug>/members/<int:number>/remove/", members.remove, name="desk-remove"),
    path("desk/<slug:slug>/tokens/", desk_tokens.token_list, name="desk-tokens"),
    path("desk/<slug:slug>/tokens/new/", desk_tokens.mint, name="desk-token-new"),
    path(
        "desk/<slug:slug>/tokens/<int:number>/revoke/", desk_tokens.revoke, name="desk-token-revoke"
    ),
    path("desk/<slug:slug>/data/", desk_data.data, name="desk-data"),
    path(
        "desk/<slug:slug>/data/submissions.<slug:extension>",
        desk_data.submissions,
        name="desk-submissions",
    ),
]
