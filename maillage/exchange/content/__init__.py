"""A whole convention as plain data: collected from the database, written as files, read back, loaded.

A content is {table: [row]}, a row {field: value}: texts, « 2026-12-31 », « 12000.00 », true, lists of keys. Rows name
each other by readable keys, never by numbers of the database, so that a content means the same everywhere.
"""

from typing import Any

#: The version of the written form: a folder of a later one is refused with a sentence.
FORMAT = 1
Row = dict[str, Any]
Content = dict[str, list[Row]]
