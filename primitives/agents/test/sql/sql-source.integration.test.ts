import { createTestDatabase } from '@heavylift/store/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceSpec } from '../../src/tools/source-spec.ts'
import { sqlSource } from '../../src/tools/sql-source.ts'
import type { CallContext, ToolOutcome, ToolSource } from '../../src/tools/tool.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let owner: pg.Client
let source: ToolSource

const context: CallContext = {
  tenantId: 't',
  credential: 'reader',
  signal: new AbortController().signal,
  key: 'key',
  caller: null,
  maxAnswerBytes: 200_000,
}

async function open(more: object = {}, timeoutMs = 20_000): Promise<ToolSource> {
  const url = new URL(database.url)
  const login = { user: url.username, password: decodeURIComponent(url.password) }
  return await sqlSource(
    'sql:shop',
    sourceSpec.parse({ url: `postgres://${url.host}${url.pathname}`, tls: false, maxRows: 3, ...more }),
    async (host) => host,
    async () => ({ headers: {}, query: {}, login, secrets: [login.password] }),
    timeoutMs,
  )
}

async function call(
  name: string,
  args: Record<string, unknown>,
  of = source,
  more: Partial<CallContext> = {},
): Promise<ToolOutcome> {
  const tool = (await of.list(context)).find((each) => each.name === name)
  if (tool === undefined) throw new Error(`no tool ${name}`)
  return await of.call({ source: of.name, tool, args }, { ...context, ...more })
}
const query = (sql: string, ...parameters: unknown[]): Promise<ToolOutcome> =>
  call('query', { sql, parameters })
const valueOf = (outcome: ToolOutcome): unknown => (outcome.state === 'done' ? outcome.value : outcome)

/** What must be as it was, whatever was tried. */
async function state(): Promise<unknown> {
  const { rows } = await owner.query(`
    select (select json_agg(o order by id) from orders o) as orders, (select last_value from ids) as ids,
      (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace) as relations,
      (select count(*)::int from pg_largeobject_metadata) as objects`)
  return rows
}

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  // The login of the source owns all of this and may write it: only the check and the transaction stand before it.
  await owner.query(`
    create table orders (id int primary key, customer text not null, total numeric(9,2), day date, seen timestamptz, big bigint, tags text[], extra jsonb);
    insert into orders values (1, 'Ada', 12.50, '2026-01-02', '2026-01-02T03:04:05+01:00', 9007199254740993, '{a,b}', '{"n":1}'),
      (2, 'O''Brien', 3, null, null, null, null, null), (3, 'Eve', 1, null, null, null, null, null), (4, 'Zoe', 1, null, null, null, null, null);
    comment on table orders is 'What was bought';
    create schema secret; create table secret.salaries (person text, euros int); insert into secret.salaries values ('Ada', 1);
    create sequence ids;
    create function pay(n int) returns int language sql volatile as 'insert into orders(id, customer) values (n, ''x'') returning id';
    create function owed(o orders) returns numeric language sql security definer stable as 'select sum(euros) from secret.salaries';
    create function half(n numeric) returns numeric language sql immutable as 'select n / 2';
  `)
  source = await open()
})
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

describe('a database as tools', () => {
  it('answers a query with rows as JSON, values bound and never part of its text [AGENTS-SQL-03]', async () => {
    expect(valueOf(await query('select * from orders where id = $1', 1))).toEqual({
      columns: ['id', 'customer', 'total', 'day', 'seen', 'big', 'tags', 'extra'],
      rows: [
        {
          id: 1,
          customer: 'Ada',
          total: 12.5,
          day: '2026-01-02',
          seen: '2026-01-02 02:04:05+00',
          big: '9007199254740993',
          tags: ['a', 'b'],
          extra: { n: 1 },
        },
      ],
      isCut: false,
    })
    for (const text of ["O'Brien", "' or 1=1 --", "'; drop table orders; --", '\\'])
      expect(valueOf(await query('select id from orders where customer = $1', text))).toMatchObject({
        rows: text === "O'Brien" ? [{ id: 2 }] : [],
      })
    expect(valueOf(await query('select id, id from orders order by id'))).toMatchObject({
      columns: ['id', 'id_2'],
      rows: [{ id: 1, id_2: 1 }, { id: 2 }, { id: 3 }],
      isCut: true,
    })
    expect(await query('select $1::int')).toMatchObject({ state: 'failed', code: 'sql-parameters' })
    expect(await query('select nothing from orders')).toMatchObject({
      state: 'failed',
      code: 'sql-error',
      message: expect.stringContaining('"nothing" does not exist'),
    })
  })

  it('lists the tables that may be read, and has queries of an administrator as tools [AGENTS-SQL-03]', async () => {
    const tables = valueOf(await call('schema', {})) as {
      tables: { table: string; columns: { name: string }[] }[]
    }
    expect(tables.tables).toMatchObject([
      {
        schema: 'public',
        table: 'orders',
        comment: 'What was bought',
        columns: expect.arrayContaining([
          expect.objectContaining({ name: 'customer', type: 'text', isNullable: false }),
        ]),
      },
    ])
    const typed = await open({
      onlyQueries: true,
      queries: [
        {
          name: 'orders_of',
          description: 'Orders of a customer.',
          sql: 'select id from orders where customer = $1',
          parameters: [{ name: 'customer', schema: { type: 'string' } }],
        },
      ],
    })
    expect((await typed.list(context)).map(({ name, effect }) => [name, effect])).toEqual([
      ['orders_of', 'none'],
      ['schema', 'none'],
    ])
    expect(valueOf(await call('orders_of', { customer: "O'Brien" }, typed))).toMatchObject({
      rows: [{ id: 2 }],
    })
    await expect(
      open({ queries: [{ name: 'bad', description: '', sql: 'delete from orders' }] }),
    ).rejects.toMatchObject({
      code: 'sql-refused',
    })
  })

  it('changes nothing and reads nothing beside, although its login may [AGENTS-SQL-02]', async () => {
    const before = await state()
    for (const sql of [
      "select nextval('ids')",
      "select setval('ids', 900)",
      "select pg_catalog.setval('ids', 900)",
      'select pay(9)',
      'select public.pay(9)',
      'select o.owed from orders o',
      'select (o).owed from orders o',
      'select owed(o) from orders o',
      'select half(2)',
      "select pg_read_file('/etc/passwd')",
      "select pg_ls_dir('.')",
      "select lo_from_bytea(0, 'x')",
      "select lo_import('/etc/passwd')",
      'select pg_sleep(10)',
      'select x.pg_sleep from (select 10::float8) as x(pg)',
      'select pg_terminate_backend(pg_backend_pid())',
      'select pg_advisory_lock(1)',
      "select set_config('transaction_read_only', 'off', false)",
      "select current_setting('data_directory')",
      "select query_to_xml('delete from orders returning 1', true, true, '')",
      "select table_to_xml('secret.salaries', true, true, '')",
      "select * from ts_stat('select to_tsvector(person) from secret.salaries')",
      "select ts_rewrite('a'::tsquery, 'select person::tsquery, person::tsquery from secret.salaries')",
      "select * from dblink('dbname=x', 'select 1') as t(a int)",
      "select pg_notify('x', 'y')",
      'select version()',
      'select * from secret.salaries',
      "select has_table_privilege('secret.salaries', 'select')",
    ])
      expect(await query(sql), sql).toMatchObject({
        state: 'failed',
        code: expect.stringMatching(/^sql-(refused|error)$/),
      })
    expect(await state()).toEqual(before)
    expect(
      valueOf(
        await call(
          'query',
          { sql: 'select half(total) as h from orders where id = 2' },
          await open({ functions: ['public.half'] }),
        ),
      ),
    ).toMatchObject({ rows: [{ h: 1.5 }] })
    // What an administrator allowed by mistake still stands in a read-only transaction.
    expect(
      await call('query', { sql: 'select pay(9)' }, await open({ functions: ['public.pay'] })),
    ).toMatchObject({
      code: 'sql-error',
      message: expect.stringContaining('read-only transaction'),
    })
    expect(await state()).toEqual(before)
  })

  it('ends a query that is slow, large, or whose caller has gone [AGENTS-SQL-04]', async () => {
    const slow = await open({}, 300)
    const endless = 'select count(*) from generate_series(1, 1000000000) a, generate_series(1, 1000) b'
    expect(await call('query', { sql: endless }, slow)).toMatchObject({
      state: 'failed',
      code: 'sql-too-slow',
    })
    expect(await query("select repeat('x', 100000000)")).toMatchObject({
      state: 'failed',
      code: 'answer-too-long',
    })
    const leaving = new AbortController()
    const asked = call('query', { sql: endless }, source, { signal: leaving.signal })
    setTimeout(() => leaving.abort(), 200)
    expect(await asked).toMatchObject({ state: 'failed' })
  })

  it('says that a database does not answer or refuses the login, without the password [AGENTS-SQL-04]', async () => {
    const nobody = await sqlSource(
      'sql:shop',
      sourceSpec.parse({ url: `postgres://${new URL(database.url).host}/nothing`, tls: false }),
      async (host) => host,
      async () => ({
        headers: {},
        query: {},
        login: { user: 'nobody', password: 'wrong-password' },
        secrets: ['wrong-password'],
      }),
      5_000,
    )
    const outcome = await call('query', { sql: 'select 1' }, nobody)
    expect(outcome).toMatchObject({ state: 'failed', code: 'sql-unreachable' })
    expect(JSON.stringify(outcome)).not.toContain('wrong-password')
    const away = await open({ url: 'postgres://127.0.0.1:1/x' })
    expect(await call('query', { sql: 'select 1' }, away)).toMatchObject({
      code: 'sql-unreachable',
      isRetryable: true,
    })
  })
})
