// Tasks without JavaScript: links and GET forms.
import { expect, test } from "../support/test.js";

test("favorites lead to those of the account, and stars are seen", async ({ page, visit }) => {
  await visit("/favorites");
  await expect(page.getByRole("link", { name: "マイページのお気に入りを見る" })).toBeVisible();
  await visit("/postings");
  await expect(page.locator(".star").first()).toBeVisible();
});

test("the search box leads to the results, with the words and the place in the address", async ({ page, visit, expectedMessages }) => {
  // Until the answer is there, only the address counts.
  expectedMessages.push(/status of 404/);
  await visit("/");
  await page.getByRole("searchbox").fill("訪問看護");
  await page.getByLabel("都道府県").selectOption("東京都");
  await page.getByRole("button", { name: "さがす", exact: true }).click();
  await expect(page).toHaveURL(/\/postings\?q=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7&pref=13$/);
});
