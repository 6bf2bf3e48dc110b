// The sum follows the ticks at once; without a script it is right after saving.
const output = document.querySelector("output[data-price]");
const prices = JSON.parse(output.dataset.price);

function show() {
  const chosen = [...document.querySelectorAll('input[name="subjects"]:checked')];
  const tyiyn = chosen.reduce((sum, tick) => sum + (prices[tick.value] ?? 0), Number(output.dataset.base));
  const [som, rest] = [Math.floor(tyiyn / 100), tyiyn % 100];
  const grouped = String(som).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  output.textContent = `${grouped}${rest ? `,${String(rest).padStart(2, "0")}` : ""}\u00a0${output.dataset.unit}`;
}

document.addEventListener("change", (event) => {
  if (event.target.name === "subjects") show();
});
show();
