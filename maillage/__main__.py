"""The command of people who run Maillage: `maillage serve`, `demo`, `import-plan`… (`maillage --help` lists them)."""

import os
import sys

COMMANDS = {
    "serve": "ouvre Maillage sur cette machine",
    "demo": "ouvre la démonstration",
    "new-territory": "ouvre l’espace d’un territoire",
    "import-plan": "importe un classeur de plan d’action",
    "export": "écrit la convention d’un territoire dans un dossier",
    "import-folder": "reprend une convention écrite dans un dossier",
    "check": "dit si tout est prêt à servir",
    "send-digests": "envoie les courriels de rappel du jour",
    "send-news-reminders": "relance ceux qui n’ont pas donné de nouvelles",
}
#: Django has a `check` of its own: ours answers in French, for people who run a server.
NAMES = {"check": "check_up"}


def main() -> None:
    """Hands a command over to Django's, whose names bear underscores; exits 0, 1 (refused) or 2 (misused)."""
    words = sys.argv[1:]
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201
        sys.exit(0)
    if words[0] not in COMMANDS:
        print(f"Commande inconnue : {words[0]}\n\n{usage()}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings must be named first)

    name = NAMES.get(words[0], words[0].replace("-", "_"))
    execute_from_command_line(["maillage", name, *words[1:]])


def usage() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {words}" for name, words in COMMANDS.items()]
    return "\n".join(["maillage COMMANDE [--help]", "", *lines])


if __name__ == "__main__":
    main()
