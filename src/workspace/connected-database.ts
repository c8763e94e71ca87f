import { factKey, noFacts, type DataFacts, type FactAnswer, type FactQuestion } from '../engine/facts';
import type { Review } from '../engine/review';
import type { Schema } from '../engine/schema/schema';
import { message } from '../engine/text/problem';

export interface ConnectedDatabase {
  readonly schema: Schema;
  readonly applied: readonly string[];
  /** What is known of its rows already. */
  readonly facts?: DataFacts;
  /** What Supabase's CLI noted down that it ran for a version; null: it did not. Absent: nobody is to be asked. */
  readonly ran?: (version: string) => Promise<readonly string[] | null>;
  /** Asks the rows (`FactAnswer` by `factKey`); absent: what is known suffices for now. */
  readonly answer?: (questions: readonly FactQuestion[]) => Promise<ReadonlyMap<string, FactAnswer>>;
}

/** Reviews, asks the rows what the rules want to know, and reviews again. */
export async function withAnswers(database: ConnectedDatabase | null, reviewing: (facts: DataFacts) => Review): Promise<Review> {
  let facts = database?.facts ?? noFacts;
  for (;;) {
    const result = reviewing(facts);
    const answers = await answersTo(result.wantedFacts, database);
    if (answers.size === 0) return result;
    facts = new Map([...facts, ...answers]);
  }
}

/** Answers to every question, `unknown` where the database gives none, so that nothing is asked twice; empty: nobody is to be asked. */
export async function answersTo(questions: readonly FactQuestion[], database: ConnectedDatabase | null): Promise<DataFacts> {
  if (database?.answer === undefined || questions.length === 0) return noFacts;
  const answers = await database.answer(questions);
  return new Map(questions.map((question) => [factKey(question), answers.get(factKey(question)) ?? { kind: 'unknown', reason: message('The database did not answer.') }]));
}

/** The schema of which anything may be otherwise, for this reason. */
export function withUnknown(schema: Schema, reason: Schema['unknown'][number]['reason']): Schema {
  return { ...schema, unknown: [...schema.unknown, { reason, tables: null }] };
}
