// Shortcuts by the place of the key, for every layout; never inside fields, and they can be switched off.
const phrases = document.getElementById("phrases").dataset;
const OFF = "kabinet-keys-off";
let begun = false;

export default function () {
  if (begun) return;
  begun = true;
  document.addEventListener("keydown", press);
}

const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return list(event);
  const target = isOff() ? null : document.querySelector(`[data-key="${event.code}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
}

function list(event) {
  event.preventDefault();
  const dialog = document.createElement("dialog"), title = document.createElement("h2"), rows = document.createElement("ul");
  title.textContent = phrases.keys;
  for (const target of document.querySelectorAll("[data-key]")) {
    const row = document.createElement("li"), key = document.createElement("span");
    key.className = "kbd";
    key.textContent = target.dataset.key.replace(/^(Key|Digit)/, "").replace("Slash", "/");
    row.append(key, " ", target.dataset.keyText ?? target.getAttribute("aria-label") ?? target.textContent.trim());
    rows.append(row);
  }
  dialog.append(title, rows, toggle(), close(dialog));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function toggle() {
  const label = Object.assign(document.createElement("label"), { className: "agree" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !isOff() });
  box.onchange = () => { try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* asked again next time */ } };
  label.append(box, phrases.keysOn);
  return label;
}

function close(dialog) {
  const button = Object.assign(document.createElement("button"), { className: "btn sec s", textContent: phrases.close });
  button.onclick = () => dialog.close();
  return button;
}
