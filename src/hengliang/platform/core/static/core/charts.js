// Drawings: the library comes only where a drawing is, the specification from its address, both themes, no evaluation.
import { fresh } from "./once.js";
import { isDark } from "./theme.js";

let library;

export function wakeCharts(root) {
  fresh(root, "[data-chart]").forEach((figure) => {
    draw(figure);
    document.addEventListener("themechange", () => draw(figure));
  });
}

function load(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.hengliangVega);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

async function draw(figure) {
  const place = figure.querySelector(".chart-drawing");
  try {
    const address = new URL(figure.dataset.chart, location.href);
    if (isDark()) address.searchParams.set("theme", "dark");
    const [{ vegaEmbed, locales }, spec] = await Promise.all([
      load(figure.dataset.bundle),
      fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
    ]);
    const chinese = document.documentElement.lang.startsWith("zh");
    await vegaEmbed(place, spec, {
      ast: true, actions: false, defaultStyle: false, logLevel: 1, renderer: "svg", tooltip: { disableDefaultStyle: true },
      ...(chinese ? { formatLocale: locales.zh.number, timeFormatLocale: locales.zh.time } : {}),
    });
  } catch {
    place.textContent = place.dataset.failed;
    place.classList.add("chart-failed");
    figure.querySelector(".chart-table").open = true;
  }
}
