"""What the people of the demo say to one another: examples that say so."""

from collections.abc import Iterable, Mapping
from typing import Any

from maillage.demo.cast import GASCOGNE
from maillage.discussion.models import Mention
from maillage.discussion.operations import add_comment
from maillage.people.models import User
from maillage.plan.models import Action


def talk(comments: Iterable[Mapping[str, Any]], people: Mapping[str, User]) -> None:
    """Writes the comments; whoever they call finds them in « À faire », and no mail leaves."""
    for given in comments:
        action = Action.objects.get(territory__slug=GASCOGNE, number=given["action"])
        by = people[given["by"]]
        comment = add_comment(action, f"{given['text']} (exemple)", team=given.get("team", False), by=by)
        Mention.objects.bulk_create(Mention(comment=comment, user=people[key]) for key in given.get("to", []))
