// Passkeys need the browser's help. Forms marked `data-passkey` ask it when they are sent, put its answer into their field, and post as any form.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  const { response, ...made } = await credential(navigator.credentials.create({ publicKey }));
  return { ...made, response: { attestationObject: base64(response.attestationObject), clientDataJSON: base64(response.clientDataJSON) } };
}

async function get(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  const { response, ...used } = await credential(navigator.credentials.get({ publicKey }));
  const { authenticatorData, clientDataJSON, signature, userHandle } = response;
  return {
    ...used,
    response: {
      authenticatorData: base64(authenticatorData),
      clientDataJSON: base64(clientDataJSON),
      signature: base64(signature),
      userHandle: userHandle && base64(userHandle),
    },
  };
}

async function credential(asked) {
  const { id, rawId, type, response } = await asked;
  return { id, rawId: base64(rawId), type, extensions: {}, response };
}

function prepare(form) {
  const { passkey, options, failed } = form.dataset;
  const { credential: field } = form.elements;
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    try {
      field.value = JSON.stringify(await (passkey === "create" ? create : get)(JSON.parse(options)));
      form.submit();
    } catch (error) {
      // Whoever changed their mind, or has none on this device.
      console.info("no passkey:", error.message);
      form.querySelector("[role=alert]").textContent = failed;
    }
  });
}

addEventListener("DOMContentLoaded", () => {
  if (!("PublicKeyCredential" in window)) return;
  for (const element of document.querySelectorAll("[data-needs-passkeys]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-without-passkeys]")) element.hidden = true;
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
});
