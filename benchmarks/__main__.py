"""Builds two databases (1 and 1,000 territories of 60 actions), serves each, measures pages and start-up."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("tableau de bord", "plan", "action", "à faire")
USERS, REQUESTS = 10, 400
#: Seconds between two pages of one person: nobody reads faster.
THINKING = 0.5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small = measure(Path(folder) / "one", 1)
        large = measure(Path(folder) / "thousand", 1000)
    print(f"\n{'page':<18}{'1 territoire':>16}{'1 000 territoires':>20}{'rapport':>10}")
    for page in PAGES:
        one, many = small["sequential"][page], large["sequential"][page]
        print(f"{page:<18}{one:>13.1f} ms{many:>17.1f} ms{many / one:>10.2f}")
    for name, found in (("1 territoire", small), ("1 000 territoires", large)):
        (calm, calm95), (rushed, rushed95) = found["calm"], found["rushed"]
        print(
            f"{USERS} personnes, une page toutes les {THINKING} s, {name} : médiane {calm:.1f} ms, p95 {calm95:.1f} ms"
        )
        print(f"{USERS} personnes sans répit, {name} : médiane {rushed:.1f} ms, p95 {rushed95:.1f} ms, "
              f"{found['rate']:.0f} pages par seconde")  # fmt: skip
    print(f"démarrage du serveur : {small['start']:.2f} s (1), {large['start']:.2f} s (1 000)")


def measure(folder: Path, territories: int) -> dict[str, Any]:
    """Times of a server on a database of that many territories."""
    folder.mkdir()
    # As in production: no debugging, files gathered once.
    environment = {
        **os.environ, "MAILLAGE_VAR": str(folder), "DEBUG": "0", "SECRET_KEY": "benchmark", "PYTHONPATH": str(ROOT),
        "STATIC_ROOT": str(folder / "static"),
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    prepared = subprocess.run(
        [sys.executable, "-m", "benchmarks.prepare", str(territories)], env=environment, check=True, text=True,
        stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    visits = json.loads(prepared.stdout.strip().splitlines()[-1])
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "2",
         "--log-level", "error", "config.wsgi:application"], env=environment, cwd=ROOT,
    )  # fmt: skip
    try:
        wait_for(port)
        start = time.perf_counter() - began
        sequential = {page: statistics.median(run(port, visits, [page] * 60)) for page in PAGES}
        calm, _ = crowd(port, visits, THINKING)
        rushed, seconds = crowd(port, visits, 0)
    finally:
        server.terminate()
        server.wait()
    return {"start": start, "sequential": sequential, "calm": spread(calm), "rushed": spread(rushed),
            "rate": len(rushed) / seconds}  # fmt: skip


def spread(times: list[float]) -> tuple[float, float]:
    """(median, 95th percentile)."""
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def run(
    port: int, visits: dict[str, dict[str, str]], pages: list[str], shift: int = 0, pause: float = 0
) -> list[float]:
    """Milliseconds of each page, asked one after the other on one connection, by people of several territories."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    people = list(visits.values())
    times = []
    for number, page in enumerate(pages):
        person = people[(number + shift) % len(people)]
        began = time.perf_counter()
        connection.request("GET", person[page], headers={"Cookie": person["cookie"]})
        answer = connection.getresponse()
        answer.read()
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status == 200, (answer.status, person[page])
        time.sleep(pause)
    return times[len(pages) // 6 :]


def crowd(port: int, visits: dict[str, dict[str, str]], pause: float) -> tuple[list[float], float]:
    """All the pages, by ten people at once who pause between two: (milliseconds of each, seconds in all)."""
    found: list[float] = []
    mixed = [PAGES[number % len(PAGES)] for number in range(REQUESTS // USERS)]

    def visit(shift: int) -> None:
        time.sleep(pause * shift / USERS)
        found.extend(run(port, visits, mixed, shift, pause))

    threads = [threading.Thread(target=visit, args=(shift,)) for shift in range(USERS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, (time.perf_counter() - began) * len(found) / REQUESTS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the first page answers."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/aide/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the server does not answer")


if __name__ == "__main__":
    main()
