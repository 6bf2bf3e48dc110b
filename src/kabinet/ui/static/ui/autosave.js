// Saves changed fields by themselves; the contract with the server is docs/reference/ui.md.
const phrases = document.getElementById("phrases").dataset;
const QUIET = 800, SAYS_SAVING = 300, AGAIN = 15000, PATIENCE = 5000;
const begun = new WeakSet();

export default function (root, early) {
  for (const form of root.querySelectorAll("form[data-autosave]")) if (!begun.has(form)) watch(form, early(form));
}

function watch(form, early) {
  begun.add(form);
  const state = { form, dirty: new Set(), timer: 0, inFlight: null, closed: false, unreached: false };
  form.addEventListener("input", (event) => touch(state, event.target, QUIET));
  form.addEventListener("change", (event) => touch(state, event.target, 0, event.isTrusted));
  form.addEventListener("focusout", () => state.dirty.size && soon(state, 0));
  form.addEventListener("submit", (event) => finishFirst(state, event));
  for (const control of early) touch(state, control, QUIET);
  addEventListener("online", () => send(state));
  document.addEventListener("visibilitychange", () => document.hidden && send(state));
}

const fieldOf = (control) => control.dataset.of ?? control.name;

// A person's change was an input before, saved by now.
function touch(state, control, delay, told) {
  if (!control.name || control.type === "file" || control.type === "hidden" || told && !state.dirty.has(fieldOf(control))) return;
  state.dirty.add(fieldOf(control));
  soon(state, delay);
}

function soon(state, delay) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => send(state), delay);
}

function send(state) {
  clearTimeout(state.timer);
  state.timer = 0; // also when a save is under way: its end looks here whether to go on
  if (state.closed || !state.dirty.size || state.inFlight) return state.inFlight;
  const names = [...state.dirty];
  state.dirty.clear();
  state.inFlight = exchange(state, names).finally(() => {
    state.inFlight = null;
    if (state.dirty.size && !state.timer) soon(state, QUIET);
  });
  return state.inFlight;
}

async function exchange(state, names) {
  const { form } = state, saving = setTimeout(() => say(form, phrases.saving, "wait"), SAYS_SAVING);
  const [body, sent] = request(form, names);
  try {
    const response = await fetch(form.dataset.autosave, {
      method: "POST", body, redirect: "manual", keepalive: true, headers: { "X-Requested-With": "autosave" },
    });
    clearTimeout(saving);
    state.unreached = false;
    await take(state, names, sent, response);
  } catch {
    clearTimeout(saving);
    state.unreached = true;
    later(state, names);
  }
}

function request(form, names) {
  const typed = new FormData(form), sent = {}, body = new URLSearchParams({ autosave: "1", changed: names.join(" ") });
  for (const hidden of ["csrfmiddlewaretoken", "version", "seen"]) body.set(hidden, typed.get(hidden) ?? "");
  for (const control of form.elements) {
    if (!control.name || !names.includes(fieldOf(control)) || sent[control.name]) continue;
    sent[control.name] = typed.getAll(control.name).map(String);
    for (const value of sent[control.name]) body.append(control.name, value);
  }
  return [body, sent];
}

async function take(state, names, sent, response) {
  const { form } = state;
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  if (response.type === "opaqueredirect" || response.status === 401) signedOut(state, names);
  else if (response.status === 403) close(state, answer);
  else if (answer && (response.ok || response.status === 409)) saved(state, sent, answer);
  else later(state, names);
}

function saved({ form }, sent, answer) {
  for (const name of ["version", "seen"]) if (answer[name] && form.elements[name]) form.elements[name].value = answer[name];
  network(true);
  say(form, answer.status, Object.keys(answer.notes ?? {}).length ? "warn" : "");
  form.querySelectorAll(".fnote").forEach((note) => note.remove());
  for (const [name, note] of Object.entries(answer.notes ?? {})) annotate(form, name, note);
  form.dispatchEvent(new CustomEvent("kabinet:saved", { detail: sent }));
}

function signedOut(state, names) {
  names.forEach((name) => state.dirty.add(name));
  document.activeElement.dispatchEvent(new CustomEvent("kabinet:signed-out", { bubbles: true }));
}

function close(state, answer) {
  state.closed = true;
  say(state.form, answer?.status ?? phrases.stale, "bad");
}

function later(state, names) {
  names.forEach((name) => state.dirty.add(name));
  network(false);
  soon(state, AGAIN);
}

// A press waits for the save under way: two versions must not race. After one that did not reach the
// server another must, else the page is not left.
async function finishFirst(state, event) {
  clearTimeout(state.timer);
  if (state.unreached) send(state);
  if (!state.inFlight) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.race([state.inFlight, new Promise((done) => setTimeout(done, PATIENCE))]);
  state.inFlight = null;
  if (!state.unreached) state.form.requestSubmit(event.submitter);
}

function say(form, text, look = "") {
  const line = document.querySelector("[data-saved]");
  if (!line || !text) return;
  line.className = `saved ${look}`;
  line.querySelector("svg")?.removeAttribute("hidden");
  (line.querySelector("span") ?? line).textContent = text;
}

const network = (isThere) => document.dispatchEvent(new CustomEvent("kabinet:network", { detail: isThere }));

function annotate(form, name, { text, value }) {
  const place = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  if (!place) return;
  const note = Object.assign(document.createElement("p"), { className: "fnote" });
  note.append(Object.assign(document.createElement("span"), { textContent: text }));
  note.setAttribute("role", "status");
  place.append(note);
  if (value === undefined) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sec s", textContent: phrases.take });
  button.onclick = () => { fill(form, name, value); note.remove(); };
  note.append(button);
}

function fill(form, name, value) {
  for (const control of form.elements) {
    if (!control.name || fieldOf(control) !== name) continue;
    const given = control.dataset.part ? value[control.dataset.part] : value;
    if (control.type === "checkbox" || control.type === "radio") control.checked = [given].flat().map(String).includes(control.value);
    else control.value = given ?? "";
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
