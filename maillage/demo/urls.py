from django.urls import path

from maillage.demo import views

urlpatterns = [path("demonstration/entrer/", views.demo_enter, name="demo_enter")]
