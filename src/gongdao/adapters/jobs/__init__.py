"""Doing what the outbox promised: the kept queue's worker, with synchronous handlers in threads."""

from gongdao.adapters.jobs.runner import Backoff, Handler, JobRunner

__all__ = ["Backoff", "Handler", "JobRunner"]
