"""The search index: FTS5 beside the entries on SQLite, a stored vector in them on PostgreSQL.

Triggers (SQLite) and a generated column (PostgreSQL) keep it in step with the entries inside the
transaction of the change. A later migration that makes SQLite copy the table `registry_entry`
(altering or dropping a column) loses the triggers and must run `create` of this file again.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE registry_entry_index USING fts5(
        title_stems, text_stems, content='registry_entry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER registry_entry_index_insert AFTER INSERT ON registry_entry BEGIN
        INSERT INTO registry_entry_index(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems); END""",
    """CREATE TRIGGER registry_entry_index_delete AFTER DELETE ON registry_entry BEGIN
        INSERT INTO registry_entry_index(registry_entry_index, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems); END""",
    """CREATE TRIGGER registry_entry_index_update
        AFTER UPDATE OF title_stems, text_stems ON registry_entry BEGIN
        INSERT INTO registry_entry_index(registry_entry_index, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
        INSERT INTO registry_entry_index(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems); END""",
    "INSERT INTO registry_entry_index(registry_entry_index) VALUES ('rebuild')",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS registry_entry_index_insert",
    "DROP TRIGGER IF EXISTS registry_entry_index_delete",
    "DROP TRIGGER IF EXISTS registry_entry_index_update",
    "DROP TABLE IF EXISTS registry_entry_index",
)
POSTGRESQL = (
    """ALTER TABLE registry_entry ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_stems), 'A')
        || setweight(to_tsvector('simple', text_stems), 'D')) STORED""",
    "CREATE INDEX registry_entry_document ON registry_entry USING gin (document)",
)
POSTGRESQL_DROP = ("ALTER TABLE registry_entry DROP COLUMN IF EXISTS document",)


def _run(schema_editor, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def create(apps, schema_editor):
    _run(schema_editor, SQLITE_DROP + SQLITE, POSTGRESQL_DROP + POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_DROP, POSTGRESQL_DROP)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
