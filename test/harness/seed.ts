/**
 * The seed of tests that draw their cases: the same in every run, so that a change is judged by what it changed. `SEED=random` looks for
 * new cases, `SEED=n` repeats a run; a case that was found is written into its test.
 */
export const seed = process.env.SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.SEED ?? 20_260_101);
