// Unsent text lives in this tab until the server has acknowledged it; never passwords, never files.
const person = document.body.dataset.person;
const PREFIX = "kabinet:";
const SKIP = new Set(["password", "file", "hidden", "submit", "button"]);
const begun = new WeakSet();
let swept = false;

export default function (root, early) {
  if (!swept) sweep();
  for (const form of root.querySelectorAll("form[data-keep], form[data-autosave]")) {
    if (person && form.dataset.keep !== "off" && document.body.dataset.shared === undefined && !begun.has(form)) watch(form, early(form));
  }
}

function sweep() {
  swept = true;
  document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && keys().forEach(drop));
  for (const key of keys()) {
    const entry = read(key), whose = key.split(":")[1];
    if (person && whose !== person) drop(key);
    else if (entry.pending && person && acknowledged(entry)) drop(key);
    else if (entry.pending) write(key, { ...entry, pending: false });
  }
}

// The server has answered a sent form when we arrive from that form, and not by reloading or going back.
function acknowledged(entry) {
  const how = performance.getEntriesByType("navigation")[0]?.type;
  const from = document.referrer && new URL(document.referrer).pathname;
  return how === "navigate" && from === entry.path && !document.querySelector("[data-focus]");
}

function watch(form, early) {
  begun.add(form);
  const key = `${PREFIX}${person}:${location.pathname}:${form.dataset.keep || form.id}`;
  for (const control of early) remember(form, key, control);
  restore(form, read(key).fields ?? {});
  form.addEventListener("input", (event) => remember(form, key, event.target));
  form.addEventListener("change", (event) => remember(form, key, event.target));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "_language" && read(key).fields) write(key, { ...read(key), pending: true });
  });
  form.addEventListener("kabinet:saved", (event) => forget(key, event.detail));
}

function remember(form, key, control) {
  if (!control.name || SKIP.has(control.type)) return;
  const fields = { ...read(key).fields, [control.name]: values(form, control.name) };
  write(key, { path: location.pathname, fields });
}

function forget(key, sent) {
  const { fields = {}, ...rest } = read(key);
  for (const [name, value] of Object.entries(sent)) if (String(fields[name]) === String(value)) delete fields[name];
  if (Object.keys(fields).length) write(key, { ...rest, fields });
  else drop(key);
}

function restore(form, fields) {
  let differs = false;
  for (const [name, kept] of Object.entries(fields)) {
    const controls = named(form, name);
    if (!controls.length) continue;
    if (String(values(form, name)) !== String(kept)) differs = true;
    for (const control of controls) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = kept.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = kept.includes(option.value);
      else control.value = kept[0] ?? "";
    }
    // Told to autosave a moment later: it may not have begun yet.
    setTimeout(() => controls[0].dispatchEvent(new Event("input", { bubbles: true })), 50);
  }
  const line = differs && document.querySelector("[data-saved] span");
  if (line) line.textContent = document.getElementById("phrases").dataset.restored;
}

const named = (form, name) => [...form.elements].filter((control) => control.name === name && !SKIP.has(control.type));
const values = (form, name) => new FormData(form).getAll(name).map(String);
const keys = () => { try { return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } };
const drop = (key) => sessionStorage.removeItem(key);
const read = (key) => { try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; } };
const write = (key, entry) => { try { sessionStorage.setItem(key, JSON.stringify(entry)); } catch { /* no room or not allowed: the page itself still holds the text */ } };
