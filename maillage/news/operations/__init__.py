"""Verbs: asking for news, answering, deciding."""
