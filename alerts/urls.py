"""Where readers register for e-mail."""

from django.urls import path

from alerts import views

app_name = "alerts"

urlpatterns = [path("", views.register, name="register")]
