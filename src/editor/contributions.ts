/**
 * What package.json contributes, under names that the compiler knows. `test/meta/contributions.test.ts` holds the two
 * together: a command, view or setting in one place only fails there.
 */
export const commands = {
  generateMigration: 'alembicReview.generateMigration',
  reviewDraft: 'alembicReview.reviewDraft',
  fixAllSafe: 'alembicReview.fixAllSafe',
  exportReport: 'alembicReview.exportReport',
  previewSql: 'alembicReview.previewSql',
  previewDowngradeSql: 'alembicReview.previewDowngradeSql',
  dryRun: 'alembicReview.dryRun',
  dryRunConnected: 'alembicReview.dryRunConnected',
  compareWithAutogenerate: 'alembicReview.compareWithAutogenerate',
  connectDatabase: 'alembicReview.connectDatabase',
  editConnection: 'alembicReview.editConnection',
  disconnect: 'alembicReview.disconnect',
  chooseDatabase: 'alembicReview.chooseDatabase',
  verifyDatabase: 'alembicReview.verifyDatabase',
  upgradeDatabase: 'alembicReview.upgradeDatabase',
  downgradeDatabase: 'alembicReview.downgradeDatabase',
  stampDatabase: 'alembicReview.stampDatabase',
  describeTable: 'alembicReview.describeTable',
  listTypes: 'alembicReview.listTypes',
  refresh: 'alembicReview.refresh',
  restoreRevision: 'alembicReview.restoreRevision',
  showLog: 'alembicReview.showLog',
  openWalkthrough: 'alembicReview.openWalkthrough',
  openRevision: 'alembicReview.openRevision',
  openRulePage: 'alembicReview.openRulePage',
  openComparison: 'alembicReview.openComparison',
  mergeHeads: 'alembicReview.mergeHeads',
  newEmptyRevision: 'alembicReview.newEmptyRevision',
  copyRevisionId: 'alembicReview.copyRevisionId',
  showPlace: 'alembicReview.showPlace',
  showRevisionGraph: 'alembicReview.showRevisionGraph',
  saveRevisionGraph: 'alembicReview.saveRevisionGraph',
  createMigrationBranch: 'alembicReview.createMigrationBranch',
  stageAndCommit: 'alembicReview.stageAndCommit',
  acceptCommit: 'alembicReview.acceptCommit',
  proposeDeployStep: 'alembicReview.proposeDeployStep',
  copyAlembicCommand: 'alembicReview.copyAlembicCommand',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** Commands that only make sense with an argument (a clicked node, a diagnostic): not in the palette. */
export const internalCommands: readonly CommandId[] = [commands.openRevision, commands.openRulePage, commands.openComparison, commands.copyRevisionId, commands.showPlace, commands.restoreRevision];

export const views = {
  container: 'alembicReview',
  databases: 'alembicReview.databases',
  revisions: 'alembicReview.revisions',
  checklist: 'alembicReview.checklist',
} as const;

/** Webview panels by their type. */
export const panels = {
  revisionGraph: 'alembicReview.revisionGraph',
} as const;

export const walkthrough = 'alembicReview.firstMigration';

/** `contextValue`s of tree items, used by the menus' `when` clauses. */
export const nodeContexts = {
  connection: 'alembicReview.connection',
  revision: 'alembicReview.revision',
  /** In the database and in no file, but it can be restored. */
  unknownRevision: 'alembicReview.unknownRevision',
  /** In the database and in no file, and nobody knows where. */
  lostRevision: 'alembicReview.lostRevision',
  /** The same of SQL migrations, which can be taken back. */
  unknownMigration: 'alembicReview.unknownMigration',
  lostMigration: 'alembicReview.lostMigration',
  enums: 'alembicReview.enums',
  drift: 'alembicReview.drift',
  group: 'alembicReview.group',
  /** What to do about an unreachable database; a click leads there. */
  advice: 'alembicReview.advice',
  /** A click looks at the database again. */
  retry: 'alembicReview.retry',
  /** The history has several heads. */
  severalHeads: 'alembicReview.severalHeads',
} as const;

/** Context keys for `when` clauses. */
export const contextKeys = {
  /** Discovery has finished: until then no welcome text claims that something is missing. */
  ready: 'alembicReview.ready',
  hasProject: 'alembicReview.hasProject',
  /** The checklist was worked out: until then its view claims nothing. */
  checklistKnown: 'alembicReview.checklistKnown',
  hasConnections: 'alembicReview.hasConnections',
  /** Paths of files that declare models, as a list for `resourcePath in …`. */
  modelFiles: 'alembicReview.modelFiles',
  /** Paths of revision files. */
  revisionFiles: 'alembicReview.revisionFiles',
} as const;

export const settingsSection = 'alembicReview';

/** Setting keys below `alembicReview.` with their defaults, as package.json declares them. */
export const settingDefaults = {
  changeDocument: '',
  connections: [] as readonly unknown[],
  keepTables: [] as readonly string[],
  largeTableRows: 100_000,
  lockTimeout: '',
  migrationFormat: null,
  postgresVersion: null,
  pythonPath: '',
  refreshInterval: 30,
  'review.enabled': true,
  rules: {} as Readonly<Record<string, unknown>>,
  statementTimeout: '',
  xArguments: [] as readonly string[],
} as const;

export type SettingKey = keyof typeof settingDefaults;
