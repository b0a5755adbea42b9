// Every page three ways in (ARCHITECTURE.md "One shell, three ways in"), at phone size and on a desktop; what concerns one way only, once.
import { defineConfig } from "@playwright/test";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const EVERY_PAGE = /pages\.spec\.js/;

const project = (name, screen, mode, testMatch) => ({ name, testMatch, use: { ...screen, mode } });

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  globalSetup: "./support/prepare.js",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Once more on a machine that was busy with something else: such a test is named as flaky, and counted by scripts/test.sh.
  retries: 1,
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
      ],
    },
  },
  projects: [
    project("phone, hydrated", PHONE, "hydrated", [EVERY_PAGE, /account\.spec\.js/, /staff\.spec\.js/, /passkeys\.spec\.js/, /shell\.spec\.js/, /favorites\.spec\.js/, /kept\.spec\.js/, /pwa\.spec\.js/, /registration\.spec\.js/, /registration-typing\.spec\.js/, /applying\.spec\.js/, /applying-offline\.spec\.js/, /push\.spec\.js/, /translation\.spec\.js/]),
    project("desktop, hydrated", DESKTOP, "hydrated", EVERY_PAGE),
    project("phone, without JavaScript", PHONE, "plain", [EVERY_PAGE, /account\.spec\.js/, /staff\.spec\.js/, /plain\.spec\.js/, /kept-plain\.spec\.js/, /registration\.spec\.js/, /applying\.spec\.js/]),
    project("desktop, without JavaScript", DESKTOP, "plain", EVERY_PAGE),
    project("phone, offline", PHONE, "offline", [EVERY_PAGE, /\/offline\.spec\.js/]),
    project("desktop, offline", DESKTOP, "offline", EVERY_PAGE),
    project("answers", DESKTOP, "hydrated", [/html\.spec\.js/, /size\.spec\.js/, /print\.spec\.js/, /kept-model\.spec\.js/, /registration-rules\.spec\.js/, /application-rules\.spec\.js/]),
  ],
});
