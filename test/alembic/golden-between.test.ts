/**
 * The golden folders on the versions in between, which take minutes more:
 *
 *     GOLDEN_VERSIONS=all npm test -- test/alembic/golden
 */
import { describeGoldenFolders } from './golden-folders';

if (process.env['GOLDEN_VERSIONS'] === 'all') for (const major of [15, 16, 17] as const) describeGoldenFolders(major);
