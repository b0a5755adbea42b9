// /notices/settings: tells this browser by web push from now on, or no more (app/src/notices/settings_page.rs; the server's side is app/src/push).
// That it was begun here, and for whom, stands in local storage: offers.js says it to the server again now and then, as browsers change their addresses.
import { isTold, tell, tellNoMore } from "./subscription.js";

const place = document.getElementById("push");
const words = place.dataset;
const state = document.getElementById("push-state");
const [begin, end] = ["push-begin", "push-end"].map((id) => document.getElementById(id));

const isIos = "standalone" in navigator;
const isHere = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

if (!isHere) state.textContent = isIos && !navigator.standalone ? words.ios : words.unsupported;
else draw(await isTold(words.endpoints.split(" ")) ? words.on : words.off);

function draw(text) {
  const isBlocked = Notification.permission === "denied";
  const isOn = !isBlocked && text !== words.off && text !== words.ended;
  state.textContent = isBlocked ? words.blocked : text;
  begin.hidden = isBlocked || isOn;
  end.hidden = !isOn;
}

/** One thing at a time; where the button went, the words that took its place are read out. */
async function during(button, work) {
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
  }
}

begin.addEventListener("click", () => during(begin, async () => {
  if (await Notification.requestPermission() !== "granted") return draw(words.off);
  try {
    const status = await tell(words.account, words.key);
    if (status === 204) return draw(words.began);
    state.textContent = status === 401 ? words.signedOut : words.failed;
  } catch (error) {
    console.info("this browser could not be told:", error.message);
    state.textContent = words.failed;
  }
}));

end.addEventListener("click", () => during(end, async () => {
  const isOver = await tellNoMore(words.account).catch(() => false);
  if (isOver) draw(words.ended);
  else state.textContent = words.notEnded;
}));
