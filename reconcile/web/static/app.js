"use strict";
// Keys, selecting and small comforts. Every page works without this file; nothing here asks the server for anything.
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const keep = {
    get on() { try { return localStorage.getItem("reconcile-keys") !== "off"; } catch { return true; } },
    set on(wanted) { try { localStorage.setItem("reconcile-keys", wanted ? "on" : "off"); } catch { /* private window */ } },
  };
  document.documentElement.classList.add("scripted");

  // --- the queue -----------------------------------------------------------------------------
  const cases = all(".queue .case");
  const bar = find("#bulk-bar");
  const boxes = all("#bulk input[type=checkbox]");
  let current = -1;
  let lastBox = null;

  function pick(index) {
    if (!cases.length) return;
    if (current >= 0) cases[current].classList.remove("current");
    current = Math.max(0, Math.min(cases.length - 1, index));
    cases[current].classList.add("current");
    find(".summary", cases[current]).focus({ preventScroll: true });
    cases[current].scrollIntoView({ block: "nearest" });
  }

  function showPicked() {
    const number = boxes.filter((box) => box.checked).length;
    if (bar) bar.classList.toggle("waiting", number === 0);
    const told = find("#picked");
    if (told) told.textContent = `${number} selected`;
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && lastBox) {
        const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      lastBox = box;
      showPicked();
    });
  }
  if (bar) showPicked();
  cases.forEach((one, index) => one.addEventListener("focusin", () => {
    if (current >= 0) cases[current].classList.remove("current");
    current = index;
    one.classList.add("current");
  }));

  function decideInQueue(decision) {
    const form = find("#bulk");
    if (!form || !bar) return false;
    const box = current >= 0 ? find("input[type=checkbox]", cases[current]) : null;
    if (!boxes.some((one) => one.checked)) {
      if (!box) return false;
      box.checked = true;
    }
    showPicked();
    form.elements.decision.value = decision;
    const reason = form.elements.reason;
    if (decision === "dismissed" && !reason.value.trim()) { reason.focus(); return true; }
    form.requestSubmit();
    return true;
  }

  // --- a finding -----------------------------------------------------------------------------
  const form = find("#decide");
  const reason = find("#reason");
  let meant = null;

  function decide(button) {
    if (button.value === "dismissed" && !reason.value.trim()) {
      meant = button;
      all(".decisions button").forEach((one) => one.classList.toggle("meant", one === button));
      reason.focus();
      return;
    }
    form.requestSubmit(button);
  }

  if (reason) {
    reason.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        if (meant && reason.value.trim()) form.requestSubmit(meant);
      }
    });
  }
  if (form) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (button && button.value === "dismissed" && !reason.value.trim()) { event.preventDefault(); decide(button); }
    });
  }

  function openAround(target) {
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  }
  for (const link of all("a.in-text")) {
    link.addEventListener("click", () => {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) { openAround(target); target.focus({ preventScroll: true }); }
    });
  }
  document.addEventListener("selectionchange", () => {
    const wrong = find("#wrong");
    const chosen = document.getSelection();
    if (!wrong || !wrong.open || !chosen || chosen.isCollapsed || !chosen.anchorNode) return;
    const text = chosen.anchorNode.parentElement && chosen.anchorNode.parentElement.closest(".text");
    const words = chosen.toString().trim();
    if (!text || !words || words.length > 500) return;
    find("#right-words").value = words;
    const radios = all("input[name=wrong]", wrong);
    if (!radios.some((one) => one.checked)) {
      const same = radios.find((one) => one.dataset.article === text.dataset.article);
      if (same) same.checked = true;
    }
  });

  function focusOn(selector) {
    const target = find(selector);
    if (!target) return false;
    openAround(target);
    target.focus();
    target.scrollIntoView({ block: "nearest" });
    return true;
  }
  function press(selector) {
    const target = find(selector);
    if (!target) return false;
    target.click();
    return true;
  }
  function showTexts() {
    const texts = all("details.article");
    if (!texts.length) return false;
    const open = !texts.every((one) => one.open);
    texts.forEach((one) => { one.open = open; });
    find("#articles").scrollIntoView();
    return true;
  }
  function misread() {
    const wrong = find("#wrong");
    if (!wrong) return false;
    wrong.open = true;
    const radio = find("input[name=wrong]", wrong);
    radio.focus();
    return true;
  }

  // --- keys ----------------------------------------------------------------------------------
  const dialog = find("#keys");
  const onFinding = document.body.classList.contains("finding-page");
  const decisionKeys = { c: "confirmed", x: "dismissed", u: "update", f: "follow_up", n: "not_same_fact", s: "same_fact" };
  const acts = {
    j: () => (onFinding ? press("#next") : (pick(current + 1), true)),
    k: () => (onFinding ? press("#previous") : (pick(current - 1), true)),
    o: () => current >= 0 && (find(".summary", cases[current]).click(), true),
    " ": () => !onFinding && current >= 0 && !document.activeElement.matches("input, button, summary") && press(".case.current input[type=checkbox]"),
    w: misread,
    a: () => focusOn("#assignee"),
    d: () => focusOn("#due"),
    m: () => focusOn("#comment"),
    2: () => press("#second"),
    z: () => press("#undo") || press("#undo-here"),
    b: () => press("#blind-form button"),
    t: showTexts,
    q: () => press("#to-queue"),
    "/": () => { const filters = find("details.filters"); if (filters) filters.open = true; return focusOn("#search"); },
  };
  for (const [key, decision] of Object.entries(decisionKeys)) {
    acts[key] = () => {
      if (!onFinding) return decideInQueue(decision);
      const button = find(`.decisions button[value=${decision}]`);
      if (!button) return false;
      decide(button);
      return true;
    };
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog[open]");
    if (event.key === "Escape" && typing && !event.target.closest("dialog")) { event.target.blur(); return; }
    if (typing) return;
    if (event.key === "?" && dialog) { event.preventDefault(); dialog.showModal(); return; }
    if (!keep.on || !Object.hasOwn(acts, event.key)) return;
    if (event.key === " " && event.target.matches("button, summary, input")) return;
    if (acts[event.key]()) event.preventDefault();
  });

  const toggle = find("#keys-on");
  if (toggle) {
    toggle.checked = keep.on;
    toggle.addEventListener("change", () => { keep.on = toggle.checked; });
  }
  for (const wide of all("details.filters")) if (matchMedia("(min-width: 64rem)").matches) wide.open = true;
})();
