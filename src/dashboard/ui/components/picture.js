// Saves what a browser draws as a file of its own: an SVG that any program opens, or a PNG at twice the size. Title and
// notes are drawn above and below, so that no figure travels without its denominator.
const svgSpace = "http://www.w3.org/2000/svg";

function lines(text, width, size) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${size}px sans-serif`; // the widest that another program may draw it in
  const found = [];
  for (const part of text.split("\n")) {
    let line = "";
    for (const word of part.split(/\s+/)) {
      if (line && pen.measureText(`${line} ${word}`).width > width) {
        found.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    if (line) found.push(line);
  }
  return found;
}

function textLines(svg, said, top, size, style) {
  said.forEach((line, i) => {
    const text = document.createElementNS(svgSpace, "text");
    text.setAttribute("x", "12");
    text.setAttribute("y", String(top + (i + 1) * size * 1.35));
    text.setAttribute("style", `font: ${style.weight} ${size}px ${style.font}; fill: ${style.colour};`);
    text.textContent = line;
    svg.append(text);
  });
  return top + said.length * size * 1.35;
}

function drawn(box, data) {
  const plot = box.querySelector(".js-plotly-plot");
  const layers = plot ? [...plot.querySelectorAll(".main-svg")] : [];
  if (!layers.length) return null;
  const box0 = layers[0].getBoundingClientRect();
  const room = 48; // names beside the bars may be wider in the font of another program
  const width = box0.width + 2 * room, height = box0.height;
  const page = getComputedStyle(box);
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const style = { font: "'Source Sans 3', 'Source Sans Pro', sans-serif", colour: page.color, weight: 600 };
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("xmlns", svgSpace);
  const back = document.createElementNS(svgSpace, "rect");
  back.setAttribute("width", "100%");
  back.setAttribute("height", "100%");
  back.setAttribute("fill", ground);
  svg.append(back);
  let top = textLines(svg, lines(data.title, width - 24, 17), 8, 17, style) + 10;
  const chart = document.createElementNS(svgSpace, "g");
  chart.setAttribute("transform", `translate(${room} ${top})`);
  for (const layer of layers) for (const child of layer.children) chart.append(child.cloneNode(true));
  svg.append(chart);
  top = textLines(svg, lines(data.notes, width - 24, 12), top + height, 12, { ...style, weight: 400 }) + 14;
  svg.setAttribute("width", String(Math.round(width)));
  svg.setAttribute("height", String(Math.round(top)));
  svg.setAttribute("viewBox", `0 0 ${Math.round(width)} ${Math.round(top)}`);
  return svg;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dr-picture");
  const said = element("p");
  said.setAttribute("role", "status");
  const taken = (kind) => {
    const box = document.querySelector(`.st-key-${CSS.escape(data.of)}`);
    const svg = box && drawn(box, data);
    said.textContent = svg ? "" : "There is no chart to save here; show the chart, not the table.";
    if (!svg) return;
    const text = new XMLSerializer().serializeToString(svg);
    if (kind === "svg") return save(new Blob([text], { type: "image/svg+xml" }), `${data.name}.svg`);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.width;
      canvas.height = 2 * image.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, `${data.name}.png`), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  };
  root.replaceChildren(
    button("", "Chart as SVG", "", () => taken("svg")),
    button("", "Chart as PNG", "", () => taken("png")),
    said,
  );
}
