/** The words of a text: letters, digits, `_` and `$`. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

/** What is left of a name where case, `_` and a plural do not count, nor that it is a table or a model: `batch_jobs`, `BatchJob` and `BatchJobModel` are one. */
export function loose(word: string): string {
  const plain = word.toLowerCase().replaceAll('_', '');
  const bare = plain.replace(/(?:table|model)$/, '') || plain;
  return bare.replace(/s$/, '') || bare;
}
