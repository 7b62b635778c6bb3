'use strict';

/* Runs in the page: draws the panels of one dashboard in the grid, the colours and the units of Grafana. */

const WIDTH = 1400, COLUMNS = 24, ROW_HEIGHT = 30, GAP = 8;
const LEGEND_ROWS = 5;
const PALETTE = ['#56a64b', '#e0b400', '#3274d9', '#ff780a', '#e02f44', '#8f3bb8', '#1f60c4', '#f2495c', '#5794f2', '#73bf69',
  '#b877d9', '#705da0', '#37872d', '#fade2a', '#447ebc', '#c15c17', '#890f02', '#0a437c', '#6d1f62', '#584477'];
const NAMED = { green: '#37872d', red: '#e02f44', yellow: '#e0b400', orange: '#ff780a', blue: '#3274d9', text: '#24292e' };

function digits(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)));
}

/** The value in the largest of the units that it fills; the units from small to large, as [factor, name]. */
function scaled(value, units) {
  let [factor, name] = units[0];
  for (const [size, text] of units) if (Math.abs(value) >= size) [factor, name] = [size, text];
  return digits(value / factor) + name;
}

const SECONDS = [[1e-6, ' µs'], [1e-3, ' ms'], [1, ' s'], [60, ' min'], [3600, ' h'], [86400, ' d']];
const FORMATS = {
  none: digits,
  short: (value) => scaled(value, [[1, ''], [1e3, ' K'], [1e6, ' Mil'], [1e9, ' Bil']]),
  cps: (value) => `${FORMATS.short(value)} c/s`,
  s: (value) => (value === 0 ? '0 s' : scaled(value, SECONDS)),
  bytes: (value) => scaled(value, [[1, ' B'], [1024, ' KiB'], [1024 ** 2, ' MiB'], [1024 ** 3, ' GiB']]),
  Bps: (value) => scaled(value, [[1, ' B/s'], [1e3, ' kB/s'], [1e6, ' MB/s'], [1e9, ' GB/s']]),
  percentunit: (value) => `${digits(value * 100)}%`,
};

function element(parent, tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

function lastOf(series) {
  return series.points.map((point) => point[1]).filter((value) => value !== null).at(-1);
}

function colourOf(steps, value) {
  const reached = steps.filter((step) => step.value === null || value >= step.value).at(-1);
  return reached ? NAMED[reached.color] || reached.color : NAMED.text;
}

/** Every time of the range, so that a series that is not there leaves a gap and is not joined over it. */
function complete(points, times) {
  const known = new Map(points);
  return times.map((time) => [time * 1000, known.has(time) ? known.get(time) : null]);
}

/** From where on the axis has which steps: four up to the soft limit; of bytes, powers of two. */
function axisOf(panel) {
  const values = panel.series.flatMap((one) => one.points.map((point) => point[1] ?? 0));
  const most = Math.max(0, ...values);
  const axis = { min: panel.least === null ? undefined : panel.least };
  if (panel.soft_most !== null && most <= panel.soft_most) Object.assign(axis, { max: panel.soft_most, interval: panel.soft_most / 4 });
  else if (panel.unit === 'bytes' && !panel.stacked) axis.interval = 2 ** Math.max(0, Math.ceil(Math.log2(most / 4)));
  return axis;
}

function drawChart(box, panel, { bare, colour } = {}) {
  const chart = echarts.init(box, null, { renderer: 'canvas' });
  const times = [...new Set(panel.series.flatMap((one) => one.points.map((point) => point[0])))].sort((one, other) => one - other);
  const format = FORMATS[panel.unit];
  chart.setOption({
    animation: false,
    color: PALETTE,
    grid: bare ? { left: 0, right: 0, top: 0, bottom: 0 } : { left: 62, right: 8, top: 8, bottom: 20 },
    xAxis: { type: 'time', show: !bare, min: panel.start * 1000, max: panel.end * 1000, splitNumber: 5, axisLine: { lineStyle: { color: '#ccc' } },
      axisLabel: { color: '#6e7781', fontSize: 10, formatter: '{HH}:{mm}:{ss}', hideOverlap: true }, splitLine: { show: true, lineStyle: { color: '#f0f0f0' } } },
    yAxis: { type: 'value', show: !bare, splitNumber: 4, ...(!bare && axisOf(panel)),
      axisLabel: { color: '#6e7781', fontSize: 10, formatter: format }, splitLine: { lineStyle: { color: '#ececec' } } },
    series: panel.series.map((one) => ({
      type: 'line', name: one.name, data: complete(one.points, times), showSymbol: one.points.length === 1, symbolSize: 4,
      stack: panel.stacked ? 'all' : undefined,
      lineStyle: { width: 1, color: colour }, itemStyle: { color: colour }, areaStyle: { opacity: 0.1, color: colour },
    })),
  });
}

function drawLegend(parent, panel) {
  const table = element(parent, 'table', 'legend');
  const head = element(table, 'tr', '');
  ['Name', 'Last *', 'Max'].forEach((text) => element(head, 'th', '', text));
  panel.series.slice(0, LEGEND_ROWS).forEach((one, index) => {
    const line = element(table, 'tr', '');
    const name = element(line, 'td', '');
    element(name, 'span', 'swatch').style.background = PALETTE[index % PALETTE.length];
    name.append(one.name);
    element(line, 'td', '', FORMATS[panel.unit](lastOf(one)));
    element(line, 'td', '', FORMATS[panel.unit](Math.max(...one.points.map((point) => point[1] ?? -Infinity))));
  });
  const more = panel.series.length - LEGEND_ROWS;
  if (more > 0) element(parent, 'div', 'more', `and ${more} more, by scrolling`);
}

function drawCells(parent, panel) {
  const table = element(parent, 'table', 'cells');
  const head = element(table, 'tr', '');
  panel.columns.forEach((column) => element(head, 'th', '', column.name));
  for (const row of panel.rows) {
    const line = element(table, 'tr', '');
    for (const { key } of panel.columns) {
      element(line, 'td', '', key === 'Value' ? FORMATS[panel.unit](row[key]) : row[key] ?? '');
    }
  }
}

/** Neighbouring points of one value as one; a state ends where the next begins, or where points are missing. */
function statesOf(points, { step, end }) {
  const states = [];
  for (const [time, value] of points) {
    const before = states.at(-1);
    const to = Math.min(end, time + step);
    if (before && before.value === value && before.to >= time) before.to = to;
    else states.push({ from: time, to, value });
  }
  return states;
}

const DRAWN = {
  row: () => {},
  stat(box, panel) {
    if (!panel.series.length) return;
    const value = lastOf(panel.series[0]);
    const colour = colourOf(panel.steps, value);
    const text = FORMATS[panel.unit](value);
    element(box, 'div', text.length > 8 ? 'figure long' : 'figure', text).style.color = colour;
    const chart = element(box, 'div', 'chart');
    chart.style.flex = '0 0 38px';
    drawChart(chart, panel, { bare: true, colour });
  },
  timeseries(box, panel) {
    const chart = element(box, 'div', 'chart');
    drawLegend(box, panel);
    if (panel.series.length) drawChart(chart, panel);
  },
  'state-timeline'(box, panel) {
    const lines = element(box, 'div', 'lines');
    const share = (time) => `${(100 * (time - panel.start)) / (panel.end - panel.start)}%`;
    for (const one of panel.series) {
      const line = element(lines, 'div', 'line');
      element(line, 'span', 'name', one.name);
      const track = element(line, 'div', 'track');
      for (const { from, to, value } of statesOf(one.points, panel)) {
        const bar = element(track, 'div', 'bar');
        Object.assign(bar.style, { left: share(from), width: share(panel.start + to - from), background: colourOf(panel.steps, value) });
      }
    }
  },
  table: drawCells,
  text(box, panel) {
    // Of Markdown what the dashboards use: paragraphs, and code.
    for (const paragraph of panel.text.split('\n\n')) {
      const text = element(box, 'p', '');
      paragraph.split('`').forEach((part, index) => element(text, index % 2 ? 'code' : 'span', '', part));
    }
  },
};

window.drawDashboard = (title, panels) => {
  document.body.style.width = `${WIDTH}px`;
  document.querySelector('h1').textContent = title;
  const grid = document.querySelector('#grid');
  const column = (WIDTH - GAP) / COLUMNS;
  let bottom = 0;
  for (const panel of panels) {
    const { x, y, w, h } = panel.grid;
    const box = element(grid, 'div', `panel ${panel.type}`);
    Object.assign(box.style, { left: `${GAP + x * column}px`, top: `${y * (ROW_HEIGHT + GAP)}px`, width: `${w * column - GAP}px`,
      height: `${h * (ROW_HEIGHT + GAP) - GAP}px` });
    element(box, 'div', 'title', panel.title);
    if (!['row', 'stat', 'text'].includes(panel.type)) element(box, 'div', 'help', panel.help);
    DRAWN[panel.type](box, panel);
    bottom = Math.max(bottom, (y + h) * (ROW_HEIGHT + GAP));
  }
  grid.style.height = `${bottom + GAP}px`;
};
