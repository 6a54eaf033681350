/* The one own script. Every page works without it: it only shortens ways. What it attends to is written in the markup:
   data-theme-choice   a button that chooses the theme          data-guard      a form that warns before unsaved text is left
   data-opens          a link that opens the dialog of that id  data-dirty      such a form, given back by the server unsaved
   data-grid           a table in which the arrow keys move     data-autosubmit a form that is sent when a choice is changed
   data-focus          where focus goes after a swap            data-announce   what is read aloud after a swap
   data-drop           a drop zone around a file field          details.menu    a menu that closes by Escape or a click beside it
   data-upload         a form whose files are sent one by one, each with its progress in the list data-upload-list
   data-board          columns (data-column) between which cards (data-card) are dragged
   data-key            a link that a key follows, as its arrow keys lead to the point before and after
   data-draft          a form whose text is kept at that address while one types; data-draft-saved says when */
(() => {
  const on = (name, act) => document.addEventListener(name, act);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  /* Theme */
  const theme = () => (document.cookie.match(/(?:^|; )theme=(\w+)/) || [])[1] || "system";
  const showTheme = () => all("[data-theme-choice]").forEach((b) => b.setAttribute("aria-pressed", b.dataset.themeChoice === theme()));
  const chooseTheme = (choice) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${choice}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    document.dispatchEvent(new Event("theme"));
    showTheme();
  };

  /* Menus and dialogs */
  const closeMenus = (except) => all("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  const openDialog = (event, link) => {
    const dialog = byId(link.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  };

  /* Unsaved changes */
  const guarded = (element) => element.closest?.("form[data-guard]");
  const dirty = () => all("form[data-dirty]").length > 0;

  /* Drafts: what is typed is kept after a pause, and when the page is left */
  const PAUSE = 1500;
  const drafts = new WeakMap();
  const KEPT_BACK = "input[type=password], input[type=file]";
  const keepDraft = async (form, leaving) => {
    const draft = drafts.get(form);
    clearTimeout(draft.timer);
    draft.waiting = false;
    if (form.querySelector(KEPT_BACK)) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("draft_path", new URL(form.action).pathname);
    draft.request = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, keepalive: leaving, redirect: "error", headers: { "HX-Request": "true" },
        signal: leaving ? undefined : draft.request.signal,
      });
      if (answer.status === 401) trouble(wordsFor(401));
      if (answer.status === 200) showKept(form, (await answer.json()).words);
    } catch { /* away or overtaken: the text stands on the page, and the next key tries again */ }
  };
  const showKept = (form, words) => {
    const box = form.querySelector("[data-draft-saved]");
    if (!box) return;
    box.hidden = false;
    box.lastElementChild.textContent = words;
  };
  const typedIn = (form) => {
    const draft = drafts.get(form) || {};
    drafts.set(form, draft);
    clearTimeout(draft.timer);
    draft.waiting = true;
    draft.timer = setTimeout(() => keepDraft(form, false), PAUSE);
  };
  const sentOff = (form) => {
    const draft = drafts.get(form);
    if (!draft) return;
    clearTimeout(draft.timer);
    draft.waiting = false;
    draft.request?.abort();
  };

  /* Arrow keys in a table */
  const FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select:not(:disabled), summary";
  const TYPED = "textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])";
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const neighbour = (cell, [down, right]) => {
    const rows = [...cell.closest("table").rows];
    let row = rows.indexOf(cell.parentElement), column = cell.cellIndex;
    for (;;) {
      row += down;
      column += right;
      const next = rows[row]?.cells[column];
      if (!next) return null;
      const inside = next.querySelector(FOCUSABLE);
      if (inside) return inside;
    }
  };
  const moveInGrid = (event) => {
    const cell = event.target.closest?.("table[data-grid] :is(td, th)");
    const next = cell && STEPS[event.key] && !event.target.matches(TYPED) && neighbour(cell, STEPS[event.key]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  /* Arrow keys to the thing before and after, where a page is one of a row */
  const turnPage = (event) => {
    if (event.defaultPrevented || event.target.closest(TYPED + ", [type=radio], table[data-grid], .scrollbox, dialog")) return;
    document.querySelector(`a[data-key="${event.key}"]`)?.click();
  };

  /* What is said aloud, and what has gone wrong */
  const announce = (text) => { byId("live").textContent = ""; setTimeout(() => { byId("live").textContent = text; }, 60); };
  const trouble = (text) => {
    const box = byId("trouble");
    box.hidden = !text;
    box.querySelector("span").textContent = text || "";
  };
  const wordsFor = (status) => {
    const words = byId("trouble").dataset;
    if (!status) return words.away;
    if (status === 401) return words.login;
    return status >= 500 || status === 400 || status === 413 || status === 429 ? words.failed : words.refused;
  };

  on("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]");
    const opener = event.target.closest("[data-opens]");
    if (choice) chooseTheme(choice.dataset.themeChoice);
    if (opener) openDialog(event, opener);
    if (event.target.closest("[data-close]")) trouble("");
    closeMenus(event.target.closest("details.menu"));
  });

  on("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      closeMenus();
      menu?.querySelector("summary").focus();
    } else if (event.key === "/" && plain && !event.target.closest("input, textarea, select, [contenteditable]")) {
      const search = document.querySelector(".search input");
      if (!search) return;
      event.preventDefault();
      search.focus();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form?.requestSubmit();
    } else if (plain) {
      moveInGrid(event);
      turnPage(event);
    }
  });

  on("input", (event) => {
    guarded(event.target)?.setAttribute("data-dirty", "");
    const kept = event.target.closest?.("form[data-draft]");
    if (kept) typedIn(kept);
  });
  on("submit", (event) => sentOff(event.target));
  addEventListener("pagehide", () => all("form[data-draft]").forEach((form) => { if (drafts.get(form)?.waiting) keepDraft(form, true); }));
  on("submit", (event) => { if (!event.target.matches("[hx-post], [hx-put], [hx-patch]")) event.target.removeAttribute("data-dirty"); });
  on("change", (event) => event.target.closest("form[data-autosubmit]")?.requestSubmit());
  addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });

  /* Files dropped on a zone go into its file field; without script the field itself does the work */
  const zone = (event) => event.target.closest?.("[data-drop]");
  const over = (event) => { if (zone(event)) { event.preventDefault(); zone(event).classList.add("over"); } };
  on("dragover", over);
  on("dragleave", (event) => zone(event)?.classList.remove("over"));
  on("drop", (event) => {
    const target = zone(event);
    if (!target) return;
    event.preventDefault();
    target.classList.remove("over");
    const field = target.querySelector("input[type=file]");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* Files sent one by one: each has a line with its progress, and then what the server says of it */
  const tellFate = (line, { said, url }) => {
    line.querySelector("[data-upload-said]").textContent = said;
    if (url) line.querySelector("[data-upload-name]").href = url;
  };
  const sendFile = (form, field, file, line) => new Promise((done) => {
    const body = new FormData(form);
    body.set(field.name, file);
    const request = new XMLHttpRequest();
    const bar = line.querySelector("progress");
    request.upload.onprogress = ({ loaded, total }) => { bar.max = total; bar.value = loaded; };
    request.onloadend = () => {
      bar.hidden = true;
      line.classList.add(request.status === 200 ? "done" : "late");
      tellFate(line, request.status === 200 || request.status === 422 ? JSON.parse(request.responseText) : { said: wordsFor(request.status) });
      done(request.status === 200);
    };
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.send(body);
  });
  const sendFiles = async (form) => {
    const field = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-upload-list]");
    const button = form.querySelector("button:not([type=button])");
    const left = new DataTransfer();
    button.disabled = true;
    for (const file of field.files) {
      const line = form.querySelector("template").content.cloneNode(true).firstElementChild;
      line.querySelector("[data-upload-name]").textContent = file.name;
      list.append(line);
      if (!(await sendFile(form, field, file, line))) left.items.add(file);
    }
    button.disabled = false;
    field.files = left.files;
    if (!left.files.length) location.assign(form.dataset.upload);
    else list.lastElementChild.scrollIntoView({ block: "nearest" });
  };
  on("submit", (event) => {
    const field = event.target.matches("form[data-upload]") && event.target.querySelector("input[type=file]");
    if (!field || !field.files.length) return;
    event.preventDefault();
    sendFiles(event.target);
  });

  /* A board: a card dropped on a column is sent by its own small form, which also serves those who do not drag */
  let dragged = null;
  const columnOf = (event) => dragged && event.target.closest?.("[data-board] [data-column]");
  on("dragstart", (event) => { dragged = event.target.closest?.("[data-board] [data-card]") || null; });
  on("dragend", () => { dragged = null; });
  on("dragover", (event) => { const column = columnOf(event); if (column) { event.preventDefault(); column.classList.add("over"); } });
  on("dragleave", (event) => columnOf(event)?.classList.remove("over"));
  on("drop", (event) => {
    const column = columnOf(event);
    if (!column) return;
    event.preventDefault();
    column.classList.remove("over");
    const form = dragged.querySelector("form");
    if (!form || column.contains(dragged)) return;
    form.elements.phase.value = column.dataset.column;
    form.requestSubmit();
  });

  /* htmx 4: its events are named with colons, and the new elements come with htmx:after:settle */
  on("htmx:after:settle", (event) => {
    const fresh = (event.detail.newContent || []).filter((node) => node.nodeType === 1 && node.isConnected);
    const find = (selector) => fresh.map((node) => (node.matches(selector) ? node : node.querySelector(selector))).find(Boolean);
    const focus = find("[data-focus]");
    if (focus) {
      if (!focus.matches(FOCUSABLE + ", textarea, [tabindex]")) focus.tabIndex = -1;
      focus.focus();
    }
    announce(find("[data-announce]")?.dataset.announce || byId("live").dataset.updated);
  });
  on("htmx:after:request", (event) => {
    const { response, sourceElement } = event.detail.ctx;
    if (response.status >= 400) return;
    trouble("");
    sourceElement.closest?.("form")?.removeAttribute("data-dirty");
  });
  on("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status !== 409 && status !== 422) trouble(wordsFor(status));
  });
  on("htmx:error", (event) => { if (event.detail.ctx) trouble(wordsFor(0)); });

  matchMedia("(min-width: 901px)").addEventListener("change", () => byId("menu")?.matches(":popover-open") && byId("menu").hidePopover());
  document.querySelector("[data-focus-first]")?.focus();
  showTheme();
})();
