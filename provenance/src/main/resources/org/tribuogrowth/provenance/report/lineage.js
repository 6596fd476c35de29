// Lineages: a unit keeps its number for life, so a filter of the compact network names the unit that it grew from.

const kindWords = {grow: 'became part of the network for the first time', reattach: 'came back', detach: 'left, its weights were kept',
  prune: 'left for good'};

/** The spans of a unit's activity: [from step, to step or null]. */
function lifeOf(group, unit) {
  const events = rows.filter(row => row.group === group.name && changeKinds.includes(row.kind)
    && (row.count === 1 ? Number(row.units) === unit : placeOf(ranges(row.units), unit) >= 0));
  const spans = [];
  let since = placeOf(ranges(group.startUnits), unit) >= 0 ? 0 : -1;
  events.forEach(row => {
    const active = row.kind === 'grow' || row.kind === 'reattach';
    if (active && since < 0) {
      since = row.step;
    } else if (!active && since >= 0) {
      spans.push([since, row.step]);
      since = -1;
    }
  });
  if (since >= 0) {
    spans.push([since, null]);
  }
  return {events, spans};
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, String(value)));
  element.append(...children);
  return element;
}

/** A strip along the training, filled where the unit was active. */
function strip(spans, label) {
  const last = points[points.length - 1].step || 1;
  const at = step => 1000 * step / last;
  return svg('svg', {class: 'life', viewBox: '0 0 1000 28', preserveAspectRatio: 'none', height: 28, role: 'img', 'aria-label': label},
    svg('rect', {x: 0, y: 4, width: 1000, height: 20, fill: 'none', stroke: 'currentColor', 'stroke-width': 1, 'vector-effect': 'non-scaling-stroke'}),
    ...spans.map(([from, to]) => svg('rect', {x: at(from), y: 4, width: Math.max(2, at(to === null ? last : to) - at(from)), height: 20,
      fill: 'currentColor'})));
}

/** The unit's own share of a row's numbers, its own before those of all units. */
function ownNumbers(row, unit) {
  const place = placeOf(ranges(row.units), unit);
  const items = evidence(row);
  const own = item => item.of || item.values.length > 1;
  return items.filter(own).concat(items.filter(item => !own(item))).map(({name, values, of}) => {
    if (of) {
      return name + ' between ' + values.map(short).join(' and ');
    }
    const value = values.length === row.count && row.count > 1 ? values[place] : values.length === 1 ? values[0] : null;
    return value === null ? null : name + '\u00a0' + short(value);
  }).filter(text => text !== null).join(', ');
}

function fate(group, unit) {
  if (placeOf(ranges(group.activeUnits), unit) >= 0) {
    return 'is active at the end';
  }
  return placeOf(ranges(group.detachedUnits), unit) >= 0 ? 'is detached at the end'
    : placeOf(ranges(group.prunedUnits), unit) >= 0 ? 'is pruned' : 'was never part of the network';
}

function showLife(place, group, unit) {
  const {events, spans} = lifeOf(group, unit);
  const compact = placeOf(ranges(group.activeUnits), unit);
  const sentence = 'Unit ' + unit + ' of ' + group.name + ' ' + fate(group, unit)
    + (compact >= 0 && run.sealed ? ', as number ' + compact + ' (from 0) of ' + group.name + ' in the compact network' : '') + '. '
    + (placeOf(ranges(group.startUnits), unit) >= 0 ? 'It was part of the network from the start. ' : '')
    + (events.length === 0 ? 'No change names it.' : count(events.length) + (events.length === 1 ? ' change names it.' : ' changes name it.'));
  place.replaceChildren(make('p', {role: 'status', id: 'life-sentence'}, sentence),
    strip(spans, 'Filled where unit ' + unit + ' was active, from the start of the training on the left to its end on the right'),
    make('p', {class: 'quiet'}, 'Filled: active. From the first step on the left to step ' + count(points[points.length - 1].step) + ' on the right.'));
  if (events.length > 0) {
    place.append(table('The life of unit ' + unit + ' of ' + group.name,
      [{title: 'line', number: true}, {title: 'epoch', number: true}, {title: 'step', number: true}, {title: 'kind'}, {title: 'rule'},
        {title: 'numbers'}],
      events.map(row => [String(row.line), String(row.epoch), count(row.step), make('span', {title: kindWords[row.kind]}, row.kind), row.rule,
        ownNumbers(row, unit)])));
  }
}

/** For each unit of the compact network: its number there, its lineage, when it came and how often it left. */
function compactTable(group, choose) {
  const active = ranges(group.activeUnits);
  const start = ranges(group.startUnits);
  const origin = new Map();
  const absences = new Map();
  rows.filter(row => row.group === group.name && changeKinds.includes(row.kind)).forEach(row => {
    ranges(row.units).forEach(([low, high]) => {
      for (let unit = low; unit <= high; unit++) {
        if (row.kind === 'grow') {
          origin.set(unit, row);
        } else if (row.kind === 'reattach') {
          absences.set(unit, (absences.get(unit) || 0) + 1);
        }
      }
    });
  });
  const size = 50;
  const total = sizeOf(active);
  const box = make('div', {});
  let page = 0;
  const show = () => {
    const units = Array.from({length: Math.min(size, total - page * size)}, (unused, i) => page * size + i);
    const list = table((run.sealed ? 'Units of ' + group.name + ' in the compact network' : 'Active units of ' + group.name),
      [{title: 'compact', number: true}, {title: 'grew from unit'}, {title: 'part of the network since'}, {title: 'came back', number: true}],
      units.map(place => {
        const unit = unitAt(active, place);
        const button = make('button', {type: 'button', 'data-unit': unit}, 'unit ' + unit);
        button.addEventListener('click', () => choose(unit));
        const row = origin.get(unit);
        const since = placeOf(start, unit) >= 0 ? 'the start' : row ? 'epoch ' + row.epoch + ', line ' + row.line : 'a change that this page does not hold';
        return [String(place), button, since, String(absences.get(unit) || 0)];
      }));
    const back = make('button', {type: 'button', disabled: page === 0}, 'Back');
    const on = make('button', {type: 'button', disabled: (page + 1) * size >= total}, 'Next');
    back.addEventListener('click', () => { page--; show(); });
    on.addEventListener('click', () => { page++; show(); });
    box.replaceChildren(list);
    if (total > size) {
      box.append(make('div', {class: 'controls pager'}, back, on, make('span', {class: 'quiet', role: 'status'}, count(total) + ' units')));
    }
  };
  show();
  return box;
}

function lineage() {
  const section = byId('lineage');
  const groups = data.groups.filter(group => group.activeUnits !== undefined);
  if (groups.length === 0) {
    section.remove();
    return;
  }
  const group = select('Group', groups.map((each, value) => ({value, text: each.name + (each.block ? ' (block)' : '')})), 0);
  const unit = input('Unit', {type: 'number', min: 0, inputmode: 'numeric', id: 'lineage-unit'});
  group.element.id = 'lineage-group';
  const life = make('div', {id: 'life'});
  const compact = make('div', {id: 'compact'});
  const chosen = () => groups[group.element.value];
  const showUnit = () => {
    const value = numberIn(unit.element, -1);
    if (Number.isInteger(value) && value >= 0 && value < chosen().width) {
      showLife(life, chosen(), value);
    } else {
      life.replaceChildren(make('p', {role: 'status'}, 'Units of ' + chosen().name + ' are 0 to ' + (chosen().width - 1) + '.'));
    }
  };
  const choose = value => {
    unit.element.value = value;
    showUnit();
    byId('life').scrollIntoView({block: 'nearest'});
  };
  const showGroup = () => {
    unit.element.max = chosen().width - 1;
    const first = ranges(chosen().activeUnits)[0];
    unit.element.value = first ? first[0] : 0;
    compact.replaceChildren(compactTable(chosen(), choose));
    showUnit();
  };
  group.element.addEventListener('change', showGroup);
  unit.element.addEventListener('input', showUnit);
  section.append(make('p', {}, 'A unit keeps its number for life, whatever comes and goes beside it. Choose one, or a unit of the '
    + (run.sealed ? 'compact' : 'active') + ' network.'
    + (data.events.gapAfter !== undefined || data.events.shortFrom !== undefined ? ' This page does not hold every change (see above), so a life may lack some.' : '')),
  make('div', {class: 'controls'}, group.label, unit.label),
  make('div', {class: 'pair'}, make('div', {}, life), make('div', {}, compact)));
  showGroup();
}
