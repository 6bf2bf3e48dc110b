// «Снять» with an oval to stand in and one hint at a time, computed here without any model.
// The picture taken goes into the tile's file input; upload.js does the rest. Where no camera can be
// had, the same button opens the phone's own camera or asks for a file.
const dialog = document.getElementById("camera"), video = dialog.querySelector("video"), hint = dialog.querySelector("[data-hint]");
const other = dialog.querySelector("[data-other]"), words = dialog.dataset;
const RATIO = 3 / 4, HEIGHT = 1600, EVERY = 400, FACINGS = ["user", "environment"];
// The oval of the guide in shares of the frame, and the corners where only wall should be.
const OVAL = { x: 0.5, y: 0.4, rx: 0.2, ry: 0.24 }, CORNER = { width: 0.2, height: 0.35 };
const WIDE = 240, TALL = 320; // of the small picture that is measured
// Luma 0..255 of what should be white, shares of the light, sharpness of the eyes and mouth.
const DARK = 150, WALL = 170, COLOURED = 40, BURNT = 0.15, SIDE = 1.9, BLURRED = 0.035;
const seen = document.getElementById("seen");
let stream, timer, waiting, facing = 0, last = "";

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-camera]")) return;
  event.preventDefault();
  if (navigator.mediaDevices?.getUserMedia && dialog.showModal) open();
  else input().click();
});
dialog.querySelector("[data-shoot]").addEventListener("click", shoot);
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog.querySelector("[data-file]").addEventListener("click", () => { dialog.close(); input().click(); });
other.addEventListener("click", () => { facing = 1 - facing; start(); });
dialog.addEventListener("close", stop);
document.addEventListener("visibilitychange", () => document.hidden && dialog.close());

// On a phone the input that opens its camera, elsewhere the one for files.
function input() {
  const phone = matchMedia("(pointer: coarse)").matches;
  return document.querySelector(`#tile-face input[type=file]${phone ? "[capture]" : ":not([capture])"}`);
}

function open() {
  dialog.showModal();
  start();
}

async function start() {
  stop();
  say("wait");
  dialog.classList.remove("away");
  const wanted = { facingMode: FACINGS[facing], width: { ideal: 1920 }, height: { ideal: 1440 } };
  try {
    const found = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
    stream = found;
    if (!dialog.open) return stop(); // closed meanwhile
    video.srcObject = found;
    await video.play();
    dialog.classList.toggle("mirror", found.getVideoTracks()[0].getSettings().facingMode !== "environment");
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
    other.hidden = cameras.length < 2;
    timer = setInterval(look, EVERY);
  } catch (error) {
    if (error.name === "AbortError") return; // stopped while it was starting
    dialog.classList.add("away");
    say("denied");
  }
}

function stop() {
  clearInterval(timer);
  stream?.getTracks().forEach((track) => track.stop());
  stream = video.srcObject = null;
}

// The chosen picture is shown while it is on its way; what was said of the last one fades.
document.addEventListener("change", ({ target }) => {
  const [file] = (target.closest("#tile-face") && target.files) || [];
  if (!file?.type.startsWith("image/")) return;
  const shown = Object.assign(new Image(), { alt: "" }), frame = document.querySelector("#tile-face .frame");
  shown.onload = () => { frame.classList.remove("upright"); frame.replaceChildren(shown); URL.revokeObjectURL(shown.src); };
  shown.src = URL.createObjectURL(file);
  seen.classList.add("stale");
});

// A drawn tile has a new answer coming: for a minute it is asked for, then a person asks.
document.addEventListener("kabinet:drawn", ({ target }) => {
  if (target.id !== "tile-face") return;
  target.scrollIntoView({ block: "nearest" });
  patience();
});
document.addEventListener("htmx:afterSwap", () => seen.classList.remove("stale"));
patience();

function patience() {
  clearTimeout(waiting);
  waiting = setTimeout(() => seen.querySelector("[data-poll]")?.remove(), 60000);
}

// The middle of the camera's picture in the shape of the frame: left, top, width, height.
function crop() {
  const { videoWidth: width, videoHeight: height } = video;
  const wide = Math.min(width, height * RATIO), tall = wide / RATIO;
  return [(width - wide) / 2, (height - tall) / 2, wide, tall];
}

function draw(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: width === WIDE });
  context.drawImage(video, ...crop(), 0, 0, width, height);
  return [canvas, context];
}

async function shoot() {
  if (!stream || !video.videoWidth) return;
  const height = Math.round(Math.min(HEIGHT, crop()[3]));
  const [canvas] = draw(Math.round(height * RATIO), height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  const files = new DataTransfer(), place = input();
  files.items.add(new File([blob], "camera.jpg", { type: "image/jpeg" }));
  place.files = files.files;
  dialog.close();
  place.dispatchEvent(new Event("change", { bubbles: true }));
}

// A hint is shown when two looks in a row agree on it: nothing flickers.
function look() {
  if (!video.videoWidth) return;
  const found = problem();
  if (found === last) say(found);
  last = found;
}

function say(name) {
  const text = words[name];
  if (hint.textContent === text) return;
  hint.textContent = text;
  hint.className = name;
}

function problem() {
  if (video.videoWidth > video.videoHeight && matchMedia("(pointer: coarse)").matches) return "turn";
  const [, context] = draw(WIDE, TALL);
  return judge(context.getImageData(0, 0, WIDE, TALL).data);
}

// Light is judged by the lightest parts, never by the lightness of the skin.
function judge(data) {
  const grey = new Float32Array(WIDE * TALL);
  for (let at = 0; at < grey.length; at++) grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  const face = zone(data, grey, inOval), wall = zone(data, grey, inCorner);
  if (lightest(grey) < DARK) return "dark";
  if (face.burnt > BURNT) return "bright";
  if (Math.max(face.left / face.right, face.right / face.left) > SIDE) return "side";
  if (sharpness(grey) < BLURRED) return "blur";
  if (wall.light < WALL || wall.colour > COLOURED) return "wall";
  return "good";
}

const inOval = (x, y) => ((x / WIDE - OVAL.x) / OVAL.rx) ** 2 + ((y / TALL - OVAL.y) / OVAL.ry) ** 2 < 1;
const inCorner = (x, y) => y / TALL < CORNER.height && Math.min(x, WIDE - x) / WIDE < CORNER.width;

// Means over a part of the picture, 0..255: light and colour, light of both halves; the share at the upper end.
function zone(data, grey, inside) {
  let colour = 0, burnt = 0;
  const light = [0, 0], count = [0, 0];
  for (let y = 0; y < TALL; y++) for (let x = 0; x < WIDE; x++) {
    if (!inside(x, y)) continue;
    const at = y * WIDE + x, red = data[4 * at], green = data[4 * at + 1], blue = data[4 * at + 2], half = x < WIDE / 2 ? 0 : 1;
    light[half] += grey[at];
    count[half]++;
    colour += Math.max(red, green, blue) - Math.min(red, green, blue);
    burnt += grey[at] > 250;
  }
  const all = count[0] + count[1];
  return { light: (light[0] + light[1]) / all, colour: colour / all, burnt: burnt / all, left: light[0] / count[0], right: light[1] / count[1] };
}

// What the lightest fiftieth of the picture reaches.
const lightest = (grey) => grey.filter((_, at) => at % 8 === 0).sort()[Math.floor((grey.length / 8) * 0.98)];

// Edges one pixel wide against edges eight wide within the oval: a blurred face has only the wide ones.
function sharpness(grey) {
  let fine = 0, coarse = 1;
  for (let y = 8; y < TALL - 8; y++) for (let x = 8; x < WIDE - 8; x++) {
    if (!inOval(x, y)) continue;
    const at = y * WIDE + x, down = 8 * WIDE;
    fine += (grey[at + 1] + grey[at - 1] - 2 * grey[at]) ** 2 + (grey[at + WIDE] + grey[at - WIDE] - 2 * grey[at]) ** 2;
    coarse += (grey[at + 8] - grey[at - 8]) ** 2 + (grey[at + down] - grey[at - down]) ** 2;
  }
  return fine / coarse;
}
