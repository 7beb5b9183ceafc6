// One key for one thing: whatever carries data-key is pressed, opened or entered by it. The keys stand beside
// them on the page, and a switch turns all of them off for who types by voice or by accident.

import { isTyping, meant } from "./keys.js";

const OFF = "voiceops-keys-off";
const areOff = () => localStorage.getItem(OFF) === "1";

function act(part) {
  if (part.matches("details")) {
    part.open = true;
    (part.querySelector("input:not([type=hidden]), select, button") ?? part.firstElementChild).focus();
    return;
  }
  part.focus();
  if (part.matches("a, button")) part.click();
}

document.addEventListener("keydown", (event) => {
  if (areOff() || isTyping(event)) return;
  const key = meant(event)?.toLowerCase() ?? "";
  const part = /^[a-z0-9]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!part) return;
  event.preventDefault(); // the letter must not be typed into the field that is entered
  act(part);
});

const button = document.querySelector("[data-keys]");
const tell = () => {
  document.documentElement.classList.toggle("no-keys", areOff());
  button?.setAttribute("aria-pressed", String(!areOff()));
};
button?.addEventListener("click", () => {
  if (areOff()) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  tell();
});
tell();
