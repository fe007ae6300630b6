"""Gongdao 公道: reports, decisions and appeals that both sides can trust."""
