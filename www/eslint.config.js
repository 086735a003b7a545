// Run from the top of the tree (`npm run lint` does): it covers www/, tests/ and bench/.
import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['www/pkg/', 'www/package/', 'www/node_modules/', 'dist/', 'dist-single/', 'target/', '**/artefacts/', 'tests/browser/contract/', 'tests/hosts/npm/', 'tests/hosts/react/', 'tests/hosts/vue/', 'tests/hosts/sveltekit/', '**/node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.node.json', '../tests/browser/tsconfig.json', '../tests/hosts/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An arrow that calls a void function reads well as an event handler.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `xs.length` and friends in loops are clearer than iterators where the index is the axis.
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: ['www/src/**/*.ts'],
    extends: [lit['flat/recommended']],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // Text is never inserted as HTML.
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['lit/directives/unsafe-*', 'lit-html/directives/unsafe-*'], message: 'Never insert text as HTML.' }] },
      ],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe'].map((property) => ({
          property,
          message: 'Never insert text as HTML.',
        })),
      ],
      // The content security policy blocks a literal style attribute; styleMap and static styles pass.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TemplateElement[value.raw=/\\sstyle\\s*=\\s*["\']?[^"\'$\\s]/]',
          message: 'A literal style attribute is blocked by the content security policy: use static styles or styleMap.',
        },
        {
          selector: ':not(ReturnStatement) > NewExpression[callee.name="ResizeObserver"]',
          message: 'Work in its callback is an error event of the page around: use whenResized.',
        },
        {
          selector: 'NewExpression[callee.name=/^(?:Shared)?Worker$/] > .arguments:first-child:not(CallExpression[callee.name="scriptUrl"])',
          message: 'A page may require Trusted Types: use scriptUrl.',
        },
      ],
    },
  },
  {
    files: ['tests/**/*.mjs', 'www/*.js', 'www/build/*.mjs'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    // Scripts that drive a browser hand it functions of theirs.
    files: ['bench/**/*.{js,mjs}'],
    languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.browser } },
  },
  { files: ['www/build/{boot,first-state}.js'], languageOptions: { globals: globals.browser } },
  // Stands between: a document of its own in Node.
  { files: ['www/build/opening-rendered.mjs'], languageOptions: { globals: { ...globals.nodeBuiltin, document: 'readonly' } } },
);
