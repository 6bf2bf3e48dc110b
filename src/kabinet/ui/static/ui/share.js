// Sharing, copying and printing by a button; where the browser cannot, the plain links stay.
const phrases = document.getElementById("phrases").dataset;
let begun = false;

export default function (root) {
  if (!navigator.share) for (const button of root.querySelectorAll("[data-share]")) button.hidden = true;
  else for (const button of root.querySelectorAll("[data-share]")) button.hidden = false;
  for (const button of root.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  if (begun) return;
  begun = true;
  document.addEventListener("click", act);
}

async function act(event) {
  const button = event.target.closest("[data-share], [data-copy], [data-print]");
  if (!button) return;
  const { share, shareText, copy } = button.dataset;
  if (button.dataset.print !== undefined) return print();
  if (share !== undefined) return navigator.share({ url: share || undefined, text: shareText }).catch(() => {});
  await navigator.clipboard.writeText(copy);
  const was = button.innerHTML;
  button.textContent = phrases.copied;
  setTimeout(() => { button.innerHTML = was; }, 2000);
}
