/** The page's only script: switches the theme, prints, and marks in the contents what is being read. The page is whole without it. */
export const SCRIPT = `
(() => {
  const root = document.documentElement;
  const controls = document.querySelector('.controls');
  const [theme, print] = controls.querySelectorAll('button');
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  theme.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  print.addEventListener('click', () => window.print());
  controls.hidden = false;

  const links = new Map([...document.querySelectorAll('nav a')].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const [id, link] of links) {
        if (id === target.id) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      }
    }
  }, { rootMargin: '-20% 0px -70% 0px' });
  for (const section of document.querySelectorAll('section[id]')) watcher.observe(section);
})();
`.trim();
