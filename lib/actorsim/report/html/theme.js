// Light or dark: as the system says, until somebody chooses here.

const THEMES = ['auto', 'light', 'dark'];

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === 'dark' || (theme === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
}

// A page that was opened from a file may not be allowed to remember anything.
function rememberTheme(theme) {
  try {
    localStorage.setItem('actorsim-theme', theme);
  } catch {
    /* then it is asked for again */
  }
}

function rememberedTheme() {
  try {
    const theme = localStorage.getItem('actorsim-theme');
    return THEMES.includes(theme) ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function setTheme(theme, changed) {
  document.documentElement.dataset.theme = theme;
  const button = byId('theme');
  const label = isDark() ? 'Switch to light (T)' : 'Switch to dark (T)';
  button.replaceChildren(icon(isDark() ? 'sun' : 'moon'));
  button.setAttribute('aria-label', label);
  button.title = label;
  changed();
}

function startTheme(changed) {
  setTheme(rememberedTheme(), changed);
  window
    .matchMedia('(prefers-color-scheme: dark)')
    .addEventListener('change', () => setTheme(document.documentElement.dataset.theme, changed));
  byId('theme').addEventListener('click', () => switchTheme(changed));
}

function switchTheme(changed) {
  const theme = isDark() ? 'light' : 'dark';
  rememberTheme(theme);
  setTheme(theme, changed);
}
