// Web push from the switch to the screen: the browser's address goes to the server, staff send a notice, the push service takes it, the phone shows that
// there is one. The push service is a stand-in on loopback; the browser's own could not be reached from here.
import { atDesk } from "../support/desks.js";
import { address, signUp } from "../support/people.js";
import { PushService } from "../support/push-service.js";
import { fillAll } from "../support/registrant.js";
import { Site } from "../support/site.js";
import { expect, expectAccessible, expectFitsWidth, isKeptForOffline, runs, test as base } from "../support/test.js";

const SETTINGS = "/notices/settings";
const BEGIN = "この端末で通知を受け取る";
const END = "この端末の通知を止める";

const test = base.extend({
  pushService: [async ({}, use) => {
    const service = new PushService();
    await service.start();
    await use(service);
    await service.stop();
  }, { scope: "worker" }],

  site: [async ({ pushService }, use) => {
    const site = new Site({ MYPAGE_PUSH_SERVICES: pushService.origin });
    await site.start();
    await use(site);
    await site.stop();
  }, { scope: "worker" }],
});

/** A browser whose push service is the stand-in; what it remembers of it, it keeps as browsers do. */
async function reachedBy(context, subscription) {
  await context.addInitScript((subscription) => {
    const KEY = "test-subscription";
    const made = (key) => ({
      endpoint: subscription.endpoint,
      options: { applicationServerKey: Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)).buffer },
      toJSON: () => subscription,
      unsubscribe: async () => { sessionStorage.removeItem(KEY); return true; },
    });
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      sessionStorage.setItem(KEY, applicationServerKey);
      return made(applicationServerKey);
    };
    PushManager.prototype.getSubscription = async () => {
      const key = sessionStorage.getItem(KEY);
      return key ? made(key) : null;
    };
  }, subscription);
}

async function begin(page) {
  await page.goto(SETTINGS);
  await isKeptForOffline(page);
  await page.getByRole("button", { name: BEGIN }).click();
  await expect(page.locator("#push-state")).toHaveText("この端末で、通知を受け取るようにしました。");
}

async function sendToAll(staff) {
  await staff.goto("/staff/notices");
  await staff.getByRole("group", { name: /^種類/ }).getByLabel("お知らせ", { exact: true }).check();
  await staff.getByLabel(/^件名/).fill("年末の窓口");
  await staff.getByLabel(/^本文/).fill("12月29日から休みます。");
  await staff.getByRole("button", { name: "何人に届くか確かめる" }).click();
  await staff.getByRole("button", { name: "この内容で送る" }).click();
  await expect(staff.getByRole("status")).toContainText("人に送りました");
}

test("a phone that is told shows that there is a notice, and nothing of what it says", async ({ page, context, site, pushService, browser }) => {
  test.slow();
  await context.grantPermissions(["notifications"], { origin: site.address });
  const subscription = pushService.subscription("phone");
  await reachedBy(context, subscription);
  await signUp(page, site, address());
  await fillAll(page, true);
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await begin(page);
  await expectFitsWidth(page);
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator("#push-state")).toHaveText("この端末は、通知を受け取ります。");
  await expect(page.getByRole("heading", { name: "通知を受け取る端末" })).toBeVisible();

  const staff = await atDesk(browser, site, "hydrated", "staff@demo.example", "/staff/notices");
  await sendToAll(staff);
  await expect.poll(() => pushService.messages(subscription.endpoint).length).toBe(1);
  const [message] = pushService.messages(subscription.endpoint);
  expect(JSON.parse(message)).toEqual({ title: "求職者マイページ", body: "お知らせが届きました。", path: "/notices" });

  // The browser wakes the service worker with it.
  const devtools = await context.newCDPSession(page);
  const registered = new Promise((done) => devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [one] }) => one && done(one.registrationId)));
  await devtools.send("ServiceWorker.enable");
  const registrationId = await registered;
  const shown = () => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });
  // The same message again shows the same notification.
  await expect(async () => {
    await devtools.send("ServiceWorker.deliverPushMessage", { origin: site.address, registrationId, data: message });
    expect(await shown()).toEqual([{ title: "求職者マイページ", body: "お知らせが届きました。", tag: "/notices" }]);
  }).toPass();

  // Touched, it opens the notices. Only a finger may open a window: what is asked for is looked at.
  const [worker] = context.serviceWorkers();
  const opened = await worker.evaluate(async () => {
    const [notification] = await self.registration.getNotifications();
    const event = new NotificationEvent("notificationclick", { notification });
    const asked = new Promise((done) => { self.clients.openWindow = async (path) => done(path); });
    event.waitUntil = () => {};
    self.dispatchEvent(event);
    return asked;
  });
  expect(opened).toBe("/notices");
  await expect.poll(shown).toEqual([]);
  await page.goto("/notices");
  await expect(page.getByRole("heading", { name: "年末の窓口" })).toBeVisible();

  await page.goto(SETTINGS);
  await page.getByRole("button", { name: END }).click();
  await expect(page.locator("#push-state")).toHaveText("この端末の通知を止めました。");
  await sendToAll(staff);
  await page.goto("/notices");
  await expect(page.getByRole("heading", { name: "年末の窓口" })).toHaveCount(2);
  expect(pushService.messages(subscription.endpoint)).toHaveLength(1);
});

test.describe("elsewhere", () => {
  test.use({ expectedMessages: async ({}, use) => use([/status of 410/]) });

  test("ended from another browser, the phone learns of it and does not begin again by itself", async ({ page, context, site, pushService }) => {
    await context.grantPermissions(["notifications"], { origin: site.address });
    await reachedBy(context, pushService.subscription("other"));
    await signUp(page, site, address());
    await begin(page);
    await page.reload();
    await page.getByRole("button", { name: "通知を止める" }).last().click();
    await expect(page.getByRole("status").first()).toHaveText("通知を止めました。");
    // A day later it would say by itself where it is, from the first page that is opened.
    await context.addInitScript(() => {
      const mark = JSON.parse(localStorage.getItem("push"));
      if (mark && location.pathname === "/") localStorage.setItem("push", JSON.stringify({ ...mark, at: 0 }));
    });
    const answered = page.waitForResponse("**/api/push/subscription");
    await page.goto("/");
    await runs(page);
    expect((await answered).status()).toBe(410);
    await expect.poll(() => page.evaluate(() => localStorage.getItem("push"))).toBeNull();
    await page.goto(SETTINGS);
    await expect(page.getByRole("button", { name: BEGIN })).toBeVisible();
  });
});

test("signing out ends it on this phone", async ({ page, context, site, pushService }) => {
  await context.grantPermissions(["notifications"], { origin: site.address });
  await reachedBy(context, pushService.subscription("left"));
  await signUp(page, site, address());
  await begin(page);
  await page.goto("/sign-out");
  await page.getByRole("button", { name: "サインアウトする" }).click();
  await expect(page).toHaveURL(/\/account\/sign-in/);
  expect(await page.evaluate(() => [localStorage.getItem("push"), sessionStorage.getItem("test-subscription")])).toEqual([null, null]);
});

test("who forbade notifications, or whose browser has none, is told so and how else to be told", async ({ page, context, site }) => {
  await signUp(page, site, address());
  await context.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await page.goto(SETTINGS);
  await expect(page.locator("#push-state")).toContainText("ブラウザの設定で「通知」を許可");
  await context.addInitScript(() => { delete window.PushManager; });
  await page.reload();
  await expect(page.locator("#push-state")).toContainText("メールで受け取れます");
  await context.addInitScript(() => Object.defineProperty(navigator, "standalone", { get: () => false }));
  await page.reload();
  await expect(page.locator("#push-state")).toContainText("ホーム画面に追加");
  await expect(page.getByRole("button", { name: BEGIN })).toBeHidden();
});
