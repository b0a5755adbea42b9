// The registration, from the first screen to its completion, with and without JavaScript.
import { address, enterCode, signIn, signUp } from "../support/people.js";
import { fillAll } from "../support/registrant.js";
import { expect, expectAccessible, expectFitsWidth, test } from "../support/test.js";

const REFUSED = /Failed to load resource: the server responded with a status of 422/;
const SECTIONS = ["basic", "publication", "wishes-work", "wishes-place", "education", "history", "disability", "introduction"];

test.describe("with a form that is refused", () => {
  test.use({ expectedMessages: async ({}, use) => use([REFUSED]) });

  test("what is missing is summed up, linked and said at its field, and what was typed stays", async ({ page, site, mode }) => {
    await signUp(page, site, address());
    await page.goto("/registration/basic");
    await page.getByLabel(/^氏※必須/).fill("春和");
    await page.getByLabel(/^生年月日/).fill("2026-11-31");
    await page.getByRole("button", { name: "保存して次へ", exact: true }).click();
    const summary = page.getByRole("alert", { name: "入力した内容を確認してください" });
    await expect(summary).toBeFocused();
    await expect(page).toHaveTitle(/^エラー/);
    await summary.getByRole("link", { name: /^生年月日/ }).click();
    await expect(page.getByLabel(/^生年月日/)).toHaveAccessibleDescription(/暦にない日付/);
    await expect(page.getByLabel(/^生年月日/)).toHaveValue("2026-11-31");
    await expect(page.getByLabel(/^氏※必須/)).toHaveValue("春和");
    if (mode === "hydrated") await expectAccessible(page);
    await expectFitsWidth(page);
    await page.getByRole("button", { name: "未入力のまま、次へ進む" }).click();
    await expect(summary.getByRole("link")).toHaveCount(1);
  });
});

test("the screens lead one to the next and to a registration that is valid", async ({ page, site, mode }) => {
  test.slow();
  await signUp(page, site, address());
  await fillAll(page, mode === "hydrated");
  await expectFitsWidth(page);
  if (mode === "hydrated") await expectAccessible(page);
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登録が完了しました");
  await expect(page.getByRole("heading", { name: "ハローワークの窓口でできること" })).toBeVisible();
  await page.getByRole("link", { name: "わたしの求職登録" }).click();
  await expect(page.getByText("ハロワ")).toBeVisible();
  await expect(page.getByText("昭和63年4月1日")).toBeVisible();
});

test("every page of it fits a phone and can be read by everyone", async ({ page, site, mode }) => {
  test.slow();
  await signUp(page, site, address());
  for (const section of SECTIONS) {
    await page.goto(`/registration/${section}`);
    await expectFitsWidth(page);
    if (mode === "hydrated") await expectAccessible(page);
  }
  await fillAll(page, mode === "hydrated");
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  for (const path of ["/registration", "/registration/complete", "/registration/standing", "/registration/preview", "/registration/summary", "/registration/past-changes", "/registration/reads", "/registration/export", "/registration/changes", "/notices"]) {
    await page.goto(path);
    await expectFitsWidth(page);
    if (mode === "hydrated") await expectAccessible(page);
  }
});

test("a change is shown before it is saved", async ({ page, site, mode }) => {
  test.slow();
  await signUp(page, site, address());
  await fillAll(page, mode === "hydrated");
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await page.goto("/registration/basic");
  await page.getByLabel(/^電話番号/).fill("080-1111-1111");
  await page.getByRole("button", { name: "変更の内容を確認する" }).click();
  await expect(page.getByRole("row", { name: /電話番号/ })).toContainText("080-1111-1111");
  await page.getByRole("button", { name: "この内容に変更する" }).click();
  await expect(page.getByRole("status").first()).toHaveText("登録の内容を変更しました。");
});

test("staff find somebody, check the data and make an office registrant, who sees it", async ({ page, site, mode, browser }) => {
  test.slow();
  const email = address();
  await signUp(page, site, email);
  await fillAll(page, mode === "hydrated");
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  const desk = await browser.newContext({ baseURL: site.address, locale: "ja-JP", javaScriptEnabled: mode === "hydrated", viewport: { width: 360, height: 740 } });
  const staff = await desk.newPage();
  await staff.goto("/staff/registrations");
  await signIn(staff, "staff@demo.example", "tameshi-ni-tsukau");
  await enterCode(staff, site, "staff@demo.example", "サインインの確認コード");
  await staff.getByRole("button", { name: "確認する" }).click();
  await staff.getByLabel("メールアドレス").fill(email);
  if (mode === "hydrated") await expectAccessible(staff);
  await expectFitsWidth(staff);
  await staff.getByRole("button", { name: "さがす" }).click();
  await staff.getByRole("link", { name: "ハロワ ハナコさんの登録を開く" }).click();
  await staff.getByLabel(/^ハローワークの番号/).fill("13010");
  for (const tick of [/本人であることを確認しました/, /登録の内容を本人と確認しました/, /希望条件について相談しました/]) await staff.getByLabel(tick).check();
  if (mode === "hydrated") await expectAccessible(staff);
  await expectFitsWidth(staff);
  await staff.getByRole("button", { name: "ハローワーク利用登録者にする" }).click();
  await expect(staff.getByRole("status")).toContainText("求職番号は13010-");
  await desk.close();
  await page.goto("/registration");
  await expect(page.getByText("ハローワーク利用登録者")).toBeVisible();
  await page.goto("/registration/reads");
  await expect(page.getByText(/窓口での確認/).first()).toBeVisible();
});

test("entries are added, moved and taken out by the keyboard alone", async ({ page, site }) => {
  await signUp(page, site, address());
  await page.goto("/registration/history");
  await page.getByRole("group", { name: /^職歴の有無/ }).getByLabel("あり").check();
  await page.getByLabel("会社名").fill("甲社");
  await page.getByRole("button", { name: "職歴を追加する" }).press("Enter");
  await page.getByRole("group", { name: "職歴（2番目）" }).getByLabel("会社名").fill("乙社");
  await page.getByRole("button", { name: /^上へ\s*（2番目）/ }).press("Enter");
  await expect(page.getByRole("group", { name: "職歴（1番目）" }).getByLabel("会社名")).toHaveValue("乙社");
  // The page leads the focus to the entry that was moved; the key goes to the button only then.
  await expect(page.getByRole("group", { name: "職歴（1番目）" }).getByLabel("会社名")).toBeFocused();
  await page.getByRole("button", { name: /^消す\s*（1番目）/ }).press("Enter");
  await expect(page.getByRole("group", { name: "職歴（1番目）" }).getByLabel("会社名")).toHaveValue("甲社");
  await expect(page.getByRole("group", { name: "職歴（2番目）" })).toHaveCount(0);
});

test("going to another screen saves what was typed, and the return key goes on", async ({ page, site }) => {
  await signUp(page, site, address());
  await page.goto("/registration/basic");
  await page.getByLabel(/^氏※必須/).fill("春和");
  await page.getByText("すべての手順を見る").click();
  await page.getByRole("button", { name: "職歴", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("職歴");
  await page.goto("/registration/basic");
  await expect(page.getByLabel(/^氏※必須/)).toHaveValue("春和");
  await page.goto("/registration/publication");
  for (const [group, answer] of [[/^求職情報を/, "公開しない"], [/^民間/, "提供しない"], [/^ハローワークからの/, "希望しない"]]) {
    await page.getByRole("group", { name: group }).getByLabel(answer, { exact: true }).check();
  }
  await page.getByLabel("希望しない", { exact: true }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("希望する職種と時間");
});

test("a screen reader hears each field with its name, whether it must be filled in, and its help", async ({ page, site }) => {
  await signUp(page, site, address());
  await page.goto("/registration/publication");
  await expect(page.locator("#registration form")).toMatchAriaSnapshot(`
    - group "求職情報を求人者に公開する※必須":
      - paragraph: お名前や連絡先は公開されません。公開はいつでもやめられます。
      - list:
        - listitem:
          - radio "公開する"
        - listitem:
          - radio "公開しない"
        - listitem:
          - radio "未選択" [checked]
  `);
  await page.goto("/registration/basic");
  await expect(page.getByRole("textbox", { name: "氏（フリガナ）※必須" })).toHaveAccessibleDescription(/カタカナ/);
  await expect(page.getByRole("combobox", { name: "都道府県※必須" })).toBeVisible();
});
