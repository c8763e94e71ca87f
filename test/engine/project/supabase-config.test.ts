import assert from 'node:assert/strict';
import { linkedSupabaseUrl, localSupabaseUrl } from '../../../src/engine/project/supabase-config';

describe("Supabase's files", () => {
  const none = { config: null, projectRef: null, poolerUrl: null };

  it('name the database of this machine', () => {
    assert.equal(localSupabaseUrl({ ...none, config: 'project_id = "shop"\n[db]\nport = 54999\nmajor_version = 17\n' }), 'postgresql://postgres:postgres@127.0.0.1:54999/postgres');
    assert.equal(localSupabaseUrl({ ...none, config: 'project_id = "shop"\n' }), 'postgresql://postgres:postgres@127.0.0.1:54322/postgres');
    assert.equal(localSupabaseUrl({ ...none, config: '[db\n' }), null);
    assert.equal(localSupabaseUrl({ ...none, config: '[db]\nport = "x"\n' }), null);
    assert.equal(localSupabaseUrl(none), null);
  });

  it('name the linked project: by the session pooler where it is noted down, never with a password or in transaction mode', () => {
    const ref = 'abcdefghijklmnopqrst';
    assert.equal(linkedSupabaseUrl({ ...none, projectRef: `${ref}\n` }), `postgresql://postgres@db.${ref}.supabase.co:5432/postgres?sslmode=require`);
    const poolerUrl = `postgresql://postgres.${ref}:[YOUR-PASSWORD]@aws-0-eu-west-1.pooler.supabase.com:6543/postgres`;
    assert.equal(linkedSupabaseUrl({ ...none, projectRef: ref, poolerUrl }), `postgresql://postgres.${ref}@aws-0-eu-west-1.pooler.supabase.com:5432/postgres?sslmode=require`);
    assert.equal(linkedSupabaseUrl({ ...none, projectRef: ref, poolerUrl: poolerUrl.replaceAll(ref, 'zzzzzzzzzzzzzzzzzzzz') }), `postgresql://postgres@db.${ref}.supabase.co:5432/postgres?sslmode=require`);
    assert.equal(linkedSupabaseUrl({ ...none, projectRef: 'x; rm', poolerUrl }), null);
    assert.equal(linkedSupabaseUrl(none), null);
  });
});
