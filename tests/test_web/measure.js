// Helpers that tests put into a page. Rectangles are in CSS pixels.
window.measure = {
  // Every piece of text that is drawn: its words, where it stands, and what it stands in.
  lines() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest("thead, .skip, .heard, style")) continue;
      if (!node.parentElement.checkVisibility()) continue; // folded away
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects())
        if (box.width > 1) found.push({text: node.data.trim().slice(0, 40), left: box.left, right: box.right,
          top: box.top, bottom: box.bottom});
    }
    return found;
  },
  // Pairs of pieces of text that lie on one another, by more than half the height of a line.
  collisions() {
    const lines = this.lines(), found = [];
    lines.forEach((a, i) => lines.slice(i + 1).forEach(b => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top)) found.push(`${a.text} / ${b.text}`);
    }));
    return found;
  },
  // What sticks out of the window, or out of a box that cuts it off.
  lost() {
    const width = document.documentElement.clientWidth;
    const out = this.lines().filter(each => each.left < -1 || each.right > width + 1).map(each => each.text);
    for (const each of document.querySelectorAll("body *:not(.skip, .heard, thead, thead *)")) {
      const style = getComputedStyle(each);
      const cuts = style.overflowX !== "visible" || style.overflowY === "hidden" || style.overflowY === "clip";
      if (cuts && each.scrollWidth > each.clientWidth + 1) out.push(`${each.tagName} ${each.className}`);
      if (style.textOverflow === "ellipsis") out.push(`${each.tagName} has an ellipsis`);
    }
    if (document.documentElement.scrollWidth > width) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return out;
  },
  // What has the focus: where it leads, and how that is shown.
  focus() {
    const each = document.activeElement;
    let ground = each.parentElement;
    while (ground.parentElement && getComputedStyle(ground).backgroundColor.endsWith(", 0)")) ground = ground.parentElement;
    const style = getComputedStyle(each), box = each.getClientRects()[0];
    const x = box ? box.left + box.width / 2 : 0, y = box ? box.top + box.height / 2 : 0;
    const top = document.elementFromPoint(x, y);
    return {name: each.tagName, href: each.getAttribute("href"), style: style.outlineStyle,
      width: parseFloat(style.outlineWidth), colour: style.outlineColor,
      paper: getComputedStyle(ground).backgroundColor,
      seen: !!top && (each === top || each.contains(top) || top.contains(each))};
  },
  // Words of the article that a reading view would leave out; `Reader` is Readability (Mozilla).
  unread(Reader) {
    const plain = text => text.replace(/\s+/g, "");
    const copy = new DOMParser().parseFromString(document.documentElement.outerHTML, "text/html");
    const read = plain(new Reader(copy).parse().textContent);
    const blocks = [...document.querySelectorAll("article :is(p, li, dt, dd, th, td, h2, h3, h4)")]
      .filter(each => !each.closest("nav") && !each.querySelector("p, li"));
    if (blocks.length < 40) return ["next to nothing was compared"];
    return blocks.map(each => each.textContent).filter(text => !read.includes(plain(text)));
  },
  // The words of the article, each once, that the browser's own search does not find.
  unfound(letters) {
    const words = [...new Set(document.querySelector("article").innerText.match(letters))];
    if (words.length < 200) return ["next to nothing was looked for"];
    return words.filter(word => { getSelection().removeAllRanges(); return !find(word); });
  },
  // How far words and pictures have moved since the page began to load (layout shift).
  moved() {
    return new Promise(done => {
      let moved = 0;
      new PerformanceObserver(list => list.getEntries().forEach(each => { moved += each.value; }))
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(moved), 300);
    });
  },
};
