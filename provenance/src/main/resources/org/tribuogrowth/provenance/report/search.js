// What the search did: gates of changed units, its own numbers, masks of layers, rounds of sampled networks.

const bins = 20;

/** The names of which a change has one number a unit. */
function unitNames() {
  const names = new Set();
  rows.forEach(row => {
    if (row.whole && row.count > 1 && changeKinds.includes(row.kind)) {
      evidence(row).filter(item => item.values.length === row.count).forEach(item => names.add(item.name));
    }
  });
  return ['gate', 'probability'].filter(name => names.has(name)).concat([...names].filter(name => name !== 'gate' && name !== 'probability').sort());
}

/** How many changed units had which value: {edges, counts by kind, units, left out}. */
function histogram(name, low, high) {
  const own = [];
  let leftOut = 0;
  rows.forEach(row => {
    if (row.epoch < low || row.epoch > high || !changeKinds.includes(row.kind)) {
      return;
    }
    const item = evidence(row).find(candidate => candidate.name === name);
    if (item && !item.of && item.values.length === row.count) {
      item.values.forEach(value => own.push({value, kind: row.kind}));
    } else if (item) {
      leftOut += row.count;
    }
  });
  let least = Infinity;
  let most = -Infinity;
  own.forEach(({value}) => { least = Math.min(least, value); most = Math.max(most, value); });
  if (name === 'gate' && least >= 0 && most <= 1) {
    least = 0;
    most = 1;
  } else if (least === most) {
    most = least + 1;
  }
  const counts = Object.fromEntries(changeKinds.map(kind => [kind, new Array(bins).fill(0)]));
  own.forEach(({value, kind}) => { counts[kind][Math.min(bins - 1, Math.floor(bins * (value - least) / (most - least)))]++; });
  const edges = own.length ? Array.from({length: bins + 1}, (unused, i) => least + (most - least) * i / bins) : [];
  return {edges, counts, units: own.length, leftOut};
}

function gates(section) {
  const names = unitNames();
  if (names.length === 0) {
    return;
  }
  const name = select('Number', names.map(value => ({value, text: value})), names[0]);
  const from = input('Epoch from', {type: 'number', min: 0, id: 'gates-from'});
  const to = input('to', {type: 'number', min: 0, id: 'gates-to'});
  const status = make('span', {role: 'status', class: 'quiet', id: 'gates-found'});
  let now = null;
  const compute = () => {
    now = histogram(name.element.value, numberIn(from.element, -Infinity), numberIn(to.element, Infinity));
    status.textContent = count(now.units) + ' changed units' + (now.leftOut ? ', ' + count(now.leftOut) + ' more of which this page has no single numbers' : '');
  };
  compute();
  const used = () => changeKinds.filter(kind => now.counts[kind].some(value => value > 0));
  const bin = i => short(Number(now.edges[i].toPrecision(3))) + ' to ' + short(Number(now.edges[i + 1].toPrecision(3)));
  const picture = chart(section, {
    id: 'gates', title: names[0] === 'gate' ? 'Gates of changed units' : 'Numbers of changed units',
    caption: 'How many units changed at which value of the rule\u2019s number, at the moment of their change. The ledger has these '
      + 'numbers of units that changed; it has none of units that stayed as they were.'
      + (data.events.gapAfter !== undefined ? ' Of the rows that this page holds.' : ''),
    controls: make('div', {class: 'controls'}, name.label, from.label, to.label, status),
    options: colour => frame(colour, used().concat(''), {
      xAxis: axis(colour, {type: 'category', name: name.element.value, data: now.edges.slice(0, -1).map((edge, i) => bin(i)),
        axisLabel: {color: colour.quiet, fontSize: 12, hideOverlap: true, formatter: text => text.split(' to ')[0]}}),
      yAxis: axis(colour, {type: 'value', name: 'changed units', nameGap: 44, min: 0, minInterval: 1}),
      tooltip: Object.assign(frame(colour, [], {}).tooltip, {axisPointer: {type: 'shadow'}}),
      series: used().map(kind => ({type: 'bar', name: kind, stack: 'all', data: now.counts[kind], barCategoryGap: '8%',
        itemStyle: {color: colour.series[changeKinds.indexOf(kind)]}}))
    }),
    numbers: () => ({columns: [{title: name.element.value}].concat(changeKinds.map(title => ({title, number: true}))),
      rows: now.edges.slice(0, -1).map((edge, i) => [bin(i)].concat(changeKinds.map(kind => count(now.counts[kind][i]))))})
  });
  const again = () => {
    compute();
    picture.draw();
    byId('gates').querySelector('details').open = false;
    byId('gates').querySelectorAll('details > :not(summary)').forEach(element => element.remove());
  };
  name.element.addEventListener('change', again);
  from.element.addEventListener('input', again);
  to.element.addEventListener('input', again);
}

function observations(section) {
  const names = data.structure.observed;
  const of = place => points.filter(point => Number.isFinite(point.numbers[place])).map(point => [point.step, point.numbers[place]]);
  if (names.length === 0) {
    return;
  }
  const start = ['lambda', 'density', 'remaining-fraction'].map(name => names.indexOf(name)).find(place => place >= 0);
  const name = select('Number', names.map((text, value) => ({value, text})), start === undefined ? 0 : start);
  const picture = chart(section, {
    id: 'observations', title: 'Numbers of the search',
    caption: 'What the search said about itself after each interval.' + one(data.structure.every),
    controls: make('div', {class: 'controls'}, name.label),
    options: colour => frame(colour, [''], {
      grid: {left: 78, right: 18, top: 16, bottom: 48},
      xAxis: stepAxis(colour),
      yAxis: axis(colour, {type: 'value', name: names[name.element.value], nameGap: 60, scale: true,
        axisLabel: {color: colour.quiet, fontSize: 12, formatter: value => Math.abs(value) >= 1000 ? brief(value) : String(Number(value.toPrecision(3)))}}),
      tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tip(epochOf, short)}),
      series: [line(names[name.element.value], of(name.element.value), {showSymbol: false})]
    }),
    numbers: () => ({columns: ['line', 'epoch', 'step'].concat(names).map(title => ({title, number: true})),
      rows: points.filter(point => point.numbers.length > 0).map(point => [point.line, point.epoch, count(point.step)]
        .concat(names.map((unused, place) => short(point.numbers[place]))))})
  });
  name.element.addEventListener('change', () => picture.draw());
}

function densities(section) {
  const layers = data.densities;
  if (layers.length === 0) {
    return;
  }
  const epochs = new Map(layers.flatMap(layer => layer.points.map(point => [point.step, point.epoch])));
  chart(section, {
    id: 'densities', title: 'Density of each layer', caption: 'The part of each layer\u2019s weights that its mask lets through.'
      + (layers.some(layer => layer.every > 1) ? ' One in ' + Math.max(...layers.map(layer => layer.every)) + ' entries is drawn.' : ''),
    options: colour => frame(colour, layers.map(layer => layer.layer).concat(''), {
      xAxis: stepAxis(colour), yAxis: axis(colour, {type: 'value', name: 'weights not masked, %', nameGap: 44, min: 0, max: 100}),
      tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tip(epochs, value => short(value) + ' %')}),
      series: layers.map(layer => line(layer.layer, layer.points.map(point => [point.step, 100 * point.density])))
    }),
    numbers: () => ({columns: [{title: 'layer'}].concat(['line', 'epoch', 'step', 'density', 'weights kept', 'of'].map(title => ({title, number: true}))),
      rows: layers.flatMap(layer => layer.points.map(point => [layer.layer, point.line, point.epoch, count(point.step),
        String(point.density), short(point.kept), short(point.weights)]))})
  });
}

function rounds(section) {
  const own = data.rounds.points;
  if (own.length === 0) {
    return;
  }
  const note = data.rounds.every > 1 ? ' One in ' + data.rounds.every + ' rounds is drawn.' : '';
  const roundAxis = colour => axis(colour, {type: 'value', name: 'round, from 0', min: 0, minInterval: 1, max: Math.max(1, own[own.length - 1].round)});
  const has = name => own.some(point => point[name] !== undefined);
  const of = name => own.filter(point => point[name] !== undefined).map(point => [point.round, point[name]]);
  const shown = ['reward', 'baseline'].filter(has);
  const tipOf = format => list => ['round ' + list[0].value[0]].concat(list.map(item => item.seriesName + ': ' + format(item.value[1]))).join('\n');
  if (shown.length > 0) {
    chart(section, {
      id: 'rewards', title: 'Reward of the sampled network', caption: 'The reward of each round\u2019s network'
        + (has('baseline') ? ', and the mean that it is compared with' : '') + '.' + note,
      options: colour => frame(colour, shown.concat(''), {
        xAxis: roundAxis(colour), yAxis: axis(colour, {type: 'value', name: 'reward', nameGap: 44, scale: true}),
        tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tipOf(short)}),
        series: shown.map((name, i) => line(name, of(name), i === 1 ? {lineStyle: {type: 'dashed'}} : {}))
      }),
      numbers: () => ({columns: ['line', 'round', 'epoch', 'reward', 'baseline', 'loss', 'size'].map(title => ({title, number: true})),
        rows: own.map(point => [point.line, point.round, point.epoch, short(point.reward), short(point.baseline), short(point.loss), short(point.size)])})
    });
  }
  const kept = data.rounds.kept;
  if (kept.length > 0) {
    chart(section, {
      id: 'kept', title: 'Units kept in each round', caption: 'The part of each group\u2019s units that the sampled network has.' + note,
      options: colour => frame(colour, kept.concat(''), {
        xAxis: roundAxis(colour), yAxis: axis(colour, {type: 'value', name: 'units kept, %', nameGap: 44, min: 0, max: 100}),
        tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tipOf(value => short(value) + ' %')}),
        series: kept.map((name, i) => line(name, own.filter(point => point.keptFractions[i] !== null)
          .map(point => [point.round, 100 * point.keptFractions[i]])))
      }),
      numbers: () => ({columns: ['line', 'round', 'epoch'].concat(kept).map(title => ({title, number: true})),
        rows: own.map(point => [point.line, point.round, point.epoch].concat(point.keptFractions.map(value => value === null ? '' : String(value))))})
    });
  }
}

function search() {
  const place = make('div', {class: 'pictures'});
  densities(place);
  rounds(place);
  gates(place);
  observations(place);
  if (place.childElementCount > 0) {
    byId('search').append(place);
  } else {
    byId('search').remove();
  }
}
