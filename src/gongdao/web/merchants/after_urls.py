"""The addresses of what comes after a dispute, of numbers and of the comparison."""

from django.urls import path

from gongdao.web.merchants import after, compare, numbers

urlpatterns = [
    path("merchants/d/<str:dispute_id>/after/", after.after, name="dispute_after"),
    path("merchants/d/<str:dispute_id>/after/paper/", after.paper, name="dispute_after_paper"),
    path("merchants/o/<str:organisation>/numbers/", numbers.numbers, name="dispute_numbers"),
    path(
        "merchants/o/<str:organisation>/numbers/disputes.csv",
        numbers.table,
        name="dispute_numbers_csv",
    ),
    path("merchants/compare/", compare.side_by_side, name="dispute_compare"),
]
