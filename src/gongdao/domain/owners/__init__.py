"""Groups of the operator's app, who owns them, and what an owner is asked to look at."""
