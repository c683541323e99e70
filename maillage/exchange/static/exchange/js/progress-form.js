// <progress-form data-words="Chargement">: the form within is sent, and its progress is drawn while the server works.
// With `data-plain` the form goes as usual and only says that it is under way. Without script, the form works alone.
class ProgressForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    const form = event.target;
    this.show();
    if (this.hasAttribute("data-plain")) return;
    event.preventDefault();
    this.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/x-ndjson" }, credentials: "same-origin",
      });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      await this.follow(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      this.refuse("La connexion a été coupée avant la fin : rien n’a été enregistré. Rechargez la page, puis réessayez.");
    }
  }

  async follow(reader) {
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("cut");
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const said = JSON.parse(line);
        if (said.next) { window.location.assign(said.next); return; }
        if (said.refusal) { this.refuse(said.refusal); return; }
        this.advance(said.done, said.total);
      }
    }
  }

  show() {
    if (this.zone) return;
    this.zone = document.createElement("div");
    this.zone.className = "avancee";
    this.bar = document.createElement("progress");
    this.bar.setAttribute("aria-label", this.dataset.words);
    this.words = document.createElement("p");
    this.words.setAttribute("role", "status");
    this.words.textContent = `${this.dataset.words}…`;
    this.zone.append(this.bar, this.words);
    this.append(this.zone);
  }

  advance(done, total) {
    this.bar.max = total;
    this.bar.value = done;
    this.words.textContent = `${this.dataset.words} : ${done.toLocaleString("fr-FR")} sur ${total.toLocaleString("fr-FR")}`;
  }

  refuse(sentence) {
    this.bar.remove();
    this.words.setAttribute("role", "alert");
    this.words.className = "msg-erreur";
    this.words.textContent = sentence;
    this.querySelectorAll("button").forEach((button) => { button.disabled = false; });
  }
}
customElements.define("progress-form", ProgressForm);
