import { createInterface } from 'node:readline/promises';
import { runCommandLine } from './cli/run';

// Wiring only: what the verbs do stands in cli/, what they know in the engine.
const io = {
  cwd: process.cwd(),
  env: process.env,
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  ask: async (question: string) => {
    if (!process.stdin.isTTY) return null;
    // The answers to questions do not belong into what is piped on.
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
  onInterrupt: (listener: () => void) => {
    process.on('SIGINT', listener);
    return () => void process.off('SIGINT', listener);
  },
};

// `alembic-review … | head` closes the pipe early; that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

void runCommandLine(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
