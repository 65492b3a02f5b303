# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about claims and accidents on duty."""

from django.urls import path

from binhyen.claims import views, views_own, views_papers, views_steps
from binhyen.claims.record import accident_section, member_section
from binhyen.core.pages import register_section

register_section("member", accident_section)
register_section("member", member_section)

urlpatterns = [
    path("claims/", views.claim_list, name="claims"),
    path("claims/unclaimed/", views.watch_page, name="claim-watch"),
    path("claims/mine/", views_own.my_claims, name="my-claims"),
    path("claims/mine/new/", views_own.my_claim_new, name="my-claim-new"),
    path("claims/mine/<uuid:claim_id>/", views_own.my_claim, name="my-claim"),
    path("claims/mine/<uuid:claim_id>/sign/", views_own.my_claim_sign, name="my-claim-sign"),
    path("claims/mine/<uuid:claim_id>/withdraw/", views_own.my_claim_withdraw,
         name="my-claim-withdraw"),
    path("claims/mine/accidents/<uuid:accident_id>/<slug:claimed>/", views_own.my_accident_claim,
         name="my-accident-claim"),
    path("claims/<uuid:claim_id>/", views.claim_page, name="claim"),
    path("claims/mine/<uuid:claim_id>/files/<str:paper>", views_papers.my_claim_file,
         name="my-claim-file"),
    path("claims/<uuid:claim_id>/files/<str:paper>", views_papers.claim_file,
         name="claim-file"),
    path("claims/<uuid:claim_id>/receive/", views_steps.receive, name="claim-receive"),
    path("claims/<uuid:claim_id>/ask/", views_steps.ask, name="claim-ask"),
    path("claims/<uuid:claim_id>/papers/", views_steps.papers, name="claim-papers"),
    path("claims/<uuid:claim_id>/pass-on/", views_steps.pass_on, name="claim-pass-on"),
    path("claims/<uuid:claim_id>/appraise/", views_steps.appraise, name="claim-appraise"),
    path("claims/<uuid:claim_id>/send-back/", views_steps.send_back, name="claim-send-back"),
    path("claims/<uuid:claim_id>/grant/", views_steps.grant, name="claim-grant"),
    path("claims/<uuid:claim_id>/refuse/", views_steps.refuse, name="claim-refuse"),
    path("claims/<uuid:claim_id>/payment/", views_steps.pay, name="claim-pay"),
    path("claims/<uuid:claim_id>/complaint/", views_steps.appeal, name="claim-appeal"),
    path("claims/<uuid:claim_id>/answer/", views_steps.answer, name="claim-answer"),
    path("claims/<uuid:claim_id>/withdraw/", views_steps.withdraw, name="claim-withdraw"),
    path("accidents/", views.accident_list, name="accidents"),
    path("accidents/<uuid:accident_id>/", views.accident_page, name="accident"),
    path("accidents/<uuid:accident_id>/close/", views_steps.accident_leave, name="accident-leave"),
    path("accidents/<uuid:accident_id>/claim/<slug:claimed>/", views_steps.accident_claim,
         name="accident-claim"),
    path("people/<uuid:member_id>/accident/", views_steps.accident_new, name="accident-new"),
    path("people/<uuid:member_id>/claim/", views_steps.claim_new, name="claim-new"),
]  # fmt: skip
