// npm run demo [-- --check]: see test/demo/main.ts.
import { run } from '../bootstrap.mjs';

await run('test/demo/main.ts');
