// The service worker: what it keeps, when, and what it never does. The server is stopped for these tests: the browser's own offline
// switch may not reach a service worker's requests.
import { expect, isKeptForOffline, runs, test } from "../support/test.js";

const cached = (page) => page.evaluate(async () => {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return { names, paths: requests.flat().map(({ url }) => new URL(url).pathname) };
});

test("without a network the page says so, and stops saying so once the server answers", async ({ page, visit, site }) => {
  await visit("/");
  const notice = page.getByRole("status").getByText("電波がつながっていません");
  await expect(notice).toBeVisible();
  await site.start();
  await page.reload();
  await runs(page);
  await expect(page.locator("body[data-rendered]")).toBeAttached();
  await expect(notice).toBeHidden();
});

test("opening the application again and again without a network wipes nothing", async ({ page, visit }) => {
  await visit("/");
  const before = await cached(page);
  for (const path of ["/", "/nowhere", "/"]) await visit(path);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
  expect(await cached(page)).toEqual(before);
  await visit("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("仕事をさがす");
});

test("shell and program are kept together under one version, and no rendered page is", async ({ page }) => {
  await page.goto("/");
  await isKeptForOffline(page);
  const { names, paths } = await cached(page);
  expect(names).toEqual([expect.stringMatching(/^mypage-[0-9a-f]{16}$/)]);
  expect(paths.toSorted()).toEqual([
    "/applications.js",
    "/applications/write",
    expect.stringMatching(/^\/frontend-[0-9a-f]+\.js$/),
    expect.stringMatching(/^\/frontend-[0-9a-f]+_bg\.wasm$/),
    "/icons/icon.svg",
    "/manifest.webmanifest",
    "/needs-connection",
    "/offers.js",
    "/pages.js",
    "/phone.js",
    "/recently-viewed",
    "/registration.css",
    "/saved-searches",
    "/shell",
    "/sign-out",
  ]);
});

test("a new version replaces the old one", async ({ page }) => {
  await page.goto("/");
  await isKeptForOffline(page);
  const { names } = await cached(page);
  await page.evaluate(() => caches.open("mypage-0000000000000000"));
  // A worker of another version is the same script with one more line: the next registration finds and installs it.
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.getRegistration();
    const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    await navigator.serviceWorker.register(`${active.scriptURL}?again`);
    await changed;
  });
  await expect.poll(async () => (await cached(page)).names).toEqual(names);
});

test("nothing is kept for those who asked to save data", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(NetworkInformation.prototype, "saveData", { get: () => true }));
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await runs(page);
  // Two turns of idle time: where it would have been registered.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect(asked).not.toContain("/sw.js");
});

test("the application is kept only after the page has everything it needs", async ({ page }) => {
  await page.addInitScript(() => {
    const register = ServiceWorkerContainer.prototype.register;
    ServiceWorkerContainer.prototype.register = function (...inputs) {
      window.registered = { inputs, ready: "ready" in document.documentElement.dataset, state: document.readyState };
      return register.apply(this, inputs);
    };
  });
  await page.goto("/");
  await isKeptForOffline(page);
  expect(await page.evaluate(() => window.registered)).toEqual({ inputs: ["/sw.js", { updateViaCache: "none" }], ready: true, state: "complete" });
});
