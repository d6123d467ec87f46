"""Addresses that are printed on proofs; they stay as they are for as long as paper lasts."""

from django.urls import path

from hengliang.platform.certificates import public

urlpatterns = [
    path("<str:code>", public.public_proof, name="public_proof"),
    path("<str:code>/document.pdf", public.public_document, name="public_document"),
]
