// `make lint` and pre-commit install the plugin; NODE_PATH tells where.
module.exports = {
    printWidth: 88,
    tabWidth: 4,
    bracketSpacing: false,
    trailingComma: "es5",
    proseWrap: "preserve",
    plugins: [require.resolve("@prettier/plugin-xml")],
    xmlWhitespaceSensitivity: "preserve",
    xmlSelfClosingSpace: true,
    overrides: [
        {files: ["*.yml", "*.yaml", "*.md"], options: {tabWidth: 2}},
        {files: "*.xml", options: {printWidth: 100}},
    ],
};
