// Loads the program after the text: the wasm must not compete with what the reader came for (measured: LCP 2.1 s with preloads,
// 0.8 s without). The shell without a rendered page has no text to wait for.
const { app, wasm, phone } = document.currentScript.dataset;

// What this phone keeps (frontend/kept/): the program and the pages that the phone fills call it.
let keeper;
const keep = () => (keeper ??= import(phone).then((module) => (window.mypage = module.phone)));
window.mypageKeep = keep;

// For frontend/kept/offers.js, which is loaded later.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.installation = event;
});

async function start() {
  const [program] = await Promise.all([import(app), keep()]);
  await program.default({ module_or_path: wasm });
  await nextTask();
  program.start();
  // What it begins beside the page (frontend/src/lib.rs) waits for its turn before this.
  await nextTask();
}

// A tap that came meanwhile is answered first.
function nextTask() {
  return new Promise((done) => setTimeout(done));
}

function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 1);
}

function afterLoad(work) {
  if (document.readyState === "complete") work();
  else addEventListener("load", work, { once: true });
}

// Keeping the application for later costs data: not for those who asked to save it, until they keep a posting to read it later.
async function keepForOffline() {
  if (!("serviceWorker" in navigator) || (navigator.connection?.saveData && !hasFavorites())) return;
  try {
    const worker = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    // An application on the home screen is rarely closed: it comes back from the background without loading anything.
    addEventListener("pageshow", (event) => event.persisted && navigator.onLine && worker.update().catch(tell));
  } catch (error) {
    tell(error);
  }
}

function hasFavorites() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("favorite:"));
  } catch {
    return false; // the browser's settings forbid to look
  }
}

// Everything works without it while there is a network, so it is no error.
function tell(error) {
  console.info("this browser keeps nothing for later:", error.message);
}

addEventListener("DOMContentLoaded", () => {
  // Stars send this form only where there are no scripts. Browsers that look for fields to fill in would lay out every card that a star of it is in
  // (measured: 250 ms on a slow phone).
  document.getElementById("starred")?.removeAttribute("id");
  // A page of forms alone (`data-plain`) is ready as it is.
  const isPlain = document.body.hasAttribute("data-plain");
  const handover = document.getElementById("handover")?.textContent;
  const run = async () => {
    if (!isPlain) await start();
    const { start: startKeeping } = await keep();
    document.documentElement.dataset.ready = "";
    startKeeping(handover).catch(tell);
    whenIdle(keepForOffline);
  };
  if (isPlain || document.body.hasAttribute("data-rendered")) afterLoad(() => whenIdle(run));
  else run();
  addEventListener("favorite", keepForOffline, { once: true });
});
