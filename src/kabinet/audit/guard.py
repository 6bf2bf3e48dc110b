"""On PostgreSQL the database itself refuses to change the journal or to take from it."""

from typing import Any

from django.conf import settings
from django.db import connection

from kabinet.audit.models import Event

_GUARD = """
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is only ever added to'; END $$;
CREATE OR REPLACE TRIGGER audit_event_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE OR REPLACE TRIGGER audit_details_unchanged
BEFORE UPDATE ON audit_details
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""


def put_up() -> None:
    """Details may still be erased, but not written anew. Putting it up again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARD)


def after_migrate(**_signal: Any) -> None:
    """A demo is thrown away and its journal with it; SQLite has no guard (ruling 26)."""
    if connection.vendor != "postgresql" or settings.DEMO:
        return
    if Event._meta.db_table in connection.introspection.table_names():  # no other room came first
        put_up()
