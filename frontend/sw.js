// The service worker. The server fills in the two lines below from the bundle it serves, so that shell and program are always of one version.
const VERSION = "__VERSION__";
const ASSETS = __ASSETS__;
const CACHE = `mypage-${VERSION}`;
const SHELL = "/shell";

addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => skipWaiting()));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(SHELL, { cache: "no-cache" }), ...ASSETS]);
}

addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => clients.claim()));
});

async function forgetOldVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("mypage-") && name !== CACHE).map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (ASSETS.includes(url.pathname + url.search)) event.respondWith(asset(request));
});

// A page comes from the network; without one, the empty shell starts the same program, which shows what is kept on this phone.
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await (await caches.open(CACHE)).match(SHELL);
    if (shell) return shell;
    throw error;
  }
}

async function asset(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request);
}
