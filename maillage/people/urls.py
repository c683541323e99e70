from django.urls import path

from maillage.people.views import account, home, new_space, sign_in, territory

urlpatterns = [
    path("", home.home, name="home"),
    path("accessibilite/", home.accessibility, name="accessibility"),
    path("aide/", home.help_page, name="help"),
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/lien/", sign_in.send_link, name="send_link"),
    path("connexion/entrer/", sign_in.enter_by_link, name="enter_by_link"),
    path("connexion/preuve/", sign_in.prove_again, name="prove"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("invitation/<str:token>/", account.invitation, name="invitation"),
    path("compte/", account.account, name="account"),
    path("compte/nom/", account.account_name, name="account_name"),
    path("compte/mot-de-passe/", account.account_password, name="account_password"),
    path("espaces/nouveau/", new_space.new_space, name="new_space"),
    path("espace/<slug:slug>/territoire/", territory.territory, name="territory"),
    path("espace/<slug:slug>/territoire/perimetre/", territory.perimeter_edit, name="perimeter_edit"),
    path("espace/<slug:slug>/journal/", territory.journal, name="journal"),
]
