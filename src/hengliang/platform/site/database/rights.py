"""What the app role may do with the owner's tables: rows yes, tables no. One place says it, for every database."""

from hengliang.platform.site.database.credentials import APP, OWNER

TABLES, SEQUENCES = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"


def on_new_tables(*, of: str = OWNER) -> str:
    """SQL: whatever table `of` makes from now on, the app role may read and write."""
    return f"""
        ALTER DEFAULT PRIVILEGES FOR ROLE {of} GRANT {TABLES} ON TABLES TO {APP};
        ALTER DEFAULT PRIVILEGES FOR ROLE {of} GRANT {SEQUENCES} ON SEQUENCES TO {APP};
    """


NOT_ON_NEW_TABLES = f"""
    ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM {APP};
    ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM {APP};
"""
ON_ALL_TABLES = f"""
    GRANT {TABLES} ON ALL TABLES IN SCHEMA public TO {APP};
    GRANT {SEQUENCES} ON ALL SEQUENCES IN SCHEMA public TO {APP};
"""
