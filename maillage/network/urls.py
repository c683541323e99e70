from django.urls import path

from maillage.network.views import members, partners

SPACE = "espace/<slug:slug>/"

urlpatterns = [
    path(SPACE + "partenaires/", partners.organizations, name="organizations"),
    path(SPACE + "partenaires/nouveau/", partners.organization_new, name="organization_new"),
    path(SPACE + "partenaires/<int:pk>/", partners.organization, name="organization"),
    path(SPACE + "partenaires/<int:pk>/fiche/", partners.organization_edit, name="organization_edit"),
    path(SPACE + "partenaires/<int:pk>/contact/", partners.contact_new, name="contact_new"),
    path(SPACE + "contacts/<int:pk>/", partners.contact_edit, name="contact_edit"),
    path(SPACE + "acces/", members.members, name="members"),
    path(SPACE + "acces/inviter/", members.member_invite, name="member_invite"),
    path(SPACE + "acces/<int:pk>/role/", members.member_edit, name="member_edit"),
    path(SPACE + "acces/<int:pk>/renvoyer/", members.member_send_again, name="member_send_again"),
    path(SPACE + "acces/<int:pk>/fermer/", members.member_end, name="member_end"),
]
