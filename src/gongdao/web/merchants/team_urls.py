"""The addresses of the door, and of organisations with their people, shops and flags."""

from django.urls import path

from gongdao.web.merchants import join, shared, team, training

urlpatterns = [
    path("merchants/", team.door, name="merchants"),
    path("merchants/found/", team.found, name="merchants_found"),
    path("merchants/join/", join.entrance, name="merchants_join"),
    path("merchants/join/<str:code>/", join.invitation, name="merchants_join_code"),
    path("merchants/o/<str:organisation>/team/", team.people, name="merchants_team"),
    path("merchants/o/<str:organisation>/team/invite/", team.invite, name="merchants_invite"),
    path("merchants/o/<str:organisation>/team/<str:name>/", team.change, name="merchants_change"),
    path("merchants/o/<str:organisation>/shops/", team.shops, name="merchants_shops"),
    path("merchants/o/<str:organisation>/shops/close/", team.close_shop, name="merchants_close"),
    path("merchants/o/<str:organisation>/audit/", team.audit, name="merchants_audit"),
    path("merchants/o/<str:organisation>/training/", training.of, name="merchants_training"),
    path("merchants/o/<str:organisation>/duty/", shared.duty, name="merchants_duty"),
    path("merchants/o/<str:organisation>/templates/", shared.templates, name="merchants_templates"),
    path(
        "merchants/o/<str:organisation>/templates/<str:template>/",
        shared.template,
        name="merchants_template",
    ),
    path("merchants/o/<str:organisation>/flags/", shared.flags, name="merchants_flags"),
    path("merchants/o/<str:organisation>/flags/end/", shared.end_flag, name="merchants_flag_end"),
    path("merchants/d/<str:dispute_id>/team/", shared.assign, name="dispute_assign"),
    path("merchants/d/<str:dispute_id>/team/note/", shared.comment, name="dispute_comment"),
    path("merchants/d/<str:dispute_id>/flag/", shared.flag, name="dispute_flag"),
]
