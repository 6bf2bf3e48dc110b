// The QR of a slip leads to /sign-in/#NUMBER.TOKEN: fill the form and send it. Where somebody else is
// signed in, page.js brings it to «Выйти»: whoever leaves there hands the slip on to the door.
const [number, token] = location.hash.slice(1).split(".");
const form = document.getElementById("main"), leaving = document.getElementById("leave");
if (number && token) {
  // The secret does not stay in the address bar or the history of a lent phone.
  history.replaceState(null, "", location.pathname + location.search);
  if (leaving?.dataset.number === number) location.replace(leaving.dataset.home);
  else if (leaving) handOn();
  else if (form) send();
}

function handOn() {
  leaving.action = `${location.pathname}#${number}.${token}`;
  document.getElementById("slip").hidden = false;
}

function send() {
  form.elements.login.value = number;
  form.elements.token.value = token;
  form.submit();
}
