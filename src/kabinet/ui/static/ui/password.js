// «Показать» beside a password: seen while one types, hidden again before it is sent.
const phrases = document.getElementById("phrases").dataset;
const begun = new WeakSet();

export default function (root) {
  for (const button of root.querySelectorAll("[data-show-password]")) if (!begun.has(button)) watch(button);
}

function watch(button) {
  begun.add(button);
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? phrases.hide : phrases.show;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
}
