// A file field that looks like a button and says which file was chosen. Without script the browser's own field stays.
class FileButton extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const words = this.querySelector("label span");
    const empty = words.textContent;
    this.setAttribute("ready", "");
    input.addEventListener("change", () => {
      const file = input.files[0];
      words.textContent = file ? file.name : empty;
      this.toggleAttribute("chosen", Boolean(file));
    });
  }
}
customElements.define("file-button", FileButton);
