// Search, filters and sorting. Everything can be read without this; text is only ever set as text.
"use strict";

(() => {
  const root = document.body.dataset.root || "";
  const STEP = 100;
  const FACETS = [
    ["status", "State", "status", "statuses"],
    ["topic", "Topic", "topics", "topics"],
    ["speaker", "Speaker", "speaker", "people"],
    ["kind", "Kind", "kind", "kinds"],
    ["series", "Series", "series", "series"],
    ["source", "Source", "source", "sources"],
  ];
  const DATES = [
    ["due-after", "Due after", "a period, such as 2026"],
    ["due-before", "Due before", "a period, such as 2027-Q1"],
    ["due-within", "Due within", "a span, such as 90d or 1y"],
    ["said-after", "Said after", "a period"],
    ["said-before", "Said before", "a period"],
  ];
  const SORTS = { claim: "claim", speaker: "speaker", said: "saidEnd", deadline: "end", state: "phrase" };

  document.documentElement.classList.add("scripted");

  function make(tag, settings = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(settings)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function load(name) {
    document.head.append(make("script", { src: `${root}assets/${name}` }));
  }

  // --- Days. An ordinal counts from 1 January of the year 1, as in the file's own tool. ------------------------

  const ordinal = (year, month, day) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return Math.round(date.getTime() / 864e5) + 719163;
  };

  // First and last day of a period as it stands in a ledger, or null.
  function period(text) {
    const ends = text.trim().replace(/~$/, "").split("/");
    if (ends.length === 2) {
      const [first, last] = ends.map(period);
      return first && last && first[0] <= last[1] ? [first[0], last[1]] : null;
    }
    const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4])|-H([12])|(s))?$/i.exec(ends[0]);
    if (!found || ends.length > 2) return null;
    const year = +found[1];
    if (year < 1000 || (found[6] && year % 10)) return null;
    if (found[3]) {
      const day = ordinal(year, +found[2], +found[3]);
      const real = +found[2] >= 1 && +found[2] <= 12 && day < ordinal(year, +found[2] + 1, 1) && +found[3] >= 1;
      return real ? [day, day] : null;
    }
    if (found[2]) return +found[2] >= 1 && +found[2] <= 12 ? months(year, +found[2], 1) : null;
    if (found[4]) return months(year, +found[4] * 3 - 2, 3);
    if (found[5]) return months(year, +found[5] * 6 - 5, 6);
    return months(year, 1, found[6] ? 120 : 12);
  }

  const months = (year, month, count) => [ordinal(year, month, 1), ordinal(year, month + count, 1) - 1];

  // The day that lies a span such as 90d, 12w, 6m or 1y after a day, or null.
  function spanAfter(text, iso) {
    const found = /^(\d{1,6})\s*([dwmy])$/i.exec(text.trim());
    if (!found) return null;
    const [year, month, day] = iso.split("-").map(Number);
    const unit = found[2].toLowerCase();
    if (unit === "d" || unit === "w") return ordinal(year, month, day) + found[1] * (unit === "w" ? 7 : 1);
    const moved = month + found[1] * (unit === "y" ? 12 : 1);
    return Math.min(ordinal(year, moved, day), ordinal(year, moved + 1, 1) - 1);
  }

  // What looks alike is alike: as the words of the claims were folded when the page was made.
  const fold = (text) =>
    text.normalize("NFKC").replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/[\u2018-\u201b\u2032]/g, "'")
      .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"').replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\u2044/g, "/")
      .toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");

  // --- What is wanted: in the address, so that a link keeps it. ----------------------------------------------

  function wanted(query) {
    const given = new URLSearchParams(query);
    const found = { q: given.get("q") || "", sort: given.get("sort") || "deadline" };
    for (const [name] of FACETS) found[name] = new Set((given.get(name) || "").split(",").filter(Boolean));
    for (const [name] of DATES) found[name] = given.get(name) || "";
    return found;
  }

  function written(want) {
    const given = new URLSearchParams();
    if (want.q.trim()) given.set("q", want.q.trim());
    for (const [name] of FACETS) if (want[name].size) given.set(name, [...want[name]].join(","));
    for (const [name] of DATES) if (want[name].trim()) given.set(name, want[name].trim());
    if (want.sort !== "deadline") given.set("sort", want.sort);
    return given.toString().replace(/%2C/g, ",");
  }

  // --- The claims: `claims.js` has names and counts; rows and words come in parts, once somebody asks. -------------

  const data = { head: null, claims: null, words: null };
  const parts = { claims: [], words: [] };
  const waiting = { head: [], claims: [], words: [] };

  function arrived(what, part, values) {
    parts[what][part] = values;
    if (parts[what].filter(Boolean).length === data.head.parts) settle(what, parts[what].flat());
  }

  function settle(what, values) {
    data[what] = what === "claims" ? values.map(named) : values;
    for (const then of waiting[what].splice(0)) then();
  }

  function named(row, i) {
    const claim = { i };
    data.head.columns.forEach((name, at) => (claim[name] = row[at]));
    claim.speakerName = data.head.people[claim.speaker][1];
    claim.plain = fold(`${claim.id}\n${claim.claim}`);
    return claim;
  }

  globalThis.forecastLedger = {
    head: (head) => settle("head", head),
    claims: (part, rows) => arrived("claims", part, rows),
    words: (part, texts) => arrived("words", part, texts),
  };

  // Do it when the head, and if they are named the claims or their words, are there.
  function ready(then, what = "head") {
    if (data[what]) then();
    else if (what !== "head" && !data.head) ready(() => ready(then, what));
    else {
      waiting[what].push(then);
      if (what === "head" || waiting[what].length > 1) return;
      for (let part = 0; part < data.head.parts; part += 1) load(`${what}-${part}.js`);
      if (!data.head.parts) settle(what, []);
    }
  }

  const keys = (claim, column, table) => {
    const value = claim[column];
    if (table === "statuses" || table === "kinds") return [value];
    return (Array.isArray(value) ? value : [value]).filter((i) => i >= 0).map((i) => data.head[table][i][0]);
  };

  // The claims that pass, in order, and which of the typed periods could not be read.
  function select(want) {
    const tests = [];
    const wrong = new Set();
    for (const [name, , column, table] of FACETS) {
      if (want[name].size) tests.push((claim) => keys(claim, column, table).some((key) => want[name].has(key)));
    }
    for (const [name] of DATES) {
      if (!want[name].trim()) continue;
      const test = dayTest(name, want[name]);
      if (test) tests.push(test);
      else wrong.add(name);
    }
    const needle = fold(want.q.trim());
    if (needle) {
      if (!data.words) ready(() => list && list.update(), "words");
      tests.push((claim) => (data.words ? data.words[claim.i] : claim.plain).includes(needle));
    }
    const rows = data.claims.filter((claim) => tests.every((test) => test(claim)));
    return { rows: sorted(rows, want.sort), wrong };
  }

  function dayTest(name, text) {
    if (name === "due-within") {
      const last = spanAfter(text, data.head.day);
      return last === null ? null : (claim) => claim.end !== null && claim.end >= data.head.ordinal && claim.end <= last;
    }
    const span = period(text);
    if (!span) return null;
    const end = name.startsWith("due") ? "end" : "saidEnd";
    return name.endsWith("before")
      ? (claim) => claim[end] !== null && claim[end] < span[0]
      : (claim) => claim[end] !== null && claim[end] > span[1];
  }

  function sorted(rows, sort) {
    const back = sort.startsWith("-");
    const key = SORTS[sort.replace(/^-/, "")] || "end";
    if (key === "end" && !back) return rows;
    const value = (claim) => (key === "speaker" ? claim.speakerName : claim[key]);
    const order = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === y) return a.i - b.i;
      if (x === null) return 1;
      if (y === null) return -1;
      return (typeof x === "string" ? x.localeCompare(y, "en") : x - y) * (back ? -1 : 1);
    };
    return [...rows].sort(order);
  }

  // --- The list of claims ------------------------------------------------------------------------------------

  function state(status, phrase) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    for (const [name, value] of [["class", "sign"], ["width", 16], ["height", 16], ["aria-hidden", "true"]]) {
      svg.setAttribute(name, value);
    }
    use.setAttribute("href", `#s-${status}`);
    svg.append(use);
    return make("span", { className: `state ${data.head.signs[status]}` }, svg, phrase);
  }

  function row(claim, query) {
    const suffix = query ? `?in=${encodeURIComponent(query)}` : "";
    return make(
      "tr",
      {},
      make("th", { scope: "row", dir: "auto" }, make("a", { href: `${root}${claim.page}${suffix}` }, claim.claim)),
      make("td", { className: "aside", dir: "auto" }, claim.speakerName),
      make("td", { className: "aside day", "data-sort": claim.saidEnd ?? 0 }, claim.said),
      make("td", { className: "day", "data-sort": claim.end ?? 9999999 }, claim.deadline),
      make("td", {}, state(claim.status, claim.phrase)),
    );
  }

  class List {
    constructor(form, table) {
      this.form = form;
      this.body = table.tBodies[0];
      this.found = document.getElementById("found");
      this.pager = document.querySelector(".pager");
      this.want = wanted(location.search);
      this.limit = STEP;
      this.build();
      this.heads(table);
      this.rest = make("p", { className: "rest" }, make("button", { type: "button" }, ""));
      this.rest.firstChild.addEventListener("click", () => {
        this.limit += STEP * 5;
        this.update();
      });
      this.rest.hidden = true;
      table.closest(".scroll").after(this.rest);
      table.caption.className = "quiet";
      this.found.hidden = false;
      // Until something is asked the page has its rows already.
      if (data.claims) this.update();
      else this.tell(data.head.total, new Set());
    }

    build() {
      this.search = make("input", { type: "search", id: "q", autocomplete: "off", spellcheck: false, value: this.want.q });
      this.search.addEventListener("input", () => this.change(() => (this.want.q = this.search.value)));
      const facets = make("div", { className: "row" });
      this.facets = FACETS.map((facet) => this.facet(facets, ...facet));
      this.dates = this.days(facets);
      const clear = make("button", { type: "button" }, "Clear");
      clear.addEventListener("click", () => this.clear());
      facets.append(clear);
      this.form.append(make("label", { htmlFor: "q" }, "Search in claims, quotes, criteria and notes"), this.search, facets);
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.hidden = false;
      document.addEventListener("click", (event) => this.close(event.target));
      document.addEventListener("keydown", (event) => this.key(event));
    }

    // One filter: a button that opens a list of boxes to tick, with how many claims each has.
    facet(parent, name, words, column, table) {
      const offered = data.head[table].filter((entry) => entry.at(-1));
      if (table !== "statuses") offered.sort((a, b) => b.at(-1) - a.at(-1));
      const boxes = offered.map(([key, ...rest]) => {
        const box = make("input", { type: "checkbox", checked: this.want[name].has(key) });
        box.addEventListener("change", () => this.change(() => this.want[name][box.checked ? "add" : "delete"](key)));
        const count = make("span", { className: "number" }, rest.at(-1).toLocaleString("en"));
        return [key, box, make("label", {}, box, make("span", { dir: "auto" }, rest.length > 1 ? rest[0] : key), count)];
      });
      const group = make("div", { className: "panel", role: "group", "aria-label": words }, ...boxes.map((box) => box[2]));
      const details = make("details", { className: "facet" }, make("summary", {}, words), group);
      if (offered.length > 1) parent.append(details);
      return { name, words, details, boxes };
    }

    days(parent) {
      const fields = DATES.map(([name, words, hint]) => {
        const input = make("input", { type: "text", id: name, value: this.want[name], placeholder: hint, autocomplete: "off" });
        input.addEventListener("input", () => this.change(() => (this.want[name] = input.value)));
        return [name, input, make("div", { className: "field" }, make("label", { htmlFor: name }, words), input)];
      });
      const panel = make("div", { className: "panel" }, ...fields.map((field) => field[2]));
      const details = make("details", { className: "facet" }, make("summary", {}, "Dates"), panel);
      parent.append(details);
      return { details, fields };
    }

    // The heads of the table sort the list; the third press goes back to the order of deadlines.
    heads(table) {
      this.columns = ["claim", "speaker", "said", "deadline", "state"].map((name, i) => {
        const head = table.tHead.rows[0].cells[i];
        const button = make("button", { type: "button" }, head.textContent);
        button.addEventListener("click", () =>
          this.change(() => {
            this.want.sort = this.want.sort === name ? `-${name}` : name;
          }),
        );
        head.replaceChildren(button);
        return [name, head];
      });
    }

    change(apply) {
      apply();
      this.limit = STEP;
      const query = written(this.want);
      try {
        history.replaceState(null, "", query ? `?${query}` : location.pathname);
      } catch {
        // A browser that keeps the address of files as it is: the filter works, the link does not keep it.
      }
      this.update();
    }

    clear() {
      this.search.value = "";
      for (const facet of this.facets) for (const [, box] of facet.boxes) box.checked = false;
      for (const [, input] of this.dates.fields) input.value = "";
      this.change(() => (this.want = { ...wanted(""), sort: this.want.sort }));
      this.search.focus();
    }

    close(target) {
      for (const { details } of [...this.facets, this.dates]) {
        if (details.open && !details.contains(target)) details.open = false;
      }
    }

    key(event) {
      if (event.key === "Escape") {
        const open = [...this.facets, this.dates].find(({ details }) => details.open);
        if (open) {
          open.details.open = false;
          open.details.querySelector("summary").focus();
        }
      } else if (event.key === "/" && !event.target.closest("input, textarea, select")) {
        event.preventDefault();
        this.search.focus();
      }
    }

    update() {
      if (!data.claims) {
        ready(() => this.update(), "claims");
        return;
      }
      if (this.pager) this.pager.hidden = true;
      const query = written(this.want);
      const { rows, wrong } = select(this.want);
      this.body.replaceChildren(...rows.slice(0, this.limit).map((claim) => row(claim, query)));
      const left = rows.length - this.limit;
      this.rest.hidden = left <= 0;
      this.rest.firstChild.textContent = `Show ${Math.min(left, STEP * 5).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
      this.tell(rows.length, wrong);
      for (const facet of this.facets) {
        const size = this.want[facet.name].size;
        facet.details.classList.toggle("set", size > 0);
        facet.details.querySelector("summary").textContent = size ? `${facet.words}: ${size}` : facet.words;
      }
      for (const [name, input] of this.dates.fields) {
        input.classList.toggle("wrong", wrong.has(name));
        input.setAttribute("aria-invalid", wrong.has(name));
      }
      this.dates.details.classList.toggle("set", DATES.some(([name]) => this.want[name].trim()));
      for (const [name, head] of this.columns) {
        if (this.want.sort.replace(/^-/, "") === name) {
          head.setAttribute("aria-sort", this.want.sort.startsWith("-") ? "descending" : "ascending");
        } else head.removeAttribute("aria-sort");
      }
    }

    // How many were found, and how the command line asks the same.
    tell(count, wrong) {
      const total = data.head.total;
      const words = `${count.toLocaleString("en")} of ${total.toLocaleString("en")} ${total === 1 ? "claim" : "claims"}`;
      const parts = [words];
      if (wrong.size) parts.push(`; not a date: ${[...wrong].join(", ").replaceAll("-", " ")}`);
      const asked = command(this.want);
      if (asked) parts.push(". On the command line: ", make("code", {}, asked));
      this.found.replaceChildren(...parts);
    }
  }

  function command(want) {
    const quoted = (text) => (/^[\w.,/~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
    const parts = [];
    for (const [name] of FACETS) if (want[name].size) parts.push(`--${name} ${quoted([...want[name]].join(","))}`);
    for (const [name] of DATES) if (want[name].trim()) parts.push(`--${name} ${quoted(want[name].trim())}`);
    if (want.q.trim()) parts.push(`--search ${quoted(want.q.trim())}`);
    return parts.length ? `ledger list ${parts.join(" ")}` : "";
  }

  // --- A claim that was reached from a filtered list: back to it, and to its neighbours in it. -----------------------

  function neighbours(place) {
    const query = new URLSearchParams(location.search).get("in");
    if (!query) return;
    for (const link of document.querySelectorAll('.masthead a[href$="claims.html"]')) link.search = query;
    load("claims.js");
    ready(() => {
      const { rows } = select(wanted(query));
      const here = rows.findIndex((claim) => location.pathname.endsWith(`/${claim.page}`));
      const link = (claim, words) =>
        claim ? [make("a", { href: `${root}${claim.page}?in=${encodeURIComponent(query)}`, title: claim.claim }, words)] : [];
      const list = make("a", { href: `${root}claims.html?${query}` }, here < 0 ? "Back to the list" : `${here + 1} of ${rows.length} in this list`);
      place.replaceChildren(...(here > 0 ? link(rows[here - 1], "Previous") : []), list, ...(here >= 0 ? link(rows[here + 1], "Next") : []));
      place.hidden = false;
    }, "claims");
  }

  // --- Other tables: sorted where they stand. ------------------------------------------------------------------

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    const value = (line, i) => line.cells[i].dataset.sort ?? line.cells[i].textContent.trim();
    heads.forEach((head, i) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.classList.contains("number") ? "descending" : "ascending";
        const up = down === "ascending" ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === down ? up : down;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const lines = [...table.tBodies[0].rows].map((line, place) => [value(line, i), place, line]);
        lines.sort(([a, p], [b, q]) => {
          const [x, y] = [Number(a.replaceAll(",", "")), Number(b.replaceAll(",", ""))];
          const compared = Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : x - y;
          return compared * sign || p - q;
        });
        table.tBodies[0].append(...lines.map((line) => line[2]));
      });
    });
  }

  // --- Begin. ---------------------------------------------------------------------------------------------------

  let list = null;
  const form = document.getElementById("filters");
  const claims = document.getElementById("claims");
  for (const table of document.querySelectorAll("table.sortable")) if (table !== claims) sortable(table);
  for (const find of document.querySelectorAll("form.find")) find.hidden = false;
  const next = document.getElementById("neighbours");
  if (next) neighbours(next);
  if (form && claims && claims.matches("table")) ready(() => (list = new List(form, claims)), location.search ? "claims" : "head");
})();
