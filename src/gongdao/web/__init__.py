"""The pages: one of the four ways in. Django templates, htmx, no models."""
