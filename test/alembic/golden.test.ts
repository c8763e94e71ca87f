/**
 * Each folder of test/golden is one change of models: the draft is the one written down there, and real Alembic takes a
 * real database up, down and up again with it.
 *
 *     UPDATE_GOLDEN=1 npm test -- test/alembic/golden.test.ts -g column-renamed     writes draft.py anew
 */
import { goldenMajor } from './golden-case';
import { describeGoldenFolders } from './golden-folders';

describeGoldenFolders(goldenMajor);
