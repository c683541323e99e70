"""Who wants a mail: those who keep people's settings (above) say so here, at start-up."""

from collections.abc import Callable

from maillage.people.models import User

_wishes: list[Callable[[User], bool]] = []


def register(wish: Callable[[User], bool]) -> None:
    """Adds somebody who knows whether a person wants to be mailed."""
    _wishes.append(wish)


def wants_mail(user: User) -> bool:
    return user.is_active and all(wish(user) for wish in _wishes)
