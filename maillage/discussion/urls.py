from django.urls import path

from maillage.discussion import views

SPACE = "espace/<slug:slug>/"

urlpatterns = [
    path(SPACE + "discussion/<slug:word>/<int:pk>/", views.discussion, name="discussion"),
    path(SPACE + "discussion/<slug:word>/<int:pk>/suivre/", views.watch, name="watch"),
    path(SPACE + "commentaires/<int:pk>/modifier/", views.comment_edit, name="comment_edit"),
    path(SPACE + "commentaires/<int:pk>/retirer/", views.comment_withdraw, name="comment_withdraw"),
    path(SPACE + "mentions/<int:pk>/lue/", views.mention_read, name="mention_read"),
]
