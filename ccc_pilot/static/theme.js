/* Loaded in <head> before the first paint: says that scripts run, and chooses the theme so that a dark page never flashes white. */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => (document.cookie.match(/(?:^|; )theme=(light|dark)/) || [])[1];
  const apply = () => { root.dataset.bsTheme = chosen() || (dark.matches ? "dark" : "light"); };
  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("theme", apply);
})();
