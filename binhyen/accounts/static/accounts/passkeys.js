// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins the passkey buttons of a page to allauth's script, shows them only where the browser knows
// passkeys, and says so when one did not work. Data comes in #js_data, so no inline script is needed.
(function () {
  const buttons = {
    passkey_login: ["loginForm", "login", "mfa_credential"],
    mfa_webauthn_authenticate: ["authenticateForm", "authenticate", "id_credential"],
    mfa_webauthn_reauthenticate: ["authenticateForm", "authenticate", "id_credential"],
    mfa_webauthn_add: ["addForm", "add", "id_credential"]
  };

  function show(selector, visible) {
    document.querySelectorAll(selector).forEach(function (part) { part.hidden = !visible; });
  }

  function join(id) {
    const [form, key, credential] = buttons[id];
    const ids = { credential: credential, data: "js_data", passwordless: "id_passwordless" };
    ids[key] = id;
    window.allauth.webauthn.forms[form]({ ids: ids });
    document.getElementById(id).addEventListener("click", function () {
      show("[data-passkey-failed]", false);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    if (!window.PublicKeyCredential) return;
    Object.keys(buttons).filter((id) => document.getElementById(id)).forEach(join);
    show("[data-needs-passkeys]", true);
  });

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    show("[data-passkey-failed]", true);
  });
})();
