(() => {
  "use strict";
  const said = document.documentElement.dataset;
  const ahead = Date.parse(said.now) - Date.now();
  const units = said.units.split(" ");
  const sizes = said.sizes.split(" ").map(Number);
  const soon = Number(said.soon);

  const span = (seconds) => {
    const left = Math.abs(seconds);
    const found = sizes.slice(0, -2).findIndex((size) => left >= size);
    const first = found < 0 ? sizes.length - 2 : found;
    const counts = [Math.floor(left / sizes[first]), Math.floor((left % sizes[first]) / sizes[first + 1])];
    return counts.map((count, i) => count + " " + units[first + i]).join(" ");
  };

  const countDown = () => {
    for (const time of document.querySelectorAll("time[data-due]")) {
      const seconds = Math.round((Date.parse(time.dateTime) - Date.now() - ahead) / 1000);
      const text = (seconds < 0 ? said.late : said.left).replace("{}", span(seconds));
      if (time.textContent !== text) time.textContent = text;
      time.classList.toggle("late", seconds < 0);
      time.classList.toggle("soon", seconds >= 0 && seconds < soon);
    }
  };

  const move = (by) => {
    const steps = [...document.querySelectorAll("[data-step]")];
    if (!steps.length) return;
    const at = steps.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : steps.length - 1) : Math.min(Math.max(at + by, 0), steps.length - 1);
    steps[next].focus();
    steps[next].scrollIntoView({ block: "nearest" });
  };

  const help = () => {
    const keys = document.getElementById("help");
    if (!keys) return;
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  };

  const seek = (event) => {
    const field = document.getElementById("sought");
    if (!field) return;
    event.preventDefault();
    field.focus();
  };

  let waited = 0;
  const go = (key) => {
    const link = document.querySelector(`a[data-go="${CSS.escape(key)}"]`);
    if (link) link.click();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (Date.now() - waited < 1500) {
      waited = 0;
      go(event.key);
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") help();
    else if (event.key === "g") waited = Date.now();
    else if (event.key === "/") seek(event);
  });

  document.addEventListener("change", (event) => {
    const ready = event.target.closest("select[data-into]");
    const text = ready && ready.selectedOptions[0].dataset.text;
    if (!text) return;
    const into = document.getElementById(ready.dataset.into);
    into.value = into.value.trim() ? into.value.trimEnd() + "\n\n" + text : text;
    ready.value = "";
    into.focus();
  });

  for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
  const wide = matchMedia("(min-width: 44rem)").matches;
  for (const part of document.querySelectorAll("details[data-wide]")) part.open ||= wide;
  const asked = document.getElementById(location.hash.slice(1));
  if (asked && asked.matches("details")) asked.open = true;
  countDown();
  setInterval(countDown, 1000);
})();
