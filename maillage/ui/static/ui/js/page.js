// What quickens every page. Nothing here is needed for a page to work.

// A form is sent once: the button says that it is being saved.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter || form.querySelector("button:not([type=button])");
  if (button) {
    button.setAttribute("aria-busy", "true");
    if (!button.querySelector("svg")) { button.dataset.words = button.textContent; button.textContent = "Un instant…"; }
  }
  form.removeAttribute("data-dirty");
});
// Back from the cache of the browser: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.words) button.textContent = button.dataset.words;
    }
  }
});

// What was typed and not saved is not lost by a stray click: kept as a draft (drafts.js), else one is asked.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form.formulaire");
  if (form) form.setAttribute("data-dirty", "");
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]:not([data-kept])")) event.preventDefault();
});

// A page that comes back with errors starts on their summary.
document.getElementById("erreurs")?.focus();

// Long lists of boxes get a field that filters them.
for (const frame of document.querySelectorAll(".choix.cadre")) {
  const labels = [...frame.querySelectorAll("label")];
  if (labels.length < 12) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Filtrer la liste…";
  field.setAttribute("aria-label", "Filtrer la liste");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  field.addEventListener("input", () => {
    for (const label of labels) label.hidden = !plain(label.textContent).includes(plain(field.value));
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  frame.before(field);
}

// « Copier l’adresse »
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copie]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copie).value);
  button.textContent = "Adresse copiée";
});

// The menu of one's account closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.moi[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.moi[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
});

// Edit in place: a link of a block that leads to a form brings the form into the block instead.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sur-place] section a[href]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || !window.htmx) return;
  if (!/\/(modifier|ajouter)\//.test(link.pathname)) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.href, { target: link.closest("section"), select: "form.formulaire", swap: "innerHTML" });
});

// htmx: a part that comes in place takes the focus; a request that fails says so and loses nothing.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.closest?.("table")) return; // further rows come while one reads: the focus stays
  event.detail.elt.querySelector?.("input:not([type=hidden]), textarea, select, h2")?.focus();
});
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const notice = document.createElement("div");
    notice.className = "avis erreur";
    notice.setAttribute("role", "alert");
    notice.textContent = "Non enregistré : la connexion a été coupée. Votre texte est gardé ici. Réessayez.";
    document.querySelectorAll(".avis.erreur").forEach((old) => old.remove());
    event.detail.elt.before(notice);
    const form = event.detail.elt.closest("form");
    if (form) delete form.dataset.sent;
  });
}
