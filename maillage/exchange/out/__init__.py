"""A plan that leaves: the national template, Word, PDF. Each is written from the same content of the convention."""
