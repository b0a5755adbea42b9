// What is offered at a good moment: a new version, a place on the home screen. And the results of the last search, kept for later.

// The service worker keeps what the program asks for; this is what came with the page.
export async function keepServedResults(text) {
  const { search, answer } = JSON.parse(text).Search;
  if (!answer.Ok || !("caches" in window)) return;
  const body = JSON.stringify({ ...answer.Ok, is_kept: true });
  const cache = await caches.open("results");
  await cache.put(`/api/postings/search?${search}`, new Response(body, { headers: { "content-type": "application/json" } }));
}

// A new version is offered, not forced: nobody loses what is being written.
export function offerUpdates() {
  const worker = navigator.serviceWorker;
  const { update, reload } = document.querySelector("script[data-update]").dataset;
  if (!worker?.controller) return;
  let isDirty = false;
  let isOffered = false;
  addEventListener("input", ({ target }) => { isDirty ||= target.form?.method === "post"; });
  const isWriting = () => isDirty || document.activeElement?.matches("textarea, input");
  const offer = () => {
    if (isOffered || isWriting()) return;
    isOffered = true;
    const bar = Object.assign(document.createElement("div"), { className: "favorites-status favorites-status-bar" });
    const button = Object.assign(document.createElement("button"), { className: "button", textContent: reload, onclick: () => location.reload() });
    bar.setAttribute("role", "status");
    bar.append(Object.assign(document.createElement("p"), { textContent: update }), button);
    document.body.append(bar);
  };
  worker.addEventListener("controllerchange", () => {
    offer();
    addEventListener("focusout", () => setTimeout(offer));
  });
  addEventListener("kept-outdated", offer);
}

// The browser's own way to the home screen, offered where there is something to read there (the favorites), until it is declined.
const DECLINED = "install-declined";
addEventListener("beforeinstallprompt", offerInstallation);

export function offerInstallation() {
  const hint = document.getElementById("install-hint");
  // The loader has caught the event: it may come before this is loaded.
  const { installation } = window;
  const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
  const isIos = "standalone" in navigator;
  if (!hint || isInstalled || !isOfUse() || !(installation || isIos)) return;
  hint.hidden = false;
  const [install, ios, decline] = ["install-now", "install-ios", "install-not-now"].map((id) => document.getElementById(id));
  install.hidden = !installation;
  ios.hidden = Boolean(installation);
  install.onclick = () => {
    installation.prompt();
    hint.hidden = true;
  };
  decline.onclick = () => {
    hint.hidden = true;
    localStorage.setItem(DECLINED, "yes");
  };
}

function isOfUse() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("favorite:")) && localStorage.getItem(DECLINED) === null;
  } catch {
    return false; // the browser keeps nothing
  }
}
