"""Every clock of the procedure: due, paused, reminded, missed."""
