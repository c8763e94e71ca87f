/** Loaded into each mocha process: stack traces name the TypeScript files. */
process.setSourceMapsEnabled(true);
