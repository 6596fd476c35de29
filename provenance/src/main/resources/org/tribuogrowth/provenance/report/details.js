// In short, integrity, test figures, environment and configuration.

function tile(name, value, more) {
  return make('div', {class: 'tile'}, make('dt', {}, name), make('dd', {}, value, more ? make('small', {}, more) : null));
}

function summary() {
  const section = byId('summary');
  const tiles = make('dl', {class: 'tiles'});
  const test = (data.files.figures['evaluation.json'] || {}).test;
  const measured = data.measured.points;
  const main = ['accuracy', 'jaccard', 'r2', 'meanIou'].find(name => test && Number.isFinite(test[name]));
  if (main) {
    tiles.append(tile('test ' + main, main === 'r2' ? short(test.r2) : percent(test[main], 1),
      'from evaluation.json, ' + short(test.examples) + ' examples'));
  }
  if (run.restore) {
    tiles.append(tile('validation ' + run.restore.measureName, short(run.restore.measure), 'restored, of epoch ' + run.restore.restoredEpoch));
  } else if (measured.length > 0) {
    const last = measured[measured.length - 1];
    tiles.append(tile('validation ' + last.measure, short(last.validation), 'the last, of epoch ' + last.epoch));
  }
  tiles.append(tile('multiply-adds', percent(run.cost.multiplyAdds, run.dense.multiplyAdds), count(run.cost.multiplyAdds) + ' of ' + count(run.dense.multiplyAdds)));
  tiles.append(tile('parameters', percent(run.cost.parameters, run.dense.parameters), count(run.cost.parameters) + ' of ' + count(run.dense.parameters)));
  if (run.budget) {
    tiles.append(tile('budget', short(100 * run.budget.fraction) + '\u00a0%', run.budgetFraction === undefined
      ? 'from ' + run.budget.source : short(Number((100 * run.budgetFraction).toPrecision(4))) + ' % reached'));
  }
  if (run.training) {
    tiles.append(tile('training', brief(Number(run.training.multiplyAdds)), 'multiply-adds, ' + count(run.training.examples) + ' examples, ' + run.training.epochs + ' passes'));
  }
  const counts = {};
  rows.forEach(row => { if (changeKinds.includes(row.kind)) { counts[row.kind] = (counts[row.kind] || 0) + row.count; } });
  tiles.append(tile('changes', count(run.changes), data.events.gapAfter === undefined
    ? changeKinds.filter(kind => counts[kind]).map(kind => kind + ' ' + count(counts[kind])).join(', ') + (run.changes ? ' units' : '') : 'in the ledger'));
  section.append(tiles);
}

function integrity() {
  const section = byId('integrity');
  const verification = data.verification;
  section.append(make('p', {}, make('span', {class: 'badge ' + (verification.good ? 'good' : 'bad')}, verification.good ? 'holds' : 'does not hold'),
    ' What was verified when this page was made, ' + verification.made.replace('T', ' ').replace('Z', ' UTC') + ':'));
  section.append(make('ul', {class: 'checks'}, verification.lines.map(text => {
    const [, word, rest] = /^(\S+)\s+([^]*)$/.exec(text) || [null, '', text];
    const style = {ok: 'good', FAILED: 'bad', note: 'note'}[word];
    return make('li', {}, make('span', {}, make('span', {class: style ? 'badge ' + style : 'quiet'}, word)), make('span', {}, rest));
  })));
  section.append(listing('The ledger', [['lines', count(run.lines)], ['head (SHA-256 of the last line)', run.head]]
    .concat(run.merkleRoot ? [['Merkle root of the lines before the seal', run.merkleRoot]] : [])
    .concat(Object.entries(run.digests).map(([name, value]) => [name, value]))));
  if (run.compaction) {
    section.append(listing('The compact network against the gated one', [['examples compared', count(run.compaction.examples)],
      ['largest difference of an output', short(run.compaction.largestAbsoluteDifference)],
      ['largest relative difference', short(run.compaction.largestRelativeDifference)],
      ['same largest output', percent(run.compaction.argMaxAgreement, 1)]]));
  }
  section.append(make('p', {}, 'This page is no proof of itself: whoever has the run folder can verify it again, without trusting this page or its author:'),
    make('pre', {tabindex: 0}, './grow audit verify RUN\n./grow audit show RUN\ntail -n 1 ledger.jsonl | tr -d \'\\n\' | sha256sum    # must print the head'),
    make('p', {class: 'quiet'}, 'An unsigned ledger can be rewritten as a whole. Compare the head with one that was kept elsewhere: the model\u2019s provenance holds it.'));
}

/** The simple values of an object, as names with dots. */
function flat(object, prefix) {
  return Object.entries(object).flatMap(([name, value]) => value === null ? [] : Array.isArray(value) ? []
    : typeof value === 'object' ? flat(value, prefix + name + '.') : [[prefix + name, typeof value === 'number' ? short(value) : String(value)]]);
}

/** A list of objects with simple values, as a table. */
function objectTable(caption, list) {
  const names = [...new Set(list.flatMap(item => Object.keys(item)))].sort((a, b) => (b === 'name') - (a === 'name'));
  return table(caption, names.map(title => ({title, number: title !== 'name'})),
    list.map(item => names.map(name => typeof item[name] === 'number' ? short(item[name]) : item[name] === undefined || item[name] === null ? '' : String(item[name]))),
    names[0] === 'name');
}

function isTable(value) {
  return Array.isArray(value) && value.length > 0 && value.every(item => item !== null && typeof item === 'object' && !Array.isArray(item));
}

function isConfusion(rows, classes) {
  return Array.isArray(rows) && rows.length === classes.length && rows.length <= 40 && rows.every(row => Array.isArray(row)
    && row.length === rows.length && row.every(Number.isFinite));
}

/** A row for each true class, a column for each predicted one. */
function confusionTable(rows, classes) {
  const names = classes.map(line => String(line.name));
  return table('Confusion: what is true in rows, what was predicted in columns',
    [{title: 'true class'}].concat(names.map(title => ({title, number: true}))),
    rows.map((row, i) => [names[i]].concat(row.map(value => count(value)))), true);
}

function figures() {
  const section = byId('figures');
  const all = data.files.figures;
  const parts = [];
  const evaluation = all['evaluation.json'];
  const test = evaluation && evaluation.test && typeof evaluation.test === 'object' ? evaluation.test : null;
  if (test) {
    parts.push(listing('On the test data', flat(test, '')));
    if (isTable(test.classes)) {
      parts.push(objectTable('Classes of the test data', test.classes));
      if (isConfusion(test.confusion, test.classes)) {
        parts.push(confusionTable(test.confusion, test.classes));
      }
    }
  }
  if (evaluation && evaluation.storage && typeof evaluation.storage === 'object') {
    parts.push(listing('Weights of the compact network', flat(evaluation.storage, '')));
    if (isTable(evaluation.storage.layers)) {
      parts.push(objectTable('Weights of its layers', evaluation.storage.layers));
    }
  }
  if (all['timing.json']) {
    parts.push(listing('Latency of the compact network, from timing.json', flat(all['timing.json'], '')));
  }
  if (data.files.list.length > 0) {
    const listed = data.files.list.some(file => file.sha256);
    parts.push(table('Files of the run folder' + (listed ? '' : ' when this page was made, before there was a manifest'),
      [{title: 'file'}, {title: 'size', number: true}].concat(listed ? [{title: 'SHA-256 in the manifest', kind: 'mono'}] : []),
      data.files.list.map(file => [file.name, bytes(file.bytes)].concat(listed ? [file.sha256 || 'not listed'] : [])), true));
  }
  data.files.notes.forEach(note => parts.push(make('p', {class: 'banner note'}, note)));
  if (parts.length === 0) {
    section.remove();
    return;
  }
  section.append(make('p', {}, 'From files beside the ledger. Only the manifest ties them to it.'), ...parts);
}

function environment() {
  const observations = data.files.figures['observations.json'];
  if (observations) {
    byId('environment').append(make('p', {}, 'From observations.json: what is not reproducible and therefore not in the ledger.'),
      listing('Machine, versions and times', flat(observations, '')));
  } else {
    byId('environment').remove();
  }
}

function configuration() {
  const section = byId('configuration');
  section.append(listing('In the ledger', [['method', run.method], ['seed', run.seed], ['digest of the configuration', run.digests.configuration],
    ['digest of the training data', run.digests['training data']]]));
  if (data.files.configuration !== undefined) {
    section.append(make('h3', {}, 'config.xml'), make('pre', {tabindex: 0, id: 'config'}, data.files.configuration));
  }
  section.append(make('h3', {}, 'The dense reference'), make('pre', {tabindex: 0}, run.architecture));
}
