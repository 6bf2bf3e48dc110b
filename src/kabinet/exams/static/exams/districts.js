// Of the districts only those of the chosen region are offered; without a script all are, in groups.
const region = document.getElementById("id_region");
const district = document.getElementById("id_district");
const groups = [...district.querySelectorAll("optgroup")];

function narrow() {
  const name = region.selectedOptions[0]?.textContent ?? "";
  const own = groups.find((group) => group.label === name);
  const field = district.closest(".f");
  for (const group of groups) if (group !== own && region.value) group.remove();
  if (!region.value) district.append(...groups);
  else if (own) district.append(own);
  field.hidden = Boolean(region.value) && !own;
  if (field.hidden) district.value = "";
}

region.addEventListener("change", () => {
  district.value = "";
  narrow();
  district.dispatchEvent(new Event("change", { bubbles: true }));
});
narrow();
