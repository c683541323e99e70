"""What a version holds, how two of them differ, what signing asks: plain data in, plain data out."""
