"""Handing a made file to a browser, always as a file to save."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"


def file_answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A download named `name` (accents are kept); nothing of it is cached, since it holds what only some may read."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
