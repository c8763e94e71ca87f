import { readConvention, type NamingConvention } from '../../src/engine/sqlalchemy/naming';

/** `MetaData(naming_convention={…})` */
export function namingConvention(templates: Readonly<Record<string, string>>): NamingConvention {
  const at = { path: '', range: { start: 0, end: 0 } };
  const text = (value: string) => ({ kind: 'string' as const, value, at });
  return readConvention({ kind: 'dict', entries: Object.entries(templates).map(([key, value]) => [text(key), text(value)]), at });
}
