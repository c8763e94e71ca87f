// npm run compare: see test/comparison/main.ts.
import { run } from '../bootstrap.mjs';

await run('test/comparison/main.ts');
