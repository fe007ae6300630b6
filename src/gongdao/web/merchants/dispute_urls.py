"""The addresses of starting, importing and one dispute."""

from django.urls import path

from gongdao.web.merchants import dispute, start, table_page

urlpatterns = [
    path("merchants/start/", start.alone, name="dispute_start_alone"),
    path("merchants/o/<str:organisation_id>/start/", start.start, name="dispute_start"),
    path("merchants/o/<str:organisation_id>/import/", table_page.table, name="dispute_table"),
    path(
        "merchants/o/<str:organisation_id>/import/<str:import_id>/",
        table_page.one,
        name="dispute_import",
    ),
    path("merchants/d/<str:dispute_id>/read/", start.read, name="dispute_read"),
    path("merchants/d/<str:dispute_id>/", dispute.dispute, name="dispute"),
    path("merchants/d/<str:dispute_id>/facts/", dispute.facts, name="dispute_facts"),
    path("merchants/d/<str:dispute_id>/do/<str:name>/", dispute.act, name="dispute_act"),
]
