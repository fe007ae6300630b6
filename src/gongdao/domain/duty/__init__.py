"""Who is on duty, what complaints oblige to, and the calendar of what is due."""
