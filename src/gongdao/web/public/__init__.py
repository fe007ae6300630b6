"""The public pages: report, track, appeal, my cases, rules. One module per door."""
