// npm run bench [-- part of a row's name]: see test/bench/main.ts.
import { run } from '../bootstrap.mjs';

await run('test/bench/main.ts');
