"""What the database itself refuses of labels: part of their migration, frozen with it."""

FORWARD = """
create trigger screening_label_append_only before update or delete on screening_label
    for each row execute function gongdao_append_only();
"""
REVERSE = "drop trigger screening_label_append_only on screening_label;"
