// Accounts: forms alone, so every journey is walked with scripts and without, on a phone. Codes are read from /dev/mail.
import { mailTo } from "../support/mail.js";
import { PASSWORD, address, enterCode, signIn, signOut, signUp } from "../support/people.js";
import { expect, expectAccessible, expectFitsWidth, test } from "../support/test.js";

const NEW_PASSWORD = "夜は散歩をして早く寝ること";

test.beforeEach(({ expectedMessages }) => {
  // Chromium writes down every form that came back.
  expectedMessages.push(/status of 4(09|10|22|29)/);
});

/** What must be true of every page and state. */
async function checkPage(page, mode, heading) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  if (mode !== "plain") await expectAccessible(page);
  await expectFitsWidth(page);
}

test("one opens a page with a code, sees one's mistakes, and signs in again without a code on a trusted phone", async ({ page, site, mode, visit }) => {
  const email = address();
  await visit("/");
  await page.getByRole("link", { name: "マイページ", exact: true }).click();
  await checkPage(page, mode, "サインイン");
  await page.getByRole("link", { name: "マイページを開設する" }).click();
  await checkPage(page, mode, "マイページを開設する");

  await page.getByLabel("メールアドレス").fill("hanako");
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^エラー：/);
  await checkPage(page, mode, "マイページを開設する");
  await summary.getByRole("link").first().click();
  await expect(page.getByLabel("メールアドレス")).toBeFocused();
  await expect(page.getByLabel("メールアドレス")).toHaveValue("hanako");

  await page.getByLabel("メールアドレス").fill(email);
  await page.getByLabel("いいえ").check();
  await page.getByRole("checkbox", { name: /同意します/ }).check();
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  await checkPage(page, mode, "確認コードを入力する");
  await expect(page.getByText(/もう一度送れるまで、あと\d+秒/)).toBeVisible();
  await page.getByLabel("確認コード").first().fill("00000000");
  await page.getByRole("button", { name: "確認する" }).click();
  await expect(page.getByRole("alert")).toContainText("確認コードが違います");
  await checkPage(page, mode, "確認コードを入力する");
  await enterCode(page, site, email, "開設するための");
  await page.getByRole("button", { name: "確認する" }).click();

  await checkPage(page, mode, "パスワードを決める");
  await page.getByLabel("新しいパスワード").fill("password2026");
  await page.getByRole("button", { name: "決めて、はじめる" }).click();
  await expect(page.getByRole("alert")).toContainText("当てられやすい");
  await expect(page.getByLabel("新しいパスワード")).toHaveValue("");
  await checkPage(page, mode, "パスワードを決める");
  await page.getByLabel("新しいパスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "決めて、はじめる" }).click();
  await checkPage(page, mode, "マイページ");
  await expect(page.getByText(email)).toBeVisible();
  await signOut(page);

  await signIn(page, email, "違うパスワードを入れました");
  await expect(page.getByRole("alert")).toContainText("メールアドレスかパスワードが違います");
  await checkPage(page, mode, "サインイン");
  await signIn(page, email);
  await checkPage(page, mode, "サインインの確認コード");
  await enterCode(page, site, email, "サインインの確認コードです");
  await page.getByRole("checkbox", { name: /30日/ }).check();
  await page.getByRole("button", { name: "確認する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("マイページ");
  await signOut(page);
  await signIn(page, email);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("マイページ");
});

test("a forgotten password is replaced with a code", async ({ page, site, mode }) => {
  const email = address();
  await signUp(page, site, email);
  await signOut(page);
  await page.getByRole("link", { name: "パスワードを忘れたとき" }).click();
  await checkPage(page, mode, "パスワードを忘れたとき");
  await page.getByLabel("メールアドレス").fill(email);
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  await checkPage(page, mode, "本人の確認コード");
  await enterCode(page, site, email, "新しいパスワードを決めるための");
  await page.getByRole("button", { name: "確認する" }).click();
  await checkPage(page, mode, "新しいパスワードを決める");
  await page.getByLabel("新しいパスワード").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "パスワードを変える" }).click();
  await expect(page.getByRole("status")).toContainText("パスワードを変えました");
  await mailTo(site, email, "パスワードが変わりました");
});

test("with a lost mailbox a recovery code signs in", async ({ page, site, mode }) => {
  const email = address();
  await signUp(page, site, email);
  await page.getByRole("link", { name: "復旧コード" }).first().click();
  await checkPage(page, mode, "復旧コード");
  await page.getByLabel("今のパスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "復旧コードを作る" }).click();
  await checkPage(page, mode, "新しい復旧コード");
  const codes = await page.locator("code").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole("link", { name: "控えました" }).click();
  await signOut(page);
  await signIn(page, email);
  await page.getByRole("link", { name: "復旧コードを使う" }).click();
  await checkPage(page, mode, "復旧コードを使う");
  await page.getByLabel("復旧コード").fill(codes[4].toLowerCase());
  await page.getByRole("button", { name: "確認する" }).click();
  await checkPage(page, mode, "マイページ");
  await expect(page.getByText("使えるもの：9個")).toBeVisible();
});

test("one changes password and address, signs out another phone, and closes the page", async ({ page, site, mode, browser, baseURL }) => {
  const email = address();
  await signUp(page, site, email);
  const other = await browser.newPage({ baseURL });
  await other.goto("/account");
  await signIn(other, email);
  await enterCode(other, site, email, "サインインの確認コードです");
  await other.getByRole("button", { name: "確認する" }).click();
  await page.reload();
  await page.getByRole("button", { name: /をサインアウトする$/ }).click();
  await expect(page.getByRole("status")).toContainText("その端末をサインアウトしました");
  await other.reload();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("サインイン");
  await other.close();

  await page.getByRole("link", { name: "パスワードを変える" }).click();
  await checkPage(page, mode, "パスワードを変える");
  await page.getByLabel("今のパスワード").fill(PASSWORD);
  await page.getByLabel("新しいパスワード").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "変える", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("パスワードを変えました");

  await page.getByRole("link", { name: "メールアドレスを変える" }).click();
  await checkPage(page, mode, "メールアドレスを変える");
  await page.getByLabel("新しいメールアドレス").fill(`new-${email}`);
  await page.getByLabel("今のパスワード").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "確認コードを送る" }).click();
  await checkPage(page, mode, "新しいメールアドレスの確認コード");
  await enterCode(page, site, `new-${email}`, "マイページで使うための");
  await page.getByRole("button", { name: "確認する" }).click();
  await expect(page.getByRole("status")).toContainText("メールアドレスを変えました");
  await mailTo(site, email, "メールアドレスが変わりました");

  await page.getByRole("link", { name: "マイページを閉じる" }).click();
  await checkPage(page, mode, "マイページを閉じる");
  await page.getByRole("checkbox", { name: /元に戻せない/ }).check();
  await page.getByLabel("今のパスワード").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "マイページを閉じる" }).click();
  await checkPage(page, mode, "マイページを閉じました");
});

test("pages that are over say so and lead on", async ({ page, mode }) => {
  await page.goto("/account/code?t=0");
  await checkPage(page, mode, "この手続きは終わりました");
  await page.getByRole("link", { name: "サインインへ" }).click();
  await checkPage(page, mode, "サインイン");
});

test("no button or link of accounts is too small to tap", async ({ page, site }) => {
  await signUp(page, site, address());
  for (const path of ["/account", "/account/sign-in", "/account/password", "/account/recovery-codes"]) {
    await page.goto(path);
    for (const control of await page.locator("main button, .account-links a").all()) {
      const box = await control.boundingBox();
      expect(Math.min(box.width, box.height), `${path}: ${await control.textContent()}`).toBeGreaterThanOrEqual(44);
    }
  }
});
