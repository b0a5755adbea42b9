// The service worker. The server fills in the two lines below from the bundle it serves, so that shell and program are always of one version.
const VERSION = "__VERSION__";
const ASSETS = __ASSETS__;
const CACHE = `mypage-${VERSION}`;
const SHELL = "/shell";
// Pages that the phone fills itself, kept as nobody's.
const PAGES = ["/saved-searches", "/sign-out", "/recently-viewed", "/needs-connection", "/applications/write"];
// Pages of the server alone: without a network, one says so.
const NEEDS_CONNECTION = /^\/(account|applications|dev|documents|employer|messages|notices|recommendations|registration|reports|requests|staff|support)(\/|$)/;
// Where one can apply without a network.
const APPLY = /^\/postings\/[^/]+\/apply/;
// Pages of one person that may be read without a network: the server says which. Signing out deletes them.
const PERSONAL = "personal";
const MOST_PERSONAL = 40;

// The last searches, for reading without a network; signing out deletes them (kept/phone.js).
const RESULTS = "results";
const SEARCH = "/api/postings/search";
const MOST_RESULTS = 5;

addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => skipWaiting()));
});

async function keep() {
  const cache = await caches.open(CACHE);
  const page = (path) => new Request(path, { cache: "no-cache", credentials: "omit" });
  await cache.addAll([page(SHELL), ...ASSETS]);
  // Where nobody can sign in, there are none.
  await Promise.all(PAGES.map(async (path) => {
    const response = await fetch(page(`${path}?kept=1`));
    if (response.ok) await cache.put(`${path}?kept=1`, await inShell(await cache.match(SHELL), await response.text()));
  }));
}

// The server gives what follows the head, which is the shell's.
async function inShell(shell, rest) {
  const headers = ["content-type", "content-security-policy"].map((name) => [name, shell.headers.get(name)]);
  const [head] = (await shell.text()).split("<!--HEAD-->");
  return new Response(head + rest, { headers });
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
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname === SEARCH) event.respondWith(results(event));
  else if (ASSETS.includes(url.pathname + url.search)) event.respondWith(asset(request));
});

// A page comes from the network; without one, the empty shell starts the same program, which shows what is kept on this phone.
async function page(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (response.headers.has("x-keep") && isWhole(request.url)) event.waitUntil(keepPersonal(request.url, response.clone()));
    return response;
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await personal(request) ?? await cache.match(`${keptAs(new URL(request.url).pathname)}?kept=1`) ?? await cache.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

async function results(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(response.clone().json().then((results) => keepResults(request.url, results)));
    return response;
  } catch (error) {
    const kept = await (await caches.open(RESULTS)).match(request);
    if (kept) return kept;
    throw error;
  }
}

// Results that came with a page (kept/offers.js).
addEventListener("message", (event) => {
  const { search, results } = event.data;
  event.waitUntil(keepResults(new URL(`${SEARCH}?${search}`, location.origin).href, results));
});

async function keepResults(url, results) {
  const text = JSON.stringify({ ...results, is_kept: true });
  const cache = await caches.open(RESULTS);
  await cache.delete(url);
  await cache.put(url, new Response(text, { headers: { "content-type": "application/json" } }));
  const old = (await cache.keys()).slice(0, -MOST_RESULTS);
  await Promise.all(old.map((request) => cache.delete(request)));
}

const keptAs = (path) => (APPLY.test(path) ? "/applications/write" : NEEDS_CONNECTION.test(path) ? "/needs-connection" : path);

// A page that was searched in, or filled in beforehand, does not stand for the whole one.
const isWhole = (url) => [...new URL(url).searchParams.keys()].every((name) => name === "said");

async function keepPersonal(url, response) {
  const headers = ["content-type", "content-security-policy"].map((name) => [name, response.headers.get(name)]);
  // That something was sent just now is not true later.
  const whole = (await response.text()).replace(/<p class="notice notice-success" role="status">.*?<\/p>/, "");
  const text = whole.replace("<body ", `<body data-as-of="${new Date().toISOString()}" `);
  const cache = await caches.open(PERSONAL);
  const path = url.split("?")[0];
  await cache.delete(path);
  await cache.put(path, new Response(text, { headers }));
  const old = (await cache.keys()).slice(0, -MOST_PERSONAL);
  await Promise.all(old.map((request) => cache.delete(request)));
}

const personal = async (request) => (await caches.open(PERSONAL)).match(request.url.split("?")[0]);

// A push says that there is a notice (app/src/push); touched, it opens its page in a window of ours, or in a new one.
addEventListener("push", (event) => {
  const { title, body, path } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, tag: path, lang: "ja", icon: "/icons/icon-192.png", data: { path } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data.path));
});

async function openPage(path) {
  const [window] = await clients.matchAll({ type: "window" });
  // A window that is written in stays as it is.
  return clients.openWindow(path).catch(() => window?.focus());
}

// The browser changed its address: the next page that is opened says it to the server (frontend/notices/subscription.js).
addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription, newSubscription } = event;
  if (!newSubscription && oldSubscription) event.waitUntil(registration.pushManager.subscribe(oldSubscription.options));
});

async function asset(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request);
}
