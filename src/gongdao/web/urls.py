"""
The addresses of the pages.

A door whose pages are not built yet answers with `not_yet`, which says so and says what one can do
instead; whoever builds the pages puts their view in its line and keeps the name.
"""

from django.urls import include, path

from gongdao.web import failures, files, gallery_page, plain_pages, practice_door
from gongdao.web.desk import (
    chain,
    exhibits,
    findings,
    forecast,
    identity,
    mailbox,
    named_packet,
    phone,
    proofs,
    pulling,
    rights,
    way_proofs,
    weights,
)
from gongdao.web.desk import pages as desk
from gongdao.web.public import packets

urlpatterns = [
    path("", plain_pages.front, name="front"),
    path("", include("gongdao.web.firms.urls")),
    path("", include("gongdao.web.merchants.talk_inside_urls")),
    path("", include("gongdao.web.screening.urls")),
    path("", include("gongdao.web.standing.urls")),
    path("", include("gongdao.web.training.urls")),
    path("", include("gongdao.web.protection.urls")),
    path("", include("gongdao.web.public.urls")),
    path("", include("gongdao.web.merchants.urls")),
    path("open-data/", plain_pages.not_yet, {"door": "open_data"}, name="open_data"),
    path("desk/", desk.queue, name="desk"),
    path("desk/undelivered/", desk.undelivered, name="desk_undelivered"),
    path("desk/mailboxes/", mailbox.waiting, name="desk_mailboxes"),
    path("desk/phone/", phone.calls, name="desk_calls"),
    path("desk/phone/<str:dictation>/", phone.call, name="desk_call"),
    path("desk/looks/", identity.looks, name="desk_looks"),
    path("desk/ways-back/", way_proofs.waiting, name="desk_way_proofs"),
    path("desk/ways-back/<str:way>/<str:step>/", way_proofs.check, name="desk_way_proof"),
    path("desk/forecast/", forecast.forecast, name="desk_forecast"),
    path("desk/queue/", desk.live, name="desk_queue"),
    path("desk/rights/", rights.waiting, name="desk_rights"),
    path("desk/rights/<str:notice_id>/", rights.matter, name="desk_rights_matter"),
    path("desk/rights/<str:notice_id>/<str:name>/", rights.step, name="desk_rights_step"),
    path("desk/next/", pulling.next_case, name="desk_next"),
    path("desk/<str:case_id>/", desk.case, name="desk_case"),
    path("desk/<str:case_id>/chain/", chain.chain, name="desk_chain"),
    path("desk/<str:case_id>/evidence/", exhibits.add, name="desk_evidence"),
    path("desk/<str:case_id>/evidence/<str:exhibit_id>/", exhibits.exhibit, name="desk_exhibit"),
    path(
        "desk/<str:case_id>/evidence/<str:exhibit_id>/record/",
        exhibits.record,
        name="desk_exhibit_record",
    ),
    path(
        "desk/<str:case_id>/evidence/<str:exhibit_id>/findings/",
        findings.findings,
        name="desk_findings",
    ),
    path(
        "desk/<str:case_id>/evidence/<str:exhibit_id>/differs/<str:other_id>/",
        findings.differs,
        name="desk_differs",
    ),
    path("desk/<str:case_id>/proofs/", proofs.proofs, name="desk_proofs"),
    path("desk/<str:case_id>/packet/", packets.of_case, name="desk_packet"),
    path("desk/<str:case_id>/packet/named/", named_packet.make, name="desk_named_packet"),
    path("desk/<str:case_id>/clause/", desk.clause, name="desk_clause"),
    path("desk/<str:case_id>/mailbox/", mailbox.mailbox, name="desk_mailbox"),
    path("desk/<str:case_id>/identity/", identity.look, name="desk_identity"),
    path("desk/<str:case_id>/compare/", desk.compare, name="desk_compare"),
    path("desk/<str:case_id>/keep/", pulling.keep, name="desk_keep"),
    path("desk/<str:case_id>/claim/<str:action>/", desk.claim, name="desk_claim"),
    path("desk/<str:case_id>/<str:name>/", desk.step, name="desk_step"),
    path("check/", plain_pages.check_packet, name="check_packet"),
    path("files/<str:ticket>/packet/", files.packet, name="packet_file"),
    path("files/<str:ticket>/", files.file, name="file"),
    path("weights/", weights.what_if, name="weights"),
    path("practice/sign-in/<str:token>/", practice_door.sign_in, name="practice_sign_in"),
    path("appearance/", plain_pages.appearance, name="appearance"),
    path("pieces/", gallery_page.gallery, name="pieces"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("gongdao.web.account_urls")),
]

handler403 = failures.forbidden
handler404 = failures.not_found
handler500 = failures.broken
