"""Nouns that read the plan. Each answers in a constant number of queries, whatever the size of the plan."""

from maillage.plan.queries.action_page import ActionPage, action_page
from maillage.plan.queries.actions import ActionRow, action_for, action_rows
from maillage.plan.queries.conventions import convention_of, conventions_of
from maillage.plan.queries.tree import Branch, Tree, tree_of

__all__ = [
    "ActionPage", "ActionRow", "Branch", "Tree", "action_for", "action_page", "action_rows", "convention_of",
    "conventions_of", "tree_of",
]  # fmt: skip
