// npm test [-- part…] [-g pattern]: see test/run/main.ts.
import { run } from './bootstrap.mjs';

await run('test/run/main.ts');
