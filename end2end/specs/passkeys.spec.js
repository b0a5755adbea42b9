// Passkeys, with Chromium's virtual authenticator. They belong to a name: the site is opened as localhost.
import { PASSWORD, address, enterCode, signIn, signOut, signUp } from "../support/people.js";
import { expect, expectAccessible, expectFitsWidth, runs, test } from "../support/test.js";

test.use({ baseURL: async ({ site }, use) => use(site.address.replace("127.0.0.1", "localhost")) });

async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return {
    async knows(isVerified) {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: isVerified });
    },
  };
}

async function makePasskey(page) {
  await page.getByRole("link", { name: "パスキー" }).click();
  await runs(page);
  await expectAccessible(page);
  await page.getByLabel("今のパスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "次へ" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("パスキーを作る");
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("button", { name: "この端末にパスキーを作る" }).click();
  await expect(page.getByRole("status")).toHaveText("パスキーを作りました。");
}

test("a passkey signs in without address, password and code", async ({ page, site }) => {
  await authenticator(page);
  await signUp(page, site, address());
  await makePasskey(page);
  await expectAccessible(page);
  await page.goto("/account");
  await signOut(page);
  await page.getByRole("button", { name: "パスキーでサインイン" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("パスキーでサインイン");
  await expectAccessible(page);
  await page.getByRole("button", { name: "パスキーを使う" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("マイページ");
});

test("a passkey that was taken away, or whose owner was not recognised, signs nobody in", async ({ page, site, expectedMessages }) => {
  expectedMessages.push(/status of 422/);
  const device = await authenticator(page);
  const email = address();
  await signUp(page, site, email);
  await makePasskey(page);
  await page.goto("/account");
  await signOut(page);
  await page.getByRole("button", { name: "パスキーでサインイン" }).click();
  await device.knows(false);
  await page.getByRole("button", { name: "パスキーを使う" }).click();
  await expect(page.getByRole("alert")).toHaveText("パスキーを使えませんでした。もう一度押すか、ほかの方法を使ってください。");

  await device.knows(true);
  await page.goto("/account/sign-in");
  await signIn(page, email);
  await enterCode(page, site, email, "サインインの確認コードです");
  await page.getByRole("button", { name: "確認する" }).click();
  await page.getByRole("link", { name: "パスキー" }).click();
  await page.getByRole("button", { name: /のパスキーを消す$/ }).click();
  await expect(page.getByRole("status")).toHaveText("パスキーを消しました。");
  await page.goto("/account");
  await signOut(page);
  await page.getByRole("button", { name: "パスキーでサインイン" }).click();
  await page.getByRole("button", { name: "パスキーを使う" }).click();
  await expect(page.getByRole("alert").first()).toContainText("このパスキーは使えません");
});
