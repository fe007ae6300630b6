"""The clock and the outbox: a process that does what time and promises ask for."""
