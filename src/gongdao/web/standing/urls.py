"""Where the pages of how far one is trusted lie."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
