"""What a version keeps of a content, and the print that shows that nothing of it has moved."""

import hashlib
import json
from typing import Any

from maillage.amendments.rules.contract import ADDRESSES, NOT_KEPT

Row = dict[str, Any]
Content = dict[str, list[Row]]
Numbers = dict[str, list[int]]


def frozen(content: Content) -> Content:
    """The content that is signed: without notes, figures read, or anybody's address."""
    kept = {table: [] if table in NOT_KEPT else [dict(row) for row in rows] for table, rows in content.items()}
    for table in ("contacts", "organizations"):
        kept[table] = [row | dict.fromkeys(ADDRESSES, "") for row in kept[table]]
    return kept


def print_of(content: Content) -> str:
    """The SHA-256 of the content, written one way only."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
