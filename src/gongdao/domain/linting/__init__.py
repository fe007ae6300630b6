"""The wording of statements: what is pointed out before somebody sends one."""
