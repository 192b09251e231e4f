// Adds to the page what it can do without: tables that sort and filter, and a panel with what stands behind a number.
// Text enters the page as text nodes only.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const MISSING = "–";

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const numberIn = (words) => parseFloat(words.replaceAll("−", "-").replaceAll(",", "").replace(/^\s*</, ""));
  const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
  const last = (a, b) => Number.isNaN(a) - Number.isNaN(b) || a - b; // what is no number stands at the end

  // --- tables ---

  const sortBy = (table, column, heading) => {
    const numeric = heading.classList.contains("number");
    const before = heading.getAttribute("aria-sort");
    const up = before ? before === "descending" : !numeric;
    const keyed = [...table.tBodies[0].rows].map((row) => {
      const { textContent: words, dataset } = row.cells[column];
      return { row, words, number: numberIn(dataset.sort ?? words) };
    });
    const turn = up ? 1 : -1;
    keyed.sort((a, b) => (numeric ? (Number.isNaN(a.number) || Number.isNaN(b.number) ? last(a.number, b.number) : turn * (a.number - b.number))
      : turn * a.words.localeCompare(b.words, "en")));
    table.tBodies[0].append(...keyed.map((one) => one.row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  };

  let filters = 0;
  const addFilter = (place, items, label, what) => {
    const id = `filter-${(filters += 1)}`;
    const input = make("input", { id, type: "search", autocomplete: "off", spellcheck: "false" });
    const status = make("span", { role: "status", class: "note" });
    const words = new Map();
    const textOf = (item) => words.get(item) ?? words.set(item, item.textContent.replace(/\s+/g, " ").toLowerCase()).get(item);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      for (const item of items) {
        item.hidden = !textOf(item).includes(wanted);
        shown += !item.hidden;
      }
      status.textContent = wanted ? `${shown} of ${items.length} ${what} shown` : "";
    });
    place.before(make("p", { class: "filter" }, make("label", { for: id }, label), " ", input, " ", status));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 1) {
      [...table.tHead.rows[0].cells].forEach((heading, column) => {
        const button = make("button", { type: "button" }, ...heading.childNodes);
        button.addEventListener("click", () => sortBy(table, column, heading));
        heading.append(button);
      });
    }
    if (rows.length > 8) addFilter(table.parentElement, rows, "Rows with", "rows");
  }
  const closed = [...document.querySelectorAll("details.article")];
  if (closed.length > 8) addFilter(document.querySelector(".about-articles h3"), closed, "Articles with", "articles");
  const told = [...document.querySelectorAll("details.event")];
  if (told.length > 8) addFilter(told[0], told, "Events with", "events");

  // --- what stands behind a number ---

  const panel = make("dialog", { class: "panel", "aria-labelledby": "panel-title" });
  document.body.append(panel);
  let opener = null;

  const anchorOf = (position) => `a${position + 1}`;
  const detailsOf = (position) => document.getElementById(anchorOf(position)).closest("details");
  const sentenceAt = (position, number) => document.getElementById(`${anchorOf(position)}-s${number}`);
  const wordsOf = (sentence) => {
    const plain = sentence.cloneNode(true);
    for (const number of plain.querySelectorAll("sup")) number.remove(); // of attributions
    return plain.textContent.replace(/\s+/g, " ").trim();
  };

  const rowsOf = (measure, position) => {
    const layer = data.layers[measure.layer];
    const rows = layer ? layer.rows[position] : [];
    if (!measure.where) return { layer, all: rows, kept: rows };
    const [place, code] = measure.where;
    return { layer, all: rows.filter((row) => row[place] >= 0), kept: rows.filter((row) => row[place] === code) };
  };

  const noteOf = (layer, row) => {
    const codes = layer.labels.map((labels, place) => labels[row[place + 2]]).filter(Boolean);
    return [row[1], ...codes].filter(Boolean).join(", ");
  };

  // A list of sentences, each a link to its place in the article, with what was counted in it.
  const sentenceList = (position, notes) => {
    const list = make("ul");
    for (const [number, words] of notes) {
      const sentence = number ? sentenceAt(position, number) : null;
      const item = sentence ? make("a", { href: `#${sentence.id}` }, wordsOf(sentence))
        : make("a", { href: `#${anchorOf(position)}` }, "In the headline or elsewhere outside the body");
      list.append(make("li", {}, item, ...(words.length ? [make("small", { dir: "auto" }, words.join("; "))] : [])));
    }
    return list;
  };

  const behindMeasure = (measure, position) => {
    const { layer, all, kept } = rowsOf(measure, position);
    const link = make("a", { href: `#${anchorOf(position)}` }, "the article");
    if (!layer) return [make("p", {}, "Counted over the whole text: ", link)];
    const notes = new Map();
    for (const row of kept) notes.set(row[0], [...(notes.get(row[0]) ?? []), noteOf(layer, row)].filter(Boolean));
    const share = measure.where ? `${kept.length} of ${count(all.length, layer.one)}` : count(all.length, layer.one);
    return [make("p", {}, `${share} in `, link), sentenceList(position, notes)];
  };

  const behindWord = (found, position) =>
    [sentenceList(position, new Map(found.map((number) => [number, []]))), make("p", {}, make("a", { href: `#${anchorOf(position)}` }, "The article"))];

  const sentencesWith = (word, position) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu");
    const found = [];
    for (let number = 1, sentence; (sentence = sentenceAt(position, number)); number += 1) {
      if (pattern.test(wordsOf(sentence))) found.push(number);
    }
    return found;
  };

  const entry = ({ position, value, fill }, open) => {
    const [title, about] = ["b", "small"].map((name) => detailsOf(position).querySelector(`summary ${name}`).textContent);
    const shown = make("details", {}, make("summary", {}, make("b", {}, value), " ", make("span", { dir: "auto" }, title), make("small", {}, about)));
    shown.addEventListener("toggle", () => { if (shown.open && shown.children.length === 1) shown.append(...fill()); });
    shown.open = open;
    return make("li", {}, shown);
  };

  const show = (title, about, entries) => {
    const close = make("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", hide);
    const list = make("ol");
    const order = (highest) => {
      const sorted = entries.map((one) => ({ one, number: numberIn(one.value) }));
      sorted.sort((a, b) => (Number.isNaN(a.number) || Number.isNaN(b.number) ? last(a.number, b.number) : (highest ? -1 : 1) * (a.number - b.number)));
      list.replaceChildren(...sorted.map(({ one }) => entry(one, entries.length === 1)));
    };
    order(true);
    const parts = [close, make("h2", { id: "panel-title", tabindex: "-1", dir: "auto" }, title), make("p", { class: "note" }, about)];
    if (entries.length > 1) {
      const turn = make("button", { type: "button", "aria-pressed": "false" }, "Lowest first");
      turn.addEventListener("click", () => {
        const lowest = turn.getAttribute("aria-pressed") !== "true";
        turn.setAttribute("aria-pressed", String(lowest));
        order(!lowest);
      });
      parts.push(turn);
    }
    panel.replaceChildren(...parts, list);
    if (!panel.open) panel.show();
    document.body.classList.add("beside");
    document.getElementById("panel-title").focus();
    opener.scrollIntoView({ block: "nearest" }); // the page beside the panel has been laid out anew
  };

  const hide = () => {
    panel.close();
    document.body.classList.remove("beside");
    if (opener) opener.focus();
  };

  const positionsOf = (outlet) => data.articles.flatMap((mine, position) => (mine === outlet ? [position] : []));

  const follow = (link) => {
    const { outlet, article, measure: name, word } = link.dataset;
    const positions = article ? [Number(article.slice(1)) - 1] : positionsOf(Number(outlet));
    const of = article ? detailsOf(positions[0]).querySelector("summary b").textContent : data.outlets[outlet];
    if (word !== undefined) {
      const entries = positions.map((position) => ({ position, found: sentencesWith(word, position) })).filter(({ found }) => found.length)
        .map(({ position, found }) => ({ position, value: count(found.length, "sentence"), fill: () => behindWord(found, position) }));
      show(`“${word}” in ${of}`, `Sentences of ${count(entries.length, "article")} hold it; headlines are not listed.`, entries);
      return true;
    }
    const measure = data.measures[name];
    if (!measure) return false;
    const entries = positions.map((position) => ({ position, value: measure.values[position], fill: () => behindMeasure(measure, position) }));
    const measured = entries.filter(({ value }) => value !== MISSING).length;
    const about = article ? "" : `${link.textContent} is the mean of ${count(measured, "article")}. Open one to see the sentences that count.`;
    show(`${measure.name}: ${of}`, about, entries);
    return true;
  };

  // --- following links ---

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let above = target.closest("details"); above; above = above.parentElement.closest("details")) {
      above.hidden = false;
      above.open = true;
    }
    // What is out of sight is laid out by a guess of its height, so that the first jump can miss.
    const block = target.classList.contains("fr-sentence") ? "center" : "start";
    const jump = (times) => requestAnimationFrame(() => {
      target.scrollIntoView({ block });
      if (times > 1) jump(times - 1);
    });
    jump(3);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.classList.contains("trace")) {
      const before = opener;
      if (!panel.contains(link)) opener = link;
      if (follow(link)) event.preventDefault();
      else opener = before;
    } else if (link.hash && link.hash === location.hash) reveal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) hide();
  });
  window.addEventListener("hashchange", reveal);
  reveal();
})();
