"""Courses, question banks, exams and certificates."""
