// What is offered at a good moment: a new version, a place on the home screen. And the results of the last search, kept for later; and where this
// browser is to be told of notices.
export { forget as endPushes, tellAgain } from "../notices/subscription.js";

// The service worker keeps the results that the program asks for; these came with the page.
export function keepServedResults(text) {
  const { search, answer } = JSON.parse(text).Search;
  if (answer.Ok) navigator.serviceWorker.controller.postMessage({ search, results: answer.Ok });
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
  const offerSoon = () => {
    offer();
    addEventListener("focusout", () => setTimeout(offer));
  };
  worker.addEventListener("controllerchange", offerSoon);
  addEventListener("kept-outdated", offerSoon);
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
