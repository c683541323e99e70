"""Mails as pages: one HTML and one text version of the same words, nothing fetched from afar."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send_page(
    to: str, subject: str, template: str, context: dict[str, Any], headers: dict[str, str] | None = None
) -> None:
    """Sends `<template>.html` and `<template>.txt` to one address. Callers do it on commit."""
    context = {**context, "base_url": settings.BASE_URL, "subject": subject}
    message = EmailMultiAlternatives(
        subject, render_to_string(f"{template}.txt", context), None, [to], headers=headers or {}
    )
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    message.send()
