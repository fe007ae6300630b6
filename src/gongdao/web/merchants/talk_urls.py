"""The addresses of negotiations."""

from django.urls import path

from gongdao.web.merchants import talk

urlpatterns = [
    path("merchants/d/<str:dispute_id>/talk/", talk.of_dispute, name="dispute_talk"),
    path(
        "merchants/d/<str:dispute_id>/talk/settlement.json",
        talk.file_of_dispute,
        {"form": "json"},
        name="dispute_talk_json",
    ),
    path(
        "merchants/d/<str:dispute_id>/talk/settlement.pdf",
        talk.file_of_dispute,
        {"form": "pdf"},
        name="dispute_talk_pdf",
    ),
    path("talk/<str:code>/", talk.by_code, name="talk"),
    path("talk/<str:code>/settlement.json", talk.file_by_code, {"form": "json"}, name="talk_json"),
    path("talk/<str:code>/settlement.pdf", talk.file_by_code, {"form": "pdf"}, name="talk_pdf"),
]
