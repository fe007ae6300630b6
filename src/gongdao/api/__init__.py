"""The JSON API: the same stories as the pages, for programs."""
