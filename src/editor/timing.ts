/** A second call while the first runs starts one more run after it, and both callers wait for that. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running === null) return start();
    // How the first ended is told to those who asked for it; the next runs all the same.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}

export interface Debounced {
  run(): void;
  dispose(): void;
}

/** Runs `work` once things have been quiet for `delay` milliseconds. */
export function debounced(work: () => unknown, delay: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    run: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void work(), delay);
    },
    dispose: () => clearTimeout(timer),
  };
}
