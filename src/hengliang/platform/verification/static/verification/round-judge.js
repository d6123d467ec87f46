// The judge of the field: formulas, limits and rounding that the package brought. Provisional: the platform judges again.
const exact = (value) => Number(value.toPrecision(12));

const FORMULAS = {
  check: (value) => value,
  reading: (value) => value,
  difference: (indicated, reference) => indicated - reference,
  relative: (indicated, reference) => (indicated - reference) * 100 / reference,
  fiducial: (indicated, reference, span) => (indicated - reference) * 100 / span,
  magnitude: (first, second) => Math.abs(first - second),
  flicker: (indicated, e, added, load, zero) => indicated + e / 2 - added - load - zero,
  amount_difference: (amount, quantity, price) => Math.abs(amount - quantity * price),
  dispensed: (indicated, measured, liquid, measure, ofLiquid, ofMeasure) => {
    const real = measured * (1 + ofLiquid * (liquid - measure) + ofMeasure * (measure - 20));
    return (indicated - real) * 100 / real;
  },
};
const RANGE_COEFFICIENTS = [, , 1.13, 1.69, 2.06, 2.33, 2.53, 2.70, 2.85, 2.97, 3.08];
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const range = (values) => Math.max(...values) - Math.min(...values);
const COMBINATIONS = {
  mean, range,
  range_by_coefficient: (values) => range(values) / RANGE_COEFFICIENTS[values.length],
  standard_deviation: (values) => Math.sqrt(values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1)),
  largest: (values) => values.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most)),
};

export const amount = (terms, known) => exact(terms.reduce((sum, { times, of, over }) => sum
  + over.reduce((value, name) => value / known[name], of.reduce((value, name) => value * known[name], Number(times))), 0));
export const terms = (told) => (typeof told === "string" ? [{ times: told, of: [], over: [] }] : told);
const meets = (when, known) => Object.entries(when).every(([name, allowed]) => allowed.includes(String(known[name])));

function roundToStep(value, step) {
  const quotient = exact(value / step), down = Math.floor(quotient), rest = exact(quotient - down);
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return exact((down + (up ? 1 : 0)) * step);
}

// [low, high] of a point, null where open; nothing where the rule has no limit for it.
function limitsOf(item, rule, known) {
  if (!item.limit) return [null, null];
  const table = rule.tables[item.limit.table];
  const row = table.rows.find((one) => meets(one.when, known));
  if (!row) return undefined;
  const scale = Number(table.factor) * Number(item.limit.times) * (table.per ? known[table.per] : 1);
  const found = table.over ? bracketAt(table, row.brackets, amount(table.over, known), known) : row.brackets[0];
  if (!found) return undefined;
  const side = (one) => (one ? exact(amount(one, known) * scale) : null);
  return [item.limit.mode === "magnitude" ? null : side(found[2]), side(found[3])];
}

function bracketAt(table, brackets, value, known) {
  const upper = table.closed === "upper", last = brackets.length - 1;
  return brackets.find(([start, end], at) => {
    const low = start && amount(start, known), high = end && amount(end, known);
    const after = low === null || value > low || (value === low && (!upper || at === 0));
    return after && (high === null || value < high || (value === high && (upper || at === last)));
  });
}

function reading(cell, text) {
  const told = text === undefined || text === "" ? cell.default : text;
  if (told === null || told === undefined) return undefined;
  if (cell.kind === "check") return told === "yes";
  if (cell.kind === "choice") return told;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(told.trim()) ? Number(told) : undefined;
}

// Reads cells into `known`; false where one that is needed is missing.
const read = (cells, row, known) => cells.reduce((whole, cell) => {
  const value = reading(cell, row[cell.id]);
  if (value !== undefined && !Number.isNaN(value)) known[cell.id] = value;
  return whole && (value !== undefined || !cell.required);
}, true);

function judgePoint(item, rule, value, known) {
  if (typeof value === "boolean") return { verdict: value ? "pass" : "fail" };
  if (!Number.isFinite(value)) return { verdict: null };
  const limits = limitsOf(item, rule, known);
  if (!limits) return { verdict: null, value: exact(value) };
  const step = item.rounding && amount(item.rounding.steps[item.rounding.by ? known[item.rounding.by] : ""], known);
  const shown = step ? roundToStep(exact(value), step) : exact(value);
  const [low, high] = limits;
  return { value: shown, low, high, verdict: (low === null || low <= shown) && (high === null || shown <= high) ? "pass" : "fail" };
}

function judgeRow(item, rule, row, base) {
  const known = { ...base };
  const point = item.points.find((one) => one.id === row.point);
  if (point) {
    Object.assign(known, point.texts);
    Object.entries(point.values).forEach(([name, value]) => { known[name] = amount(terms(value), known); });
  }
  let whole = read(item.cells, row, known);
  const runs = item.runs ? (row.runs ?? []).map((run) => { const own = { ...known }; whole = read(item.run_cells, run, own) && whole; return own; }) : [known];
  if (item.runs && runs.length !== item.runs) whole = false;
  if (!whole) return [{ verdict: null }];
  const value = (own) => FORMULAS[item.formula](...item.arguments.map(([name, cell]) => own[cell] ?? Number(item.defaults[name])));
  const combine = COMBINATIONS[item.combine];
  return combine ? [judgePoint(item, rule, combine(runs.map(value)), runs[0])] : runs.map((own) => judgePoint(item, rule, value(own), own));
}

function covered(item, rows, parts, known) {
  const points = item.points.filter((point) => meets(point.when, known));
  const wanted = item.per_part && parts.length ? parts : [undefined];
  if (item.points.length) return wanted.every((part) => points.every((point) => rows.some((row) => row.point === point.id && row.part === part)));
  if (item.per_part && parts.length && !parts.every((part) => rows.some((row) => row.part === part))) return false;
  const included = item.include.every(({ cell, at, unless_above: above }) => {
    const value = amount(terms(at), known);
    return (above !== null && value > amount(terms(above), known)) || rows.some((row) => Number(row[cell]) === value);
  });
  return rows.length >= item.at_least && included;
}

// {verdict: "pass" | "fail" | null while incomplete, items: {id: {verdict, rows: [[point, …], …]}}}
export function judge(rule, data) {
  const base = { regime: rule.regime }, items = {};
  const particulars = read(rule.attributes, data.instrument ?? {}, base);
  rule.items.filter((item) => item.asked && meets(item.when, base)).forEach((item) => {
    const source = rule.items.find((one) => one.id === item.readings) ?? item;
    const grid = item.cells.length || item.run_cells.length ? item : { ...item, cells: source.cells, run_cells: source.run_cells, runs: source.runs, points: source.points };
    const rows = data.items?.[source.id];
    if (!rows?.length) { items[item.id] = { verdict: item.optional && data.not_applicable?.[item.id] ? "not_applicable" : null, rows: [] }; return; }
    const judged = rows.map((row) => judgeRow(grid, rule, row, base));
    const points = judged.flat(), failures = points.filter((one) => one.verdict === "fail").length;
    const whole = points.every((one) => one.verdict) && covered(source, rows, data.parts ?? [], base);
    items[item.id] = { verdict: failures > item.failures_allowed ? "fail" : whole ? "pass" : null, rows: judged };
  });
  const verdicts = Object.values(items).map((one) => one.verdict);
  const verdict = verdicts.includes("fail") ? "fail" : particulars && !verdicts.includes(null) ? "pass" : null;
  return { verdict, whole: particulars && !verdicts.includes(null) && Object.values(items).every((one) => one.rows.flat().every((point) => point.verdict)), items };
}
