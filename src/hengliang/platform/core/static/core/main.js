// Every part wakes where it is found, in the page and in what htmx puts into it.
import { wakeTables } from "./table.js";
import { wakeForms } from "./forms.js";
import { wakeGrids } from "./grid.js";
import { wakeLookups } from "./lookup.js";
import { wakeDays } from "./days.js";
import { wakeCharts } from "./charts.js";
import { wakeTheme } from "./theme.js";
import { wakeMenus } from "./menus.js";

const wake = (root) => [wakeTables, wakeForms, wakeGrids, wakeLookups, wakeDays, wakeCharts].forEach((part) => part(root));

wakeTheme();
wakeMenus();
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
