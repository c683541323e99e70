"""Nouns that read the news that come from outside."""
