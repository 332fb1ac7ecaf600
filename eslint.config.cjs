// Odoo's web client: ES modules, OWL, a few globals of its bundles.
const globals = require("globals");

const odooGlobals = {
    odoo: "readonly",
    luxon: "readonly",
    Chart: "readonly",
    ZXing: "readonly",
};

const rules = {
    "array-callback-return": "error",
    "consistent-return": "error",
    curly: "error",
    "default-case-last": "error",
    eqeqeq: ["error", "smart"],
    "no-alert": "error",
    "no-console": ["error", {allow: ["warn", "error"]}],
    "no-debugger": "error",
    "no-dupe-keys": "error",
    "no-empty": "error",
    "no-eval": "error",
    "no-extra-bind": "error",
    "no-fallthrough": "error",
    "no-implied-eval": "error",
    "no-lonely-if": "error",
    "no-return-assign": "error",
    "no-self-assign": "error",
    "no-shadow": "error",
    "no-throw-literal": "error",
    "no-undef": "error",
    "no-unreachable": "error",
    "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
    "no-use-before-define": ["error", {functions: false}],
    "no-useless-return": "error",
    "no-var": "error",
    "object-shorthand": "error",
    "prefer-const": "error",
    "prefer-template": "error",
};

module.exports = [
    {ignores: [".run/**", "**/static/lib/**", "**/node_modules/**"]},
    {
        files: ["addons/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, ...odooGlobals},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules,
    },
];
