// Two minutes before an unused cabinet closes, a strip offers to stay; after that the page is left.
const { idle } = document.body.dataset;
const { staying, stay, stayUrl, signInUrl } = document.getElementById("phrases").dataset;
const WARNING = 120, SEEN = "kabinet-seen";
let begun = false, here = Date.now();

export default function () {
  if (begun) return;
  begun = true;
  used();
  for (const event of ["kabinet:saved", "kabinet:drawn", "htmx:afterRequest"]) document.addEventListener(event, used, true);
  setInterval(look, 5000);
}

// Other tabs of the same browser keep the session alive too; what a script asks by itself does not.
function used(event) {
  if (event?.detail?.requestConfig?.headers["X-Kabinet-Poll"]) return;
  here = Date.now();
  try { localStorage.setItem(SEEN, here); } catch { /* this tab then counts alone */ }
}

function seen() {
  try { return Math.max(here, Number(localStorage.getItem(SEEN))); } catch { return here; }
}

function look() {
  const left = Number(idle) - (Date.now() - seen()) / 1000;
  if (left > WARNING) document.getElementById("idle")?.remove();
  else if (left > 0) warn();
  else location.assign(`${signInUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function warn() {
  if (document.getElementById("idle")) return;
  const strip = Object.assign(document.createElement("p"), { id: "idle", className: "strip bad", textContent: staying + " " });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sec s", textContent: stay });
  button.onclick = async () => { if ((await fetch(stayUrl, { redirect: "manual" })).ok) { used(); strip.remove(); } };
  strip.setAttribute("role", "alert");
  strip.append(button);
  document.body.prepend(strip);
}
