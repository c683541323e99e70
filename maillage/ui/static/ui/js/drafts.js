// What was typed and not saved survives a closed tab: kept on this device alone, for this person alone, seven days at
// most, and forgotten when it is saved or when she signs out. Never a file, never a password. Without script, or where
// the browser keeps nothing, the page asks before it is left (page.js).

const PREFIX = "maillage.brouillon.";
const SENT = "maillage.envoi";
const DAY = 24 * 3600 * 1000;
const KEPT_FOR = 7 * DAY;
const MOST = 30; // drafts
const LARGEST = 200_000; // characters of one draft
const FORMS = "form.formulaire[method=post], form[data-brouillon]";
const UNTYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

const person = document.body.dataset.personne;
const sent = take(SENT);
const touched = new WeakMap(); // form → names that she changed on this page
const waiting = new WeakMap(); // form → timer of the next save

function take(name) {
  try {
    const value = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return value;
  } catch { return null; }
}

function keys() {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < KEPT_FOR ? draft : null;
  } catch { return null; }
}

const forget = (key) => localStorage.removeItem(key);

/** A draft belongs to a person and to the address that its form is sent to. */
function keyOf(form) {
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  return `${PREFIX}${person}.${address.pathname}`;
}

const isKept = (form) => form.matches(FORMS) && !form.hasAttribute("data-sans-brouillon") && !form.querySelector("[type=password]");
const controls = (form, name) => [...form.elements].filter((control) => control.name === name && !UNTYPED.has(control.type));
const isBox = (control) => control.type === "checkbox" || control.type === "radio";

/** What stands in the field of that name: a list of texts, whatever the control. */
function valueOf(form, name) {
  return controls(form, name).flatMap((control) => {
    if (isBox(control)) return control.checked ? [control.value] : [];
    if (control.type === "select-multiple") return [...control.selectedOptions].map((option) => option.value);
    return [control.value];
  });
}

function fill(form, name, values) {
  for (const control of controls(form, name)) {
    if (isBox(control)) control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
    else control.value = values[0] ?? "";
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Keeps what she changed. The first page that she began from stays with the draft: what others store in between shows. */
function save(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const names = touched.get(form);
  if (!names) return;
  const before = read(keyOf(form));
  const fields = { ...before?.fields };
  for (const name of names) fields[name] = valueOf(form, name);
  const draft = JSON.stringify({ at: Date.now(), seen: before?.seen || form.elements.vu?.value || "", fields });
  try {
    if (draft.length > LARGEST) throw new RangeError("too long a draft");
    localStorage.setItem(keyOf(form), draft);
    form.setAttribute("data-kept", "");
  } catch { form.removeAttribute("data-kept"); }
}

function isTyped(event) {
  const form = event.target.form;
  if (!form || !event.target.name || UNTYPED.has(event.target.type) || !isKept(form)) return;
  if (!touched.has(form)) touched.set(form, new Set());
  touched.get(form).add(event.target.name);
  if (!form.hasAttribute("data-kept")) save(form);
  else if (!waiting.has(form)) waiting.set(form, setTimeout(() => save(form), 400));
}

function when(at) {
  const day = new Date(at);
  const date = day.toLocaleDateString("fr-FR", { day: "numeric", month: "short" });
  return `${date} à ${day.getHours()} h ${String(day.getMinutes()).padStart(2, "0")}`;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** Says that a draft was found, and lets her choose. A form that comes back with errors shows it already. */
function offer(form) {
  const key = keyOf(form);
  const draft = read(key);
  if (!draft || key === sent || form.previousElementSibling?.matches("[data-brouillon-trouve]")) return;
  const differs = Object.entries(draft.fields).filter(([name, values]) => {
    return controls(form, name).length && JSON.stringify(valueOf(form, name)) !== JSON.stringify(values);
  });
  if (!differs.length) { forget(key); return; }
  const notice = document.createElement("div");
  notice.className = "avis brouillon";
  notice.setAttribute("role", "status");
  notice.setAttribute("data-brouillon-trouve", "");
  const words = document.createElement("span");
  words.textContent = `Brouillon du ${when(draft.at)} retrouvé`;
  const resume = button("Reprendre", () => {
    for (const [name, values] of differs) fill(form, name, values);
    if (draft.seen && form.elements.vu) form.elements.vu.value = draft.seen;
    touched.set(form, new Set(differs.map(([name]) => name)));
    save(form);
    form.setAttribute("data-dirty", "");
    notice.remove();
    controls(form, differs[0][0])[0]?.focus();
  });
  notice.append(words, resume, button("Effacer", () => { forget(key); notice.remove(); }));
  form.before(notice);
}

function tidy() {
  const known = keys().map((key) => [key, read(key)]);
  const kept = known.filter(([key, draft]) => draft && key.startsWith(`${PREFIX}${person}.`)).sort((a, b) => b[1].at - a[1].at);
  const keep = new Set(kept.slice(0, MOST).map(([key]) => key));
  for (const [key] of known) if (!keep.has(key)) forget(key);
}

if (person) {
  if (sent && document.querySelector("[data-reussi]")) forget(sent);
  tidy();
  const look = () => document.querySelectorAll(FORMS).forEach((form) => { if (isKept(form)) offer(form); });
  look();
  document.addEventListener("htmx:afterSettle", look);
  document.addEventListener("input", isTyped);
  document.addEventListener("change", isTyped);
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-oublie")) { keys().forEach(forget); return; }
    if (event.defaultPrevented || !isKept(event.target)) return;
    save(event.target);
    try { sessionStorage.setItem(SENT, keyOf(event.target)); } catch { /* the draft stays, and is offered again */ }
  });
  window.addEventListener("pagehide", () => document.querySelectorAll(FORMS).forEach((form) => { if (waiting.has(form)) save(form); }));
}
