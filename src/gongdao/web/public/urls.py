"""The addresses of the public pages."""

from django.urls import path

from gongdao.web.public import (
    appeal,
    compare,
    evidence,
    groups,
    log,
    mailbox,
    mine,
    packets,
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
    path("report/evidence/", evidence.of_report, name="report_evidence"),
    path("report/check/", report.check, name="report_check"),
    path("report/sent/", receipt.page, name="report_sent"),
    path("report/sent/receipt.txt", receipt.download, name="report_receipt"),
    path("report/sent/receipt.json", receipt.signed, name="report_receipt_signed"),
    path("track/", track.entrance, name="track"),
    path("track/<str:code>/", track.case, name="track_case"),
    path("track/<str:code>/evidence/", evidence.of_reporter, name="track_evidence"),
<<<<<<< HEAD
    path("track/<str:code>/chain/", evidence.chain_of_reporter, name="track_chain"),
=======
    path("track/<str:code>/packet/", packets.of_reporter, name="track_packet"),
>>>>>>> 721ee94 (evidence: One click, an address of the API, and a link that fetches the packet.)
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
    path("appeal/<str:code>/evidence/", evidence.of_respondent, name="appeal_evidence"),
<<<<<<< HEAD
    path("appeal/<str:code>/chain/", evidence.chain_of_respondent, name="appeal_chain"),
=======
    path("appeal/<str:code>/packet/", packets.of_respondent, name="appeal_packet"),
>>>>>>> 721ee94 (evidence: One click, an address of the API, and a link that fetches the packet.)
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
    path("mine/groups/", groups.groups, name="groups"),
    path("mine/groups/<str:group_id>/", groups.group, name="group"),
    path("mine/groups/<str:group_id>/tools/", groups.tools, name="group_tools"),
    path("mine/groups/<str:group_id>/duty/", groups.duty, name="group_duty"),
    path("mine/groups/<str:group_id>/duty.csv", groups.duty_csv, name="group_duty_csv"),
    path("mine/groups/<str:group_id>/<str:task>/", groups.act, name="group_act"),
    path("mine/<str:case_id>/", mine.case, name="mine_case"),
    path("mine/<str:case_id>/evidence/", evidence.signed_in, name="mine_evidence"),
<<<<<<< HEAD
    path("mine/<str:case_id>/chain/", evidence.chain_signed_in, name="mine_chain"),
=======
    path("mine/<str:case_id>/packet/", packets.of_case, name="mine_packet"),
>>>>>>> 721ee94 (evidence: One click, an address of the API, and a link that fetches the packet.)
    path("mine/<str:case_id>/messages/", mailbox.signed_in, name="mine_messages"),
    path("mine/<str:case_id>/<str:step>/", saying.signed_in, name="mine_step"),
    path("log/", log.page, name="log"),
    path("rules/", rules.house, name="rules"),
    path("rules/compare/", compare.side_by_side, name="rules_compare"),
    path("rules/<str:platform>/", platforms.platform, name="rules_platform"),
]
