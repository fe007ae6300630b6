"""The addresses of the public pages."""

from django.urls import path

from gongdao.web.public import (
    appeal,
    compare,
    mailbox,
    mine,
    platforms,
    receipt,
    report,
    report_guide,
    rules,
    saying,
    track,
)

urlpatterns = [
    path("report/", report.where, name="report"),
    path("report/what-happened/", report.what, name="report_what"),
    path("report/guidance/", report_guide.panel, name="report_guidance"),
    path("report/check/", report.check, name="report_check"),
    path("report/sent/", receipt.page, name="report_sent"),
    path("report/sent/receipt.txt", receipt.download, name="report_receipt"),
    path("report/sent/receipt.json", receipt.signed, name="report_receipt_signed"),
    path("track/", track.entrance, name="track"),
    path("track/<str:code>/", track.case, name="track_case"),
    path("track/<str:code>/messages/", mailbox.by_code, name="track_messages"),
    path(
        "track/<str:code>/withdraw/",
        saying.reporter_says,
        {"step": "withdraw"},
        name="track_withdraw",
    ),
    path(
        "track/<str:code>/review/",
        saying.reporter_says,
        {"step": "ask_review"},
        name="track_review",
    ),
    path("answer/<str:code>/", saying.respondent_says, {"step": "answer"}, name="answer_case"),
    path("appeal/", appeal.entrance, name="appeal"),
    path("appeal/<str:code>/", appeal.case, name="appeal_case"),
    path(
        "appeal/<str:code>/write/",
        saying.respondent_says,
        {"step": "appeal"},
        name="appeal_write",
    ),
    path(
        "appeal/<str:code>/rectify/",
        saying.respondent_says,
        {"step": "rectify"},
        name="appeal_rectify",
    ),
    path("mine/", mine.cases, name="mine"),
    path("mine/inbox/", mine.inbox, name="mine_inbox"),
    path("mine/inbox/<str:notice_id>/", mine.notice, name="mine_notice"),
    path("mine/settings/", mine.settings, name="mine_settings"),
    path("mine/<str:case_id>/", mine.case, name="mine_case"),
    path("mine/<str:case_id>/messages/", mailbox.signed_in, name="mine_messages"),
    path("mine/<str:case_id>/<str:step>/", saying.signed_in, name="mine_step"),
    path("rules/", rules.house, name="rules"),
    path("rules/compare/", compare.side_by_side, name="rules_compare"),
    path("rules/<str:platform>/", platforms.platform, name="rules_platform"),
]
