"""Addresses of drafts."""

from django.urls import path, register_converter

from banjie.desk.drafts import views


class DraftKey:
    """The key of a form: small letters, digits and : . _ - only."""

    regex = r"[a-z0-9][a-z0-9:._-]{0,79}"

    def to_python(self, value: str) -> str:
        """Return the key."""
        return value

    def to_url(self, value: str) -> str:
        """Return the key."""
        return value


register_converter(DraftKey, "draft_key")
app_name = "drafts"
urlpatterns = [
    path("drafts", views.drafts, name="list"),
    path("drafts/<draft_key:key>", views.keep, name="keep"),
    path("drafts/<draft_key:key>/discard", views.discard, name="discard"),
]
