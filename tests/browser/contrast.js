// Every visible text with its colour as it is mixed with what lies behind it: [text, contrast, size in pixels].
() => {
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
  const mix = (over, under, part) => over.slice(0, 3).map((value, i) => value * part + under[i] * (1 - part));
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => { const [a, b] = [light(one), light(two)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const paper = parse(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);
  const found = [];
  for (const text of document.querySelectorAll("svg.map text")) {
    if (!text.getBoundingClientRect().width) continue;
    const group = text.closest("[data-concept], [data-statement]"), opacity = Number(getComputedStyle(group).opacity);
    const shape = group.querySelector(".shape");
    const behind = shape ? mix(parse(getComputedStyle(shape).fill), paper, opacity) : paper;
    const ink = mix(parse(getComputedStyle(text).fill), paper, opacity);
    const drawn = getComputedStyle(shape || group.querySelector(".line"));
    const edge = contrast(mix(parse(drawn.stroke), paper, opacity * drawn.strokeOpacity), paper);
    found.push({ text: text.textContent, contrast: contrast(ink, behind), edge, size: parseFloat(getComputedStyle(text).fontSize), opacity });
  }
  return found;
}
