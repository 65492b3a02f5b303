# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about accounts, roles, keys and the access log."""

from django.urls import include, path

from binhyen.accounts import views, views_devices, views_log, views_roles

urlpatterns = [
    path("account/", views.my_account, name="my-account"),
    path("account/language/", views.my_language, name="my-language"),
    path("account/keys/new/", views.make_token, name="token-new"),
    path("account/keys/<uuid:token_id>/", views.token_page, name="token"),
    path("account/keys/<uuid:token_id>/revoke/", views.revoke_token, name="token-revoke"),
    path("account/phones/", views_devices.my_devices, name="my-devices"),
    path(
        "account/phones/<uuid:device_id>/revoke/", views_devices.revoke_own, name="my-device-revoke"
    ),
    path("account/", include("binhyen.accounts.urls_signing_in")),
    path("policy/", views.policy, name="policy"),
    path("roles/", views_roles.role_list, name="roles"),
    path("roles/ended/", views_roles.ended_role_list, name="roles-ended"),
    path("roles/give/", views_roles.give_role, name="role-give"),
    path("roles/accounts/new/", views_roles.open_account, name="account-open"),
    path("roles/<uuid:appointment_id>/", views_roles.role_page, name="role"),
    path("roles/<uuid:appointment_id>/end/", views_roles.end_role, name="role-end"),
    path("roles/<uuid:appointment_id>/renew/", views_roles.renew_access, name="access-renew"),
    path("phones/", views_devices.device_list, name="devices"),
    path("phones/new/", views_devices.make_ticket, name="device-ticket"),
    path("phones/<uuid:device_id>/", views_devices.device_page, name="device"),
    path("phones/<uuid:device_id>/revoke/", views_devices.revoke, name="device-revoke"),
    path("access-log/", views_log.access_log, name="access-log"),
]
