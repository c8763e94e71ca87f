/** The golden folders on the oldest PostgreSQL that is supported; a file of its own, to run beside the newest. */
import { describeGoldenFolders } from './golden-folders';

describeGoldenFolders(14);
