// Three people at once, with scripts and without: a seeker on a phone, an employer and staff at their desks.
import { atDesk, linkedPosting } from "../support/desks.js";
import { address, signUp } from "../support/people.js";
import { fillAll } from "../support/registrant.js";
import { expect, expectAccessible, expectFitsWidth, test } from "../support/test.js";

const heading = (page, name) => expect(page.getByRole("heading", { level: 1 })).toHaveText(name);

async function looksRight(page, mode) {
  await expectFitsWidth(page);
  if (mode !== "plain") await expectAccessible(page);
}

/** A registered seeker. */
async function register(page, site, mode) {
  const email = address();
  await signUp(page, site, email);
  await fillAll(page, mode === "hydrated");
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await heading(page, "登録が完了しました");
  return email;
}

/** The employer opens what came for a posting. */
async function open(employer, number) {
  await employer.goto("/employer/applicants");
  const item = employer.getByRole("listitem").filter({ hasText: number }).filter({ has: employer.getByRole("button", { name: "開いて読む" }) });
  await item.first().getByRole("button", { name: "開いて読む" }).click();
}

async function hire(employer) {
  await employer.getByRole("group", { name: /^採否/ }).getByLabel("採用", { exact: true }).check();
  await employer.getByRole("group", { name: /^求人票の条件との違い/ }).getByLabel("ない", { exact: true }).check();
  await employer.getByRole("button", { name: "結果を記録する" }).click();
  await expect(employer.getByRole("status")).toContainText("選考の結果を記録しました。");
}

test("a self-application: written, sent, opened, asked to an interview, talked about, hired", async ({ page, site, mode, browser }) => {
  test.slow();
  const sheet = await linkedPosting(site, mode === "plain" ? 0 : 1);
  await register(page, site, mode);
  await page.goto(`/postings/${sheet.number}`);
  const ways = page.getByRole("region", { name: "応募の方法" });
  await expect(ways).toContainText("窓口で相談した方が使えます");
  await ways.getByRole("link", { name: "自主応募をする" }).click();
  await heading(page, "オンライン自主応募");
  await expect(page.getByText("再就職手当など")).toBeVisible();
  await looksRight(page, mode);
  await page.getByLabel("上の4つを読みました").check();
  await page.getByLabel(/^志望動機/).fill("家から近く、長く働けるからです。");
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await heading(page, "送る内容の確認");
  await expect(page.getByText("春和 花子")).toBeVisible();
  await looksRight(page, mode);
  await page.getByRole("button", { name: "この内容で応募する" }).click();
  await expect(page.getByRole("status").first()).toContainText("応募しました。");
  await looksRight(page, mode);
  const own = page.url().split("?")[0];

  const employer = await atDesk(browser, site, mode, "employer@demo.example", "/employer");
  await looksRight(employer, mode);
  await open(employer, sheet.number);
  await expect(employer.getByText("家から近く、長く働けるからです。")).toBeVisible();
  await looksRight(employer, mode);
  await employer.getByLabel(/^日時・場所・持ち物/).fill("12月3日10時、本社1階");
  await employer.getByRole("button", { name: "面接の案内を送る" }).click();
  await expect(employer.getByRole("status")).toContainText("面接の案内を送りました。");
  await employer.getByRole("link", { name: /^メッセージ/ }).click();
  await employer.getByLabel(/^本文/).fill("エレベーターで3階へお越しください。");
  await employer.getByRole("button", { name: "送る", exact: true }).click();
  await expect(employer.getByText("エレベーターで3階へお越しください。")).toBeVisible();

  await page.goto("/applications");
  await expect(page.getByText("未読のメッセージ 1件")).toBeVisible();
  await looksRight(page, mode);
  await page.goto(own);
  await expect(page.getByText("12月3日10時、本社1階")).toBeVisible();
  await page.getByRole("link", { name: "企業とメッセージをやりとりする" }).click();
  await expect(page.getByText("エレベーターで3階へお越しください。")).toBeVisible();
  await page.getByLabel(/^本文/).fill("承知しました。");
  await page.getByRole("button", { name: "送る", exact: true }).click();
  await expect(page.getByText("承知しました。")).toBeVisible();
  await looksRight(page, mode);

  await employer.reload();
  await expect(employer.getByText("承知しました。")).toBeVisible();
  await employer.getByRole("link", { name: "応募の内容を見る" }).click();
  await hire(employer);
  await employer.context().close();
  await page.goto("/applications");
  await expect(page.getByText("採用", { exact: true })).toBeVisible();
  await page.goto("/notices");
  await expect(page.getByRole("heading", { name: /選考の結果が届きました/ })).toBeVisible();
});

test("an online referral: recommended, accepted, talked about, hired, in the history with its letter", async ({ page, site, mode, browser }) => {
  test.slow();
  const sheet = await linkedPosting(site, mode === "plain" ? 2 : 3);
  const email = await register(page, site, mode);
  const staff = await atDesk(browser, site, mode, "staff@demo.example", "/staff/registrations");
  await staff.getByLabel(/^メールアドレス/).fill(email);
  await staff.getByRole("button", { name: "さがす" }).click();
  await staff.getByRole("link", { name: /ハロワ ハナコ/ }).click();
  await staff.getByLabel(/^安定所番号|^受け付けた安定所|^ハローワークの番号/).or(staff.locator("#field-office")).first().fill("13010");
  for (const box of ["#field-identity", "#field-checked", "#field-consulted"]) await staff.locator(box).check();
  await staff.locator("button[value=upgrade]").click();
  await expect(staff.getByRole("status")).toContainText("求職番号は13010-");
  await staff.goto(staff.url().replace("/staff/registrations/", "/staff/recommend/").split("?")[0]);
  await staff.getByLabel(/^求人番号/).first().fill(sheet.number);
  await staff.getByRole("button", { name: "希望条件と比べる" }).click();
  await expect(staff.getByRole("table", { name: "希望条件と求人の比較" })).toBeVisible();
  await looksRight(staff, mode);
  await staff.getByLabel("希望に合っています").check();
  await staff.getByLabel(/^求職者への説明/).fill("通いやすい場所です。");
  await staff.getByRole("button", { name: "この求人をすすめる" }).click();
  await expect(staff.getByRole("status")).toContainText("求職者に知らせました。");
  await staff.context().close();

  await page.goto("/notices");
  await page.getByRole("listitem").filter({ hasText: "求人をすすめられました" }).getByRole("link", { name: "開く" }).click();
  await expect(page.getByText("通いやすい場所です。")).toBeVisible();
  await looksRight(page, mode);
  await page.getByRole("link", { name: "この紹介を受けて応募する" }).click();
  await page.getByLabel(/^志望動機/).fill("紹介を受けて、働きたいと思いました。");
  await page.getByRole("button", { name: "企業に見える内容を確かめる" }).click();
  await page.getByRole("button", { name: "この内容で応募する" }).click();
  await expect(page.getByText("オンラインハローワーク紹介").first()).toBeVisible();
  await page.getByRole("link", { name: "紹介状", exact: true }).click();
  await expect(page.getByText(/紹介状番号：13010-20\d\d-\d{6}/)).toBeVisible();
  await looksRight(page, mode);

  const employer = await atDesk(browser, site, mode, "employer@demo.example", "/employer");
  await open(employer, sheet.number);
  await expect(employer.getByText("紹介を受けて、働きたいと思いました。")).toBeVisible();
  await hire(employer);
  await employer.context().close();
  await page.goto("/applications");
  await expect(page.getByText("採用", { exact: true })).toBeVisible();
});

test("every page of it, and of the desks, fits a phone and can be read by everyone", async ({ page, site, mode, browser }) => {
  test.slow();
  await signUp(page, site, address());
  const ofSeeker = ["/applications", "/applications/activity", "/messages", "/recommendations", "/requests", "/reports", "/notices", "/notices/settings", "/seminars", "/support?pref=13"];
  const ofEmployer = ["/employer", "/employer/applicants", "/employer/messages", "/employer/postings", "/employer/profiles"];
  const ofStaff = ["/staff/establishments", "/staff/postings", "/staff/notices", "/staff/reports", "/staff/audit"];
  const look = async (at, paths) => {
    for (const path of paths) {
      await at.goto(path);
      await expect(at.getByRole("heading", { level: 1 })).toBeVisible();
      await looksRight(at, mode);
    }
  };
  await look(page, ofSeeker);
  const employer = await atDesk(browser, site, mode, "employer@demo.example", "/employer");
  await employer.setViewportSize({ width: 360, height: 740 });
  await look(employer, ofEmployer);
  await employer.goto("/employer/postings");
  await employer.getByRole("button", { name: "新しい求人を書く" }).first().click();
  await expect(employer.getByRole("heading", { level: 1 })).toHaveText("求人を書く");
  await looksRight(employer, mode);
  await employer.context().close();
  const staff = await atDesk(browser, site, mode, "staff@demo.example", "/staff/registrations");
  await staff.setViewportSize({ width: 360, height: 740 });
  await look(staff, ofStaff);
  await staff.goto("/staff/establishments");
  await staff.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  await expect(staff.getByRole("heading", { name: "つながっている求人者" })).toBeVisible();
  await looksRight(staff, mode);
  await staff.context().close();
});
