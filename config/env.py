"""What the environment says, read once, typed, with the defaults of a person who tries Maillage on a laptop."""

import secrets
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG: bool = env.bool("DEBUG", default=False)
DATABASE_URL: str = env.str("DATABASE_URL", default="")
VAR = Path(env.str("MAILLAGE_VAR", default=str(ROOT / "var")))


def secret_key() -> str:
    """The signing key: given in production, made once and kept beside the data on a laptop."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return str(given)
    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def database() -> dict[str, object]:
    """Settings of the one database: PostgreSQL where it is named, otherwise a SQLite file that many may read."""
    if DATABASE_URL:
        return dict(env.db_url_config(DATABASE_URL)) | {
            "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
            "CONN_HEALTH_CHECKS": True,
        }
    VAR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "maillage.sqlite3",
        "OPTIONS": {
            # A writer waits for the other writer instead of failing, and readers never wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;",
        },
    }
