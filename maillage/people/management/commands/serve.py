import socket
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

PYTHON = Path(sys.executable)


class Command(BaseCommand):
    help = "Prépare la base, puis ouvre Maillage sur cette machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
        parser.add_argument("--workers", type=int, default=2, help="nombre de processus (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        check_port(host, port)
        prepare()
        self.stdout.write(f"Maillage répond sur {settings.BASE_URL} (Ctrl+C pour arrêter).")
        self.stdout.flush()
        sys.exit(run_server(host, port, options["workers"]))


def check_port(host: str, port: int) -> None:
    """Raises `CommandError` when somebody already listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise CommandError(f"Le port {port} est déjà pris. Choisissez-en un autre, par exemple : PORT={port + 1}.")


def prepare() -> None:
    """Brings the database up to date; a second time does nothing."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def run_server(host: str, port: int, workers: int) -> int:
    """Runs granian until it is stopped; its exit code."""
    command = [
        str(PYTHON.parent / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0
