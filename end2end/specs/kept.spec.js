// What is kept survives a tunnel: the browser ended right after a tap, the server stopped, another phone, another person.
import { chromium } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { POSTING } from "../support/pages.js";
import { address, signIn, signOut, signUp, enterCode } from "../support/people.js";
import { expect, expectAccessible, expectFitsWidth, isKeptForOffline, runs, test } from "../support/test.js";

const SHEET = `/postings/${POSTING.number}`;
const KEY = `favorite:${POSTING.number}`;
const UNREACHABLE = /Failed to load resource: net::ERR_/;

const star = (page) => page.getByRole("button", { name: `お気に入り：${POSTING.title}`, exact: true }).first();
const isStarred = (page, is = true) => expect(star(page)).toHaveAttribute("aria-pressed", String(is));
const unsent = (page) => page.evaluate(() => window.mypage.unsent());
/** Neither in the outbox nor, a moment before that, on the phone alone. */
const isSent = (page) => expect.poll(() => page.evaluate(() => {
  const records = Object.keys(localStorage).filter((key) => /^(favorite|search):/.test(key));
  return [...window.mypage.unsent(), ...records.filter((key) => JSON.parse(localStorage[key]).mark.unsent)];
})).toEqual([]);

/** What the account has, asked with the browser's own session. */
const ofAccount = (page) => page.evaluate(async () => {
  const account = document.body.dataset.account;
  const body = JSON.stringify({ account, since: 0, changes: [] });
  const response = await fetch("/api/kept/sync", { method: "POST", headers: { "content-type": "application/json" }, body });
  return (await response.json()).entries.map(({ id, thing }) => [id, thing.favorite?.note ?? thing.search?.name]);
});

/** Another phone, on which the same person signs in. */
async function otherPhone(browser, baseURL, site, email) {
  const context = await browser.newContext({ baseURL, viewport: { width: 360, height: 740 }, locale: "ja-JP" });
  const page = await context.newPage();
  await page.goto("/account/sign-in?next=/favorites");
  await signIn(page, email);
  await enterCode(page, site, email, "サインインの確認コード");
  await page.getByRole("button", { name: "確認する" }).click();
  await expect(page).toHaveURL(/\/favorites$/);
  await runs(page);
  return page;
}

test("what was starred before signing up is in the account afterwards, once, and on the other phone with its note", async ({ page, visit, site, browser, baseURL }) => {
  const email = address();
  await visit(SHEET);
  await star(page).click();
  await visit("/favorites");
  await expect(page.getByText("いまはこの端末の中だけにあります")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("メモ").fill("面接は午後");
  await signUp(page, site, email);
  await page.goto("/favorites");
  await runs(page);
  await isSent(page);
  expect(await ofAccount(page)).toEqual([[KEY, "面接は午後"]]);
  const other = await otherPhone(browser, baseURL, site, email);
  await expect(other.getByLabel("メモ")).toHaveValue("面接は午後");
  await other.getByRole("button", { name: /お気に入りから外す/ }).click();
  await expect.poll(() => ofAccount(other)).toEqual([]);
  await page.reload();
  await runs(page);
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
  await other.context().close();
});

test("notes that two phones wrote in the tunnel both stay", async ({ page, visit, site, browser, baseURL, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  const email = address();
  await signUp(page, site, email);
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  const other = await otherPhone(browser, baseURL, site, email);
  await expect(other.getByLabel("メモ")).toHaveValue("");
  await visit("/favorites");
  await site.stop();
  await page.getByLabel("メモ").fill("駅から近い");
  await other.getByLabel("メモ").fill("面接は午後");
  await expect(page.getByText("まだ送っていない変更が1件あります")).toBeVisible();
  await site.start();
  for (const phone of [page, other, page]) {
    await phone.reload();
    await runs(phone);
    await isSent(phone);
  }
  await expect(page.getByLabel("メモ")).toHaveValue(/駅から近い/);
  await expect(page.getByLabel("メモ")).toHaveValue(/面接は午後/);
  await other.context().close();
});

test("a star set in the tunnel survives the browser being ended right after the tap, and is sent once on return", async ({ site, baseURL, launchOptions }) => {
  const profile = mkdtempSync(join(tmpdir(), "mypage-profile-"));
  const open = () => chromium.launchPersistentContext(profile, { ...launchOptions, baseURL, viewport: { width: 360, height: 740 }, locale: "ja-JP", serviceWorkers: "allow" });
  try {
    let context = await open();
    let page = context.pages()[0] ?? await context.newPage();
    await signUp(page, site, address());
    // Signed in some time ago: browsers write cookies half a minute late, and a whole end writes them at once.
    await context.close();
    context = await open();
    page = context.pages()[0] ?? await context.newPage();
    await page.goto(SHEET);
    await runs(page);
    await isKeptForOffline(page);
    await isStarred(page, false);
    await site.stop();
    const browser = context.browser();
    await star(page).click();
    // "Kept" is what the outbox says after its transaction; then the process is killed, not closed.
    await expect.poll(() => unsent(page)).toEqual([POSTING.title]);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Browser.crash").catch(() => {});
    await context.close().catch(() => {});
    expect(browser?.isConnected() ?? false).toBe(false);
    context = await open();
    page = context.pages()[0] ?? await context.newPage();
    await page.goto("/favorites");
    await runs(page);
    await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeVisible();
    await expect(page.getByText("まだ送っていない変更が1件あります")).toBeVisible();
    await site.start();
    await page.reload();
    await runs(page);
    await isSent(page);
    expect((await ofAccount(page)).map(([id]) => id)).toEqual([KEY]);
    await context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test("an answer that is lost is asked for again and has no second effect", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await signUp(page, site, address());
  await visit(SHEET);
  let lost = 0;
  await page.route("**/api/kept/sync", async (route) => {
    if (lost === 0 && route.request().postDataJSON().changes.length > 0) {
      lost += 1;
      // The server has taken it; the phone never hears of it.
      await route.fetch();
      await route.abort();
    } else {
      await route.continue();
    }
  });
  await star(page).click();
  await expect.poll(() => lost).toBe(1);
  await page.reload();
  await runs(page);
  await isSent(page);
  expect((await ofAccount(page)).map(([id]) => id)).toEqual([KEY]);
});

test("two tabs send what waits once", async ({ page, visit, site, context }) => {
  await signUp(page, site, address());
  await visit(SHEET);
  const other = await context.newPage();
  await other.goto(SHEET);
  await runs(other);
  const sent = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/kept/sync")) sent.push(...request.postDataJSON().changes.map(({ stamp }) => stamp));
  });
  await star(page).click();
  await isSent(page);
  await isStarred(other);
  await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await isSent(other);
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent).toHaveLength(1);
});

test("signing out asks about what is not sent, names it, sends it first, and leaves nothing on the phone", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await signUp(page, site, address());
  await visit(SHEET);
  await site.stop();
  await star(page).click();
  await expect.poll(() => unsent(page)).toHaveLength(1);
  await site.start();
  // Nothing is sent by itself meanwhile.
  await page.route("**/api/kept/sync", (route) => route.abort());
  await page.goto("/sign-out");
  await runs(page);
  await expect(page.getByRole("heading", { name: "まだマイページに送っていない変更があります" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: POSTING.title })).toBeVisible();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.unroute("**/api/kept/sync");
  await page.getByRole("button", { name: "送ってからサインアウトする" }).click();
  await expect(page.getByRole("status")).toHaveText("サインアウトしました。");
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.goto("/favorites");
  await runs(page);
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
});

test("without a network signing out clears the phone at once and ends the session on return", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await signUp(page, site, address());
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  await isKeptForOffline(page);
  await site.stop();
  await page.goto("/sign-out");
  await runs(page);
  await page.getByRole("button", { name: "サインアウトする", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("この端末から消しました");
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.goto("/favorites");
  await runs(page);
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
  await site.start();
  await page.goto("/");
  await runs(page);
  await expect.poll(async () => (await page.request.get("/account", { maxRedirects: 0 })).status()).toBe(303);
});

test("on a shared phone the next person sees nothing of the one before", async ({ page, visit, site, context }) => {
  await signUp(page, site, address());
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  // The session ended by itself.
  await context.clearCookies();
  await signUp(page, site, `taro-${address()}`);
  await page.goto("/favorites");
  await runs(page);
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();
  expect(await ofAccount(page)).toEqual([]);
});

test("a search is saved under a name, says how many are new, is run, renamed, replaced and removed, and is read offline", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(UNREACHABLE);
  await visit("/postings?pref=13");
  await page.getByRole("link", { name: "この条件を保存する" }).click();
  await runs(page);
  await expect(page.getByLabel("名前")).toHaveValue("東京都");
  await expectAccessible(page);
  await page.getByLabel("名前").fill("東京の求人");
  await page.getByRole("button", { name: "保存する" }).click();
  await expect(page.getByRole("status")).toHaveText("「東京の求人」を保存しました。");
  await expect(page.getByText("新しい求人はまだありません")).toBeVisible();
  // As if it was looked at a month ago.
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("search:"));
    const search = JSON.parse(localStorage[key]);
    window.mypage.put(key, { ...search, seen: { on: "2020-01-01", count: 0 } }, search.mark.stamp, search.name);
  });
  await page.reload();
  await runs(page);
  await expect(page.getByText(/新しい求人：\d+件/)).toBeVisible();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("link", { name: "東京の求人" }).click();
  await expect(page).toHaveURL(/\/postings\?pref=13$/);
  await visit("/saved-searches");
  await expect(page.getByText("新しい求人はまだありません")).toBeVisible();
  await page.getByLabel(/^名前/).fill("都内");
  await page.getByLabel(/^名前/).blur();
  await expect(page.getByRole("link", { name: "都内" })).toBeVisible();
  await visit("/saved-searches?pref=14");
  await page.getByLabel("保存のしかた").selectOption("「都内」と置きかえる");
  await page.getByRole("button", { name: "保存する" }).click();
  await expect(page.getByRole("link", { name: "神奈川県" })).toBeVisible();
  await expect(page.getByRole("link", { name: "都内" })).toHaveCount(0);
  // What was taken out is on the disk when the outbox answers again: transactions follow each other.
  await page.evaluate(() => window.mypage.edit(() => {}));
  await isKeptForOffline(page);
  await site.stop();
  await page.goto("/saved-searches");
  await runs(page);
  await expect(page.getByRole("link", { name: "神奈川県" })).toBeVisible();
  await page.getByRole("button", { name: /消す/ }).click();
  await expect(page.getByRole("heading", { name: "保存した条件はまだありません" })).toBeVisible();
  await page.getByRole("button", { name: "元に戻す" }).click();
  await expect(page.getByRole("link", { name: "神奈川県" })).toBeVisible();
});

test("a search that is taken out stays out, though the page is left before the outbox has it", async ({ page, context, visit }) => {
  await visit("/saved-searches?pref=13");
  await runs(page);
  await page.getByRole("button", { name: "保存する" }).click();
  await expect(page.getByRole("link", { name: "東京都" })).toBeVisible();
  await page.evaluate(() => window.mypage.edit(() => {}));
  // From here on the database of the phone does not answer.
  await page.evaluate(() => { indexedDB.open = () => ({}); });
  await page.getByRole("button", { name: /消す/ }).click();
  await expect(page.getByRole("heading", { name: "保存した条件はまだありません" })).toBeVisible();
  await page.close();
  const next = await context.newPage();
  for (let n = 0; n < 2; n += 1) {
    await next.goto("/saved-searches");
    await runs(next);
    await next.evaluate(() => window.mypage.edit(() => {}));
    await expect(next.getByRole("heading", { name: "保存した条件はまだありません" })).toBeVisible();
  }
  expect(await next.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("gone:")))).toEqual([]);
});

for (const [when, days] of [["a day ahead", 1], ["a day behind", -1]]) {
  test(`on a phone whose clock is ${when}, what is kept is sent and comes to the other phone`, async ({ page, visit, site, browser, baseURL }) => {
    const email = address();
    await signUp(page, site, email);
    await page.addInitScript((days) => {
      const now = Date.now;
      Date.now = () => now() + days * 86_400_000;
    }, days);
    await visit(SHEET);
    await star(page).click();
    await visit("/favorites");
    await page.getByLabel("メモ").fill("面接は午後");
    await isSent(page);
    const other = await otherPhone(browser, baseURL, site, email);
    await expect(other.getByLabel("メモ")).toHaveValue("面接は午後");
    await other.getByLabel("メモ").fill("面接は午前");
    await isSent(other);
    await page.reload();
    await runs(page);
    await expect(page.getByLabel("メモ")).toHaveValue("面接は午前");
    await other.context().close();
  });
}

test("a damaged record is discarded and comes again from the account", async ({ page, visit, site }) => {
  await signUp(page, site, address());
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  await page.evaluate((key) => {
    localStorage[key] = "{\"version\":1,";
  }, KEY);
  await visit("/favorites");
  await expect(page.getByText("壊れて読めなくなっていた")).toBeVisible();
  await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeVisible();
});

test("a wiped phone gets everything back that the account had acknowledged", async ({ page, visit, site }) => {
  await signUp(page, site, address());
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  await page.evaluate(() => new Promise((done) => {
    localStorage.clear();
    indexedDB.deleteDatabase("mypage").onsuccess = done;
  }));
  await visit("/favorites");
  await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeVisible();
});

test("what the account has is on its plain pages, accessibly and within the width", async ({ page, visit, site }) => {
  await signUp(page, site, address());
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  await visit("/saved-searches?pref=13");
  await page.getByRole("button", { name: "保存する" }).click();
  await isSent(page);
  for (const [path, says] of [["/account/favorites", POSTING.title], ["/account/saved-searches", "東京都"]]) {
    await visit(path);
    await expect(page.getByRole("main").getByText(says).first()).toBeVisible();
    await expectAccessible(page);
    await expectFitsWidth(page);
  }
});

test("what comes from the account and does not fit on the phone is told", async ({ page, visit, site, browser, baseURL }) => {
  const email = address();
  await signUp(page, site, email);
  await visit(SHEET);
  await star(page).click();
  await isSent(page);
  const other = await otherPhone(browser, baseURL, site, email);
  await other.evaluate((key) => {
    localStorage.removeItem(key);
    localStorage.removeItem("kept");
    indexedDB.deleteDatabase("mypage");
    // What is left goes to somebody else's data, to the last byte.
    for (let size = 2 ** 22, n = 0; size >= 1; n += 1) {
      try { localStorage[`other-${n}`] = "x".repeat(size); } catch { size = Math.floor(size / 2); }
    }
  }, KEY);
  await other.reload();
  await runs(other);
  await expect(other.locator(".favorites-status")).toContainText("保存場所がいっぱい");
  await other.context().close();
});
