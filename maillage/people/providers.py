"""What people lends to the frame."""

from maillage.ui.navigation import FOOT, Entry, add

add(Entry("Comprendre", "Le territoire", "map", "territory", order=20, phone="Territoire", pages=("perimeter_edit",)))
add(Entry(FOOT, "Journal", "history", "journal", order=95))
