// npm run false-alarms: see test/false-alarms/main.ts.
import { run } from '../bootstrap.mjs';

await run('test/false-alarms/main.ts');
