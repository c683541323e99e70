from django.urls import path

from maillage.amendments.views import amendments, versions

SPACE = "espace/<slug:slug>/convention/"
ONE = SPACE + "avenants/<int:pk>/"

urlpatterns = [
    path(SPACE + "versions/", versions.versions, name="versions"),
    path(SPACE + "versions/figer/", versions.version_freeze, name="version_freeze"),
    path(SPACE + "versions/comparer/", versions.version_compare, name="version_compare"),
    path(SPACE + "versions/<int:number>/", versions.version, name="version"),
    path(SPACE + "avenants/nouveau/", amendments.amendment_new, name="amendment_new"),
    path(ONE, amendments.amendment, name="amendment"),
    path(ONE + "pdf/", amendments.amendment_paper, name="amendment_pdf"),
    path(ONE + "modifier/", amendments.amendment_edit, name="amendment_edit"),
    path(ONE + "signer/", amendments.amendment_sign, name="amendment_sign"),
    path(ONE + "abandonner/", amendments.amendment_abandon, name="amendment_abandon"),
    path(ONE + "accords/<int:organization_pk>/", amendments.amendment_agree, name="amendment_agree"),
    path(ONE + "accords/<int:organization_pk>/retirer/", amendments.amendment_disagree, name="amendment_disagree"),
]
