/* Asks the browser to make or to use a passkey, and sends what it answers with the form. */
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");

/* The options come as JSON, in which bytes are text. */
function read(options) {
  const { publicKey } = JSON.parse(options);
  publicKey.challenge = toBytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = toBytes(publicKey.user.id);
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    for (const each of publicKey[name] || []) each.id = toBytes(each.id);
  }
  return { publicKey };
}

/* And so goes the answer. */
function written(credential) {
  const given = credential.response;
  const response = { clientDataJSON: toText(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[name]) response[name] = toText(given[name]);
  }
  if (given.getTransports) response.transports = given.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const problem = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    if (!window.PublicKeyCredential) {
      problem.textContent = form.dataset.none;
      return;
    }
    try {
      const credential = await navigator.credentials[form.dataset.passkey](read(form.dataset.options));
      form.elements.credential.value = written(credential);
      form.submit();
    } catch (why) {
      // Browsers do not say why, lest a site learns which passkeys there are.
      console.warn(why.name);
      problem.textContent = form.dataset.failed;
    }
  });
}
