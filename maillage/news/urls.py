from django.urls import path

from maillage.news.views import asking, campaigns, outside, review

SPACE = "espace/<slug:slug>/"
NEWS = SPACE + "nouvelles/"

urlpatterns = [
    path("nouvelles/<str:token>/", outside.news_by_link, name="news_by_link"),
    path("nouvelles/<str:token>/passer-la-main/", outside.news_hand_over, name="news_hand_over"),
    path(NEWS, review.news, name="news"),
    path(NEWS + "tout-accepter/", review.proposals_accept, name="proposals_accept"),
    path(NEWS + "<int:pk>/accepter/", review.proposal_accept, name="proposal_accept"),
    path(NEWS + "<int:pk>/renvoyer/", review.proposal_return, name="proposal_return"),
    path(NEWS + "pieces/<int:pk>/", review.news_attachment, name="news_attachment"),
    path(NEWS + "demandes/<int:pk>/releve/", review.successor_accept, name="successor_accept"),
    path(NEWS + "demandes/<int:pk>/sans-releve/", review.handover_dismiss, name="handover_dismiss"),
    path(NEWS + "demandes/<int:pk>/nouveau-lien/", asking.link_renew, name="link_renew"),
    path(NEWS + "demandes/<int:pk>/revoquer/", asking.link_revoke, name="link_revoke"),
    path(SPACE + "actions/<int:pk>/demander-des-nouvelles/", asking.news_ask, name="news_ask"),
    path(NEWS + "campagnes/nouvelle/", campaigns.campaign_new, name="campaign_new"),
    path(NEWS + "campagnes/<int:pk>/", campaigns.campaign, name="campaign"),
    path(NEWS + "campagnes/<int:pk>/modifier/", campaigns.campaign_edit, name="campaign_edit"),
    path(NEWS + "campagnes/<int:pk>/lancer/", campaigns.campaign_start, name="campaign_start"),
    path(NEWS + "campagnes/<int:pk>/relancer/", campaigns.campaign_remind, name="campaign_remind"),
    path(NEWS + "campagnes/<int:pk>/clore/", campaigns.campaign_close, name="campaign_close"),
    path(NEWS + "campagnes/<int:pk>/supprimer/", campaigns.campaign_delete, name="campaign_delete"),
]
