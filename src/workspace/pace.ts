/** Long work on the thread that also answers the editor gives way between its pieces. */
export type Pace = () => Promise<void> | undefined;

/**
 * `await pace()` between pieces of work: where more than `slice` milliseconds went by, whatever else waits (typing, messages of the
 * editor, files) has its turn first. Undefined where there is no need to, so that short work stays in one piece.
 */
export function givingWay(slice = 12): Pace {
  let since = performance.now();
  return () => {
    if (performance.now() - since < slice) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
