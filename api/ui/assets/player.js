// Joins a player with the words beside it: a press on a word plays from there, the word being spoken is lit.
// Space plays and stops, the arrows go five seconds back and on, + and − change the speed.

import { isTyping, meant } from "./keys.js";

const STEP = 5;

export function listen(part) {
  const audio = part.querySelector("audio");
  const speed = part.querySelector("[data-speed]");
  let words, starts, lit;

  const readWords = () => {
    words = [...part.querySelectorAll("span[data-at]")];
    starts = words.map((word) => Number(word.dataset.at));
    lit = null;
  };

  const seek = (to) => {
    audio.currentTime = Math.max(0, to);
    part.dispatchEvent(new CustomEvent("moved"));
  };
  // Of two presses in a moment the later counts; the earlier promise is broken, which is no fault.
  const start = () => audio.play().catch(() => {});
  const play = (from) => {
    seek(from);
    start();
  };
  const toggle = () => (audio.paused ? start() : audio.pause());

  part.addEventListener("click", (event) => {
    const from = event.target.closest("[data-at]");
    if (from) play(Number(from.dataset.at));
  });

  const light = () => {
    const at = words[starts.findLastIndex((start) => start <= audio.currentTime)];
    if (at !== lit) {
      const follows = isFollowed(lit ?? at);
      lit?.classList.remove("lit");
      at?.classList.add("lit");
      if (follows) at?.scrollIntoView({ block: "nearest" });
      lit = at;
    }
    part.dispatchEvent(new CustomEvent("moved"));
    if (!audio.paused) requestAnimationFrame(light);
  };
  // An address that was given for minutes may have run out: once, ask anew and go on where it stopped.
  let mended = -1;
  audio.addEventListener("error", () => {
    const at = audio.currentTime;
    if (!at || at === mended) return;
    mended = at;
    audio.load();
    audio.currentTime = at;
    start();
  });
  audio.addEventListener("play", light);
  audio.addEventListener("seeked", light);

  const chooseSpeed = (value) => {
    speed.value = value;
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    localStorage.setItem("speed", speed.value);
  };
  const faster = (steps) => {
    const next = speed.options[speed.selectedIndex + steps];
    if (next) chooseSpeed(next.value);
  };
  speed.addEventListener("change", () => chooseSpeed(speed.value));
  if ([...speed.options].some((one) => one.value === localStorage.getItem("speed"))) chooseSpeed(localStorage.speed);

  readWords();
  return { part, audio, toggle, seek, faster, readWords };
}

// Words that scroll by themselves are followed always, others only while the reader looks at them.
function isFollowed(word) {
  const card = word?.closest(".card");
  if (!card) return false;
  const { top, bottom } = word.getBoundingClientRect();
  return card.scrollHeight > card.clientHeight + 1 || (top < innerHeight && bottom > 0);
}

export const parts = [...document.querySelectorAll("[data-spoken]:has(audio)")].map(listen);

document.addEventListener("keydown", (event) => {
  const key = meant(event);
  if (!parts.length || !key || isTyping(event) || event.target.closest("audio, [role=slider]")) return;
  const { audio, toggle, seek, faster } = parts.find((part) => !part.audio.paused) ?? parts[0];
  if (key === " " && !event.target.closest("button, a, summary")) toggle();
  else if (key === "ArrowLeft") seek(audio.currentTime - STEP);
  else if (key === "ArrowRight") seek(audio.currentTime + STEP);
  else if (key === "+") faster(1);
  else if (key === "-") faster(-1);
  else return;
  event.preventDefault();
});
