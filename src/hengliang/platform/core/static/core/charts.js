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

// From its address, or from the page itself where what is drawn was only typed and has no address.
async function specification(figure) {
  if (!figure.dataset.chart) return JSON.parse(isDark() ? figure.dataset.dark : figure.dataset.light);
  const address = new URL(figure.dataset.chart, location.href);
  if (isDark()) address.searchParams.set("theme", "dark");
  const answer = await fetch(address);
  return answer.ok ? answer.json() : Promise.reject(answer.status);
}

async function draw(figure) {
  const place = figure.querySelector(".chart-drawing");
  try {
    const [{ vegaEmbed, locales }, spec] = await Promise.all([load(figure.dataset.bundle), specification(figure)]);
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
