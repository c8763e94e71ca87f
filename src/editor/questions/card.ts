/** A question as the panel draws it: finished sentences and cells, so that the browser side decides nothing. */
export interface Card {
  readonly id: string;
  /** Where: `place`, `place.status`. */
  readonly subject: string;
  readonly question: string;
  readonly explanation: string;
  readonly comparison: Comparison | null;
  /** The lines of the models that the question is about. */
  readonly edits: readonly EditView[];
  /** How the question is settled for everybody, in the models; empty: it is not. */
  readonly durable: string;
  /** One of these is chosen; a card with `values` has none. */
  readonly options: readonly Option[];
  /** Each of these gets a label. */
  readonly values: readonly ValueRow[];
  /** The labels to choose from in `values`. */
  readonly labels: readonly Label[];
}

/** Columns or tables side by side. A cell is emphasised where it differs from the first column's. */
export interface Comparison {
  readonly headings: readonly { readonly name: string; readonly note: string }[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly { readonly text: string; readonly differs: boolean }[] }[];
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  /** Loses data: shown with a warning. */
  readonly loses: boolean;
  readonly preselected: boolean;
}

export interface ValueRow {
  readonly value: string;
  readonly count: string;
  /** The `Label.value` that is preselected; empty: a person must choose. */
  readonly selected: string;
}

export interface Label {
  readonly value: string;
  readonly text: string;
}

/** What a person chose on one card: an option's value, or a label for each of the values in their order. */
export type Choice = string | readonly string[];

/** Answers by question id; `null`: not answered yet. */
export type Choices = Readonly<Record<string, Choice | null>>;

/** The lines of a model that went and came, as a small diff. */
export interface EditView {
  /** What they show, and where: `vicinity → address · models/place.py · not committed yet`. */
  readonly caption: string;
  readonly lines: readonly { readonly sign: 'removed' | 'added'; readonly text: string }[];
}
