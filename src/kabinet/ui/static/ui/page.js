// Manners of every page: menus close, toasts go, errors get the focus, a pressed button says it is busy.
const phrases = document.getElementById("phrases").dataset;
const TOAST = 8000, BUSY_AFTER = 300, AGAIN_AFTER = 10000;
let begun = false, focused = null;

export default function (root) {
  const wrong = root.querySelector("[data-focus]");
  if (wrong && wrong !== focused && wrong !== document.activeElement) (focused = wrong).focus();
  // A row of tabs that is wider than a phone begins where one is.
  for (const tab of root.querySelectorAll("nav > [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
  for (const toast of root.querySelectorAll("[data-toast]")) setTimeout(() => toast.remove(), Number(toast.dataset.toast) || TOAST);
  if (begun) return;
  begun = true;
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(event));
  document.addEventListener("submit", busy);
  document.addEventListener("kabinet:signed-out", askToSignIn);
  document.addEventListener("kabinet:network", network);
  document.addEventListener("htmx:sendError", () => network({ detail: false }));
  document.addEventListener("htmx:responseError", refused);
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && document.querySelectorAll("#offline, #refused").forEach((told) => told.remove()));
  addEventListener("online", () => network({ detail: true }));
  // A slip opened where somebody is signed in: the door is not shown to them, and would lose it.
  if (document.body.dataset.person && location.pathname !== phrases.signOutUrl && /^#\d{8}\.[\w-]{22}$/.test(location.hash)) location.replace(phrases.signOutUrl + location.hash);
  // A page that answers a post is left and found again without asking to send it anew.
  history.replaceState(history.state, "");
  addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach(ready));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (event.type === "click" && menu.contains(event.target)) continue;
    menu.open = false;
    if (event.type === "keydown" && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
}

function busy(event) {
  const form = event.target, button = event.submitter;
  if (form.method !== "post" || form.dataset.download !== undefined || event.defaultPrevented) return;
  if (form.dataset.busy) return event.preventDefault();
  if (!navigator.onLine) return stay(event);
  form.dataset.busy = "1";
  setTimeout(() => ready(form), AGAIN_AFTER);
  if (!button?.matches(".btn")) return;
  setTimeout(() => {
    if (!form.dataset.busy) return;
    button.dataset.was = button.innerHTML;
    button.textContent = button.dataset.busyText ?? phrases.saving;
  }, BUSY_AFTER);
}

// Without a network the button would lead from what was typed to the browser's own error page.
function stay(event) {
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("kabinet:network", { detail: false }));
}

function network({ detail: isThere }) {
  if (isThere) document.getElementById("offline")?.remove();
  else tell("offline", phrases.offline);
}

// What was typed is still in its row: htmx drew nothing.
function refused({ detail }) {
  tell("refused", detail.xhr.status === 403 ? phrases.stale : phrases.failed);
}

function tell(id, text) {
  if (document.getElementById(id)) return;
  const told = Object.assign(document.createElement("p"), { id, className: "strip bad", textContent: text });
  told.setAttribute("role", "status");
  document.body.prepend(told);
}

function ready(form) {
  delete form.dataset.busy;
  for (const button of document.querySelectorAll("button[data-was]")) {
    button.innerHTML = button.dataset.was;
    delete button.dataset.was;
  }
}

// What was typed stays in the page; the link leads back to the same field.
function askToSignIn(event) {
  if (document.getElementById("sign-in")) return;
  const field = event.target.id ?? document.activeElement?.id ?? "";
  const back = location.pathname + location.search + (field && "#" + field);
  const dialog = document.createElement("dialog");
  dialog.id = "sign-in";
  dialog.innerHTML = '<h2></h2><p class="lead"></p><div class="acts"><a class="btn"></a><button class="btn tx"></button></div>';
  dialog.querySelector("h2").textContent = phrases.signedOut;
  dialog.querySelector("p").textContent = phrases.signedOutWhy;
  const link = dialog.querySelector("a"), later = dialog.querySelector("button");
  link.textContent = phrases.signIn;
  link.href = phrases.signInUrl + "?next=" + encodeURIComponent(back);
  later.textContent = phrases.cancel;
  later.onclick = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
}
