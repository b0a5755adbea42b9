// Applying on a bad network: what is typed is kept, an application waits and is sent once, messages are read and written; what is special-care personal
// information never stands on the phone.
import { atDesk, linkedPosting } from "../support/desks.js";
import { address, signUp } from "../support/people.js";
import { fillAll } from "../support/registrant.js";
import { expect, expectAccessible, isKeptForOffline, runs, test } from "../support/test.js";

const UNREACHABLE = /Failed to load resource: net::ERR_/;
// Of a message that is too long on purpose, and of a draft whose last answer was lost.
const REFUSED = /the server responded with a status of (409|422)/;
test.use({ expectedMessages: async ({}, use) => use([UNREACHABLE, REFUSED]) });

/** Everything that scripts can store here, as one text. */
const stored = (page) => page.evaluate(async () => {
  const texts = [JSON.stringify({ ...localStorage })];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((done) => { database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => done(target.result); });
      texts.push(JSON.stringify(all));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
  }
  return texts.join("\n");
});

async function registered(page, site) {
  await signUp(page, site, address());
  await fillAll(page, true);
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登録が完了しました");
}

async function keep(page, number) {
  await page.goto(`/postings/${number}`);
  await runs(page);
  await page.getByRole("button", { name: /^お気に入り：/ }).first().click();
  await isKeptForOffline(page);
}

test("an application that is written without a network waits, says so, and is sent once", async ({ page, site }) => {
  test.slow();
  const sheet = await linkedPosting(site, 4);
  await registered(page, site);
  await keep(page, sheet.number);
  await site.stop();
  await page.goto(`/postings/${sheet.number}/apply`);
  await expect(page.getByText(sheet.title)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel(/^志望動機/).fill("電車の中で書きました。");
  await expect(page.getByRole("status")).toContainText("この端末に残しています");
  // The tab is closed, and what was typed is still there.
  await page.reload();
  await expect(page.getByLabel(/^志望動機/)).toHaveValue("電車の中で書きました。");
  await page.getByRole("button", { name: "電波が戻ったら送る" }).click();
  await expect(page.getByRole("status")).toContainText("「読みました」にチェック");
  await page.getByLabel("上の4つを読みました").check();
  await page.getByRole("button", { name: "電波が戻ったら送る" }).click();
  await expect(page.getByRole("status")).toContainText("まだ送っていません");
  await site.start();
  const other = await page.context().newPage();
  await Promise.all([page.goto("/applications"), other.goto("/applications")]);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: sheet.title })).toHaveCount(1, { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole("heading", { name: "まだ送っていないもの" })).toHaveCount(0);
  await other.close();
});

test("a form whose network goes while one writes is kept, and can be put aside", async ({ page, site }) => {
  test.slow();
  const sheet = await linkedPosting(site, 5);
  await registered(page, site);
  await page.goto(`/postings/${sheet.number}/apply`);
  await runs(page);
  const motivation = page.getByLabel(/^志望動機/);
  await motivation.fill("長".repeat(2001));
  await motivation.blur();
  await expect(motivation).toHaveAccessibleDescription(/2000文字まで/);
  await motivation.fill("駅で書きました。");
  await motivation.blur();
  await expect(motivation).not.toHaveAttribute("aria-invalid");
  await expect(page.getByText(/保存しました（/)).toBeVisible();
  await page.getByLabel("上の4つを読みました").check();
  await site.stop();
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  const offline = page.getByRole("alert").filter({ hasText: "電波がありません" });
  await expect(offline).toBeFocused();
  await expectAccessible(page);
  await offline.getByRole("button", { name: "電波が戻ったら送る" }).click();
  await expect(page.getByRole("alert")).toContainText("まだ送っていません");
  await site.start();
  await page.goto("/applications");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: sheet.title })).toHaveCount(1, { timeout: 1000 });
  }).toPass();
});

test("an application to a reserved posting waits in no outbox, and nothing of it stands on the phone", async ({ page, site }) => {
  test.slow();
  const sheet = await linkedPosting(site, 0, true);
  await registered(page, site);
  await keep(page, sheet.number);
  await page.goto(`/postings/${sheet.number}/apply`);
  await runs(page);
  await page.getByRole("button", { name: "「障害があります。」という文を入れる" }).click();
  await expect(page.getByLabel(/^備考/)).toHaveValue("私には障害があります。");
  await page.getByLabel(/^備考/).fill("手帳の写しを持っています。");
  await page.getByLabel(/^志望動機/).fill("ひみつの動機です。");
  await expect(page.getByText(/保存しました（/)).toBeVisible();
  await page.getByLabel("上の4つを読みました").check();
  await page.getByLabel("障害があることを、備考に書きました。").check();
  await expect(page.getByText(/保存しました（/)).toBeVisible();
  const kept = await stored(page);
  for (const secret of ["手帳の写し", "ひみつの動機"]) expect(kept).not.toContain(secret);
  await site.stop();
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "この画面を開いたまま" })).toBeFocused();
  await expect(page.getByRole("button", { name: "電波が戻ったら送る" })).toHaveCount(0);
  await site.start();
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await page.getByRole("button", { name: "この内容で応募する" }).click();
  await expect(page.getByRole("status").first()).toContainText("応募しました。");
  await page.goto("/applications");
  const after = await stored(page);
  for (const secret of ["手帳の写し", "ひみつの動機"]) expect(after).not.toContain(secret);
});

test("messages are read without a network, and one that is written then is sent once when there is one", async ({ page, site, browser, mode }) => {
  test.slow();
  const sheet = await linkedPosting(site, 6);
  await registered(page, site);
  await isKeptForOffline(page);
  await page.goto(`/postings/${sheet.number}/apply`);
  await page.getByLabel("上の4つを読みました").check();
  await page.getByLabel(/^志望動機/).fill("働きたいです。");
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await page.getByRole("button", { name: "この内容で応募する" }).click();
  await expect(page.getByRole("status").first()).toContainText("応募しました。");
  const thread = page.url().split("?")[0].replace("/applications/", "/messages/");
  const employer = await atDesk(browser, site, mode, "employer@demo.example", "/employer");
  await employer.goto("/employer/applicants");
  const item = employer.getByRole("listitem").filter({ hasText: sheet.number });
  await item.getByRole("button", { name: "開いて読む" }).first().click();
  await employer.getByRole("link", { name: /^メッセージ/ }).click();
  await employer.getByLabel(/^本文/).fill("3階へお越しください。");
  await employer.getByRole("button", { name: "送る", exact: true }).click();
  await expect(employer.getByText("3階へお越しください。")).toBeVisible();
  await employer.context().close();

  await page.goto(thread);
  await expect(page.getByText("3階へお越しください。")).toBeVisible();
  await site.stop();
  await page.goto(thread);
  await expect(page.getByText("3階へお越しください。")).toBeVisible();
  await expect(page.getByText(/電波がないため、.*の内容を表示しています。/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel(/^本文/).fill("承知しました。");
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "まだ送っていません" })).toBeVisible();
  await site.start();
  await page.goto(thread);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("承知しました。")).toHaveCount(1, { timeout: 1000 });
  }).toPass();
});

/** A thread with an employer: the application is sent and opened; gives its address. */
async function thread(page, site, browser, mode, sheet, reserved = false) {
  await page.goto(`/postings/${sheet.number}/apply`);
  await runs(page);
  await page.getByLabel("上の4つを読みました").check();
  await page.getByLabel(/^志望動機/).fill("働きたいです。");
  if (reserved) {
    await page.getByRole("button", { name: "「障害があります。」という文を入れる" }).click();
    await page.getByLabel("障害があることを、備考に書きました。").check();
  }
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await page.getByRole("button", { name: "この内容で応募する" }).click();
  await expect(page.getByRole("status").first()).toContainText("応募しました。");
  const employer = await atDesk(browser, site, mode, "employer@demo.example", "/employer");
  await employer.goto("/employer/applicants");
  await employer.getByRole("listitem").filter({ hasText: sheet.number }).getByRole("button", { name: "開いて読む" }).first().click();
  await expect(employer.getByRole("heading", { level: 1 })).toHaveText(sheet.title);
  await employer.context().close();
  return page.url().split("?")[0].replace("/applications/", "/messages/");
}

test("tapped twice, a message is one", async ({ page, site, browser, mode }) => {
  test.slow();
  await registered(page, site);
  const path = await thread(page, site, browser, mode, await linkedPosting(site, 7));
  await page.goto(path);
  await runsScripts(page);
  await page.getByLabel(/^本文/).fill("よろしくお願いします。");
  await page.getByRole("button", { name: "送る", exact: true }).dblclick();
  await page.waitForURL(/said=sent/);
  await expect(page.getByText("よろしくお願いします。")).toHaveCount(1);
});

test("what the server refuses can be read, and written anew", async ({ page, site, browser, mode }) => {
  test.slow();
  await registered(page, site);
  await isKeptForOffline(page);
  const path = await thread(page, site, browser, mode, await linkedPosting(site, 8));
  await page.goto(path);
  await site.stop();
  const long = `長い文です。${"長".repeat(2001)}`;
  await page.getByLabel(/^本文/).fill(long);
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "まだ送っていません" })).toBeVisible();
  await site.start();
  await page.goto("/applications");
  await expect(page.getByText(/送れませんでした.*2000文字まで/)).toBeVisible();
  await page.getByText("書いた内容").click();
  await expect(page.getByText(/^長い文です。/)).toBeVisible();
  await expectAccessible(page);
  // It is not lost by one press beside the link.
  await page.getByRole("button", { name: "送らずに消す" }).click();
  await expect(page.getByRole("status").filter({ hasText: "もう一度押してください" })).toBeVisible();
  await page.getByRole("link", { name: "書き直す" }).click();
  await expect(page.getByLabel(/^本文/)).toHaveValue(long);
  await page.getByLabel(/^本文/).fill("短くしました。");
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await page.waitForURL(/said=sent/);
  await page.goto("/applications");
  await expect(page.getByRole("heading", { name: "まだ送っていないもの" })).toHaveCount(0);
});

test("a message of a reserved posting waits in no outbox: without a network it stays in its open page", async ({ page, site, browser, mode }) => {
  test.slow();
  await registered(page, site);
  const path = await thread(page, site, browser, mode, await linkedPosting(site, 0, true), true);
  await page.goto(path);
  await runsScripts(page);
  await page.getByLabel(/^本文/).fill("通院の日があります。");
  await site.stop();
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "この画面を開いたまま" })).toBeVisible();
  await expect(page.getByLabel(/^本文/)).toHaveValue("通院の日があります。");
  expect(await stored(page)).not.toContain("通院の日");
  await site.start();
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await page.waitForURL(/said=sent/);
});

test("on a slow network one is not in conflict with oneself, though an answer comes late or never", async ({ page, site }) => {
  test.slow();
  await registered(page, site);
  const sheet = await linkedPosting(site, 10);
  await page.goto(`/postings/${sheet.number}/apply`);
  await runs(page);
  const motivation = page.getByLabel(/^志望動機/);
  const saved = page.getByText(/保存しました（/);
  const DRAFT = "**/api/applications/draft";

  // Late: while it is on its way one goes on, and presses a button.
  let release;
  const held = new Promise((done) => { release = done; });
  let isHeld;
  const caught = new Promise((done) => { isHeld = done; });
  await page.route(DRAFT, async (route) => { isHeld(); await held; await route.continue(); }, { times: 1 });
  await motivation.fill("ひとつめ");
  await caught;
  await motivation.fill("ひとつめ、ふたつめ");
  await page.getByLabel("上の4つを読みました").check();
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  release();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("送る内容の確認");
  await expect(page.getByText("ひとつめ、ふたつめ")).toBeVisible();

  // Never: the server has it, and the page does not know.
  await page.goBack();
  await runs(page);
  await page.route(DRAFT, async (route) => { await route.fetch(); await route.abort(); }, { times: 1 });
  await motivation.fill("トンネルの前");
  await expect(page.getByText("電波がないため、この端末に残しています。")).toBeVisible();
  await motivation.fill("トンネルのあと");
  await expect(saved).toBeVisible();
  await page.reload();
  await expect(motivation).toHaveValue("トンネルのあと");
});

/** Pages of the server: their script has taken over. */
const runsScripts = (page) => page.evaluate(async () => { await import("/applications.js"); });
