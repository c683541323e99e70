from django.urls import path

from maillage.documents import views

urlpatterns = [
    path("espace/<slug:slug>/documents/<int:pk>/", views.document_download, name="document_download"),
    path("espace/<slug:slug>/documents/<int:pk>/retirer/", views.document_remove, name="document_remove"),
    path(
        "espace/<slug:slug>/documents/joindre/<slug:word>/<int:subject_pk>/",
        views.document_attach,
        name="document_attach",
    ),
]
