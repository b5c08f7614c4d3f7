import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // A reader of the README has strategies of their own at the top.
  globalIgnores(['dist/', 'coverage/', 'docs/api/', 'reports/', 'runs/', '*.ts', '!*.config.ts']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Indices are checked by the loop that makes them: `column[i]!` says so, and the compiler asks for it everywhere.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a const object or a string union: types must simply erase.' },
      ],
    },
  },
  {
    // A result holds no clock and no randomness of its own: both come in as arguments.
    files: ['src/**/*.ts', 'strategies/**/*.ts'],
    ignores: ['src/core/time.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'Moments are UTC ms; calendars live in src/core/time.ts.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use createRandom of src/core/random.ts: seeded.' },
      ],
      'no-console': 'error',
    },
  },
  { files: ['src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } } },
);
