// The real `mypage` process, on a free port of loopback, over its own copy of the data that prepare.js filled.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const DIST = join(ROOT, "dist");
export const BINARY = process.env.MYPAGE_BINARY ?? resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/mypage");

// How long the process may take to end its running requests.
const PATIENCE_MS = 5000;

/** What the process is told; nothing of the caller's own configuration gets in. */
export function environment(data, port = 0) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MYPAGE_")));
  return {
    ...own,
    MYPAGE_LISTEN: `127.0.0.1:${port}`,
    MYPAGE_DEMO: "1",
    MYPAGE_DIST: DIST,
    MYPAGE_DATA: data,
    MYPAGE_DATABASE_URL: `sqlite://${join(data, "mypage.db")}`,
    RUST_LOG: "warn",
  };
}

export class Site {
  #data;
  #process;
  #port = 0;
  #more;

  /** `more` is told to the process beside what every site is told. */
  constructor(more = {}) {
    this.#more = more;
  }

  get address() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get isRunning() {
    return this.#process !== undefined;
  }

  /** Starts it; after a stop, at the same address. */
  async start() {
    this.#data ??= copyOfFilled();
    const child = spawn(BINARY, ["serve"], { env: { ...environment(this.#data, this.#port), ...this.#more }, stdio: ["ignore", "pipe", "inherit"] });
    const failed = once(child, "exit").then(([code]) => { throw new Error(`mypage serve ended with ${code}`); });
    const ready = (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith("http://")) return Number(new URL(line).port);
      }
      return failed;
    })();
    this.#port = await Promise.race([ready, failed]);
    failed.catch(() => {});
    child.stdout.resume();
    this.#process = child;
  }

  async stop() {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(impatience);
  }
}

function copyOfFilled() {
  const folder = process.env.END2END_FOLDER;
  const data = mkdtempSync(join(folder, "site-"));
  cpSync(join(folder, "filled"), data, { recursive: true });
  return data;
}
