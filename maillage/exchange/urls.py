from django.urls import path

from maillage.exchange.views import imports

SPACE = "espace/<slug:slug>/"

urlpatterns = [
    path(SPACE + "plan/importer/", imports.import_new, name="import_new"),
    path(SPACE + "plan/imports/<int:pk>/", imports.import_page, name="import"),
    path(SPACE + "plan/imports/<int:pk>/charger/", imports.import_load, name="import_load"),
    path(SPACE + "plan/imports/<int:pk>/annuler/", imports.import_undo, name="import_undo"),
]
