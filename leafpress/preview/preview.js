// Fetches the panels of a page again when something was saved, and puts in what differs.
"use strict";

const said = document.getElementById("said");
let asked = 0;

function withScroll(frame, fresh) {
  // The same frame goes on, where it stood: no jump to the top at every save.
  const top = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
  frame.contentWindow.location.replace(fresh.src);
  frame.setAttribute("src", fresh.getAttribute("src"));
}

function put(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.tagName === "IFRAME" && fresh.tagName === "IFRAME") {
    withScroll(old, fresh);
    return;
  }
  const sameShape =
    old.tagName === fresh.tagName &&
    old.children.length > 0 &&
    old.children.length === fresh.children.length &&
    [...old.children].every((child, place) => child.tagName === fresh.children[place].tagName);
  if (!sameShape || old.tagName === "P") {
    const place = [old.scrollTop, old.contains(document.activeElement)];
    old.replaceWith(fresh);
    fresh.scrollTop = place[0];
    if (place[1]) (fresh.matches("[tabindex], a") ? fresh : fresh.querySelector("[tabindex], a"))?.focus();
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
  const others = [...fresh.children]; // those that are put in leave `fresh`
  [...old.children].forEach((child, place) => put(child, others[place]));
}

function sayGone() {
  const status = document.getElementById("status");
  if (!status) return;
  status.className = "refused";
  status.textContent = "This leaflet, language or format is not there any more. What is shown is from before.";
  said.textContent = status.textContent;
}

async function renew(panel, turn) {
  const answer = await fetch(panel.dataset.panel);
  const text = await answer.text();
  if (turn !== asked) return;
  if (answer.status === 404) sayGone();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = document.createElement("div");
  fresh.append(...[...page.body.children].map((child) => document.importNode(child, true)));
  fresh.className = panel.className;
  fresh.dataset.panel = panel.dataset.panel;
  const before = document.getElementById("status")?.textContent;
  put(panel, fresh);
  const now = document.getElementById("status")?.textContent;
  if (now && now !== before) said.textContent = now;
  document.body.dataset.shown = String(turn);
}

async function renewAll() {
  const turn = ++asked;
  for (const panel of document.querySelectorAll("[data-panel]")) {
    if (turn !== asked) return;
    await renew(panel, turn);
  }
}

const changes = new EventSource("/changes");
let lost = false;
changes.addEventListener("saved", () => renewAll());
changes.addEventListener("open", () => {
  document.body.dataset.listens = "yes";
  if (lost) renewAll();
  lost = false;
});
changes.addEventListener("error", () => {
  if (!lost) said.textContent = "The preview has stopped: start it again in the terminal.";
  lost = true;
});
