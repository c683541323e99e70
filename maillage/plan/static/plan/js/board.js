// The board: a card is moved by mouse, by touch or by keyboard. The server alone says what is allowed; a card that is
// refused goes back where it was, and the sentence is shown and spoken.

const FAR_ENOUGH = 6; // pixels before a press becomes a drag
const LOST = "Non enregistré : la connexion a été coupée. La carte est revenue à sa place. Réessayez.";

class Board extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#deplacer");
    this.dialog = this.querySelector("dialog");
    this.voice = this.querySelector("[data-annonce]");
    this.region = this.querySelector(".colonnes");
    this.grabbed = null;
    document.getElementById("mode-emploi").hidden = false;
    for (const handle of this.querySelectorAll(".poignee")) handle.hidden = false;
    this.form.addEventListener("submit", (event) => this.onMenu(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => this.onLeave(event));
    this.addEventListener("pointerdown", (event) => this.onPress(event));
    // A mouse would otherwise drag the link of the title instead of its card.
    this.addEventListener("dragstart", (event) => { if (event.target.closest(".carte-action")) event.preventDefault(); });
  }

  columns() { return [...this.querySelectorAll(".colonne")]; }
  columnOf(card) { return card.closest(".colonne"); }
  say(words) { this.voice.textContent = words; }

  // --- The menu of a card: the same form as without script, without leaving the page.
  onMenu(event) {
    const button = event.submitter;
    if (!button?.name) return;
    event.preventDefault();
    const card = button.closest(".carte-action");
    const home = this.placeOf(card);
    this.put(card, this.querySelector(`#colonne-${button.value}`));
    this.send(card, home);
  }

  // --- The keyboard: grab, carry, put down or give up.
  onClick(event) {
    const handle = event.target.closest(".poignee");
    if (!handle || this.dragged) return;
    if (this.grabbed) this.drop(); else this.grab(handle);
  }

  onKey(event) {
    if (!this.grabbed) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) { event.preventDefault(); this.carry(step); }
    if (event.key === "Escape") { event.preventDefault(); this.giveUp("Déplacement abandonné"); }
  }

  onLeave() {
    if (!this.grabbed || this.carrying) return;
    const { card, handle } = this.grabbed;
    requestAnimationFrame(() => {
      if (this.grabbed?.card === card && document.activeElement !== handle) this.giveUp("Déplacement abandonné");
    });
  }

  grab(handle) {
    const card = handle.closest(".carte-action");
    this.grabbed = { card, handle, home: this.placeOf(card) };
    this.mark(card, true);
    this.say(`${card.dataset.title} : saisie. ${this.whereabouts(card)} Flèches pour déplacer, Entrée pour poser, Échap pour renoncer.`);
  }

  carry(step) {
    const { card, handle } = this.grabbed;
    const columns = this.columns();
    const next = columns[columns.indexOf(this.columnOf(card)) + step];
    if (!next) return this.say("Il n’y a pas d’autre colonne de ce côté.");
    this.carrying = true;
    this.put(card, next);
    handle.focus();
    this.carrying = false;
    next.scrollIntoView({ inline: "nearest", block: "nearest" });
    this.say(this.whereabouts(card));
  }

  whereabouts(card) {
    const columns = this.columns();
    const column = this.columnOf(card);
    return `Colonne ${column.dataset.label}, ${columns.indexOf(column) + 1} sur ${columns.length}.`;
  }

  drop() {
    const { card, home } = this.grabbed;
    this.mark(card, false);
    this.grabbed = null;
    if (this.columnOf(card) === home.column) { this.back(card, home); this.say("Reposée à sa place."); return; }
    this.send(card, home);
  }

  giveUp(words) {
    const { card, handle, home } = this.grabbed;
    this.grabbed = null;
    this.mark(card, false);
    const focused = document.activeElement === handle;
    this.back(card, home);
    if (focused) handle.focus();
    this.say(`${words} : ${card.dataset.title} reste dans ${home.column.dataset.label}.`);
  }

  mark(card, on) {
    card.classList.toggle("saisie", on);
    card.querySelector(".poignee").setAttribute("aria-pressed", String(on));
  }

  // --- Mouse and touch: one way, pointer events. A finger takes the handle, so that a page still scrolls.
  onPress(event) {
    const card = event.target.closest(".carte-action");
    if (!card?.dataset.move || event.button !== 0 || this.grabbed) return;
    const handle = event.target.closest(".poignee");
    if (!handle && (event.pointerType !== "mouse" || event.target.closest("button, summary, details[open]"))) return;
    const start = { x: event.clientX, y: event.clientY };
    const home = this.placeOf(card);
    let over = null;
    const move = (at) => {
      const by = { x: at.clientX - start.x, y: at.clientY - start.y };
      if (!this.dragged && Math.hypot(by.x, by.y) < FAR_ENOUGH) return;
      this.dragged = card;
      this.region.classList.add("en-deplacement");
      card.classList.add("saisie", "emportee");
      card.style.transform = `translate(${by.x}px, ${by.y}px) rotate(1.5deg)`;
      this.followEdge(at);
      const found = document.elementFromPoint(at.clientX, at.clientY)?.closest(".colonne");
      if (found !== over) {
        over?.classList.remove("visee");
        over = found;
        if (over && over !== home.column) over.classList.add("visee");
      }
    };
    const end = (at) => {
      for (const [name, react] of Object.entries({ pointermove: move, pointerup: end, pointercancel: end, keydown: escape }))
        window.removeEventListener(name, react);
      if (!this.dragged) return;
      this.region.classList.remove("en-deplacement");
      card.classList.remove("saisie", "emportee");
      card.style.transform = "";
      over?.classList.remove("visee");
      // The click that ends a drag neither opens the link nor grabs the handle.
      const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
      window.addEventListener("click", swallow, { capture: true });
      setTimeout(() => { this.dragged = null; window.removeEventListener("click", swallow, { capture: true }); }, 0);
      if (at.type !== "pointerup" || !over || over === home.column) return;
      this.put(card, over);
      this.send(card, home);
    };
    const escape = (key) => { if (key.key === "Escape") end(key); };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", escape);
  }

  followEdge(at) {
    const box = this.region.getBoundingClientRect();
    if (at.clientX > box.right - 40) this.region.scrollBy({ left: 14 });
    if (at.clientX < box.left + 40) this.region.scrollBy({ left: -14 });
  }

  // --- Places: where a card stands, so that it can go back there.
  placeOf(card) { return { column: this.columnOf(card), next: card.nextElementSibling }; }

  put(card, column) {
    column.querySelector(".cartes").prepend(card);
  }

  back(card, home) {
    home.column.querySelector(".cartes").insertBefore(card, home.next?.isConnected ? home.next : null);
  }

  count(column, by) {
    const figure = column.querySelector("[data-combien]");
    figure.textContent = String(Number(figure.textContent) + by);
    const short = document.querySelector(`.vers-colonnes a[href="#${column.id}"] b`);
    if (short) short.textContent = figure.textContent;
  }

  // --- The server decides.
  async send(card, home, reason = "") {
    const column = this.columnOf(card);
    const body = new FormData(this.form);
    body.set("state", column.dataset.state);
    body.set("reason", reason);
    card.setAttribute("aria-busy", "true");
    let answer, told;
    try {
      answer = await fetch(card.dataset.move, { method: "POST", body, headers: { Accept: "application/json" } });
      told = await answer.json();
    } catch {
      told = { said: LOST };
    }
    card.removeAttribute("aria-busy");
    if (told.card) return this.renewed(card, home, told, answer.ok);
    if (told.owed) return this.ask(card, home, column, reason, told.said);
    if (this.dialog.open) return this.refuse(told.said || LOST);
    this.back(card, home);
    this.notice(told.said || LOST);
    card.querySelector(".poignee")?.focus();
  }

  // The card as it is now: where it was put, or where somebody else put it meanwhile.
  renewed(card, home, told, done) {
    if (this.dialog.open) { this.asked = null; this.dialog.close(); }
    const shelf = document.createElement("template");
    shelf.innerHTML = told.card;
    const fresh = shelf.content.querySelector(".carte-action");
    const column = this.querySelector(`#colonne-${told.state}`);
    card.remove();
    this.put(fresh, column);
    const handle = fresh.querySelector(".poignee");
    if (handle) { handle.hidden = false; handle.focus(); }
    fresh.classList.add("arrivee");
    this.count(home.column, -1);
    this.count(column, 1);
    document.querySelector(".avis[data-colonnes]")?.remove();
    if (done) this.say(told.said); else this.notice(told.said);
  }

  // A reason is owed: the card waits in its new column while the person writes it.
  ask(card, home, column, reason, said) {
    if (this.dialog.open) return this.refuse(said);
    const field = this.dialog.querySelector("textarea");
    const refused = this.dialog.querySelector("[data-refus]");
    field.value = reason;
    refused.hidden = true;
    this.dialog.querySelector("[data-champ]").classList.remove("erreur-champ");
    this.dialog.querySelector("[data-quoi]").textContent =
      `${card.dataset.title} : de « ${home.column.dataset.label} » à « ${column.dataset.label} ».`;
    this.asked = { card, home };
    this.dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      if (this.asked) this.send(card, home, field.value);
    };
    this.dialog.querySelector("[data-renoncer]").onclick = () => this.dialog.close();
    this.dialog.onclose = () => {
      if (!this.asked) return;
      this.asked = null;
      this.back(card, home);
      card.querySelector(".poignee")?.focus();
      this.say(`${card.dataset.title} reste dans ${home.column.dataset.label}.`);
    };
    this.dialog.showModal();
    field.focus();
  }

  refuse(said) {
    const refused = this.dialog.querySelector("[data-refus]");
    this.dialog.querySelector("[data-champ]").classList.add("erreur-champ");
    refused.textContent = said;
    refused.hidden = false;
    this.dialog.querySelector("textarea").focus();
  }

  notice(words) {
    document.querySelector(".avis[data-colonnes]")?.remove();
    const notice = document.createElement("div");
    notice.className = "avis erreur";
    notice.dataset.colonnes = "";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    this.before(notice);
    notice.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("plan-board", Board);
