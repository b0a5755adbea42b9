// Staff invites an employer, who chooses a password: two people, with scripts and without. Demo mode has one of staff.
import { mailTo } from "../support/mail.js";
import { PASSWORD, address, signInByCode } from "../support/people.js";
import { expect, expectAccessible, expectFitsWidth, test } from "../support/test.js";

test("staff invites an employer by mail", async ({ page, site, mode, browser, baseURL, expectedMessages }) => {
  expectedMessages.push(/status of 4(04|22)/);
  const email = address();
  await page.goto("/staff/invitations");
  await signInByCode(page, site, "staff@demo.example", "tameshi-ni-tsukau");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("求人者を招待する");
  if (mode !== "plain") await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("button", { name: "招待のメールを送る" }).click();
  await expect(page.getByRole("alert")).toContainText("メールアドレスを入力してください");
  await page.getByLabel("メールアドレス").fill(email);
  await page.getByRole("button", { name: "招待のメールを送る" }).click();
  await expect(page.getByRole("status")).toHaveText("招待のメールを送りました。");

  const link = (await mailTo(site, email, "求人者として")).match(/\/account\/invitation\?t=[0-9a-f]+/)[0];
  const employer = await browser.newPage({ baseURL });
  await employer.goto(link);
  await employer.getByLabel("新しいパスワード").fill(PASSWORD);
  await employer.getByRole("checkbox", { name: /同意します/ }).check();
  await employer.getByRole("button", { name: "決めて、はじめる" }).click();
  await expect(employer.getByText("求人者", { exact: true })).toBeVisible();
  const answer = await employer.goto("/staff/invitations");
  expect(answer.status()).toBe(404);
  await employer.close();
});
