"""Where the pages of texts that wait before they appear lie."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
