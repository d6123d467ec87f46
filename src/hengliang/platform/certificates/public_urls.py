"""Addresses that are printed on proofs; they stay as they are for as long as paper lasts."""

from django.urls import path

from hengliang.platform.certificates import lot_public, public, public_marks

urlpatterns = [
    path("", public.public_question, name="public_question"),
    path("mark/", public_marks.public_mark, name="public_mark"),
    path("meter", lot_public.public_lot_result, name="public_lot_result"),
    path("meter/<int:lot>/<int:place>/document.pdf", lot_public.public_lot_document, name="public_lot_document"),
    path("meter/<int:lot>/<int:place>/proof.json", lot_public.public_lot_proof, name="public_lot_proof"),
    path("<str:code>", public.public_proof, name="public_proof"),
    path("<str:code>/document.pdf", public.public_document, name="public_document"),
    path("<str:code>/original.pdf", public.public_original, name="public_original"),
    path("<str:code>/certificate.xml", public.public_xml, name="public_xml"),
    path("<str:code>/receipt", public.public_receipt, name="public_receipt"),
    path("<str:code>/document.receipt", public.public_document_receipt, name="public_document_receipt"),
]
