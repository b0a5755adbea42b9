// People with an account, as they would use it.
import { expect, test } from "@playwright/test";
import { codeIn, mailTo, mailsTo, nextMailTo } from "./mail.js";

export const PASSWORD = "朝は納豆と味噌汁にかぎる";

/** An address of this test alone. */
export const address = () => `hanako-${test.info().testId.slice(-8)}-${test.info().project.name.length}@example.jp`;

export async function enterCode(page, site, email, says) {
  await page.getByLabel("確認コード").first().fill(codeIn(await mailTo(site, email, says)));
}

export async function signUp(page, site, email) {
  await page.goto("/account/sign-up");
  await page.getByLabel("メールアドレス").fill(email);
  await page.getByLabel("いいえ").check();
  await page.getByRole("checkbox", { name: /同意します/ }).check();
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  await enterCode(page, site, email, "開設するための");
  await page.getByRole("button", { name: "確認する" }).click();
  await page.getByLabel("新しいパスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "決めて、はじめる" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("マイページ");
}

export async function signOut(page) {
  await page.getByRole("link", { name: "サインアウトする", exact: true }).click();
  await page.getByRole("button", { name: "サインアウトする", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("サインアウトしました。");
}

/** Signs somebody in whom other tests sign in, too: with the code of this time. */
export async function signInByCode(page, site, email, password) {
  const before = await mailsTo(site, email);
  await signIn(page, email, password);
  await page.getByLabel("確認コード").first().fill(codeIn(await nextMailTo(site, email, before)));
  await page.getByRole("button", { name: "確認する" }).click();
}

export async function signIn(page, email, password = PASSWORD) {
  await page.getByLabel("メールアドレス").fill(email);
  await page.getByLabel("パスワード").fill(password);
  await page.getByRole("button", { name: "サインインする" }).click();
}
