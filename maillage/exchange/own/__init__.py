"""Our own workbook: a sheet a table, a column a field, so that nothing of a convention is lost on the way."""
