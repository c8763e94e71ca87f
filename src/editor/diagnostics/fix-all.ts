import type { Diagnostic } from '../../engine/rules/rule';
import { applyEdits } from '../../engine/text/text';

/**
 * Applies every safe fix, one after the other: after each the text is reviewed again, since a fix moves what stands
 * behind it and may settle other findings too. Ends when none is left; a fix that does not make its finding go away is
 * not tried twice.
 */
export async function fixAllSafe(
  text: string,
  review: (text: string) => Promise<readonly Diagnostic[]>,
): Promise<{ readonly text: string; readonly fixed: number }> {
  let current = text;
  let fixed = 0;
  const tried = new Set<string>();
  for (;;) {
    const diagnostics = await review(current);
    const next = firstSafe(diagnostics, tried);
    if (next === null) return { text: current, fixed };
    tried.add(next.key);
    current = applyEdits(current, next.fix.edits);
    fixed++;
  }
}

function firstSafe(diagnostics: readonly Diagnostic[], tried: ReadonlySet<string>): { readonly key: string; readonly fix: Diagnostic['fixes'][number] } | null {
  for (const diagnostic of diagnostics) {
    for (const fix of diagnostic.fixes) {
      const key = JSON.stringify([diagnostic.rule, diagnostic.message, diagnostic.data ?? null, fix.title]);
      if (fix.safety === 'safe' && !tried.has(key)) return { key, fix };
    }
  }
  return null;
}
