// The last day of a deadline, to the second; with data-now by the server's clock: <time data-countdown datetime data-now>.
const phrases = document.getElementById("phrases").dataset;
const begun = new WeakSet();
const DAY = 24 * 3600;

export default function (root) {
  for (const place of root.querySelectorAll("[data-countdown]")) if (!begun.has(place)) watch(place);
}

function watch(place) {
  begun.add(place);
  const skew = place.dataset.now ? Date.parse(place.dataset.now) - Date.now() : 0, end = Date.parse(place.dateTime);
  const tick = () => {
    const left = Math.max(0, Math.floor((end - Date.now() - skew) / 1000));
    if (left > DAY) return;
    place.textContent = left ? phrases.left.replace("{time}", clock(left)) : phrases.over;
    if (!left) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
}

const clock = (left) => [left / 3600, (left / 60) % 60, left % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
