"""PostgreSQL: the event log, its projections, sealed texts, people. The one app with models."""
