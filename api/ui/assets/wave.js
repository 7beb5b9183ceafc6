// Draws a call from its first second to its last, left to right in every language: how loud each channel is, who
// speaks, and where something was found. A press goes there; the arrows, Home and End do, too.

import { clock } from "./clock.js";

const STEPS = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -30, PageUp: 30 };

export async function draw(wave, player) {
  const [track, canvas, head, pins] = ["track", "sheet", "head-of-play", "pins"].map((name) => wave.querySelector(`.${name}`));
  const seconds = Number(wave.dataset.seconds);
  const sound = await soundOf(wave);
  const lanes = lanesOf(wave, sound);
  wave.hidden = false;

  const paint = () => {
    placePins(pins, seconds);
    paintSheet(canvas, { lanes, sound, seconds });
    move();
  };
  const move = () => {
    const at = Math.min(player.audio.currentTime, seconds);
    head.style.left = `${(100 * at) / seconds}%`;
    track.setAttribute("aria-valuenow", Math.round(at));
    track.setAttribute("aria-valuetext", clock(at));
  };

  const goTo = (event) => {
    const { left, width } = track.getBoundingClientRect();
    player.seek(((event.clientX - left) / width) * seconds);
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    track.setPointerCapture(event.pointerId);
    goTo(event);
  });
  track.addEventListener("pointermove", (event) => track.hasPointerCapture(event.pointerId) && goTo(event));
  track.addEventListener("keydown", (event) => {
    const now = player.audio.currentTime;
    const to = { Home: 0, End: seconds }[event.key] ?? (event.key in STEPS ? now + STEPS[event.key] : null);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    player.seek(Math.min(to, seconds));
  });

  player.part.addEventListener("moved", move);
  new ResizeObserver(paint).observe(track);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  return paint;
}

async function soundOf(wave) {
  if (!wave.dataset.waveform) return null;
  const answer = await fetch(wave.dataset.waveform).catch(() => null);
  return answer?.ok ? answer.json() : null; // without it there is still who speaks when
}

// One lane for each channel; without sound, for each party.
function lanesOf(wave, sound) {
  const names = [...wave.querySelectorAll(".lanes span")];
  return sound ? sound.channels.map((one) => one.party) : names.map((one) => one.className);
}

function placePins(pins, seconds) {
  const rows = []; // where the last pin of each row ends
  pins.replaceChildren(...[...document.querySelectorAll(".findings li[data-from]")].map((finding) => {
    const pin = document.createElement("span");
    pin.className = `pin ${finding.className}`;
    pin.dataset.at = finding.querySelector(".hear").dataset.at;
    pin.textContent = `${finding.dataset.number}\u00a0${finding.dataset.sign}`;
    pin.title = finding.querySelector("h3").textContent.trim();
    pin.style.left = `${(100 * finding.dataset.from) / seconds}%`;
    return pin;
  }));
  const all = [...pins.children].sort((one, other) => one.offsetLeft - other.offsetLeft);
  for (const pin of all) {
    if (pin.offsetLeft + pin.offsetWidth > pins.clientWidth) pin.style.left = `${pins.clientWidth - pin.offsetWidth}px`;
    let row = rows.findIndex((end) => end <= pin.offsetLeft);
    if (row < 0) row = rows.length;
    rows[row] = pin.offsetLeft + pin.offsetWidth + 2;
    pin.style.top = `${row * (pin.offsetHeight + 2)}px`;
  }
  pins.style.height = `${rows.length * ((all[0]?.offsetHeight ?? 0) + 2)}px`;
}

function paintSheet(canvas, { lanes, sound, seconds }) {
  const { width, height } = canvas.getBoundingClientRect();
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  const x = (second) => (second / seconds) * width;
  const lane = height / (lanes.length || 1);
  const colour = (party) => getComputedStyle(canvas.parentElement.querySelector(`.lanes .${party}`) ?? canvas).color;

  for (const line of document.querySelectorAll(".line")) {
    const party = line.classList[1];
    const from = line.firstChild.dataset.at;
    const at = Math.max(0, lanes.indexOf(party));
    pen.globalAlpha = 0.14;
    pen.fillStyle = colour(party);
    pen.fillRect(x(from), at * lane + 1, Math.max(1, x(line.dataset.to - from)), lane - 2);
  }
  for (const signal of document.querySelectorAll(".signal")) {
    const at = Math.max(0, lanes.indexOf(signal.classList[2]));
    const { from, to } = signal.dataset;
    paintStaff(pen, { left: x(from), top: at * lane + 1, width: Math.max(2, x(to - from)), height: lane - 2, colour: getComputedStyle(signal).color });
  }
  for (const finding of document.querySelectorAll(".findings li[data-from]")) {
    const at = Math.max(0, lanes.indexOf(finding.dataset.party));
    pen.globalAlpha = 0.3;
    pen.fillStyle = getComputedStyle(finding).borderInlineStartColor;
    pen.fillRect(x(finding.dataset.from), at * lane, Math.max(3, x(finding.dataset.to - finding.dataset.from)), lane);
  }
  pen.globalAlpha = 1;
  for (const [from, to, channel] of JSON.parse(canvas.closest(".wave").dataset.silenced ?? "[]")) {
    const known = channel !== null && channel < lanes.length;
    hatch(pen, canvas, { left: x(from), width: Math.max(4, x(to - from)), top: known ? channel * lane : 0, height: known ? lane : height });
  }
  lanes.forEach((party, at) => {
    pen.fillStyle = colour(party);
    paintPeaks(pen, sound?.channels[at], { middle: (at + 0.5) * lane, half: lane / 2 - 2, width, loudest: loudestOf(sound), scale });
  });
}

// What was silenced: slanted lines, which no sound looks like.
function hatch(pen, canvas, { left, width, top, height }) {
  pen.save();
  pen.beginPath();
  pen.rect(left, top + 1, width, height - 2);
  pen.clip();
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.globalAlpha = 0.55;
  for (let at = left - height; at < left + width; at += 5) {
    pen.beginPath();
    pen.moveTo(at, top + height);
    pen.lineTo(at + height, top);
    pen.stroke();
  }
  pen.restore();
}

// What is no voice (music on hold, ringing, keys): the lines that notes stand on, so that nobody looks for words in it.
function paintStaff(pen, { left, top, width, height, colour }) {
  pen.save();
  pen.fillStyle = colour;
  pen.globalAlpha = 0.1;
  pen.fillRect(left, top, width, height);
  pen.globalAlpha = 0.6;
  for (let line = 1; line <= 5; line += 1) pen.fillRect(left, top + (line * height) / 6, width, 1);
  pen.restore();
}

// What is quiet throughout is drawn larger, up to a point: noise stays noise.
const loudestOf = (sound) =>
  Math.max(16, ...(sound?.channels ?? []).flatMap((one) => [Math.max(0, ...one.high), -Math.min(0, ...one.low)]));

function paintPeaks(pen, channel, { middle, half, width, loudest, scale }) {
  pen.fillRect(0, middle - 0.5, width, 1);
  if (!channel?.high.length) return;
  const points = Math.ceil(width * scale);
  const pairs = channel.high.length;
  for (let point = 0; point < points; point += 1) {
    const first = Math.floor((point * pairs) / points);
    const last = Math.max(first + 1, Math.floor(((point + 1) * pairs) / points));
    const high = (Math.max(...channel.high.slice(first, last)) / loudest) * half;
    const low = (Math.min(...channel.low.slice(first, last)) / loudest) * half;
    pen.fillRect(point / scale, middle - high, 1 / scale, Math.max(high - low, 1 / scale));
  }
}
