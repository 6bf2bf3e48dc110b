// One file a tile: made smaller in the browser, sent with its progress, sent again on demand.
// A tile of many (data-upload="each") sends every file by itself, each with a line of its own;
// data-redraw names the part of the page that is drawn anew after it, other than the tile.
const phrases = document.getElementById("phrases").dataset;
const MAX_SIDE = 1600, MAX_BYTES = 400 * 1024, RETRIES = 3, RETRY_AFTER = 3000;
const begun = new WeakSet();
let queue = Promise.resolve();

export default function (root) {
  const tiles = root.matches("form[data-upload]") ? [root] : root.querySelectorAll("form[data-upload]");
  for (const tile of tiles) if (!begun.has(tile)) watch(tile);
}

function watch(tile) {
  begun.add(tile);
  const inputs = tile.querySelectorAll("input[type=file]");
  if (!inputs.length) return;
  tile.classList.add("live");
  tile.querySelector("[data-send]")?.setAttribute("hidden", "");
  for (const input of inputs) {
    const take = () => chosen(tile, [...input.files]);
    input.addEventListener("change", take);
    take(); // by somebody quicker than this script
  }
  tile.addEventListener("dragover", (event) => { event.preventDefault(); tile.classList.add("over"); });
  tile.addEventListener("dragleave", () => tile.classList.remove("over"));
  tile.addEventListener("drop", (event) => {
    event.preventDefault();
    tile.classList.remove("over");
    chosen(tile, [...event.dataTransfer.files]);
  });
}

function chosen(tile, files) {
  if (!files.length) return;
  if (tile.dataset.upload === "each") return files.forEach((file) => inLine(tile, file));
  if (files.length > 1 && tile.querySelector("input[multiple]")) return together(tile, files);
  start(tile, files[0]);
}

// One line a file, one file at a time: what fails waits with its button and holds nobody up.
function inLine(form, file) {
  const line = document.createElement("li"), token = crypto.getRandomValues(new Uint32Array(4)).join("");
  line.append(Object.assign(document.createElement("span"), { className: "fname", textContent: file.name }));
  (form.querySelector("[data-upload-list]") ?? form).append(line);
  say(line, phrases.busy);
  queue = queue.then(() => start(line, file, { form, token }));
}

async function together(tile, files) {
  say(tile, phrases.shrinking);
  const small = [];
  for (const file of files) small.push(await shrink(file, tile.dataset));
  const body = new FormData(tile);
  body.delete("file");
  small.forEach((blob, at) => body.append("file", blob, nameOf(files[at], blob)));
  post(tile, tile, body, () => together(tile, files), null);
}

async function start(tile, file, { form = tile, token } = {}) {
  tile.querySelector(".emsg")?.remove(); // it spoke of the file before
  say(tile, phrases.shrinking);
  const small = form.dataset.keepOriginal === undefined ? await shrink(file, form.dataset) : file;
  const limit = Number(form.dataset.limit) || Infinity;
  const tooBig = file.type.startsWith("image/") ? phrases.tooBig : phrases.tooBigScan;
  if (small.size > limit) return fail(tile, phrase(tooBig, { size: size(small.size), limit: size(limit) }));
  return send(tile, file, small, { form, token });
}

// A picture the browser can decode becomes a JPEG of at most 1600 px and about 400 KB; anything else stays as it is.
async function shrink(file, { maxSide = MAX_SIDE, maxBytes = MAX_BYTES }) {
  if (!file.type.startsWith("image/") || file.size <= maxBytes) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, maxSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.9, 0.8, 0.7, 0.6]) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && (blob.size <= maxBytes || quality === 0.6)) return blob.size < file.size ? blob : file;
    }
  } catch { /* HEIC and the like: the server can decode it */ }
  return file;
}

function send(tile, file, small, { form = tile, token } = {}) {
  const body = new FormData(form);
  body.set("file", small, nameOf(file, small));
  if (token) body.set("token", token);
  if (small !== file) body.set("original_size", file.size);
  return post(tile, form, body, () => send(tile, file, small, { form, token }), small !== file ? [file.size, small.size] : null);
}

function nameOf(file, small) {
  return small === file ? file.name : file.name.replace(/\.\w+$/, "") + ".jpg";
}

// Settles when this try is over, whatever came of it. A broken line is tried again with the same token:
// three times after a while, and whenever the network is back.
function post(tile, form, body, retry, sizes, tries = 0) {
  const xhr = new XMLHttpRequest(), bar = progress(tile);
  let percent = 0;
  xhr.upload.onprogress = ({ loaded, total }) => {
    percent = Math.round((100 * loaded) / total);
    bar.value = percent;
    say(tile, phrase(phrases.sending, { percent }));
  };
  return new Promise((over) => {
    xhr.onload = () => over(take(tile, form, xhr, retry, sizes));
    xhr.onerror = xhr.ontimeout = () => {
      const once = (next) => {
        clearTimeout(waiting);
        removeEventListener("online", back);
        if (tile.isConnected) post(tile, form, body, retry, sizes, next);
      };
      const back = () => once(0);
      const waiting = tries < RETRIES && setTimeout(once, RETRY_AFTER * 2 ** tries, tries + 1);
      addEventListener("online", back);
      over(again(tile, phrase(phrases.broken, { percent }), back));
    };
    xhr.open("POST", form.action);
    xhr.setRequestHeader("X-Requested-With", "upload");
    xhr.send(body);
  });
}

function take(tile, form, xhr, retry, sizes) {
  const elsewhere = new URL(xhr.responseURL).pathname !== new URL(form.action).pathname;
  if (xhr.status === 401 || elsewhere) {
    again(tile, phrases.signedOut, retry);
    return tile.dispatchEvent(new CustomEvent("kabinet:signed-out", { bubbles: true }));
  }
  const next = xhr.getResponseHeader("X-Go");
  if (next) return location.assign(next);
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (tile !== form) return settle(tile, form, xhr, page, retry);
  const drawn = tile.id && page.getElementById(tile.id);
  if (redraw(tile, page)) return;
  if (drawn) return replace(tile, drawn, xhr.status < 300 ? sizes : null);
  again(tile, status(xhr) ?? phrases.notSent, retry);
}

// A line goes when its file lies on the page, or says why not.
function settle(line, form, xhr, page, retry) {
  const told = page.querySelector("#" + form.id + " .emsg");
  if (xhr.status < 300) {
    line.remove();
    redraw(form, page);
  } else if (told) fail(line, told.textContent.trim());
  else again(line, status(xhr) ?? phrases.notSent, retry);
}

// The part of the page the tile names, unless another upload is on its way in it.
function redraw(tile, page) {
  const here = tile.dataset.redraw && document.getElementById(tile.dataset.redraw), drawn = here && page.getElementById(here.id);
  if (!drawn) return false;
  if (here.contains(tile)) tile.querySelector("progress")?.remove();
  if (here.querySelector("progress")) return false;
  here.replaceWith(drawn);
  drawn.dispatchEvent(new CustomEvent("kabinet:drawn", { bubbles: true }));
  (drawn.querySelector("[data-focus]") ?? document.getElementById(tile.id)?.querySelector("input[type=file]"))?.focus({ preventScroll: true });
  return true;
}

function replace(tile, drawn, sizes) {
  tile.replaceWith(drawn);
  if (sizes) say(drawn, phrase(phrases.shrunk, { from: size(sizes[0]), to: size(sizes[1]) }));
  drawn.dispatchEvent(new CustomEvent("kabinet:drawn", { bubbles: true }));
  (drawn.querySelector("[data-focus]") ?? drawn.querySelector("input[type=file], a, button"))?.focus({ preventScroll: true });
}

function again(tile, text, retry) {
  fail(tile, text);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sec s", textContent: phrases.retry });
  button.onclick = () => { say(tile, ""); retry(); };
  note(tile).append(" ", button);
}

function fail(tile, text) {
  tile.querySelector("progress")?.remove();
  say(tile, text);
  note(tile).classList.add("bad");
}

function say(tile, text) {
  const line = note(tile);
  line.className = "saved";
  line.textContent = text;
}

function note(tile) {
  const found = tile.querySelector("[data-upload-note]");
  if (found) return found;
  const line = document.createElement("p");
  line.dataset.uploadNote = "";
  line.setAttribute("role", "status");
  tile.append(line);
  return line;
}

function progress(tile) {
  tile.querySelector("progress")?.remove();
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", phrases.busy);
  note(tile).before(bar);
  return bar;
}

function status(xhr) {
  try { return JSON.parse(xhr.responseText).status; } catch { return undefined; }
}

function size(bytes) {
  const big = bytes >= 1e6;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: big ? 1 : 0 });
  return `${number.format(bytes / (big ? 2 ** 20 : 2 ** 10))}\u00a0${big ? phrases.mb : phrases.kb}`;
}

const phrase = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
