import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkQuery } from '../../src/sql/check-query.ts'

const limits = { schemas: ['public', 'sales'], functions: [] }
const check = (sql: string) => checkQuery(sql, limits)

describe('what is said of a query before a database sees it', () => {
  it('takes one SELECT in all its forms and says what it uses [AGENTS-SQL-01]', async () => {
    expect(await check('select lower(name), o.total from orders o where id = $1 and day > $2;')).toEqual({
      functions: ['lower'],
      fields: ['total'],
      parameters: 2,
    })
    for (const sql of [
      'with recent as (select * from sales.orders order by day desc limit 5) select count(*) from recent',
      'values (1, 2), (3, 4)',
      'table orders',
      'select 1 union all select 2 -- and a remark',
      'select count(*) filter (where paid) over (partition by day) from orders',
      "select day + interval '1 day', extract(year from day), coalesce(a, b) from orders",
      'select * from orders where exists (select from lines where lines.order_id = orders.id)',
    ])
      await expect(check(sql), sql).resolves.toBeDefined()
  })

  it('refuses what is more than one, or no SELECT, wherever it stands [AGENTS-SQL-01]', async () => {
    for (const sql of [
      '',
      ';',
      'select 1; select 2',
      'select 1; drop table orders',
      'delete from orders',
      'insert into orders values (1)',
      'update orders set paid = true',
      'truncate orders',
      'copy orders to program $$sh$$',
      'do $$ begin end $$',
      'set role postgres',
      'begin',
      'explain analyze select 1',
      'call pay()',
      'prepare p as select 1',
      'listen x',
      'lock table orders',
      'vacuum',
      'with gone as (delete from orders returning *) select * from gone',
      'select * from (with w as (insert into orders values (1) returning 1) select * from w) x',
      'select * into copy from orders',
      'create table copy as select * from orders',
      'select * from orders for update',
      'select * from (select * from orders for share) x',
      'select 1 /* \0 */; drop table orders',
      'select 1\0; drop table orders',
      'select "\ud800"',
    ])
      await expect(check(sql), sql).rejects.toMatchObject({
        code: expect.stringMatching(/^sql-(refused|syntax)$/),
      })
  })

  it('refuses tables outside of the schemas, however they are named [AGENTS-SQL-02]', async () => {
    for (const sql of [
      'select * from pg_authid',
      'select * from PG_SHADOW',
      'select * from pg_catalog.pg_class',
      'select * from information_schema.tables',
      'select * from hr.salaries',
      'select * from other.public.orders',
      'select * from "hr".salaries',
      'select (with pg_authid as (select 1) select 1), * from pg_authid',
      'select * from orders where id in (select oid from pg_class)',
      'select * from orders tablesample system (1), lateral (select * from hr.salaries) s',
      'select 1 operator(hr.+) 2',
    ])
      await expect(check(sql), sql).rejects.toMatchObject({ code: 'sql-refused' })
  })

  it('tells where the text is wrong, and lets no text through by being long or deep [AGENTS-SQL-01]', async () => {
    await expect(check('selec 1')).rejects.toMatchObject({
      code: 'sql-syntax',
      message: expect.stringContaining('character 1'),
    })
    await expect(check('select $2')).rejects.toMatchObject({ code: 'sql-refused' })
    for (const sql of [
      `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
      `select ${'1+'.repeat(20_000)}1`,
      `select '${'x'.repeat(60_000)}'`,
      `select ${'not '.repeat(9_000)}true`,
    ])
      await expect(check(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^sql-/) })
    expect(await check('select 1')).toMatchObject({ parameters: 0 })
  })

  it('never takes a text that holds a second statement behind any first [AGENTS-SQL-01]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const sql = `select '${text}'; drop table orders; --`
        const outcome = await check(sql).then(
          ({ parameters }) => parameters,
          () => null,
        )
        // Either it is refused, or the quotes closed nothing and the whole is one harmless text.
        if (outcome !== null) expect(text).toContain("'")
      }),
      { numRuns: 300 },
    )
  })
})
