// The browser's calendar as an extra to the three boxes of a date.
const begun = new WeakSet();

export default function (root) {
  for (const place of root.querySelectorAll("[data-calendar]")) if (!begun.has(place)) watch(place);
}

function watch(place) {
  begun.add(place);
  const picker = place.querySelector("input"), boxes = [...place.parentElement.querySelectorAll("[data-part]")];
  if (!picker.showPicker) return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => picker.showPicker());
  picker.addEventListener("change", () => {
    const [year, month, day] = picker.value.split("-").map(Number);
    for (const box of boxes) {
      box.value = { year, month, day }[box.dataset.part] || "";
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
