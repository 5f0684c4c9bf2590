"use strict";
// Enhances pages that work without script: files can be dropped, lists follow the workers, decisions show without loading the page.
const status = document.getElementById("status");
const say = text => { status.textContent = text || ""; };
const csrf = () => document.querySelector('meta[name="csrf-token"]').content;
let quiet;
const sayBriefly = text => { say(text); clearTimeout(quiet); quiet = setTimeout(say, 6000); };

document.documentElement.classList.add("script");

// --- Files are dropped -----------------------------------------------------------------------------
const BATCH_BYTES = 40 << 20;
const drop = document.getElementById("drop");

async function filesOf(entry, folder) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [file];
  }
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const entries = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!entries.length) return files;
    for (const inner of entries) files.push(...await filesOf(inner, folder));
  }
}

async function upload(files) {
  say(drop.dataset.uploading);
  let last = "/";
  let batch = new FormData();
  let bytes = 0;
  const send = async () => {
    const answer = await fetch(`/reports?csrf_token=${encodeURIComponent(csrf())}`, { method: "POST", body: batch, headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    last = answer.url;
    batch = new FormData();
    bytes = 0;
  };
  for (const file of files) {
    if (bytes && bytes + file.size > BATCH_BYTES) await send();
    batch.append("files", file, file.name);
    bytes += file.size;
  }
  if (bytes) await send();
  location.assign(last);
}

if (drop) {
  drop.addEventListener("change", event => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    upload([...input.files]).catch(() => say(drop.dataset.failed));
  });
  const over = on => event => {
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", async event => {
    over(false)(event);
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const plain = [...event.dataTransfer.files];
    try {
      const files = entries.every(Boolean) && entries.length
        ? (await Promise.all(entries.map(entry => filesOf(entry)))).flat()
        : plain;
      if (files.length) await upload(files);
    } catch {
      say(drop.dataset.failed);
    }
  });
}

document.addEventListener("submit", event => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

// --- Lists follow what the workers do --------------------------------------------------------------
const list = document.getElementById("list");
if (list && window.EventSource) {
  const events = new EventSource(`/events?after=${list.dataset.changes}`);
  events.addEventListener("change", async () => {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("list");
    if (!fresh || fresh.innerHTML === list.innerHTML) return;
    const focused = focusKey();
    list.replaceChildren(...fresh.childNodes);
    restoreFocus(focused);
    sayBriefly(list.dataset.changed);
  });
  window.addEventListener("pagehide", () => events.close());
}

// The element that has the focus, by what names it in the next version of the page.
function focusKey() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  if (element.id) return [element.id, ""];
  const holder = element.closest("[id]");
  const value = element.value || element.getAttribute("href") || element.getAttribute("aria-label") || "";
  return [holder ? holder.id : "", value, element.tagName];
}

function restoreFocus(key) {
  if (!key) return;
  const holder = key[0] && document.getElementById(key[0]);
  if (!holder) return;
  if (!key[1] && !key[2]) { holder.focus({ preventScroll: true }); return; }
  const candidates = [...holder.querySelectorAll("a, button, summary, input, select, textarea")];
  const same = candidates.find(item => item.tagName === key[2] && [item.value, item.getAttribute("href"), item.getAttribute("aria-label")].includes(key[1]));
  const target = same || candidates[0] || holder;
  if (target === holder) holder.tabIndex = -1;
  target.focus({ preventScroll: true });
}

// --- A report ---------------------------------------------------------------------------------------
let panes = document.querySelector(".panes");
if (panes) {
  const report = panes.dataset.report;
  const words = { ...panes.dataset };
  let places = [];
  let leading = null;
  let leadingEnd;

  const pane = name => document.getElementById(`${name}-pane`);

  async function loadPlaces() {
    const version = panes.dataset.version;
    try {
      const answer = await fetch(`${report}/lines`);
      if (answer.ok && version === panes.dataset.version) places = await answer.json();
    } catch {
      places = [];
    }
  }

  // The two first panes scroll together: the pane that the person moves leads, the other follows.
  const lead = name => {
    leading = name;
    clearTimeout(leadingEnd);
    leadingEnd = setTimeout(() => { leading = null; }, 250);
  };
  const headHeight = name => pane(name).querySelector(".pane-head").offsetHeight;
  const lineOf = offset => document.getElementById(`line-${offset}`);
  const sheetScale = sheet => sheet.querySelector("svg").clientHeight / sheet.querySelector("svg").viewBox.baseVal.height;

  function topOnPages([, page, top]) {
    const sheet = document.getElementById(`page-${page}`);
    if (!sheet) return null;
    const paper = sheet.querySelector(".paper");
    return paper.getBoundingClientRect().top - pane("page").getBoundingClientRect().top + pane("page").scrollTop + top * sheetScale(sheet);
  }

  function topInText(offset) {
    const line = lineOf(offset);
    if (!line) return null;
    return line.getBoundingClientRect().top - pane("text").getBoundingClientRect().top + pane("text").scrollTop;
  }

  function follow(from, to, position, target) {
    const start = pane(from).scrollTop + headHeight(from);
    let before = null;
    let after = null;
    for (const place of places) {
      const top = position(place);
      if (top === null) continue;
      if (top <= start) before = [top, place];
      else { after = [top, place]; break; }
    }
    if (!before && !after) return;
    const first = before || after;
    let goal = target(first[1]);
    if (goal === null) return;
    if (before && after) {
      const next = target(after[1]);
      if (next !== null && after[0] > before[0]) goal += (next - goal) * (start - before[0]) / (after[0] - before[0]);
    }
    pane(to).scrollTop = goal - headHeight(to) - 4;
  }

  const inText = place => topInText(place[0]);

  function onScroll(name) {
    if (leading && leading !== name) return;
    lead(name);
    if (name === "text") follow("text", "page", inText, topOnPages);
    else follow("page", "text", topOnPages, inText);
  }

  let waiting = false;
  document.addEventListener("scroll", event => {
    const name = event.target.id === "text-pane" ? "text" : event.target.id === "page-pane" ? "page" : "";
    if (!name || waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; onScroll(name); });
  }, true);

  // A place is outlined on the pages, and its line is marked in the text.
  async function outline(offset, length, { scrollText = true } = {}) {
    const answer = await fetch(`${report}/rectangles?offset=${offset}&length=${length}`);
    if (!answer.ok) return;
    const rectangles = await answer.json();
    for (const svg of document.querySelectorAll("svg.outline")) svg.replaceChildren();
    for (const place of rectangles) {
      const svg = document.querySelector(`#page-${place.page} svg.outline`);
      if (!svg) continue;
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ x: place.left - 2, y: place.top - 2, width: place.width + 4, height: place.height + 4 })) rect.setAttribute(name, value);
      svg.append(rect);
    }
    for (const line of document.querySelectorAll(".line.current")) line.classList.remove("current");
    const lines = [...document.querySelectorAll(".report-text [data-offset]")];
    const line = lines.filter(item => Number(item.dataset.offset) <= offset).pop();
    if (line) line.classList.add("current");
    lead("none");
    if (scrollText && line) pane("text").scrollTop = topInText(line.dataset.offset) - headHeight("text") - pane("text").clientHeight / 4;
    if (rectangles.length) {
      const top = topOnPages([0, rectangles[0].page, rectangles[0].top]);
      if (top !== null) pane("page").scrollTop = top - pane("page").clientHeight / 3;
    }
  }

  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    if (link && link.dataset.offset) {
      event.preventDefault();
      const offset = Number(link.dataset.offset);
      outline(offset, Number(link.dataset.length) || 1);
      const target = link.hash && link.hash.startsWith("#mark-") && document.querySelector(link.hash);
      const line = target || lineOf(offset);
      if (line) {
        if (!line.matches("a")) line.tabIndex = -1;
        line.focus({ preventScroll: true });
      }
      return;
    }
    if (link && link.matches(".edit[href]")) {
      event.preventDefault();
      const item = document.querySelector(link.hash);
      const rule = item && item.closest("details");
      if (!item) return;
      if (rule) rule.open = true;
      item.scrollIntoView({ block: "nearest" });
      const button = item.querySelector("button, summary");
      if (button) button.focus({ preventScroll: true });
      outline(Number(link.dataset.place), 1, { scrollText: false });
      return;
    }
    if (link && link.matches(".role, .zoom a")) {
      event.preventDefault();
      const scrolled = pane("text").scrollTop;
      load(link.href, null).then(() => {
        history.replaceState(null, "", link.href);
        pane("text").scrollTop = scrolled;
        if (!link.matches(".role")) return;
        const editor = document.getElementById("line-role");
        if (editor) editor.focus();
      });
      return;
    }
    const line = event.target.closest(".report-text [data-offset]");
    if (line && !link) outline(Number(line.dataset.offset), Number(line.dataset.length), { scrollText: false });
    const paper = event.target.closest(".paper");
    if (paper) {
      const sheet = paper.closest(".sheet");
      const top = (event.clientY - paper.getBoundingClientRect().top) / sheetScale(sheet);
      const page = Number(sheet.dataset.page);
      const place = places.filter(item => item[1] < page || (item[1] === page && item[2] <= top)).pop();
      const target = place && lineOf(place[0]);
      if (target) outline(place[0], Number(target.dataset.length));
    }
  });

  // The place that the keyboard is at is outlined, too.
  let focusTimer;
  document.addEventListener("focusin", event => {
    const line = event.target.closest(".report-text [data-offset]");
    if (!line || event.target === line || !event.target.matches(":focus-visible")) return;
    clearTimeout(focusTimer);
    focusTimer = setTimeout(() => {
      if (document.activeElement === event.target) outline(Number(line.dataset.offset), Number(line.dataset.length), { scrollText: false });
    }, 200);
  });

  // Forms are sent without leaving the page; the answer is the page itself, whose parts are put in place.
  document.addEventListener("submit", event => {
    const form = event.target;
    const button = event.submitter;
    const decides = button && button.name === "decide";
    if (!form.classList.contains("stay") || (button && button.hasAttribute("formaction") && !decides)) return;
    event.preventDefault();
    // A decision is sent alone: what was typed stays on the page.
    if (decides) load(button.formAction, new Map([[button.name, button.value]]));
    else load(form.action, new FormData(form, button));
  });

  // What a person chose or typed in the options and fields, and did not send yet.
  const isUnsent = item => {
    if (item.type === "hidden" || !item.name || item.tagName === "BUTTON") return false;
    if (item.type === "checkbox") return item.checked !== item.defaultChecked;
    if (item.tagName === "SELECT") return ![...item.options].every(choice => choice.selected === choice.defaultSelected);
    return item.value !== item.defaultValue;
  };
  const unsent = () => [...document.getElementById("options").elements].filter(isUnsent).map(item => [item.name, item.value, item.checked]);
  function restoreUnsent(items) {
    const { elements } = document.getElementById("options");
    for (const [name, value, checked] of items) {
      const item = elements.namedItem(name);
      if (!item) continue;
      if (item.type === "checkbox") item.checked = checked;
      else item.value = value;
    }
  }

  async function load(address, body) {
    const before = { text: pane("text").scrollTop, page: pane("page").scrollTop, look: pane("look").scrollTop };
    const focused = focusKey();
    const open = new Map([...document.querySelectorAll("details[id]")].map(item => [item.id, item.open]));
    panes.setAttribute("aria-busy", "true");
    if (body) say(words.working);
    try {
      const options = body ? { method: "POST", body: new URLSearchParams(body), headers: { accept: "text/html" } } : { headers: { accept: "text/html" } };
      const answer = await fetch(address, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".panes");
      if (!fresh) { location.reload(); return; }
      keepPictures(fresh);
      const kept = answer.ok && body && body.has("style") ? [] : unsent();
      for (const id of ["report-head", "messages", "options"]) document.getElementById(id).replaceWith(page.getElementById(id));
      panes.replaceWith(fresh);
      panes = fresh;
      restoreUnsent(kept);
      document.title = page.title;
      for (const item of document.querySelectorAll("details[id]")) if (open.has(item.id)) item.open = open.get(item.id);
      lead("none");
      for (const [name, top] of Object.entries(before)) pane(name).scrollTop = top;
      restoreFocus(focused);
      if (body) sayBriefly(answer.ok ? words.done : "");
      loadPlaces();
    } catch {
      say(words.lost);
    } finally {
      panes.removeAttribute("aria-busy");
    }
  }

  // The old picture of a page stays until the new one is there, so that nothing flickers.
  function keepPictures(fresh) {
    for (const image of fresh.querySelectorAll(".paper img")) {
      const id = image.closest(".sheet").id;
      const old = document.querySelector(`#${id} .paper img`);
      if (!old || !old.complete) continue;
      const source = image.getAttribute("src");
      image.setAttribute("src", old.getAttribute("src"));
      const next = () => { image.src = source; };
      if (isVisible(old)) next(); else requestAnimationFrame(next);
    }
  }
  const isVisible = element => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };

  loadPlaces();
  const chosen = document.querySelector("svg.outline rect");
  if (chosen) chosen.closest(".sheet").scrollIntoView({ block: "nearest" });
}
