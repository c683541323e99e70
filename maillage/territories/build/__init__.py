"""For maintainers: rebuilds the geography shipped in the package (`make geography`). Users never run it."""
