import type { HostAnswer } from '../../python/run';
import { stringAt, stringOf, truth } from '../../python/known';
import type { Value } from '../../python/values';
import type { Schema } from '../../schema/schema';
import type { Operation } from '../operation';
import { Replay } from '../resolve-types';
import type { SqlParser } from '../../sql/parser';
import { answerOfCatalog } from './catalog-questions';
import { answerOfConfig } from './config-options';
import { answerOfServer } from './dialect';
import { answer, hasTable, isDefaultSchemaName, questionOf, type Answer, type Question } from './inspector';

/**
 * The schema at the step where a script stands, for what the script asks the database. It is worked out when somebody
 * asks; most scripts never do.
 */
export class SchemaAsked {
  /** How often something was asked that hangs on the schema, known or not. */
  asks = 0;
  private readonly pending: Operation[] = [];
  /** An inspector gives the same answer to the same question for as long as it lives. Source: SQLAlchemy, `Inspector.info_cache`. */
  private readonly answers = new WeakMap<object, Map<string, Answer | null>>();

  /** Undefined until somebody asks. */
  private replay: Replay | null | undefined;

  /** `start` gives null where the schema is not known. */
  constructor(
    private readonly start: () => Schema | null,
    private readonly told: { readonly sql: SqlParser; readonly offline?: boolean; readonly mainOptions?: ReadonlyMap<string, string | null> | undefined },
  ) {}

  get asked(): boolean {
    return this.asks > 0;
  }

  happens(operation: Operation): void {
    this.pending.push(operation);
  }

  ask(): Schema | null {
    this.asks++;
    return this.now();
  }

  now(): Schema | null {
    if (this.replay === undefined) {
      const start = this.start();
      this.replay = start === null ? null : new Replay(start);
    }
    for (const operation of this.pending.splice(0)) this.replay?.next(operation);
    return this.replay?.schema ?? null;
  }

  /** What an attribute or a call is known to be: the server is a PostgreSQL, and has this schema. */
  answer(value: Value): HostAnswer | null {
    const server = answerOfServer(value, this.told.offline === true) ?? answerOfConfig(value, this.told.mainOptions);
    if (server !== null) return server;
    if (isDefaultSchemaName(value)) return this.schemaName(value);
    const question = questionOf(value);
    return question === null ? answerOfCatalog(value, this.told.sql, () => this.ask()) : this.remembered(question);
  }

  private schemaName({ at }: Value): Value | null {
    const schema = this.ask();
    return schema === null ? null : stringAt(schema.defaultSchema, at);
  }

  private remembered(question: Question): Answer | null {
    const schema = this.ask();
    if (schema === null) return null;
    if (question.inspector === null) return answer(question, schema);
    const known = this.answers.get(question.inspector) ?? new Map<string, Answer | null>();
    this.answers.set(question.inspector, known);
    const key = JSON.stringify([question.method, question.args.map(stringOf), [...question.keywords].map(([name, value]) => [name, stringOf(value)])]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = answer(question, schema);
    known.set(key, found);
    return found;
  }

  /** Conditions that can be told though not all that they ask is known: of `"t" in inspector.get_table_names()` only `t` matters. */
  decide(condition: Value): boolean | null {
    if (condition.kind !== 'operation') return null;
    const [left, right] = condition.operands;
    if (left === undefined) return null;
    if (condition.operator === 'not') {
      const decided = truth(left) ?? this.decide(left);
      return decided === null ? null : !decided;
    }
    if (right === undefined) return null;
    if (condition.operator === 'and' || condition.operator === 'or') {
      const settling = condition.operator === 'or';
      const [a, b] = [left, right].map((part) => truth(part) ?? this.decide(part));
      if (a === settling || b === settling) return settling;
      return a === null || b === null ? null : !settling;
    }
    if (condition.operator !== 'in' && condition.operator !== 'not in') return null;
    const question = questionOf(right);
    const name = stringOf(left);
    const schema = question?.method !== 'get_table_names' || name === null ? null : this.ask();
    if (schema === null || name === null || question === null || question.args.length + question.keywords.size > 0) return null;
    const exists = hasTable(schema, { schema: null, name });
    return exists === null ? null : exists === (condition.operator === 'in');
  }
}
