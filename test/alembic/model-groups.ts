/** Models that belong together: a metadata, the modules that fill it, and their files. */
import path from 'node:path';
import { projectFolder } from './sample';

export interface ModelGroup {
  readonly name: string;
  /** The folder where imports start. */
  readonly folder: string;
  /** What Python imports. */
  readonly modules: readonly string[];
  /** The files that are read, absolute. */
  readonly entries: readonly string[];
  /** The Python that they need: 11 is 3.11. */
  readonly since?: number;
  /** SQL that must have run before the tables can be made. */
  readonly before?: readonly string[];
}

export const modelGroups: readonly ModelGroup[] = [
  group('scraper', projectFolder('scraper'), ['app.models'], [
    'app/models/batch_job.py', 'app/models/contact.py', 'app/models/domain.py', 'app/models/job.py', 'app/models/local_business.py', 'app/models/place.py', 'app/models/sitemap.py',
  ]),
  group('healthy', projectFolder('healthy'), ['library.models'], ['library/models.py']),
  group('branched', projectFolder('branched'), ['models'], ['models.py']),
  group('pyproject-only', path.join(projectFolder('pyproject-only'), 'src'), ['shop.models'], ['shop/models.py']),
  group('two-databases orders', projectFolder('two-databases'), ['models.orders'], ['models/orders.py']),
  group('two-databases billing', projectFolder('two-databases'), ['models.billing'], ['models/billing.py']),
];

/** test/projects/styles: a file a subject. */
export const styleGroups: readonly ModelGroup[] = [
  style('classic'),
  style('mapped'),
  style('annotated'),
  style('mixins'),
  style('inheritance'),
  style('tables'),
  { ...style('enum_flavours'), before: ['create schema types', 'create schema other', `create type made_elsewhere as enum ('u', 'v')`] },
  { ...style('str_enum'), since: 11 },
  style('type_zoo'),
  style('type_makers'),
  style('value_sources'),
  style('index_zoo'),
  style('constraint_zoo'),
  style('naming'),
  { ...style('schemas'), before: ['create schema crm', 'create schema billing'] },
  style('defaults'),
  group('shop', projectFolder('styles'), ['shop'], ['shop/customer.py', 'shop/product.py', 'shop/order.py']),
];

function style(name: string): ModelGroup {
  return group(name, projectFolder('styles'), [name], [`${name}.py`]);
}

function group(name: string, folder: string, modules: readonly string[], files: readonly string[]): ModelGroup {
  const posix = (file: string) => file.replaceAll(path.sep, '/');
  return { name, folder: posix(folder), modules, entries: files.map((file) => posix(path.join(folder, file))) };
}
