"""What the pages of files need to read their own drafts."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def at(table: dict[str, Any], key: str) -> Any:
    """What a table says under a key that only the page knows."""
    return table.get(key, key)
