"use strict";
// The page holds settings, asks the server for what they come to, and shows what it says. No figure is made here.
const token = new URLSearchParams(location.search).get("token") || "";
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
const $ = (id) => document.getElementById(id);

/** Makes an element with text or further elements in it; text is only ever text. */
function make(name, fields = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(fields)) {
    if (key === "class") element.className = value;
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

let workspace;            // what there is
let controls = null;      // what moves the service that is shown
const state = { service: "", scenario: "base", figure: "", set: new Map() };
const views = new Map();  // path -> what shows it
let shown = null;         // the service whose figures stand on the page

// MARK: Asking

async function ask(path, options = {}) {
  const reply = await fetch(path, {
    ...options, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
    headers: { "X-Needscast-Token": token, ...(options.headers || {}) },
  });
  const said = await reply.json();
  if (!reply.ok) throw Object.assign(new Error("refused"), { status: reply.status, errors: said.errors || [] });
  return said;
}

function faults(error) {
  if (error.errors && error.errors.length) return error.errors;
  return [{ path: null, message: "needscast serve has ended, or cannot be reached. Start it again, and open the address that it prints; a copied link keeps these settings." }];
}

/** What an error comes to in a few words: settings that are refused are not a server that is gone. */
function headline(error) {
  if (error.status === undefined) return "The server does not answer";
  if (error.status === 422 || error.status === 400) {
    const service = workspace.services.find((one) => one.id === state.service);
    return state.set.size || !service ? "These settings cannot be planned" : service.name + " cannot be planned";
  }
  return "The server refuses to plan this";
}

/** A text whose amounts never break: a minus stays with its pounds. */
function amounts(text) {
  return text.split(/(-?£[0-9][0-9,.]*[km]?)/).map((part, place) =>
    place % 2 ? make("span", { class: "whole" }, part.replace(/^-/, "\u2212")) : part);
}

// MARK: The state in the address

function settings() {
  const query = new URLSearchParams();
  query.set("scenario", state.scenario);
  for (const [path, value] of state.set) query.append("set", path + "=" + value);
  return query;
}

function fragment() {
  const query = settings();
  query.set("service", state.service);
  if (state.figure) query.set("figure", state.figure);
  return query.toString();
}

function readFragment(text) {
  const query = new URLSearchParams(text.replace(/^[^#]*#/, ""));
  state.scenario = query.get("scenario") || workspace.scenario;
  state.service = query.get("service") || workspace.service;
  state.figure = query.get("figure") || "";
  state.set = new Map();
  const refused = [];
  if (!workspace.scenarios.some((one) => one.name === state.scenario)) {
    // What was set over another scenario means something else over this one.
    const sentence = "The link starts from the scenario “" + state.scenario + "”, which this workspace has not. Nothing of the link is applied.";
    state.scenario = workspace.scenario;
    state.service = workspace.service;
    state.figure = "";
    return [sentence];
  }
  for (const one of query.getAll("set")) {
    const at = one.indexOf("=");
    if (at > 0) state.set.set(one.slice(0, at), one.slice(at + 1));
    else refused.push("“" + one + "” in the link is not path=value and was left out.");
  }
  if (!workspace.services.some((one) => one.id === state.service)) {
    refused.push("The link is of the service “" + state.service + "”, which this workspace has not.");
    state.service = workspace.service;
  }
  return refused;
}

/** Says beside the headline what is wrong with a link. */
function tellLink(refused) {
  $("link").replaceChildren(...refused.map((one) => make("p", {}, one)));
}

// MARK: Planning

let running = null;
let wanted = 0;

/** Asks for what the settings come to. What was asked before is given up: the newest wins. */
async function plan() {
  const turn = ++wanted;
  if (running) running.abort();
  const own = running = new AbortController();
  history.replaceState(null, "", location.pathname + location.search + "#" + fragment());
  $("result").setAttribute("aria-busy", "true");
  const query = settings();
  query.set("service", state.service);
  if (state.figure) query.set("figure", state.figure);
  query.set("width", String(Math.max(360, Math.min(1400, Math.round($("fan").clientWidth || 760)))));
  query.set("page", page);
  try {
    const answer = await ask("/api/plan?" + query, { signal: own.signal });
    if (turn === wanted) show(answer);
  } catch (error) {
    if (turn !== wanted || error.name === "AbortError" || error.status === 409) return;
    showFaults(faults(error));
    const what = headline(error);
    // Figures of another service would be read under the name of this one.
    const stays = shown === state.service;
    $("figures").hidden = !stays;
    $("sentence").textContent = what + (stays ? "; the figures below are of the last settings that were planned." : ".");
    $("compared").textContent = "";
    $("short").textContent = what;
  }
  if (turn === wanted) $("result").removeAttribute("aria-busy");
}

let waiting = 0;
function planSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(plan, 15);
}

// MARK: Showing

function drawing(text) {
  // Read as XML: what is not well formed is no drawing, and nothing in it can run under the page's policy.
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return read.nodeName === "svg" ? document.importNode(read, true) : make("p", { class: "fault" }, "The chart cannot be drawn.");
}

function show(answer) {
  shown = state.service;
  $("figures").hidden = false;
  $("sentence").replaceChildren(...amounts(answer.sentence));
  $("compared").replaceChildren(...amounts(answer.compared || ""));
  $("short").replaceChildren(...amounts(answer.short));
  $("fan").replaceChildren(drawing(answer.fan));
  $("histogram").replaceChildren(...(answer.histogram ? [drawing(answer.histogram)] : []));
  fill($("figure"), answer.figures.map((one) => [one.id, one.name]), answer.figure);
  const head = make("tr", {}, make("th", { scope: "col" }, "Year"), ...answer.table.columns.map((one) => make("th", { scope: "col" }, one)));
  $("years").tHead.replaceChildren(head);
  $("years").tBodies[0].replaceChildren(...answer.table.rows.map((row) => make("tr", {},
    make("th", { scope: "row" }, row.year, make("span", {}, row.kind)), ...row.cells.map(cell))));
  hintAtWidth();
  $("table-note").textContent = answer.table.note;
  $("notes").replaceChildren(...answer.notes.map((note) => make("li", {}, note)));
  $("command").textContent = answer.command;
  showFaults(answer.refusals);
}

/** A figure in a cell; an interval may break between its ends and nowhere else. */
function cell(text) {
  const ends = text.split(" to ");
  if (ends.length !== 2) return make("td", {}, text);
  return make("td", {}, make("span", { class: "whole" }, ends[0] + " to"), " ", make("span", { class: "whole" }, ends[1]));
}

/** Says that the table goes on where the screen is too narrow for it. */
function hintAtWidth() {
  const region = $("years").parentElement;
  $("wide").hidden = region.scrollWidth <= region.clientWidth;
}

/** Shows what is wrong beside the control that it is about, and above the charts where it is about none. */
function showFaults(list) {
  for (const view of views.values()) view.fault.textContent = "";
  const others = [];
  for (const fault of list) {
    const view = fault.path && views.get(fault.path);
    if (view) {
      view.fault.textContent = fault.message;
      const hidden = view.element.closest("details:not([open])");
      if (hidden) hidden.open = true;
    }
    others.push(fault.path && !fault.message.startsWith(fault.path) ? fault.path + ": " + fault.message : fault.message);
  }
  const now = others.join("\n");
  if ($("errors").dataset.said !== now) {
    $("errors").dataset.said = now;
    $("errors").replaceChildren(...others.map((one) => make("p", {}, one)));
  }
}

function fill(select, choices, chosen) {
  const key = JSON.stringify(choices);
  if (select.dataset.choices !== key) {
    select.dataset.choices = key;
    select.replaceChildren(...choices.map(([value, text]) => make("option", { value }, text)));
  }
  select.value = chosen;
}

function count() {
  const n = state.set.size;
  $("count").textContent = n === 0 ? "Nothing is changed." : n === 1 ? "1 change." : n + " changes.";
}

// MARK: Controls

/** What was said of settings that stand no longer. */
function forget() {
  tellLink([]);
  if ($("saved").className === "fault") { $("saved").className = ""; $("saved").textContent = ""; }
}

function put(path, value) {
  forget();
  if (value === null) state.set.delete(path);
  else state.set.set(path, value);
  count();
  planSoon();
}

function numberControl(one) {
  const id = "c-" + one.path.replace(/[^A-Za-z0-9]+/g, "-");
  const unit = one.isPercentage ? "%" : "";
  const range = make("input", { type: "range", id, min: one.low, max: one.high, step: one.step });
  // Not a number field: browsers make 25 of “2,5” in one, and say nothing.
  const box = make("input", { type: "text", inputMode: "decimal", class: "number", spellcheck: false, "aria-label": one.name + ", as a number" + (unit ? " in per cent" : "") });
  const back = make("button", { type: "button", class: "plain", hidden: true, "aria-label": "Put back: " + one.name }, "Put back");
  const fault = make("p", { class: "fault", id: id + "-fault", role: "alert" });
  const hint = make("p", { class: "hint", id: id + "-hint" },
    (one.isLever ? "" : "As it stands: " + one.stated + ", ") + one.unit);
  const label = make("label", { htmlFor: id }, one.name);
  const element = make("div", { class: "control" }, label,
    make("div", { class: "row" }, range, make("span", {}, box, unit ? " " + unit : ""), back), hint, fault,
    make("details", {}, make("summary", {}, "Why this value"), make("p", { class: "hint" }, one.reason),
      one.isRange ? make("p", { class: "hint" }, "It stands as a range. Moved, it is one number taken as certain, and its doubt is no longer in the result.") : "",
      make("p", { class: "hint" }, make("code", {}, one.path))));
  range.setAttribute("aria-describedby", id + "-hint " + id + "-fault");
  const text = (value) => Number(value).toFixed(one.decimals) + unit;
  const told = (value) => { range.setAttribute("aria-valuetext", value + unit + " " + one.unit); };
  const paint = () => {
    const set = state.set.get(one.path);
    const changed = set !== undefined;
    const figure = changed ? set.replace(/%$/, "") : String(one.value);
    element.classList.toggle("changed", changed);
    back.hidden = !changed;
    if (document.activeElement !== box) box.value = Number.isFinite(Number(figure)) ? figure : "";
    if (document.activeElement !== range || !changed) range.value = figure;
    told(figure);
  };
  range.addEventListener("input", () => {
    put(one.path, one.isLever && Number(range.value) === 0 ? null : text(range.value));
    paint();
  });
  box.addEventListener("change", () => {
    const figure = box.value.trim().replace(/^\u2212/, "-").replace(/^\+/, "").replace(/\s*%$/, unit ? "" : "%");
    if (figure !== "" && !/^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(figure)) {
      fault.textContent = "“" + box.value + "” is no number here: write figures with a point before the decimals and no commas, such as " + (unit ? "2.5" : "2500") + ". Nothing is changed.";
      box.setAttribute("aria-invalid", "true");
      return;
    }
    box.removeAttribute("aria-invalid");
    fault.textContent = "";
    if (figure === "") put(one.path, null);
    else put(one.path, figure + unit);
    paint();
  });
  back.addEventListener("click", () => { put(one.path, null); paint(); range.focus(); });
  paint();
  views.set(one.path, { element, fault, paint });
  return element;
}

function measureControls(measures) {
  const parts = [make("legend", {}, "Measures")];
  if (!measures.measures.length && !measures.notes.length) {
    parts.push(make("p", { class: "hint" }, "The workspace has no register of measures."));
    return make("fieldset", {}, ...parts);
  }
  const fault = make("p", { class: "fault", role: "alert" });
  const says = { none: "none counts", weighted: "as likely as they are", certain: "as if certain" };
  const now = () => (measures.modePath && state.set.get(measures.modePath)) || measures.mode;
  const boxes = [];
  if (measures.modePath) {
    const radios = measures.modes.map((mode) => {
      const radio = make("input", { type: "radio", name: "mode", value: mode });
      radio.addEventListener("change", () => { put(measures.modePath, mode === measures.mode ? null : mode); paint(); });
      return radio;
    });
    parts.push(make("div", { class: "control" },
      make("div", { class: "modes", role: "radiogroup", "aria-label": "How measures count" },
        ...radios.map((radio) => make("label", {}, radio, says[radio.value] || radio.value))), fault));
    boxes.push(() => { for (const radio of radios) radio.checked = radio.value === now(); });
  }
  for (const one of measures.measures) {
    const box = make("input", { type: "checkbox" });
    const own = make("p", { class: "fault", role: "alert" });
    box.addEventListener("change", () => { put(one.path, box.checked ? null : one.off); paint(); });
    const element = make("div", { class: "control measure" }, make("label", {}, box, one.name),
      make("p", { class: "hint" }, "From " + one.start + ", " + one.probability + " likely; " + one.owner), own,
      make("details", {}, make("summary", {}, "Evidence"), make("p", { class: "hint" }, one.evidence), make("p", { class: "hint" }, make("code", {}, one.path))));
    boxes.push(() => {
      box.checked = !state.set.has(one.path);
      box.disabled = now() === "none";
      element.classList.toggle("changed", state.set.has(one.path));
    });
    views.set(one.path, { element, fault: own, paint: () => paint() });
    parts.push(element);
  }
  for (const note of measures.notes) parts.push(make("p", { class: "hint" }, note));
  const paint = () => boxes.forEach((one) => one());
  if (measures.modePath) views.set(measures.modePath, { element: fault, fault, paint });
  paint();
  return make("fieldset", {}, ...parts);
}

function otherSettings() {
  const others = [...state.set.keys()].filter((path) => !views.has(path));
  if (!others.length) return [];
  return [make("fieldset", {}, make("legend", {}, "Set, and moved by no control here"), ...others.map((path) => {
    const fault = make("p", { class: "fault", role: "alert" });
    const back = make("button", { type: "button", class: "plain" }, "Put back");
    const element = make("div", { class: "control changed" }, make("code", {}, path + "=" + state.set.get(path)), " ", back, fault);
    back.addEventListener("click", () => { put(path, null); element.remove(); views.delete(path); });
    views.set(path, { element, fault, paint: () => {} });
    return element;
  }))];
}

function showControls() {
  views.clear();
  const parts = [];
  const group = (name) => {
    const own = controls.controls.filter((one) => one.group === name);
    if (!own.length) return;
    // The first two of a group, and whatever moves the balance as much as a tenth of what moves it most; parts of a whole,
    // such as the price in one setting, after the whole.
    const wholes = own.filter((one) => !one.isPart);
    const most = Math.max(...controls.controls.map((one) => one.swing));
    const first = wholes.filter((one, place) => place < 2 || (most > 0 && one.swing >= most / 10));
    const rest = own.filter((one) => !first.includes(one));
    const inside = first.map(numberControl);
    if (rest.length) {
      const more = make("details", {}, make("summary", {}, rest.length + " more that matter less"), ...rest.map(numberControl));
      more.open = rest.some((one) => state.set.has(one.path));
      inside.push(more);
    }
    parts.push(make("fieldset", {}, make("legend", {}, name), ...inside));
  };
  group("Need");
  group("Price");
  parts.push(measureControls(controls.measures));
  group("Capacity");
  group("Budget");
  group("Other");
  parts.push(...otherSettings());
  if (controls.left.length) {
    parts.push(make("details", {}, make("summary", {}, controls.left.length + " not offered"),
      make("ul", {}, ...controls.left.map((one) => make("li", {}, one)))));
  }
  $("controls").replaceChildren(...parts);
  count();
}

let asking = 0;
async function loadControls() {
  const turn = ++asking;
  $("controls").setAttribute("aria-busy", "true");
  try {
    const query = new URLSearchParams({ service: state.service, scenario: state.scenario });
    const found = await ask("/api/controls?" + query);
    if (turn !== asking) return;
    controls = found;
    showControls();
  } catch (error) {
    if (turn !== asking) return;
    views.clear();
    $("controls").replaceChildren(...faults(error).map((one) => make("p", { class: "fault" }, one.message)));
  }
  $("controls").removeAttribute("aria-busy");
}

function showChoices() {
  fill($("service"), workspace.services.map((one) => [one.id, one.name + (one.isPlanned ? "" : " (cannot be planned)")]), state.service);
  fill($("scenario"), workspace.scenarios.map((one) => [one.name, one.name]), state.scenario);
  const scenario = workspace.scenarios.find((one) => one.name === state.scenario);
  $("scenario-reason").textContent = scenario ? scenario.reason : "";
  count();
}

function begin() {
  showChoices();
  return Promise.all([plan(), loadControls()]);
}

// MARK: Saving and sharing

let kept = null;
async function save() {
  const missing = [["save-name", "a name"], ["save-reason", "a reason"]].filter(([id]) => !$(id).value.trim());
  if (missing.length) {
    $("saved").textContent = "A scenario needs " + missing.map(([, what]) => what).join(" and ") + ".";
    $("saved").className = "fault";
    $(missing[0][0]).focus();
    return;
  }
  const today = new Date();
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const form = {
    scenario: state.scenario, set: [...state.set].map(([path, value]) => path + "=" + value), name: $("save-name").value.trim(),
    reason: $("save-reason").value.trim(), author: $("save-author").value.trim(), date,
  };
  try {
    const saved = await ask("/api/scenario", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(form) });
    $("saved").className = "";
    $("saved").replaceChildren("Saved as " + saved.path + ". It is run with: ", make("code", {}, saved.command));
    if (kept) URL.revokeObjectURL(kept);
    kept = URL.createObjectURL(new Blob([saved.text], { type: "text/yaml" }));
    $("download").href = kept;
    $("download").download = saved.file;
    $("download").hidden = false;
  } catch (error) {
    $("saved").className = "fault";
    $("saved").textContent = faults(error).map((one) => one.message).join(" ");
  }
}

async function copy() {
  const link = location.origin + "/#" + fragment();
  try {
    await navigator.clipboard.writeText(link);
    $("shared").className = "";
    $("shared").textContent = "Copied, without the secret of this run.";
  } catch {
    $("shared").className = "";
    $("shared").textContent = "The browser does not let the page copy; this is the link: " + link;
  }
}

function open() {
  const text = $("paste").value.trim();
  if (!text.includes("#")) {
    $("shared").className = "fault";
    $("shared").textContent = "There are no settings in this; they stand behind a # in a copied link.";
    return;
  }
  const refused = readFragment(text);
  tellLink(refused);
  $("shared").className = refused.length ? "fault" : "";
  $("shared").textContent = refused.length ? refused.join(" ") : "The settings of the link are open.";
  begin();
}

// MARK: Beginning

async function start() {
  try {
    workspace = await ask("/api/workspace");
  } catch (error) {
    $("about").textContent = faults(error).map((one) => one.message).join(" ");
    $("sentence").textContent = "There is nothing to show.";
    return;
  }
  $("title").textContent = workspace.area + ": " + workspace.name;
  document.title = workspace.area + ", " + workspace.name + " – Needscast explorer";
  $("about").textContent = workspace.years + "; what was known by " + workspace.asOf + "; " + workspace.draws.toLocaleString("en-GB") +
    " simulated futures" + (workspace.overrides.length ? "; set beforehand: " + workspace.overrides.join(", ") : "") + ".";
  tellLink(readFragment(location.hash));
  $("skip").addEventListener("click", (event) => {
    // Followed as a link it would put #settings in the place of what is set.
    event.preventDefault();
    $("settings").focus();
    $("settings").scrollIntoView();
  });
  $("service").addEventListener("change", () => { forget(); state.service = $("service").value; state.figure = ""; begin(); });
  $("scenario").addEventListener("change", () => { state.scenario = $("scenario").value; begin(); });
  $("figure").addEventListener("change", () => { state.figure = $("figure").value; plan(); });
  $("reset").addEventListener("click", () => { forget(); state.set.clear(); if (controls) showControls(); count(); plan(); });
  $("save").addEventListener("click", save);
  $("copy").addEventListener("click", copy);
  $("open").addEventListener("click", open);
  $("settings").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return; // a link within the page
    forget();
    tellLink(readFragment(location.hash));
    begin();
  });
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    hintAtWidth();
    if (window.innerWidth !== width) { width = window.innerWidth; clearTimeout(waiting); waiting = setTimeout(plan, 200); }
  });
  await begin();
}
start();
