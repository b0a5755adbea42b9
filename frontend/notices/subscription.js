// This browser's subscription to pushes, and what local storage knows of it: { account, endpoint, at }.
const MARK = "push";
// How often the server is told again.
const AGAIN_MS = 24 * 3_600_000;

function mark() {
  try {
    return JSON.parse(localStorage.getItem(MARK)) ?? {};
  } catch {
    return {}; // damaged, or the browser keeps nothing
  }
}

// Without a service worker there is none, and nothing to wait for.
const manager = async () => (await navigator.serviceWorker?.getRegistration())?.pushManager;
const current = async () => (await manager())?.getSubscription();

const post = (path, fields) => fetch(path, { method: "POST", body: new URLSearchParams(fields) });

/** Whether this browser is one of those (their addresses) that the server tells. */
export async function isTold(endpoints) {
  const subscription = await current();
  return Notification.permission === "granted" && endpoints.includes(subscription?.endpoint);
}

/** Tells this browser from now on; gives the status of the server's answer. */
export async function tell(account, key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  // One made with another key of ours cannot be used any more.
  const old = await pushManager.getSubscription();
  if (old && key && !isMadeWith(old, key)) await old.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return say(account, subscription);
}

async function say(account, subscription, again = "") {
  const { endpoint, keys } = subscription.toJSON();
  const { status } = await post("/api/push/subscription", { account, endpoint, key: keys.p256dh, secret: keys.auth, again });
  if (status === 204) localStorage.setItem(MARK, JSON.stringify({ account, endpoint, at: Date.now() }));
  return status;
}

function isMadeWith(subscription, key) {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
}

/** Tells this browser no more; whether the server knows. */
export async function tellNoMore(account) {
  const { endpoint } = await current();
  if (!(await post("/api/push/subscription/end", { account, endpoint })).ok) return false;
  await forget();
  return true;
}

/** On the phone alone: without a subscription, whoever sends to it is told so by the push service. */
export async function forget() {
  localStorage.removeItem(MARK);
  await (await current())?.unsubscribe();
}

/** Says to the server again where this browser is, if its owner wanted that: the address changes, and sessions end. */
export async function tellAgain(account) {
  const known = mark();
  if (known.account !== account) return;
  const subscription = await current();
  if (!subscription || (known.endpoint === subscription.endpoint && Date.now() - known.at < AGAIN_MS)) return;
  // Its owner ended it from another browser.
  if (await say(account, subscription, "yes") === 410) await forget();
}
