// The table of the plan, quickened: how many rows are chosen, all of those that show, one field for thousands of boxes.

const form = document.querySelector("[data-lot]");
const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name="actions"]')];
const chosen = () => [...new Set(boxes().filter((box) => box.checked).map((box) => box.value))];

function tell() {
  const count = chosen().length;
  form.querySelector("[data-compte]").textContent = count ? ` (${count})` : "";
}

function chooseAll(head) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const words = document.createElement("span");
  box.type = "checkbox";
  words.className = "sr";
  words.textContent = "Cocher toutes les lignes affichées";
  label.append(box, words);
  head.replaceChildren(label);
  box.addEventListener("change", () => {
    for (const row of boxes()) row.checked = box.checked;
    tell();
  });
}

if (form) {
  const head = form.querySelector("th.cocher");
  if (head) chooseAll(head);
  form.addEventListener("change", (event) => {
    if (event.target.name !== "actions") return;
    // An action that stands in several groups is one action.
    for (const box of boxes()) if (box.value === event.target.value) box.checked = event.target.checked;
    form.querySelector('input[name="portee"][value="cochees"]').checked = true;
    tell();
  });
  form.addEventListener("submit", () => {
    const one = document.createElement("input");
    one.type = "hidden";
    one.name = "actions";
    one.value = chosen().join(",");
    for (const box of boxes()) box.disabled = true;
    form.append(one);
  });
  window.addEventListener("pageshow", () => {
    for (const box of boxes()) box.disabled = false;
    form.querySelectorAll('input[type="hidden"][name="actions"]').forEach((one) => one.remove());
    tell();
  });
}
