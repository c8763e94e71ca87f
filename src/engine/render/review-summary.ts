import { counted } from './markdown';

/** What a review comes to in one line: `2 errors, 1 warning; 3 places not reviewed.` */
export interface Reviewed {
  readonly findings: readonly { readonly severity: 'error' | 'warning' | 'info' | 'hint' }[];
  /** Places that were not understood. */
  readonly notReviewed: number;
  /** Places that are known only when they run. */
  readonly open?: number;
}

export function reviewSummary({ findings, notReviewed, open = 0 }: Reviewed): string {
  const count = (...severities: readonly string[]): number => findings.filter(({ severity }) => severities.includes(severity)).length;
  const [errors, warnings, others] = [count('error'), count('warning'), count('info', 'hint')];
  const found = [...(errors === 0 ? [] : [counted(errors, 'error')]), ...(warnings === 0 ? [] : [counted(warnings, 'warning')]), ...(others === 0 ? [] : [`${others} worth knowing`])];
  const rest = notReviewed > 0 ? `${counted(notReviewed, 'place')} not reviewed.` : open > 0 ? `${counted(open, 'place')} known only when ${open === 1 ? 'it runs' : 'they run'}.` : 'all of it was reviewed.';
  return `${found.length === 0 ? 'Nothing found' : found.join(', ')}; ${rest}`;
}
