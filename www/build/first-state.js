// Runs before the first frame: the page begins as its build drew it only where neither the address nor this browser holds another state.
(() => {
  const root = document.documentElement;
  let plain = /^#?\/?(?:play)?$/.test(location.hash);
  try {
    const theme = localStorage.getItem('gru-playground.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    plain &&= localStorage.getItem('gru-playground.opening-folded') === null && sessionStorage.getItem('gru-playground.sentence') === null;
  } catch {
    // Without storage nothing else is held.
  }
  root.classList.toggle('first', plain);
})();
