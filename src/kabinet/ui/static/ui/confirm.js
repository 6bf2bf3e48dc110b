// A question about an act that cannot be undone, as a dialog; else it is the page behind the link.
let begun = false;

export default function () {
  if (begun) return;
  begun = true;
  document.addEventListener("click", ask);
}

async function ask(event) {
  const link = event.target.closest("a[data-confirm]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const question = await fetched(link.href);
  if (question) open(link, question);
  else location.assign(link.href);
}

async function fetched(address) {
  try {
    const response = await fetch(address, { headers: { "X-Requested-With": "dialog" } });
    return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-dialog]");
  } catch {
    return null;
  }
}

function open(link, question) {
  const dialog = document.createElement("dialog");
  dialog.append(question);
  for (const form of dialog.querySelectorAll("form:not([action])")) form.action = link.href;
  for (const cancel of dialog.querySelectorAll("[data-cancel]")) {
    cancel.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  }
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  const title = dialog.querySelector("h1, h2");
  if (title) dialog.setAttribute("aria-labelledby", (title.id ||= "question"));
  document.body.append(dialog);
  dialog.showModal();
}
