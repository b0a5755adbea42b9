// Favorites on this phone: starred, noted, compared, read in a tunnel. The server is stopped for what is to work without it.
import { POSTING } from "../support/pages.js";
import { expect, expectAccessible, expectFitsWidth, isKeptForOffline, runs, test } from "../support/test.js";

const SHEET = `/postings/${POSTING.number}`;
const KEY = `favorite:${POSTING.number}`;

const star = (page, title = POSTING.title) => page.getByRole("button", { name: `お気に入り：${title}`, exact: true }).first();
const record = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
const status = (page) => page.locator(".favorites-status");

/** Waits until the sheet has come to the phone. */
const isKept = (page) => expect.poll(async () => (await record(page))?.copy?.title).toBe(POSTING.title);

/** Stars the first postings of the list and gives their titles. */
async function starFirst(page, visit, count) {
  await visit("/postings");
  const stars = page.locator(".posting-card .star");
  for (let nth = 0; nth < count; nth += 1) await stars.nth(nth).click();
  await expect(page.locator(".star[aria-pressed=true]")).toHaveCount(count);
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage)
    .filter((key) => key.startsWith("favorite:") && JSON.parse(localStorage[key]).copy).length)).toBe(count);
}

test("one tap stars a posting in the results, another takes it out, and undo brings it back", async ({ page, visit }) => {
  await visit("/postings");
  await expect(star(page)).toHaveAttribute("aria-pressed", "false");
  await star(page).click();
  await expect(star(page)).toHaveAttribute("aria-pressed", "true");
  await isKept(page);
  await star(page).click();
  await expect(star(page)).toHaveAttribute("aria-pressed", "false");
  expect(await record(page)).toBeNull();
  await status(page).getByRole("button", { name: "元に戻す" }).click();
  await expect(star(page)).toHaveAttribute("aria-pressed", "true");
  expect((await record(page)).copy.title).toBe(POSTING.title);
});

test("the star moves nothing when it comes", async ({ page }) => {
  await page.addInitScript(() => new PerformanceObserver((list) => {
    window.shift = list.getEntries().reduce((sum, { value }) => sum + value, window.shift ?? 0);
  }).observe({ type: "layout-shift", buffered: true }));
  for (const path of ["/postings", SHEET]) {
    await page.goto(path);
    await runs(page);
    await expect(star(page)).toBeVisible();
    expect(await page.evaluate(() => window.shift ?? 0), path).toBe(0);
  }
});

test("a favorite with its note is there after a reload, and its sheet is read with the server stopped", async ({ page, visit, site, expectedMessages }) => {
  expectedMessages.push(/Failed to load resource: net::ERR_/);
  await visit(SHEET);
  await star(page).click();
  await isKept(page);
  await page.getByRole("link", { name: "お気に入り", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("お気に入り");
  await page.getByLabel("メモ").fill("面接は午後がよい <b>");
  await page.getByLabel("メモ").blur();
  await expect(page.getByText("メモを保存しました。")).toBeVisible();
  await page.reload();
  await runs(page);
  await expect(page.getByLabel("メモ")).toHaveValue("面接は午後がよい <b>");
  await expectAccessible(page);
  await expectFitsWidth(page);
  await isKeptForOffline(page);
  await site.stop();
  await page.reload();
  await runs(page);
  await expect(page.getByLabel("メモ")).toHaveValue("面接は午後がよい <b>");
  await expect(page.getByText("時点の内容です")).toBeVisible();
  await page.getByRole("link", { name: POSTING.title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(POSTING.title);
  await expect(page.getByText("時点の内容です。サーバーにつながらないので")).toBeVisible();
  await expect(page.getByText(POSTING.name).first()).toBeVisible();
  await page.goto(SHEET);
  await runs(page);
  await expect(page.getByText("時点の内容です。サーバーにつながらないので")).toBeVisible();
  await expectAccessible(page);
  // A note written in the tunnel stays too.
  await page.goto("/favorites");
  await runs(page);
  await page.getByLabel("メモ").fill("電話してから");
  await page.reload();
  await runs(page);
  await expect(page.getByLabel("メモ")).toHaveValue("電話してから");
});

test("taking out on the page moves the focus to undo, which brings back the note", async ({ page, visit }) => {
  await visit(SHEET);
  await star(page).click();
  await visit("/favorites");
  await page.getByLabel("メモ").fill("よさそう");
  await page.getByRole("button", { name: /お気に入りから外す/ }).click();
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
  const undo = page.getByRole("button", { name: "元に戻す" });
  await expect(undo).toBeFocused();
  await expectAccessible(page);
  await undo.click();
  await expect(page.getByLabel("メモ")).toHaveValue("よさそう");
  await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeFocused();
});

test("favorites are sorted, filtered, and up to four compared in a table with headers", async ({ page, visit }) => {
  await starFirst(page, visit, 5);
  await page.getByRole("link", { name: "お気に入り", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("お気に入り");
  await expect(page.getByText("5件", { exact: true })).toBeVisible();
  const cards = page.locator(".posting-card");
  const titles = await cards.getByRole("heading", { level: 2 }).allTextContents();
  const numbers = await cards.getByRole("link").evaluateAll((links) => links.map((link) => link.pathname.split("/").at(-1)));
  await page.getByLabel("並び順").selectOption("期限が近い順");
  const deadlines = await page.evaluate(() => [...document.querySelectorAll(".posting-card a")]
    .map((link) => JSON.parse(localStorage[`favorite:${link.pathname.split("/").at(-1)}`]).copy.deadline));
  expect(deadlines).toEqual(deadlines.toSorted());
  await page.getByLabel("お気に入りの中をさがす").fill(numbers[2]);
  await expect(page.getByText("5件のうち1件を表示")).toBeVisible();
  await expect(cards).toHaveCount(1);
  await expect(cards.getByRole("heading", { level: 2 })).toHaveText(titles[2]);
  await page.getByLabel("お気に入りの中をさがす").fill("");
  const boxes = page.getByRole("checkbox", { name: /くらべる/ });
  for (let nth = 0; nth < 4; nth += 1) await boxes.nth(nth).check();
  await expect(boxes.nth(4)).toBeDisabled();
  const table = page.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(5);
  await expect(table.getByRole("rowheader")).toHaveText([
    "賃金", "基本給（ａ）", "定額的に支払われる手当（ｂ）", "固定残業代（ｃ）", "１時間あたりの目安（ａ＋ｂ）",
    "年間休日数", "休日", "勤務地", "応募の期限", "メモ",
  ]);
  await expectAccessible(page);
  await expectFitsWidth(page);
});

test("what changed since a posting was starred is told, once the server was asked again", async ({ page, visit }) => {
  await visit(SHEET);
  await star(page).click();
  await isKept(page);
  await page.evaluate((key) => {
    const favorite = JSON.parse(localStorage[key]);
    favorite.saved.title = "別の職種";
    favorite.copy.title = "別の職種";
    favorite.copy.today = "2020-01-01";
    localStorage[key] = JSON.stringify(favorite);
  }, KEY);
  await visit("/favorites");
  await expect(page.getByText(`職種が変わりました：別の職種 → ${POSTING.title}`)).toBeVisible();
});

test("a favorite whose deadline has passed stays and says so", async ({ page, visit }) => {
  await visit(SHEET);
  await star(page).click();
  await isKept(page);
  await page.evaluate((key) => {
    const favorite = JSON.parse(localStorage[key]);
    favorite.copy.deadline = "2020-01-01";
    localStorage[key] = JSON.stringify(favorite);
  }, KEY);
  await visit("/favorites");
  await expect(page.getByText("期限切れ")).toBeVisible();
});

test("damaged records are discarded and counted, those of a later version left alone", async ({ page, visit }) => {
  await visit("/");
  await page.evaluate(() => {
    localStorage["favorite:13010-1"] = "{\"version\":1,";
    localStorage["favorite:13010-2"] = "{\"version\":1,\"number\":\"13010-3\"}";
    localStorage["favorite:13010-4"] = "{\"version\":99}";
  });
  await visit("/favorites");
  await expect(page.getByText("壊れて読めなくなっていたお気に入りを2件消しました。")).toBeVisible();
  await expect(page.getByText("新しい版で保存されたお気に入りが1件あります。")).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["favorite:13010-4"]);
});

test("when the phone's storage is full the newest favorites keep their sheets, and it is told", async ({ page, visit }) => {
  await starFirst(page, visit, 1);
  await page.evaluate(() => {
    // The older sheet is the longer one, so that the newer fits where it was.
    const [key] = Object.keys(localStorage).filter((key) => key.startsWith("favorite:"));
    const favorite = JSON.parse(localStorage[key]);
    favorite.copy.place = "あ".repeat(20_000);
    localStorage[key] = JSON.stringify(favorite);
    // What is left goes to somebody else's data, to the last kilobyte.
    for (let size = 2 ** 22, n = 0; size >= 512; n += 1) {
      try { localStorage[`other-${n}`] = "x".repeat(size); } catch { size /= 2; }
    }
  });
  await page.locator(".posting-card .star").nth(1).click();
  await expect(status(page)).toContainText("保存場所がいっぱいです");
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("favorite:"))
    .map((key) => JSON.parse(localStorage[key])).sort((a, b) => a.added_at - b.added_at).map(({ copy }) => copy !== null))).toEqual([false, true]);
});

test("a browser that keeps nothing says so", async ({ page, visit }) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  await visit(SHEET);
  await star(page).click();
  await expect(status(page)).toContainText("お気に入りを保存できません");
  await visit("/favorites");
  await expect(page.getByRole("main").getByText("お気に入りを保存できません")).toBeVisible();
});

test("on a shared phone everything is deleted after asking", async ({ page, visit }) => {
  await starFirst(page, visit, 2);
  await visit("/favorites");
  await page.getByRole("button", { name: "この端末のお気に入りをすべて消す" }).click();
  await expect(page.getByRole("button", { name: "消さない" })).toBeFocused();
  await page.getByRole("button", { name: "すべて消す", exact: true }).click();
  await expect(page.getByRole("heading", { name: "お気に入りはまだありません" })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
  await expect(page.getByRole("button", { name: "元に戻す" })).toHaveCount(0);
});

test("a star set in another tab is seen here", async ({ page, visit, context }) => {
  await visit(SHEET);
  const other = await context.newPage();
  await other.goto(SHEET);
  await runs(other);
  await star(other).click();
  await expect(star(page)).toHaveAttribute("aria-pressed", "true");
});

test("the first favorite keeps the application even for those who asked to save data", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(NetworkInformation.prototype, "saveData", { get: () => true }));
  await page.goto(SHEET);
  await runs(page);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await star(page).click();
  await isKeptForOffline(page);
});
