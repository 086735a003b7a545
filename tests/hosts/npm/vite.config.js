// Two pages; all else is Vite's own.
export default {
  build: { rolldownOptions: { input: ['index.html', 'core.html'] } },
};
