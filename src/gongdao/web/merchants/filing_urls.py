"""The addresses of a dispute's evidence chain, and of its statement and filing."""

from django.urls import path

from gongdao.web.merchants import chain, filing

urlpatterns = [
    path("merchants/d/<str:dispute_id>/chain/", chain.page, name="dispute_chain"),
    path("merchants/d/<str:dispute_id>/filing/", filing.page, name="dispute_filing"),
    path("merchants/d/<str:dispute_id>/chain/<str:exhibit>/", chain.frame, name="dispute_exhibit"),
]
