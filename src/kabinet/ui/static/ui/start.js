// Fetches the other modules, each only where a page has something for it to do.
const wanted = {
  keep: "body",
  autosave: "form[data-autosave]",
  calendar: "[data-calendar]",
  confirm: "[data-confirm]",
  countdown: "[data-countdown]",
  idle: "body[data-idle]",
  keys: "[data-key]",
  page: "body, [data-focus], [data-toast]",
  password: "[data-show-password]",
  share: "[data-share], [data-copy], [data-print]",
  upload: "form[data-upload]",
};
const addresses = document.getElementById("start").dataset;

// What was typed before the scripts came; going back and reloading fill the fields by themselves.
function early(form) {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return [];
  return [...form.elements].filter((control) => control.name && (/radio|checkbox/.test(control.type)
    ? control.checked !== control.defaultChecked
    : "defaultValue" in control && control.value !== control.defaultValue));
}

// Another language is one of the whole page: htmx would draw only its part.
function wholePage(event) {
  if (event.submitter?.name === "_language" && event.target.matches("[hx-post]")) event.stopPropagation();
}

async function begin(root) {
  const here = Object.keys(wanted).filter((name) => root.matches(wanted[name]) || root.querySelector(wanted[name]));
  for (const name of here) (await import(addresses["at" + name[0].toUpperCase() + name.slice(1)])).default(root, early);
}

// Where a page asks only after an upload, htmx comes late: it begins by itself only in a finished page.
const late = document.querySelector("[data-late]")?.dataset.late;
const finished = new Promise((come) => document.readyState === "complete" ? come() : addEventListener("load", come));
let coming;
const fetchHtmx = () => coming ??= finished.then(() => new Promise(function add(come) {
  const onerror = () => setTimeout(add, 3000, come);
  document.head.append(Object.assign(document.createElement("script"), { src: late, onload: come, onerror }));
}));

async function drawn({ target }) {
  begin(target);
  if (late) await fetchHtmx();
  window.htmx?.process(target);
  document.body.dispatchEvent(new Event("kabinet:shown"));
}

document.addEventListener("submit", wholePage, true);
begin(document.documentElement);
document.addEventListener("kabinet:drawn", drawn);
document.addEventListener("htmx:load", (e) => begin(e.target));
if (late) {
  document.addEventListener("change", (e) => e.target.type === "file" && fetchHtmx());
  if (document.querySelector("[hx-get]:not([hx-trigger*=shown])")) fetchHtmx();
}
