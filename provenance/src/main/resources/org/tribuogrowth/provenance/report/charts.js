// How charts look and follow the page: one place for colours, axes and the table beneath each.

// M. Okabe and K. Ito, "Color Universal Design" (2008), darkened or lightened until each stands out from the page.
const palettes = {
  light: ['#0072b2', '#d55e00', '#009e73', '#b8578f', '#c98500', '#3a9bd6', '#6a4c00', '#5b5ea6', '#7a7a7a'],
  dark: ['#56a7e0', '#ff8a3d', '#2fc79a', '#e29ac4', '#f0b429', '#8fd0f5', '#c9a227', '#a3a6f0', '#b5b5b5']
};
const charts = [];
let printing = false;

function darkNow() {
  return !printing && document.documentElement.dataset.theme === 'dark';
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = name => printing ? {'--text': '#000', '--quiet': '#333', '--line': '#ccc', '--back': '#fff', '--panel': '#f5f6f8'}[name]
    : style.getPropertyValue(name).trim();
  return {text: of('--text'), quiet: of('--quiet'), line: of('--line'), back: of('--back'), panel: of('--panel'),
    series: palettes[darkNow() ? 'dark' : 'light']};
}

function axis(colour, extra) {
  return Object.assign({
    nameLocation: 'middle', nameGap: 30, nameTextStyle: {color: colour.quiet, fontSize: 13},
    axisLabel: {color: colour.quiet, hideOverlap: true, fontSize: 12},
    axisLine: {show: true, lineStyle: {color: colour.quiet}}, axisTick: {show: true},
    splitLine: {lineStyle: {color: colour.line}}
  }, extra);
}

/** What all charts share; a narrow one has its legend in pages. */
function frame(colour, names, options) {
  return Object.assign({
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: colour.text},
    color: colour.series,
    aria: {enabled: true},
    grid: {left: 62, right: 18, top: names.length > 1 ? 44 : 16, bottom: 48},
    legend: names.length > 1 ? {
      type: 'scroll', top: 4, left: 0, right: 0, data: names, textStyle: {color: colour.text, fontSize: 12},
      itemWidth: 18, itemHeight: 10, pageTextStyle: {color: colour.text}, pageIconColor: colour.text,
      pageIconInactiveColor: colour.line
    } : {show: false},
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colour.back,
      borderColor: colour.quiet, textStyle: {color: colour.text, fontSize: 12}, axisPointer: {lineStyle: {color: colour.quiet}}
    }
  }, options);
}

/**
 * A chart with its title, caption and numbers. `options` is called for every change of colours; `numbers` gives
 * {columns, rows} of the table beneath.
 */
function chart(parent, {id, title, caption, tall, controls, options, numbers}) {
  const place = make('div', {class: tall ? 'chart tall' : 'chart', id: id + '-chart', role: 'img', 'aria-label': title + '. ' + caption});
  const figure = make('figure', {id}, make('h3', {}, title), controls || null, place, make('figcaption', {}, caption));
  if (numbers) {
    figure.append(onDemand('The numbers of this picture', () => {
      const {columns, rows} = numbers();
      return paged(title, columns, rows);
    }));
  }
  parent.append(figure);
  const entry = {place, options, drawing: null};
  charts.push(entry);
  return {draw: () => draw(entry)};
}

function draw(entry) {
  if (!entry.drawing) {
    entry.drawing = echarts.init(entry.place, null, {renderer: 'svg'});
  }
  entry.drawing.setOption(entry.options(colours(), entry.place.clientWidth < 480), true);
}

function drawAll() {
  charts.forEach(draw);
}

let resizing = 0;
window.addEventListener('resize', () => {
  window.cancelAnimationFrame(resizing);
  resizing = window.requestAnimationFrame(() => charts.forEach(entry => {
    if (entry.drawing) {
      entry.drawing.resize();
      draw(entry);
    }
  }));
});
window.addEventListener('beforeprint', () => {
  printing = true;
  charts.forEach(entry => {
    entry.drawing.resize({width: Math.min(entry.place.clientWidth, 660)});
    draw(entry);
  });
});
window.addEventListener('afterprint', () => {
  printing = false;
  charts.forEach(entry => {
    entry.drawing.resize({width: 'auto'});
    draw(entry);
  });
});

/** A table in pages of fifty rows. */
function paged(caption, columns, rows) {
  const size = 50;
  const box = make('div', {});
  let page = 0;
  const show = () => {
    const from = page * size;
    const to = Math.min(rows.length, from + size);
    const back = make('button', {type: 'button', disabled: page === 0}, 'Back');
    const on = make('button', {type: 'button', disabled: to >= rows.length}, 'Next');
    back.addEventListener('click', () => { page--; show(); });
    on.addEventListener('click', () => { page++; show(); });
    box.replaceChildren(table(caption, columns, rows.slice(from, to)));
    if (rows.length > size) {
      box.append(make('div', {class: 'controls pager'}, back, on,
        make('span', {class: 'quiet', role: 'status'}, 'rows ' + (from + 1) + ' to ' + to + ' of ' + count(rows.length))));
    }
  };
  show();
  return box;
}
