// Changes and decisions: the rows, and the table of them with its filters.

const eventNames = data.events.names;
const rows = data.events.rows.map(row => ({
  line: row[0], epoch: row[1], step: row[2], kind: eventNames[row[3]], group: eventNames[row[4]], units: row[5], count: row[6],
  before: row[7], after: row[8], parameters: row[9], multiplyAdds: row[10], rule: eventNames[row[11]], whole: row[12],
  raw: row[13]
}));
const changeKinds = ['grow', 'reattach', 'detach', 'prune'];

/** The rule's numbers of a row: name, values, and how many there are where only the least and the greatest are here. */
function evidence(row) {
  const items = [];
  for (let i = 0; i < row.raw.length; i += 3) {
    items.push({name: eventNames[row.raw[i]], values: row.raw[i + 1], of: row.raw[i + 2]});
  }
  return items;
}

function evidenceText(row, most) {
  const items = evidence(row);
  // What tells units apart comes first.
  const sorted = most === undefined ? items : items.filter(item => item.of || item.values.length > 1)
    .concat(items.filter(item => !item.of && item.values.length <= 1)).slice(0, most);
  return sorted.map(({name, values, of}) => {
    if (values.length === 0) {
      return name + ' none';
    }
    let least = values[0];
    let greatest = values[0];
    values.forEach(value => { least = Math.min(least, value); greatest = Math.max(greatest, value); });
    const many = of || values.length;
    return name + '\u00a0' + (least === greatest ? short(least) : short(least) + '\u00a0to\u00a0' + short(greatest)) + (many > 1 ? '\u00a0(' + many + ')' : '');
  }).join(', ') + (sorted.length < items.length ? ', ' + (items.length - sorted.length) + ' more' : '');
}

function unitsText(row) {
  return row.units.length <= 80 && row.whole ? row.units
    : row.units.slice(0, 80).replace(/,[^,]*$/, '') + ' ... (' + count(row.count) + ' units)';
}

/** Every number of a row, in a box that opens. */
function eventDetails(row) {
  if (row.raw.length === 0 && row.units.length <= 80) {
    return '';
  }
  return make('details', {}, make('summary', {}, evidenceText(row, 3) || 'all units'),
    make('dl', {class: 'mono'}, make('dt', {}, 'units'), make('dd', {}, row.units || 'none'),
      evidence(row).map(({name, values, of}) => [make('dt', {}, name),
        make('dd', {}, of ? values.map(short).join(' to ') + ', the least and the greatest of ' + of : values.join(', '))])));
}

function filterOptions(label, all, values) {
  return select(label, [{value: '', text: all}].concat(values.map(value => ({value, text: value}))), '');
}

function distinct(name) {
  return [...new Set(rows.map(row => row[name]))].sort();
}

function changesTable() {
  const section = byId('changes');
  const size = 50;
  const events = data.events;
  if (events.gapAfter !== undefined) {
    section.append(make('p', {class: 'banner note', id: 'gap'}, 'The ledger has ' + count(events.count) + ' changes and decisions. '
      + 'This page holds the first ' + count(events.gapAfter) + ' and the last ' + count(rows.length - events.gapAfter)
      + ', lines ' + count(rows[0].line) + ' to ' + count(rows[events.gapAfter - 1].line) + ' and ' + count(rows[events.gapAfter].line)
      + ' to ' + count(rows[rows.length - 1].line) + '; audit show prints all.'));
  }
  if (events.shortFrom !== undefined) {
    section.append(make('p', {class: 'banner note', id: 'short'}, 'From line ' + count(events.shortFrom) + ' on, long rows have '
      + 'only their first units, and the least and the greatest of the rule\u2019s numbers; the ledger has them all.'));
  }
  if (rows.length === 0) {
    section.append(make('p', {}, 'The ledger has no changes and no decisions.'));
    return;
  }
  const kind = filterOptions('Kind', 'all kinds', distinct('kind'));
  const group = filterOptions('Group or layer', 'all', distinct('group'));
  const rule = filterOptions('Rule', 'all rules', distinct('rule'));
  const from = input('Epoch from', {type: 'number', min: 0, inputmode: 'numeric', id: 'epoch-from'});
  const to = input('to', {type: 'number', min: 0, inputmode: 'numeric', id: 'epoch-to'});
  const unit = input('Unit', {type: 'number', min: 0, inputmode: 'numeric', id: 'filter-unit'});
  const text = input('Text', {type: 'search', id: 'filter-text', autocomplete: 'off'}, true);
  const clear = make('button', {type: 'button', id: 'clear'}, 'Clear filters');
  kind.element.id = 'filter-kind';
  group.element.id = 'filter-group';
  rule.element.id = 'filter-rule';
  const status = make('p', {role: 'status', id: 'found', class: 'quiet'});
  const place = make('div', {});
  const first = make('button', {type: 'button'}, 'First');
  const back = make('button', {type: 'button'}, 'Back');
  const next = make('button', {type: 'button', id: 'next-page'}, 'Next');
  const last = make('button', {type: 'button'}, 'Last');
  let found = rows;
  let page = 0;
  const columns = [{title: 'line', number: true}, {title: 'epoch', number: true}, {title: 'step', number: true}, {title: 'kind'},
    {title: 'group'}, {title: 'units', kind: 'units'}, {title: 'width', number: true}, {title: 'multiply-adds', number: true},
    {title: 'rule'}, {title: 'its numbers', kind: 'evidence'}];
  const show = () => {
    const pages = Math.max(1, Math.ceil(found.length / size));
    page = Math.min(Math.max(page, 0), pages - 1);
    const shown = found.slice(page * size, (page + 1) * size);
    status.textContent = count(found.length) + ' of ' + count(rows.length) + ' rows'
      + (found.length ? ', these are ' + count(page * size + 1) + ' to ' + count(page * size + shown.length) : '');
    place.replaceChildren(table('Changes and decisions', columns, shown.map(row => [String(row.line), String(row.epoch),
      count(row.step), row.kind, row.group.length > 40 ? make('span', {class: 'mono'}, row.group) : row.group, unitsText(row),
      row.before === null ? '' : row.before + '\u00a0\u2192\u00a0' + row.after,
      percent(row.multiplyAdds, run.dense.multiplyAdds), make('span', {class: row.rule.length < 30 ? 'nowrap' : null}, row.rule), eventDetails(row)])));
    first.disabled = back.disabled = page === 0;
    next.disabled = last.disabled = page === pages - 1;
  };
  const apply = () => {
    const words = text.element.value.trim().toLowerCase();
    const low = numberIn(from.element, -Infinity);
    const high = numberIn(to.element, Infinity);
    const wanted = numberIn(unit.element, -1);
    found = rows.filter(row => (!kind.element.value || row.kind === kind.element.value)
      && (!group.element.value || row.group === group.element.value)
      && (!rule.element.value || row.rule === rule.element.value)
      && row.epoch >= low && row.epoch <= high
      && (wanted < 0 || placeOf(ranges(row.units), wanted) >= 0)
      && (!words || (row.kind + ' ' + row.group + ' ' + row.rule + ' ' + row.units + ' line ' + row.line + ' ' + evidenceText(row))
        .toLowerCase().replaceAll('\u00a0', ' ').includes(words)));
    page = 0;
    show();
  };
  const turn = (button, to_) => button.addEventListener('click', () => { page = to_(); show(); });
  turn(first, () => 0);
  turn(back, () => page - 1);
  turn(next, () => page + 1);
  turn(last, () => Infinity);
  [kind, group, rule].forEach(filter => filter.element.addEventListener('change', apply));
  let waiting = 0;
  [from, to, unit, text].forEach(filter => filter.element.addEventListener('input', () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(apply, rows.length > 5000 ? 250 : 0);
  }));
  clear.addEventListener('click', () => {
    [kind, group, rule, from, to, unit, text].forEach(filter => { filter.element.value = ''; });
    apply();
  });
  section.append(
    make('p', {}, 'Changes of units, and decisions of the search that changed none. \u2018multiply-adds\u2019 are those of the active '
      + 'network afterwards, as a part of the dense reference\u2019s; a rule\u2019s numbers open to all of them.'),
    make('div', {class: 'controls', role: 'search', 'aria-label': 'Filters of the table of changes'},
      kind.label, group.label, rule.label, from.label, to.label, unit.label, text.label, clear),
    status, place, make('div', {class: 'controls pager'}, first, back, next, last));
  show();
}
