// The registration with scripts: what is said as one types, what is saved by itself, and a network that fails.
import { address, enterCode, signIn, signUp } from "../support/people.js";
import { fillAfterBasic, fillBasic, fillBasicRest } from "../support/registrant.js";
import { expect, expectAccessible, test } from "../support/test.js";

test("what is wrong is said as one types, and kana are converted", async ({ page, site }) => {
  await signUp(page, site, address());
  await page.goto("/registration/basic");
  const [kana, birth, phone] = [page.getByLabel(/^氏（フリガナ）/), page.getByLabel(/^生年月日/), page.getByLabel(/^電話番号/)];
  await kana.fill("ﾊﾛﾜ");
  await kana.blur();
  await expect(kana).toHaveValue("ハロワ");
  await birth.fill("S64.1.8");
  await birth.blur();
  await expect(birth).toHaveAttribute("aria-invalid", "true");
  await expect(birth).toHaveAccessibleDescription(/暦にない日付/);
  await birth.fill("S64.1.7");
  await birth.blur();
  await expect(birth).not.toHaveAttribute("aria-invalid");
  await expect(page.getByText("1989年1月7日（昭和64年1月7日）")).toBeVisible();
  await phone.fill("12");
  await phone.blur();
  await expect(phone).toHaveAccessibleDescription(/10けたか11けた/);
  await expectAccessible(page);
});

test("what was typed before the rules had arrived is judged when they do", async ({ page, site }) => {
  await signUp(page, site, address());
  let arrive;
  const arrived = new Promise((done) => { arrive = done; });
  await page.route("**/rules.wasm*", async (route) => { await arrived; await route.continue(); });
  await page.goto("/registration/basic");
  const [kana, birth] = [page.getByLabel(/^氏（フリガナ）/), page.getByLabel(/^生年月日/)];
  await kana.fill("ﾊﾛﾜ");
  await birth.fill("S64.1.8");
  await birth.blur();
  arrive();
  await expect(kana).toHaveValue("ハロワ");
  await expect(birth).toHaveAccessibleDescription(/暦にない日付/);
});

test("what is typed is saved by itself and is there on another device", async ({ page, site, browser }) => {
  const email = address();
  await signUp(page, site, email);
  await page.goto("/registration/basic");
  await page.getByLabel(/^氏※必須/).fill("春和");
  await expect(page.getByRole("status").filter({ hasText: "保存しました" })).toBeVisible();
  const other = await browser.newContext({ baseURL: site.address, locale: "ja-JP" });
  const there = await other.newPage();
  await there.goto("/account/sign-in");
  await signIn(there, email);
  await enterCode(there, site, email, "サインインの確認コード");
  await there.getByRole("button", { name: "確認する" }).click();
  await expect(there.getByRole("heading", { level: 1 })).toHaveText("マイページ");
  await there.goto("/registration/basic");
  await expect(there.getByLabel(/^氏※必須/)).toHaveValue("春和");
  await other.close();
});

test.describe("and a network that fails halfway", () => {
  test.use({ expectedMessages: async ({}, use) => use([/Failed to load resource: net::ERR_/]) });

  test("nothing that was typed is lost, not by sending it and not by closing the page", async ({ page, site }) => {
    // A phone four times slower.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    test.slow();
    await signUp(page, site, address());
    await page.goto("/registration/basic");
    await fillBasic(page);
    await page.getByLabel(/^郵便番号/).blur();
    await expect(page.getByLabel(/^市区町村/)).toHaveValue("13101");
    await expect(page.getByRole("status").filter({ hasText: "保存しました" })).toBeVisible();
    await site.stop();
    await page.getByLabel(/^建物名/).fill("見本荘");
    await page.getByLabel(/^建物名/).blur();
    await page.getByRole("button", { name: "保存して次へ", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "この端末に残しました" })).toBeVisible();
    await expect(page.getByLabel(/^建物名/)).toHaveValue("見本荘");
    const context = page.context();
    await page.close();
    await site.start();
    const again = await context.newPage();
    await (await context.newCDPSession(again)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await again.goto("/registration/basic");
    await expect(again.getByLabel(/^建物名/)).toHaveValue("見本荘");
    await fillBasicRest(again);
    await again.getByRole("button", { name: "保存して次へ", exact: true }).click();
    await fillAfterBasic(again);
    await expect(again.getByText("見本荘")).toBeVisible();
    await again.getByRole("button", { name: "この内容で登録する" }).click();
    await expect(again.getByRole("heading", { level: 1 })).toHaveText("登録が完了しました");
  });

  test("of a disability nothing stands on the phone, and the page says so", async ({ page, site }) => {
    await signUp(page, site, address());
    await page.goto("/registration/basic");
    await page.getByRole("group", { name: /^障害の有無/ }).getByLabel("あり", { exact: true }).check();
    await expect(page.getByRole("status").filter({ hasText: "保存しました" })).toBeVisible();
    await page.goto("/registration/disability");
    await site.stop();
    await page.getByRole("textbox", { name: /^仕事で配慮してほしいこと/ }).fill("内緒の話");
    await expect(page.getByRole("status").filter({ hasText: "まだ保存されていません" })).toBeVisible();
    expect(await everythingOnThePhone(page)).not.toContain("内緒の話");
    await site.start();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.getByRole("status").filter({ hasText: "保存しました" })).toBeVisible();
    expect(await everythingOnThePhone(page)).not.toContain("内緒の話");
  });
});

/** All that scripts can store, in one text. */
function everythingOnThePhone(page) {
  return page.evaluate(async () => {
    const databases = await Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => {
        const database = opening.result;
        const stores = [...database.objectStoreNames];
        if (stores.length === 0) return done([]);
        const transaction = database.transaction(stores);
        const all = stores.map((store) => new Promise((read) => {
          transaction.objectStore(store).getAll().onsuccess = ({ target }) => read(target.result);
        }));
        Promise.all(all).then((values) => { database.close(); done(values); });
      };
    })));
    return JSON.stringify([databases, { ...localStorage }, { ...sessionStorage }]);
  });
}
