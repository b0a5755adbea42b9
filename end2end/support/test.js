// What the specs stand on: a running site, a page whose console must stay empty, and the three ways of opening an address.
import { test as base, expect } from "@playwright/test";
import axe from "axe-core";
import { Site } from "./site.js";

export { expect };

/** What Chromium itself writes when the server does not answer or answers 404: the tests that cause it say so. */
export const NOT_FOUND = /Failed to load resource: the server responded with a status of 404/;
const UNREACHABLE = /Failed to load resource: net::ERR_/;

export const test = base.extend({
  /** How pages are opened: "hydrated", "plain" (without JavaScript) or "offline" (the server is stopped first). */
  mode: ["hydrated", { option: true }],

  site: [async ({}, use) => {
    const site = new Site();
    await site.start();
    await use(site);
    await site.stop();
  }, { scope: "worker" }],

  // A test that stopped the site leaves it running for the next one.
  restarted: [async ({ site }, use) => {
    await use();
    if (!site.isRunning) await site.start();
  }, { auto: true }],

  baseURL: async ({ site }, use) => use(site.address),

  javaScriptEnabled: async ({ mode }, use) => use(mode !== "plain"),

  /** Patterns of console messages that a test causes on purpose. */
  expectedMessages: async ({ mode }, use) => use(mode === "offline" ? [UNREACHABLE] : []),

  consoleStaysEmpty: [async ({ context, expectedMessages }, use) => {
    const messages = [];
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") messages.push(`${message.type()}: ${message.text()}`);
    });
    context.on("weberror", (error) => messages.push(`exception: ${error.error().stack}`));
    await use();
    const surprising = messages.filter((message) => !expectedMessages.some((pattern) => pattern.test(message)));
    expect(surprising, "errors and warnings on the console").toEqual([]);
  }, { auto: true }],

  /** Opens an address the way of this project, and waits until the program runs, where there is one. */
  visit: async ({ page, site, mode }, use) => {
    await use(async (path) => {
      if (mode === "offline" && site.isRunning) {
        await page.goto("/");
        await isKeptForOffline(page);
        await site.stop();
      }
      const response = await page.goto(path);
      if (mode !== "plain") await runs(page);
      return response;
    });
  },
});

/** Waits until the program has taken over the page. */
export async function runs(page) {
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
}

/** Waits until the service worker has everything and answers for the page. */
export async function isKeptForOffline(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
}

/** Everything axe knows to check for WCAG 2.2 A and AA, and its best practices. */
export async function expectAccessible(page) {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => (await window.axe.run(document)).violations
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" ")}`));
  expect(violations).toEqual([]);
}

/** WCAG 1.4.10 and 1.4.4: nothing makes the page scroll sideways, with letters twice as large either. */
export async function expectFitsWidth(page) {
  for (const size of ["", "200%"]) {
    const overflow = await page.evaluate((size) => {
      const { style } = document.documentElement;
      style.fontSize = size;
      const { scrollWidth, clientWidth } = document.documentElement;
      style.fontSize = "";
      return scrollWidth - clientWidth;
    }, size);
    expect(overflow, `pixels that stand out of the page's width, letters: ${size || "as they are"}`).toBeLessThanOrEqual(0);
  }
}
