// Puts the page together.

const themes = ['system', 'light', 'dark'];
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');
let theme = 0;

function applyTheme() {
  const dark = themes[theme] === 'dark' || (themes[theme] === 'system' && darkSystem.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  byId('theme').textContent = 'Colours: ' + (themes[theme] === 'system' ? 'as the system' : themes[theme]);
}

applyTheme();
byId('theme').addEventListener('click', () => {
  theme = (theme + 1) % themes.length;
  applyTheme();
  drawAll();
});
darkSystem.addEventListener('change', () => {
  applyTheme();
  drawAll();
});

// Paper is white, whatever the screen is.
window.addEventListener('beforeprint', () => { document.documentElement.dataset.theme = 'light'; });
window.addEventListener('afterprint', applyTheme);

document.title = run.name + ' - report of a run';
byId('title').textContent = run.name;
byId('subtitle').textContent = run.method + ', seed ' + run.seed + ', ' + count(run.lines) + ' lines in the ledger';
if (!data.verification.good) {
  byId('banner').append(make('p', {class: 'banner bad', role: 'alert'}, !run.sealed && !data.verification.lines.some(text => text.startsWith('FAILED'))
    ? 'The ledger has no seal: the run has not finished, or the tail was cut. What is shown holds so far.'
    : 'Not everything that was checked holds. Only the lines of the ledger before the first wrong one are shown; see Integrity.'));
}
summary();
growth();
cost();
search();
changesTable();
lineage();
integrity();
figures();
environment();
configuration();
document.querySelectorAll('main > section > h2').forEach(title => {
  byId('contents').append(make('li', {}, make('a', {href: '#' + title.parentElement.id}, title.textContent)));
});
drawAll();
document.documentElement.dataset.ready = 'yes';
