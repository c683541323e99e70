"""What the server writes of itself holds no secret: an address that opens something is written without its end."""

import logging
import re

#: A last part of a path as long as our secrets are; ordinary addresses have none.
_SECRET = re.compile(r"(/[a-z-]+/)[\w:.%~-]{32,}")


def without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True
