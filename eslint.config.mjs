// The linter of our JavaScript: `make lint-js`. Modules and classic scripts for browsers, and tests for Node.js.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", "build/", "dist/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-len": ["error", { code: 120 }],
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", { classes: false, functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "sort-imports": ["error", { ignoreDeclarationSort: true }],
    },
  },
  { files: ["scripts/onevoice/site/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["scripts/onevoice/site/assets/*.js"],
    languageOptions: { sourceType: "script" },
  },
  {
    files: ["scripts/onevoice/site/worker/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.serviceworker, KEPT: "readonly" } },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
];
