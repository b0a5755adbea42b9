// Browsers translate pages by putting <font> elements around text, whenever they like. Foreign residents read this site so.
import { expect, runs, test } from "../support/test.js";

/** Does to the page what Chromium's translation does; every text becomes “[text]”. */
function translate() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) nodes.push(texts.currentNode);
  for (const node of nodes) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = `[${node.data}]`;
    outer.append(inner);
    node.replaceWith(outer);
  }
}

test("a page translated before the program comes still works", async ({ page, expectedMessages }) => {
  expectedMessages.push(/status of 404/);
  await page.route("**/*.wasm", async (route) => {
    await page.evaluate(translate);
    await route.continue();
  });
  await page.goto("/nowhere");
  await runs(page);
  await page.evaluate(() => { window.sameDocument = true; });
  await page.getByRole("main").getByRole("link", { name: "最初のページへ" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("仕事をさがす");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test("a page translated while it is used still works", async ({ page, visit, expectedMessages }) => {
  expectedMessages.push(/status of 404/);
  await visit("/nowhere");
  await page.evaluate(translate);
  await page.getByRole("main").getByRole("link", { name: "最初のページへ" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("仕事をさがす");
  await page.evaluate(translate);
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await expect(page.getByText("電波がつながっていません")).toBeVisible();
  await page.evaluate(translate);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByText("電波がつながっていません")).toBeHidden();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ページが見つかりません");
});
