"""The database: tables, migrations and the store over them. SQLModel stays here."""
