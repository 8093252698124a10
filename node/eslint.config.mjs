import js from '@eslint/js';

export default [
  // The programs of the texts stay as they were printed.
  { ignores: ['seed/'] },
  js.configs.recommended,
  {
    rules: {
      // The types tell what is undefined, and know Node's own names.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-implicit-coercion': 'error',
      'object-shorthand': 'error',
    },
  },
];
