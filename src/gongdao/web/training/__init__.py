"""Pages of courses and exams."""
