/** Loaded into each mocha process: stack traces name the TypeScript files, and tests that draw their cases draw the same ones. */
import fc from 'fast-check';
import { seed } from '../harness/seed';

process.setSourceMapsEnabled(true);
fc.configureGlobal({ seed });
