/** A history of Supabase's, file by file, and the draft behind it: what migrations of such projects count on is there. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { verdictOf, type DryRun } from '../../src/engine/dry-run/dry-run';
import { dryRunText } from '../../src/engine/dry-run/text';
import { formatMessage } from '../../src/engine/text/problem';
import { disk } from '../../src/workspace/disk';
import { dryRun } from '../../src/workspace/dry-run/dry-run';
import { startEmbeddedServer } from '../../src/workspace/dry-run/embedded';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { shadowFolder } from '../harness/shadow';
import { copyOfProject } from '../harness/vscode';

/** What the documentation of Supabase has people write, by its pages. */
const later: Readonly<Record<string, string>> = {
  // Auth, "Managing user data"
  '20240501000000_new_users.sql': `create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profile (id, handle) values (new.id, coalesce(new.raw_user_meta_data ->> 'handle', new.id::text));
  return new;
end;
$$;
create trigger on_auth_user_created after insert on auth.users for each row execute procedure public.handle_new_user();
insert into auth.users (id, email, raw_user_meta_data) values ('00000000-0000-0000-0000-000000000001', 'ada@example.com', '{"handle": "ada"}');`,
  // Storage, "Access control"
  '20240502000000_pictures.sql': `insert into storage.buckets (id, name, public) values ('pictures', 'pictures', true);
create policy "Own pictures" on storage.objects for insert to authenticated with check (bucket_id = 'pictures' and (storage.foldername(name))[1] = (select auth.uid()::text));
create policy "All see pictures" on storage.objects for select to anon, authenticated using (bucket_id = 'pictures' and storage.extension(name) = 'png');`,
  // Realtime, "Postgres changes"; Database, "Extensions"
  '20240503000000_search.sql': `create extension if not exists pg_trgm with schema extensions;
create extension if not exists citext with schema extensions;
alter table public.recipe add column slug citext;
create index recipe_title_trgm on public.recipe using gin (title extensions.gin_trgm_ops);
alter publication supabase_realtime add table public.recipe;
grant select on public.recipe to anon;
grant all on all tables in schema public to service_role;
alter default privileges in schema public grant select on tables to authenticated;
create table public.device (id uuid primary key default extensions.uuid_generate_v4(), token bytea not null default extensions.gen_random_bytes(16), owner uuid default auth.uid() references auth.users);
create policy "Admins" on public.ingredient for all to authenticated using ((auth.jwt() ->> 'role') = 'admin' and auth.role() = 'authenticated');`,
};

describe('a Supabase history on the embedded PostgreSQL', function () {
  this.timeout(240_000);
  let shadow: string;
  let migrations: string;
  before(async () => {
    shadow = await shadowFolder();
    migrations = path.join(copyOfProject('supabase'), 'supabase', 'migrations');
    for (const [name, text] of Object.entries(later)) writeFileSync(path.join(migrations, name), text);
  });

  async function run(name: string, text: string): Promise<DryRun> {
    const file = path.join(migrations, name);
    writeFileSync(file, text);
    const found = await dryRun({ workspace: disk, project: null, path: file, text, database: null, desired: null, sql: await loadSqlParser(), start: (extensions) => startEmbeddedServer({ extensions, folder: shadow }) });
    assert.ok(found !== null);
    return found;
  }
  const words = (one: DryRun): string => dryRunText(one, ({ range }) => `offset ${range.start}`);

  it('is made by its own SQL, and the draft meets it, rows and all', async () => {
    const one = await run('20240601000000_draft.sql', `alter table public.profile add column picture text references storage.buckets (id);
update public.profile set picture = 'pictures' where handle = 'ada';
do $$ begin assert (select count(*) from public.profile where picture = 'pictures') = 1; end $$;
drop trigger on_auth_user_created on auth.users;
alter publication supabase_realtime drop table public.recipe;
select slug::citext from recipe;`);
    assert.deepEqual([verdictOf(one), one.start.made, one.start.leftOut.map(formatMessage), one.gaps], ['passed', 'by the history’s own SQL', [], []], words(one));
    assert.deepEqual(one.start.stubs, ['Supabase’s auth, storage and extensions schemas and its roles']);
  });

  it('tells of a draft what PostgreSQL says, as one transaction', async () => {
    const one = await run('20240601000000_draft.sql', "alter table public.profile add column note text;\nalter table public.recipe drop column profile_id;");
    assert.equal(verdictOf(one), 'failed');
    assert.match(words(one), /^The upgrade stops at offset 49: 2BP01: cannot drop column profile_id of table recipe because other objects depend on it\./);
  });

  it('names what it does not have, and leaves it out', async () => {
    const one = await run('20240601000000_draft.sql', "create extension if not exists pg_cron with schema pg_catalog;\nalter table public.profile add column note text;");
    assert.equal(verdictOf(one), 'incomplete');
    assert.deepEqual(one.gaps.map(({ reason }) => formatMessage(reason)), ['The embedded PostgreSQL does not have the extension pg_cron: what it brings is missing.']);
  });
});
