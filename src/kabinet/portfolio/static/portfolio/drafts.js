// A draft is saved by itself as soon as nothing is left to choose; its button serves where there is no script.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-send-when-chosen]");
  if (form && event.target.matches("select") && [...form.querySelectorAll("select")].every((each) => each.value)) form.requestSubmit();
});
