// size-budget.json against the built files and a real first visit. All sizes are what goes over the wire: brotli.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "../support/site.js";
import { PAGES } from "../support/pages.js";
import { expect, isKeptForOffline, runs, test } from "../support/test.js";

const BUDGET = JSON.parse(readFileSync(new URL("../../size-budget.json", import.meta.url), "utf8"));

const built = (pattern) => {
  const name = readdirSync(DIST).find((name) => pattern.test(name));
  return statSync(join(DIST, `${name}.br`)).size;
};

test("the built files are within their budgets", () => {
  const sizes = { program: built(/^frontend-.*_bg\.wasm$/), glue: built(/^frontend-.*\.js$/), style: built(/^main-.*\.css$/), loader: built(/^boot\.js$/), phone: built(/^phone\.js$/), registration: built(/^registration\.js$/) + built(/^rules\.wasm$/) };
  console.log(`built, bytes in brotli: ${JSON.stringify(sizes)}`);
  for (const [name, size] of Object.entries(sizes)) expect(size, name).toBeLessThanOrEqual(BUDGET.files[name]);
});

for (const { name, path } of PAGES.filter(({ status = 200 }) => status === 200)) {
  test(`a first visit to ${name} is within the budget`, async ({ page, context }) => {
    const loads = await followLoads(await context.newCDPSession(page));
    await page.goto(path);
    await runs(page);
    await isKeptForOffline(page);
    const sum = (kinds) => loads.filter(({ type }) => !kinds || kinds.includes(type)).reduce((total, { bytes }) => total + bytes, 0);
    const beforeText = sum(["Document", "Stylesheet"]);
    const total = sum();
    console.log(`${path}: ${beforeText} bytes before the text, ${total} in all`);
    expect(beforeText, "before the text").toBeLessThanOrEqual(BUDGET.visit.beforeText);
    expect(total, "in all").toBeLessThanOrEqual(BUDGET.visit.total);
    const kept = await keptBytes(page);
    console.log(`kept by the service worker: ${kept} bytes`);
    expect(kept, "kept by the service worker").toBeLessThanOrEqual(BUDGET.visit.keptForOffline);
  });
}

/** What the page itself loads, as it arrives; the service worker's own requests are another target's. */
async function followLoads(devtools) {
  const loads = [];
  const types = new Map();
  devtools.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => loads.push({ type: types.get(requestId), bytes: encodedDataLength }));
  await devtools.send("Network.enable");
  return loads;
}

/** What the service worker's files weigh, asked for anew. */
function keptBytes(page) {
  return page.evaluate(async () => {
    const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("mypage-")));
    const urls = (await cache.keys()).map(({ url }) => url);
    // With a query of their own the worker leaves them to the network, where their size can be seen.
    const asked = urls.map((url) => `${url}${url.includes("?") ? "&" : "?"}size`);
    await Promise.all(asked.map(async (url) => (await fetch(url, { cache: "reload" })).arrayBuffer()));
    return asked.reduce((sum, url) => sum + performance.getEntriesByName(url)[0].transferSize, 0);
  });
}
