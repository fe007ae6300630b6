"""What the database itself refuses of training: part of migration 0032, frozen with it."""

FORWARD = """
-- A certificate is issued once, gets one name and is withdrawn once.
create unique index certificate_once on event (stream, kind)
    where kind in ('certificate.issued', 'certificate.named', 'certificate.withdrawn');
"""

REVERSE = "drop index certificate_once;"
