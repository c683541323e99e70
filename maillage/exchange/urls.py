from django.urls import path

from maillage.exchange.views import blueprints, columns, folders, imports, outputs, updates, word_templates

SPACE = "espace/<slug:slug>/"

urlpatterns = [
    path(SPACE + "plan/importer/", imports.import_new, name="import_new"),
    path(SPACE + "plan/modeles/", blueprints.blueprint_new, name="blueprint_new"),
    path(SPACE + "plan/imports/<int:pk>/", imports.import_page, name="import"),
    path(SPACE + "plan/imports/<int:pk>/colonnes/", columns.import_columns, name="import_columns"),
    path(SPACE + "plan/imports/<int:pk>/charger/", imports.import_load, name="import_load"),
    path(SPACE + "plan/imports/<int:pk>/mettre-a-jour/", updates.import_update, name="import_update"),
    path(SPACE + "plan/imports/<int:pk>/annuler/", imports.import_undo, name="import_undo"),
    path(SPACE + "plan/exporter/<slug:form>/", outputs.plan_export, name="plan_export"),
    path(SPACE + "actions/<int:pk>/exporter/<slug:form>/", outputs.action_export, name="action_export"),
    path(SPACE + "plan/modeles-word/", word_templates.word_templates, name="word_templates"),
    path(SPACE + "plan/modeles-word/<slug:kind>/", word_templates.word_template, name="word_template"),
    path(
        SPACE + "plan/modeles-word/<slug:kind>/prendre/",
        word_templates.word_template_download,
        name="word_template_download",
    ),
    path(SPACE + "plan/modeles-word/<slug:kind>/rendre/", word_templates.word_template_drop, name="word_template_drop"),
    path(SPACE + "convention/dossier/", folders.folder_new, name="folder_new"),
    path(SPACE + "convention/dossier/emporter/", folders.folder_download, name="folder_download"),
    path(SPACE + "convention/dossiers/<int:pk>/", folders.folder, name="folder"),
    path(SPACE + "convention/dossiers/<int:pk>/charger/", folders.folder_load, name="folder_load"),
    path(SPACE + "convention/dossiers/<int:pk>/annuler/", folders.folder_undo, name="folder_undo"),
]
