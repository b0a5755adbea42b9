// The frame around every page, with the program running.
import { expect, runs, test } from "../support/test.js";

test("the first thing the tab key reaches leads to the content", async ({ page, visit }) => {
  await visit("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "本文へ進む" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("the text can be read before the program is asked for", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/", { waitUntil: "domcontentloaded" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await runs(page);
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventStart);
  const program = await page.evaluate(() => performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm")).startTime);
  expect(program).toBeGreaterThanOrEqual(loaded);
  expect(asked.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
});

test("taking over a page leaves what stands there as it was", async ({ page, visit }) => {
  const html = await (await page.request.get("/")).text();
  await visit("/");
  const [rendered, taken] = await page.evaluate((text) => {
    const words = (body) => body.innerText.replaceAll(/\s+/g, " ");
    const before = new DOMParser().parseFromString(text, "text/html").body;
    document.body.append(before);
    const answer = words(before);
    before.remove();
    return [answer, words(document.body)];
  }, html);
  expect(taken).toBe(rendered);
});

test("what was typed before the program ran stays", async ({ page }) => {
  await page.route("**/*.wasm", async (route) => {
    await page.getByRole("searchbox").fill("訪問看護");
    await route.continue();
  });
  await page.goto("/");
  await runs(page);
  await expect(page.getByRole("searchbox")).toHaveValue("訪問看護");
});

test("a change of page needs no reload, moves the focus to the new page and changes the title", async ({ page, visit, expectedMessages }) => {
  expectedMessages.push(/status of 404/);
  await visit("/nowhere");
  await page.evaluate(() => { window.sameDocument = true; });
  await page.getByRole("link", { name: "最初のページへ" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("仕事をさがす");
  await expect(page).toHaveTitle("求職者マイページ");
  await expect(page.locator("main")).toBeFocused();
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test("what is tapped is at least 44 pixels high and wide", async ({ page, visit }) => {
  await visit("/");
  // Links inside a sentence are excepted (WCAG 2.5.8).
  const small = await page.locator("a:not(p a), button, select, input").evaluateAll((elements) => elements
    .map((element) => ({ text: element.textContent || element.id, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && (box.height < 44 || box.width < 44))
    .map(({ text, box }) => `${text} ${box.width}×${box.height}`));
  expect(small.filter((text) => !text.startsWith("本文へ進む"))).toEqual([]);
});

test("the focus is seen in black on yellow around what has it", async ({ page, visit }) => {
  await visit("/");
  await page.getByRole("searchbox").focus();
  const style = await page.getByRole("searchbox").evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    return { outlineStyle, outlineWidth, outlineColor, boxShadow };
  });
  expect(style).toMatchObject({ outlineStyle: "solid", outlineWidth: "4px", outlineColor: "rgb(0, 0, 0)" });
  expect(style.boxShadow).toContain("rgb(255, 212, 61)");
});
