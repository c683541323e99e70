"""French spacing for our own words, done once when a template is read."""

import re

from django.apps import apps
from django.template import Origin, TemplateDoesNotExist
from django.template.loaders.app_directories import Loader as AppDirectoriesLoader

from maillage.ui.french import typo

#: A tag of the page, a tag or a variable of the template, or a block whose text is not prose: left alone.
_MARKUP = re.compile(
    r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^<>]*(?:\{[{%].*?[}%]\}[^<>]*)*>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})",
    re.DOTALL | re.IGNORECASE,
)


def in_french(source: str) -> str:
    """The template with French spacing in its prose; markup, variables and tags come out untouched."""
    parts = _MARKUP.split(source)
    return "".join(part if index % 2 else typo(part) for index, part in enumerate(parts))


class TypographyLoader(AppDirectoriesLoader):
    """Reads our own pages (`.html` under maillage/) as the ordinary loader does, then spaces their prose."""

    def get_contents(self, origin: Origin) -> str:
        if not origin.name.endswith(".html") or not self._is_ours(origin.name):
            raise TemplateDoesNotExist(str(origin.template_name))
        return in_french(super().get_contents(origin))

    @staticmethod
    def _is_ours(path: str) -> bool:
        return any(path.startswith(app.path) for app in apps.get_app_configs() if app.name.startswith("maillage."))
