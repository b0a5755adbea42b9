// The application on the home screen: what browsers ask for, what is offered and when, and what is there without a network.
import { POSTING } from "../support/pages.js";
import { expect, expectAccessible, expectFitsWidth, isKeptForOffline, runs, test } from "../support/test.js";

const SHEET = `/postings/${POSTING.number}`;
const UNREACHABLE = /Failed to load resource: net::ERR_/;
const star = (page) => page.getByRole("button", { name: `お気に入り：${POSTING.title}`, exact: true }).first();

test("the browser finds everything that it wants for installing", async ({ page, visit }) => {
  await visit("/");
  const devtools = await page.context().newCDPSession(page);
  const { errors, manifest } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(manifest ?? "").toBeDefined();
  await isKeptForOffline(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // A window without a profile of its own cannot install anything; that is not the page's fault.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  const { icons, screenshots, shortcuts, lang } = await (await page.request.get("/manifest.webmanifest")).json();
  expect(lang).toBe("ja");
  expect(icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  expect(shortcuts.map(({ url }) => url)).toEqual(["/postings", "/favorites"]);
  for (const { src, sizes } of [...icons, ...screenshots]) {
    const [width, height] = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, src);
    expect(`${width}x${height}`, src).toBe(sizes);
  }
});

test("the home screen is offered once there is a favorite, and never again after it was declined", async ({ page, visit }) => {
  await page.addInitScript(() => addEventListener("DOMContentLoaded", () => {
    window.installable = () => dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt() { window.prompted = true; } }));
  }));
  await visit("/favorites");
  await isKeptForOffline(page);
  await page.evaluate(() => window.installable());
  const hint = page.getByRole("region", { name: "ホーム画面に追加できます" });
  await expect(hint).toBeHidden();
  await visit(SHEET);
  await star(page).click();
  await visit("/favorites");
  await page.evaluate(() => window.installable());
  await expect(hint).toBeVisible();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("button", { name: "ホーム画面に追加する" }).click();
  expect(await page.evaluate(() => window.prompted)).toBe(true);
  await visit("/favorites");
  await page.evaluate(() => window.installable());
  await page.getByRole("button", { name: "表示しない" }).click();
  await expect(hint).toBeHidden();
  await visit("/favorites");
  await page.evaluate(() => window.installable());
  await expect(hint).toBeHidden();
});

test("where the browser has no way of its own, the hint says how", async ({ page, visit }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "standalone", { get: () => false }));
  await visit(SHEET);
  await star(page).click();
  await isKeptForOffline(page);
  await visit("/favorites");
  await expect(page.getByText("「ホーム画面に追加」を選んでください")).toBeVisible();
});

test("a new version is offered, but not while something is being written", async ({ page, visit }) => {
  await visit(SHEET);
  await star(page).click();
  await isKeptForOffline(page);
  await visit("/favorites");
  await page.getByLabel("メモ").fill("まだ書いている");
  await page.evaluate(() => navigator.serviceWorker.dispatchEvent(new Event("controllerchange")));
  const offer = page.getByRole("button", { name: "読み込みなおす" });
  await expect(offer).toHaveCount(0);
  await page.getByLabel("メモ").blur();
  await expect(offer).toBeVisible();
  await expectAccessible(page);
  await Promise.all([page.waitForEvent("load"), offer.click()]);
  await runs(page);
  await expect(page.getByLabel("メモ")).toHaveValue("まだ書いている");
});

test("an old page that the server does not understand any more offers to load the new one, and keeps what is not sent", async ({ page, visit, expectedMessages }) => {
  expectedMessages.push(/status of 400/);
  await visit(SHEET);
  await isKeptForOffline(page);
  await page.reload();
  await runs(page);
  await page.route("**/api/kept/sync", (route) => route.fulfill({ status: 400, body: "" }));
  await star(page).click();
  await page.evaluate(() => window.mypage.sendNow());
  await expect(page.getByRole("button", { name: "読み込みなおす" })).toBeVisible();
  expect(await page.evaluate(() => window.mypage.unsent())).toEqual([POSTING.title]);
});

test("the last results are there without a network, and say of when", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await visit("/postings?pref=13");
  const title = await page.locator(".posting-title").first().textContent();
  await isKeptForOffline(page);
  await page.reload();
  await runs(page);
  await expect.poll(() => page.evaluate(async () => (await (await caches.open("results")).keys()).length)).toBe(1);
  await site.stop();
  await page.reload();
  await runs(page);
  await expect(page.getByText("時点の結果を表示しています")).toBeVisible();
  await expect(page.locator(".posting-title").first()).toHaveText(title);
  await star(page).or(page.locator(".star").first()).first().click();
  await expect(page.locator(".star[aria-pressed=true]")).toHaveCount(1);
  await expectAccessible(page);
});

test("what was opened lately is listed on this phone, without a network too, and can be cleared", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await visit(SHEET);
  await expect.poll(() => page.evaluate(() => window.mypage.looks().length)).toBe(1);
  await isKeptForOffline(page);
  await site.stop();
  await page.goto("/recently-viewed");
  await runs(page);
  await expect(page.getByRole("link", { name: POSTING.title })).toBeVisible();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("button", { name: "見た求人の記録を消す" }).click();
  await expect(page.getByRole("status")).toHaveText("見た求人の記録を消しました。");
  expect(await page.evaluate(() => window.mypage.looks())).toEqual([]);
});

test("at a quarter of the speed the favorites and a kept sheet open without a network within half a second of a tap", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await visit(SHEET);
  await star(page).click();
  await expect.poll(() => page.evaluate((key) => JSON.parse(localStorage.getItem(key))?.copy?.title, `favorite:${POSTING.number}`)).toBe(POSTING.title);
  await isKeptForOffline(page);
  await site.stop();
  await page.goto("/");
  await runs(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  // From the tap to the frame that shows it, by the page's own clock. Told, not judged: machines are noisy.
  const timed = (tap, shown) => page.evaluate(([tap, shown]) => new Promise((done) => {
    const began = performance.now();
    const look = () => (document.querySelector(shown) ? done(Math.round(performance.now() - began)) : requestAnimationFrame(look));
    document.querySelector(tap).click();
    look();
  }), [tap, shown]);
  const list = await timed('nav a[href="/favorites"]', ".posting-card .posting-title a");
  const sheet = await timed(".posting-card .posting-title a", "article.sheet");
  console.log(`without a network, four times slower: favorites after ${list} ms, sheet after ${sheet} ms`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(POSTING.title);
});
