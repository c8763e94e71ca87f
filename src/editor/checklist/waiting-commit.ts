/** What waits for its message: the file in which that stands, and what is to be committed. */
export interface WaitingCommit {
  readonly message: string;
  readonly root: string;
  readonly paths: readonly string[];
}
