from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from maillage.people.models import User
from maillage.people.operations import open_territory
from maillage.territories.areas import UnknownArea


class Command(BaseCommand):
    help = "Ouvre l’espace d’un territoire et le confie à une personne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--siren", action="append", default=[], help="SIREN d’une intercommunalité (répétable)")
        parser.add_argument("--commune", action="append", default=[], help="code Insee d’une commune (répétable)")
        parser.add_argument("--name", default="", help="nom de l’espace (celui du lieu sinon)")
        parser.add_argument("--coordinator", required=True, metavar="COURRIEL", help="adresse de qui coordonne")
        parser.add_argument("--coordinator-name", default="", metavar="NOM", help="son nom, si le compte est nouveau")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email = options["coordinator"].strip().lower()
        user = User.objects.filter(email=email).first()
        try:
            user = user or User.objects.create_user(email, options["coordinator_name"])
            territory = open_territory(options["name"], sirens=options["siren"], communes=options["commune"], by=user)
        except (ValidationError, UnknownArea) as refusal:
            raise CommandError(" ".join(getattr(refusal, "messages", [str(refusal)]))) from None
        self.stdout.write(f"Espace ouvert : /espace/{territory.slug}/, confié à {user.email}.")
