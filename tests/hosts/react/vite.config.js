export default {
  build: { rolldownOptions: { input: ['index.html', 'props.html'] } },
};
