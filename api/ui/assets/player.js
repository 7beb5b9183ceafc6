// Joins a player with the words beside it: a press on a word plays from there, the word being spoken is lit.
// Space plays and stops, the arrows go five seconds back and on.

const STEP = 5;

export function listen(part) {
  const audio = part.querySelector("audio");
  const words = [...part.querySelectorAll("span[data-at]")];
  const starts = words.map((word) => Number(word.dataset.at));
  let lit = null;

  const play = (from) => {
    audio.currentTime = from;
    audio.play();
  };

  part.addEventListener("click", (event) => {
    const from = event.target.closest("[data-at]");
    if (from) play(Number(from.dataset.at));
  });

  const light = () => {
    const at = starts.findLastIndex((start) => start <= audio.currentTime);
    if (words[at] !== lit) {
      lit?.classList.remove("lit");
      lit = words[at];
      lit?.classList.add("lit");
      lit?.scrollIntoView({ block: "nearest" });
    }
    if (!audio.paused) requestAnimationFrame(light);
  };
  audio.addEventListener("play", light);
  audio.addEventListener("seeked", light);

  return { audio, play };
}

export const parts = [...document.querySelectorAll("[data-spoken]")].map(listen);

document.addEventListener("keydown", (event) => {
  if (!parts.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, button, a, audio, summary")) return;
  const { audio } = parts.find((part) => !part.audio.paused) ?? parts[0];
  if (event.key === " ") audio.paused ? audio.play() : audio.pause();
  else if (event.key === "ArrowLeft") audio.currentTime -= STEP;
  else if (event.key === "ArrowRight") audio.currentTime += STEP;
  else return;
  event.preventDefault();
});
