"""Where the pages of courses and exams lie."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
