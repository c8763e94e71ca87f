import type { Reading } from '../python/evaluate';
import type { Sequence } from '../schema/schema';
import { readSequence } from '../sqlalchemy/column';
import { plainContext } from '../sqlalchemy/context';
import { calleeName } from '../sqlalchemy/names';
import type { Problem } from '../text/problem';
import { MappedClasses } from './mapped-classes';

/** Sequences that belong to a MetaData and to no column: `Sequence("name", metadata=Base.metadata)`. */
export function collectSequences(reading: Reading, report: (problem: Problem) => void): readonly Sequence[] {
  const classes = new MappedClasses(reading);
  return reading.loaded.flatMap((module) =>
    module.calls.flatMap(({ call }): readonly Sequence[] => {
      const metadata = calleeName(call) === 'sa.Sequence' ? call.keywords.get('metadata') : undefined;
      if (metadata === undefined || metadata.kind === 'none') return [];
      const read = readSequence(call, { ...plainContext(reading, report), metadataSchema: classes.readMetadata(metadata).schema });
      if (read === null || read.optional) return [];
      const { optional: _optional, ...sequence } = read;
      return [sequence];
    }),
  );
}
