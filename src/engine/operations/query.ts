import type { ColumnType, QualifiedName } from '../schema/schema';

/**
 * What a query names, before a schema tells what that is: `status` may be a column of one or the other table in FROM, and
 * `*` is all that they have at that moment. `resolve-query.ts` holds it against a schema. Plain data.
 */
export interface QueryScope {
  /** WITH, in order. */
  readonly ctes: readonly CommonTable[];
  readonly from: readonly FromNode[];
  readonly references: readonly Reference[];
  /** Queries inside expressions: they see what stands in FROM here. */
  readonly inner: readonly QueryScope[];
  /** Both sides of a UNION, INTERSECT or EXCEPT: they do not see each other. */
  readonly arms: readonly QueryScope[];
  /** The columns that it gives. */
  readonly output: readonly Output[];
}

export interface CommonTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: QueryScope;
}

export type FromNode =
  | { readonly kind: 'table'; readonly table: QualifiedName; /** Without a namespace: WITH may define it. */ readonly bare: boolean; readonly alias: string; readonly columns: readonly string[] }
  | { readonly kind: 'query'; readonly query: QueryScope; readonly lateral: boolean; readonly alias: string | null; readonly columns: readonly string[] }
  /** A function: what it gives is known only as far as it is written. */
  | { readonly kind: 'function'; readonly alias: string; readonly columns: readonly string[] }
  | { readonly kind: 'join'; readonly left: FromNode; readonly right: FromNode; readonly using: readonly string[] | 'natural' | null; readonly alias: string | null; readonly columns: readonly string[] };

export interface Reference {
  /** `a` of `a.status`, or `s.a`'s; null: none is written. */
  readonly qualifier: QualifiedName | null;
  /** `*`: every column. */
  readonly name: string;
  /** `order`, `group`: it stands alone in ORDER BY or GROUP BY, where it may be a column of the output instead. */
  readonly may?: 'order' | 'group';
}

export type Output =
  | { readonly kind: 'column'; readonly name: string; /** What it is where it is a bare reference. */ readonly reference?: Reference; /** The type that it is cast to. */ readonly cast?: ColumnType }
  /** `at`: where the `*` or `t.*` begins in the statement's text, and how long it is. */
  | { readonly kind: 'star'; readonly qualifier: QualifiedName | null; readonly at: number; readonly length: number };
