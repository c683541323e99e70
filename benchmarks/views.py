"""Each view of the plan with 60, 600 and 6,000 actions, in one run: `python -m benchmarks.views [repeats]`.

Server time alone: pages are asked inside the process, with the settings of production. `PAGES` is data: a new view adds
its line.
"""

import os
import statistics
import sys
import tempfile
import time

SIZES = (60, 600, 6000)
#: What the line says → (URL name, query).
PAGES = {
    "arbre": ("plan", ""),
    "tableau": ("plan_table", ""),
    "tableau trié, groupé": ("plan_table", "?tri=-retard&groupe=objectif"),
    "tableau filtré": ("plan_table", "?retard=oui&tri=fin"),
    "colonnes": ("plan_board", ""),
    "frise": ("plan_timeline", ""),
    "communes": ("plan_communes", ""),
    "thèmes": ("plan_themes", ""),
    "partenaires": ("plan_partners", ""),
    "financements": ("budget", ""),
    "tableau de bord": ("dashboard", ""),
    "vue d’ensemble": ("overview", ""),
}


def main(repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "MAILLAGE_VAR": folder,
            "STATIC_ROOT": f"{folder}/static",
            "DEBUG": "0",
            "SECRET_KEY": "benchmark",
        }
        times = measure(repeats)
    header = "".join(f"{size:>10}" for size in SIZES)
    print(f"\n{'vue (actions)':<24}{header}{'600/60':>10}{'6000/600':>10}")
    for page, found in times.items():
        figures = "".join(f"{ms:>7.1f} ms" for ms in found)
        print(f"{page:<24}{figures}{found[1] / found[0]:>10.1f}{found[2] / found[1]:>10.1f}")


def measure(repeats: int) -> dict[str, list[float]]:
    """Page → median milliseconds at each size."""
    from django.core.management import call_command  # noqa: PLC0415 (the environment is set first)

    from benchmarks import prepare  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    visitors = [prepare.visitor(f"v{size}", size) for size in SIZES]
    return {page: [_median(*visitor, *address, repeats) for visitor in visitors] for page, address in PAGES.items()}


def _median(user: object, slug: str, url_name: str, query: str, repeats: int) -> float:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)  # type: ignore[arg-type]
    url = reverse(url_name, args=[slug]) + query
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        answer = client.get(url)
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, (answer.status_code, url)
    return statistics.median(times[1:])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
