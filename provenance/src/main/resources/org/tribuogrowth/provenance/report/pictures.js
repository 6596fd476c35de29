// The pictures of a run, each from the ledger's numbers and left out where the ledger has none.

const run = data.run;
const points = data.structure.points;
const one = value => value === 1 ? '' : ' One in ' + value + ' intervals is drawn.';
const stepTitle = 'training steps';

/** The epoch beside the step, in the words over the pointer. */
function tip(epochs, format) {
  return list => {
    const step = list[0].value[0];
    const lines = ['step ' + count(step) + (epochs.has(step) ? ', epoch ' + epochs.get(step) : '')];
    list.forEach(item => lines.push(item.seriesName + ': ' + format(item.value[1], item)));
    return lines.slice(0, 24).join('\n') + (lines.length > 24 ? '\n...' : '');
  };
}

function stepAxis(colour) {
  return axis(colour, {type: 'value', name: stepTitle, min: 0, max: points[points.length - 1].step || 1,
    axisLabel: {color: colour.quiet, hideOverlap: true, showMaxLabel: false, formatter: brief, fontSize: 12}});
}

const epochOf = new Map(points.map(point => [point.step, point.epoch]));

function line(name, values, extra) {
  return Object.assign({type: 'line', name, data: values, showSymbol: values.length < 40, symbolSize: 5}, extra);
}

function stacked(parent, id, title, caption, groups, unit) {
  let mode = 'units';
  const modes = select('Show', [{value: 'units', text: unit}, {value: 'part', text: 'part of the dense width'}], mode);
  const parts = () => mode === 'part';
  const picture = chart(parent, {
    id, title, caption, tall: true, controls: make('div', {class: 'controls'}, modes.label),
    options: colour => {
      const base = frame(colour, groups.map(group => group.name).concat(''), {});
      // Each area reaches from its group's top down to 0 and covers what is above it, the highest first; so the legend,
      // which would take one out of the stack, only names the colours there.
      const series = groups.map((group, i) => {
        const own = colour.series[i % colour.series.length];
        const top = point => groups.slice(0, i + 1).reduce((sum, each) => sum + point.widths[each.place], 0);
        return parts()
          ? line(group.name, points.map(point => [point.step, 100 * point.widths[group.place] / group.width]), {step: 'end', showSymbol: false, color: own})
          : line(group.name, points.map(point => [point.step, top(point), point.widths[group.place]]), {step: 'end', showSymbol: false,
            color: own, lineStyle: {width: 1, color: colour.back}, areaStyle: {opacity: 1, color: own}, z: 2 + groups.length - i, emphasis: {disabled: true}});
      });
      return Object.assign(base, {
        legend: Object.assign(base.legend, parts() ? {} : {selectedMode: false, icon: 'rect'}),
        xAxis: stepAxis(colour),
        yAxis: axis(colour, {type: 'value', name: parts() ? 'active, % of dense' : unit, nameGap: 44, min: 0, minInterval: parts() ? null : 1}),
        tooltip: Object.assign(base.tooltip, {formatter: tip(epochOf, (value, item) => parts() ? short(value) + ' %' : short(item.value[2]))}),
        series
      });
    },
    numbers: () => ({
      columns: [{title: 'line', number: true}, {title: 'epoch', number: true}, {title: 'step', number: true}]
        .concat(groups.map(group => ({title: group.name, number: true}))),
      rows: points.map(point => [point.line, point.epoch, count(point.step)].concat(groups.map(group => point.widths[group.place])))
    })
  });
  modes.element.addEventListener('change', () => { mode = modes.element.value; picture.draw(); });
}

function growth() {
  const section = byId('growth');
  const groups = data.groups.map((group, place) => Object.assign({place}, group));
  const units = groups.filter(group => !group.block);
  const blocks = groups.filter(group => group.block);
  if (groups.length === 0) {
    section.append(make('p', {}, 'No group of units is searchable in this run: its network has one structure throughout.'));
    return;
  }
  if (data.groupsLeft > 0) {
    section.append(make('p', {class: 'banner note'}, 'The first ' + groups.length + ' searchable groups are shown, '
      + data.groupsLeft + ' more are left out of this page; audit show prints them.'));
  }
  if (units.length > 0) {
    stacked(section, 'widths', 'Active units of each group', 'Filters or hidden units in the network, stacked from input to '
      + 'output: at the start, after each interval, and at the end.' + one(data.structure.every), units, 'active units');
  }
  if (blocks.length > 0) {
    stacked(section, 'blocks', 'Active blocks of layers', 'A block is in the network or is not.' + one(data.structure.every),
      blocks, 'active blocks');
  }
  section.append(table('Width of each group', [{title: 'group'}, {title: 'dense', number: true}, {title: 'start', number: true},
    {title: 'end', number: true}, {title: 'end, %', number: true}],
  groups.map(group => [group.name, count(group.width), count(group.first), count(group.last), percent(group.last, group.width)]),
  true));
}

/** A horizontal mark at the budget, where it counts what the picture shows. */
function budgetLine(colour) {
  return run.budget ? {markLine: {symbol: 'none', silent: true, data: [{yAxis: 100 * run.budget.fraction}],
    lineStyle: {color: colour.text, type: 'dashed', width: 1.5},
    label: {formatter: 'budget', position: 'insideStartTop', color: colour.text}}} : {};
}

function cost() {
  const section = make('div', {class: 'pictures'});
  byId('cost').append(section);
  const parameters = points.map(point => [point.step, 100 * point.parameters / run.dense.parameters]);
  const multiplyAdds = points.map(point => [point.step, 100 * point.multiplyAdds / run.dense.multiplyAdds]);
  const aimPlace = data.structure.observed.indexOf('aim');
  const aims = aimPlace < 0 ? [] : points.filter(point => Number.isFinite(point.numbers[aimPlace]))
    .map(point => [point.step, 100 * point.numbers[aimPlace]]);
  const names = ['multiply-adds', 'parameters'].concat(aims.length ? ['aim of the search'] : []);
  chart(section, {
    id: 'costs', title: 'Cost of the active network',
    caption: 'Parameters and multiply-adds of one example, as parts of the dense reference with '
      + count(run.dense.parameters) + ' parameters and ' + count(run.dense.multiplyAdds) + ' multiply-adds (1 multiply-add = 2 FLOPs).'
      + (run.budget ? ' The dashed line is the budget of ' + short(100 * run.budget.fraction) + ' %'
        + ({parameters: ' of the parameters', multiplyAdds: ' of the multiply-adds'}[run.budget.measure] || '')
        + ', from ' + run.budget.source + '.' : '')
      + (data.densities.length ? ' Masked weights count as if they were there; see the density of each layer.' : '') + one(data.structure.every),
    options: colour => frame(colour, names, {
      xAxis: stepAxis(colour),
      yAxis: axis(colour, {type: 'value', name: '% of dense', nameGap: 44, min: 0}),
      tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tip(epochOf, value => short(value) + ' %')}),
      series: [line('multiply-adds', multiplyAdds, Object.assign({step: 'end', showSymbol: false}, budgetLine(colour))),
        line('parameters', parameters, {step: 'end', showSymbol: false})]
        .concat(aims.length ? [line('aim of the search', aims, {lineStyle: {type: 'dotted'}, showSymbol: false})] : [])
    }),
    numbers: () => ({
      columns: ['line', 'epoch', 'step', 'parameters', '% of dense', 'multiply-adds', '% of dense'].map(title => ({title, number: true})),
      rows: points.map(point => [point.line, point.epoch, count(point.step), count(point.parameters),
        percent(point.parameters, run.dense.parameters), count(point.multiplyAdds), percent(point.multiplyAdds, run.dense.multiplyAdds)])
    })
  });
  validation(section);
  losses(section);
}

function validation(section) {
  const measured = data.measured.points;
  const measures = [...new Set(measured.map(point => point.measure))];
  const epochs = new Map(measured.map(point => [point.step, point.epoch]));
  measures.forEach((measure, i) => {
    const own = measured.filter(point => point.measure === measure);
    const end = measures.length > 1 ? '-' + i : '';
    chart(section, {
      id: 'validation' + end, title: 'Validation: ' + measure,
      caption: 'Measured on the validation examples during the training.' + one(data.measured.every)
        + (run.restore ? ' At the end the weights of epoch ' + run.restore.restoredEpoch + ' were restored, with '
          + run.restore.measureName + ' ' + short(run.restore.measure) + '.' : ''),
      options: colour => frame(colour, [measure], {
        xAxis: stepAxis(colour), yAxis: axis(colour, {type: 'value', name: measure, nameGap: 44, scale: true}),
        tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tip(epochs, short)}),
        series: [line(measure, own.map(point => [point.step, point.validation]))]
      }),
      numbers: () => ({columns: ['line', 'epoch', 'step', measure].map(title => ({title, number: true})),
        rows: own.map(point => [point.line, point.epoch, count(point.step), String(point.validation)])})
    });
    const paid = own.filter(point => point.trainingMultiplyAdds !== undefined);
    if (paid.length > 0) {
      chart(section, {
        id: 'training-cost' + end, title: 'Training cost: ' + measure,
        caption: 'Multiply-adds of the forward passes of the training up to then. The ledger states the total, '
          + count(run.training.multiplyAdds) + '; it is spread over the steps in proportion to the multiply-adds of the network '
          + 'that was active.' + one(data.measured.every),
        options: colour => frame(colour, [measure], {
          xAxis: axis(colour, {type: 'value', name: 'training multiply-adds', min: 0,
            axisLabel: {color: colour.quiet, formatter: brief, hideOverlap: true, fontSize: 12}}),
          yAxis: axis(colour, {type: 'value', name: measure, nameGap: 44, scale: true}),
          tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: list => 'multiply-adds: ' + brief(list[0].value[0])
            + '\nepoch ' + list[0].value[2] + '\n' + measure + ': ' + short(list[0].value[1])}),
          series: [line(measure, paid.map(point => [point.trainingMultiplyAdds, point.validation, point.epoch]))]
        }),
        numbers: () => ({columns: ['line', 'epoch', 'training multiply-adds', measure].map(title => ({title, number: true})),
          rows: paid.map(point => [point.line, point.epoch, brief(point.trainingMultiplyAdds), String(point.validation)])})
      });
    }
  });
}

function losses(section) {
  const own = points.filter(point => point.loss !== undefined);
  if (own.length === 0) {
    return;
  }
  chart(section, {
    id: 'losses', title: 'Training loss', caption: 'The mean over each interval.' + one(data.structure.every),
    options: colour => frame(colour, ['loss'], {
      xAxis: stepAxis(colour), yAxis: axis(colour, {type: 'value', name: 'loss', nameGap: 44, scale: true}),
      tooltip: Object.assign(frame(colour, [], {}).tooltip, {formatter: tip(epochOf, short)}),
      series: [line('training loss', own.map(point => [point.step, point.loss]))]
    }),
    numbers: () => ({columns: ['line', 'epoch', 'step', 'training loss'].map(title => ({title, number: true})),
      rows: own.map(point => [point.line, point.epoch, count(point.step), String(point.loss)])})
  });
}
