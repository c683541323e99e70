"""What a person types, before the operations judge it."""
