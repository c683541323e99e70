"""What is said in words where a day or an amount is expected: « été 2024 », « 12 000 € HT / an ».

The line is drawn here. A moment told in words, or one figure with its unit or its period, is kept as text and said.
A range, a sum, a figure that is no date: nobody can tell what was meant, the cell is refused.
"""

import re

from maillage.ui.french import folded

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_SHORT = "janv jan fev fevr avr juil sept sep oct nov dec"
_TIMES = (
    "printemps ete automne hiver rentree scolaire trimestre semestre annee annees mois semaine vacances debut fin "
    "courant mi premier deuxieme second troisieme quatrieme dernier t1 t2 t3 t4 s1 s2 1er 2e 2eme 3e 3eme 4e 4eme "
    "permanent permanente permanence continu toute toutes tout tous chaque mensuel annuel annuelle trimestriel "
    "hebdomadaire pendant duree convention jusqu"
)
_LINKS = "a au aux a partir de d des du en l la le les et ou des que avant apres vers entre pour"
_UNKNOWN = {"a definir", "a preciser", "a venir", "a determiner", "a confirmer", "non defini", "nc", "nd"}
_MOMENT = {*_MONTHS.split(), *_SHORT.split(), *_TIMES.split()}
_LINKING = set(_LINKS.split())
_YEAR = re.compile(r"(?:19|20)\d\d")

_UNITS = (
    "eur euro euros k ke keur ht ttc par an ans annee annees mois trimestre semaine jour jours heure heures h seance "
    "seances enfant place personne habitant etp environ env soit net brut de la l d a maximum minimum max min"
)
_UNIT = set(_UNITS.split())


def tells_a_moment(text: str) -> bool:
    """« été 2024 », « T2 2025 », « 2024-2026 », « rentrée », « à définir »; neither « 17/13/2026 » nor « hier »."""
    words = folded(text).split()
    if " ".join(words) in _UNKNOWN:
        return True
    named = [word for word in words if word in _MOMENT or _YEAR.fullmatch(word)]
    linked = all(word in _MOMENT or word in _LINKING or _YEAR.fullmatch(word) for word in words)
    # A day of a month written out of order (« 32 mars 2024 ») is no moment: it is a mistake.
    return bool(named) and linked and not re.search(r"\d\s*[/.]\s*\d", text)


def tells_one_amount(text: str) -> bool:
    """« 12 000 € HT / an », « environ 500 € »; neither « Entre 200 et 500 » nor « à définir »."""
    figures = re.findall(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?", text)
    words = folded(re.sub(r"[\d.,]+", " ", text)).split()
    return len(figures) == 1 and "-" not in text and all(word in _UNIT for word in words)
