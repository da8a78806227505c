// Filters the page. Without it everything is shown and unfolds all the same.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const fields = form.elements;
  const nouns = {
    latest: "latest figures",
    charts: "charts",
    disagreements: "disagreements",
    figures: "listed numbers",
  };

  const items = [...document.querySelectorAll("[data-m]")].map((element) => {
    const { m, c, s, d } = element.dataset;
    const [first, last = first] = (d || "").split(" ");
    const next = element.nextElementSibling;
    const why = next && next.classList.contains("why") ? next : null;
    return { element, why, m: +m, c: +c, s: s.split(" ").map(Number), first, last };
  });
  const sections = [...document.querySelectorAll("main > section")].map((element) => {
    const none = document.createElement("p");
    none.className = "none";
    none.textContent = "Nothing here passes the filter.";
    element.append(none);
    return { element, none, items: items.filter((item) => element.contains(item.element)) };
  });
  const groups = [...document.querySelectorAll("[data-group]")];

  // The place of an option in its list is the number that items carry; 0 is "all".
  const passes = (item) => {
    const m = fields.measure.selectedIndex;
    const c = fields.country.selectedIndex;
    const s = fields.source.selectedIndex;
    const since = fields.since.value;
    const until = fields.until.value;
    return (
      (!m || item.m === m) &&
      (!c || item.c === c) &&
      (!s || item.s.includes(s)) &&
      (!since || (item.last && item.last >= since)) &&
      (!until || (item.first && item.first <= until))
    );
  };

  const state = () => {
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    return new URLSearchParams(pairs).toString();
  };

  const filter = () => {
    for (const item of items) {
      const hidden = !passes(item);
      item.element.hidden = hidden;
      if (item.why) item.why.hidden = hidden;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-m]:not([hidden])");
    }
    const told = sections.map(({ element, none, items }) => {
      const n = items.filter((item) => !item.element.hidden).length;
      none.hidden = n > 0;
      const table = element.querySelector("table");
      if (table) table.hidden = n === 0;
      const of = n === items.length ? "" : ` of ${items.length.toLocaleString("en")}`;
      return `${n.toLocaleString("en")}${of} ${nouns[element.id]}`;
    });
    const filtered = state() !== "";
    shown.textContent = `${filtered ? "Shown" : "All shown"}: ${told.join(", ")}.`;
    form.classList.toggle("filtered", filtered);
  };

  // The address keeps the filter, so that it can be sent on.
  const keep = () => {
    const text = state();
    if (text || location.hash.includes("=")) {
      history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
    }
  };

  const read = () => {
    if (!location.hash.includes("=")) return;
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const name of ["measure", "country", "source", "since", "until"]) {
      const field = fields[name];
      field.value = wanted.get(name) || "";
      if (field.selectedIndex === -1) field.selectedIndex = 0;
    }
  };

  form.addEventListener("input", () => {
    filter();
    keep();
  });
  form.addEventListener("reset", () => {
    setTimeout(() => {
      filter();
      keep();
      fields.measure.focus();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    read();
    filter();
  });

  // Ways through the page must not take the filter's place in the address.
  for (const link of document.querySelectorAll("a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const target = document.querySelector(link.getAttribute("href"));
      if (!target) return;
      event.preventDefault();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView();
    });
  }

  form.hidden = false;
  read();
  filter();
})();
