"""A long act told step by step: lines of JSON while it is done, for the page that draws its bar."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse

LINES = "application/x-ndjson"
NOT_WRITTEN = (
    "Le serveur n’a pas pu écrire jusqu’au bout (disque plein ou base occupée). Rien n’a été enregistré : réessayez "
    "dans un moment, et prévenez la personne qui tient le serveur si cela recommence."
)


def asks_for_progress(request: HttpRequest) -> bool:
    return LINES in request.headers.get("Accept", "")


def told_step_by_step(steps: Generator[int, None, None], *, total: int, url: str) -> StreamingHttpResponse:
    """`{"done": 250, "total": 2000}` a line, then `{"next": address}` or `{"refusal": sentence}`."""
    answer = StreamingHttpResponse(_lines(steps, total, url), content_type=LINES)
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"  # a proxy would keep the lines until the end
    return answer


def carried_through(steps: Iterator[int]) -> str:
    """Carries the act out to its end; the sentence of its refusal, or nothing."""
    try:
        for _done in steps:
            pass
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except (DatabaseError, OSError):
        return NOT_WRITTEN
    return ""


def _lines(steps: Generator[int, None, None], total: int, url: str) -> Iterator[str]:
    """A connection that is cut closes the lines, which close the steps: their transaction is given up at once."""
    with closing(steps):
        try:
            yield _line(done=0, total=total)
            for done in steps:
                yield _line(done=done, total=total)
            yield _line(next=url)
        except ValidationError as refusal:
            yield _line(refusal=" ".join(refusal.messages))
        except (DatabaseError, OSError):
            yield _line(refusal=NOT_WRITTEN)


def _line(**said: Any) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"
