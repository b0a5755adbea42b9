// Without JavaScript a star and a saved search need the account: sign in, come back, and it is there.
import { POSTING } from "../support/pages.js";
import { address, enterCode, signIn, signUp } from "../support/people.js";
import { expect, expectFitsWidth, test } from "../support/test.js";

async function open(page, site) {
  const email = address();
  await signUp(page, site, email);
  await page.context().clearCookies();
  return email;
}

async function signInHere(page, site, email) {
  await signIn(page, email);
  await enterCode(page, site, email, "サインインの確認コード");
  await page.getByRole("button", { name: "確認する" }).click();
}

test("a star leads to signing in, back to the posting, and it is starred; its note is written and it is taken out", async ({ page, site }) => {
  const email = await open(page, site);
  await page.goto(`/postings/${POSTING.number}`);
  await page.getByRole("button", { name: `お気に入り：${POSTING.title}`, exact: true }).first().click();
  await signInHere(page, site, email);
  await expect(page).toHaveURL(new RegExp(`/postings/${POSTING.number}$`));
  await page.goto("/account/favorites");
  await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeVisible();
  await expectFitsWidth(page);
  await page.getByLabel("メモ").fill("面接は午後 <b>\n</textarea>");
  await page.getByRole("button", { name: "メモを保存する" }).click();
  await expect(page.getByRole("status")).toHaveText("メモを保存しました。");
  await expect(page.getByLabel("メモ")).toHaveValue("面接は午後 <b>\n</textarea>");
  await page.getByRole("button", { name: /お気に入りから外す/ }).click();
  await expect(page.getByRole("status")).toContainText("お気に入りから外しました");
  await page.getByRole("button", { name: "元に戻す" }).click();
  await page.goto("/account/favorites");
  await expect(page.getByRole("link", { name: POSTING.title, exact: true })).toBeVisible();
});

test("a search is saved in the account, run and removed", async ({ page, site }) => {
  const email = await open(page, site);
  await page.goto("/postings?pref=13");
  await page.getByRole("link", { name: "この条件を保存する" }).click();
  await page.getByLabel("名前").fill("東京の求人");
  await page.getByRole("button", { name: "保存する" }).click();
  await signInHere(page, site, email);
  await page.getByLabel("名前").fill("東京の求人");
  await page.getByRole("button", { name: "保存する" }).click();
  await expect(page).toHaveURL(/\/account\/saved-searches$/);
  await expect(page.getByRole("heading", { name: "東京の求人" })).toBeVisible();
  await expectFitsWidth(page);
  await page.getByRole("button", { name: /この条件でさがす/ }).click();
  await expect(page).toHaveURL(/\/postings\?pref=13$/);
  await page.goto("/account/saved-searches");
  await page.getByRole("button", { name: /消す/ }).click();
  await expect(page.getByRole("heading", { name: "東京の求人" })).toHaveCount(0);
});
