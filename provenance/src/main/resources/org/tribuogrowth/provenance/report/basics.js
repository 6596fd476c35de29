// The report's script: reading the data, writing text and tables. Copyright (c) 2026 the tribuo-growth authors. Apache
// License, Version 2.0. Text of the run goes into the page as text nodes only, never as markup.

const data = JSON.parse(document.getElementById('data').textContent);

/** An element with attributes and children; texts become text nodes. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined).map(
    child => child instanceof Node ? child : String(child)));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

/** A count with a narrow space, at which no line breaks, between thousands. */
function count(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** A number, short. */
function short(value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    return count(value);
  }
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(5))) : value.toExponential(3);
}

function percent(part, whole) {
  return whole > 0 ? (100 * part / whole).toFixed(2) + '\u00a0%' : '';
}

/** A count with a word for its size, for axes. */
function brief(value) {
  const sizes = [[1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  const size = sizes.find(([least]) => Math.abs(value) >= least);
  return size ? Number((value / size[0]).toPrecision(3)) + '\u00a0' + size[1] : String(Number(value.toPrecision(3)));
}

function bytes(value) {
  return value < 1000 ? value + ' B' : brief(value) + 'B';
}

/** Ranges such as 0-3,7 as a list of pairs. */
function ranges(text) {
  return text ? text.split(',').map(part => {
    const [low, high] = part.split('-').map(Number);
    return [low, high === undefined ? low : high];
  }) : [];
}

/** How many units ranges have below a unit, or -1 if it is not among them. */
function placeOf(pairs, unit) {
  let below = 0;
  for (const [low, high] of pairs) {
    if (unit < low) {
      return -1;
    }
    if (unit <= high) {
      return below + unit - low;
    }
    below += high - low + 1;
  }
  return -1;
}

/** The unit at a place of ranges. */
function unitAt(pairs, place) {
  let below = place;
  for (const [low, high] of pairs) {
    if (below <= high - low) {
      return low + below;
    }
    below -= high - low + 1;
  }
  return -1;
}

function sizeOf(pairs) {
  return pairs.reduce((sum, [low, high]) => sum + high - low + 1, 0);
}

/** A table: columns are {title, number, kind}, a row is a list of texts or elements; its first cell may be its header. */
function table(caption, columns, rows, headed) {
  const head = make('tr', {}, columns.map(column =>
    make('th', {scope: 'col', class: column.number ? 'number' : null}, column.title)));
  const body = rows.map(row => make('tr', {}, row.map((cell, i) => headed && i === 0
    ? make('th', {scope: 'row'}, cell)
    : make('td', {class: columns[i].number ? 'number' : columns[i].kind || null}, cell))));
  return make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption},
    make('table', {}, make('caption', {}, caption), make('thead', {}, head), make('tbody', {}, body)));
}

/** Names with values, as a table of two columns. */
function listing(caption, entries) {
  return table(caption, [{title: 'what'}, {title: 'value', kind: 'mono'}], entries, true);
}

/** Something that is made when it is opened first. */
function onDemand(title, build) {
  const details = make('details', {}, make('summary', {}, title));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(build());
    }
  });
  return details;
}

function select(label, options, chosen) {
  const element = make('select', {}, options.map(option => make('option', {value: option.value}, option.text)));
  element.value = chosen;
  return {element, label: make('label', {}, label, element)};
}

function input(label, attributes, wide) {
  const element = make('input', attributes);
  return {element, label: make('label', {class: wide ? 'wide' : null}, label, element)};
}

/** The number in a field, or a default where there is none. */
function numberIn(field, otherwise) {
  const value = field.value.trim() === '' ? NaN : Number(field.value);
  return Number.isFinite(value) ? value : otherwise;
}
