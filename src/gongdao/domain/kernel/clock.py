"""Time, which is handed in: the domain never asks what time it is."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present moment, with its offset."""

CHINA = ZoneInfo("Asia/Shanghai")
"""Every legal clock here runs on this one; it has had no summer time since 1991."""
