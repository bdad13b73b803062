import { HeavyliftError } from '@heavylift/core'
import type pg from 'pg'

/** A database without its rows: what has to be made again, as PostgreSQL's own catalog functions write it. */
export interface DatabaseDescription {
  schemas: string[]
  /** Complete `CREATE FUNCTION` statements. */
  functions: string[]
  tables: TableDescription[]
  /** Primary keys and unique constraints first, foreign keys last: the order in which they can be made. */
  constraints: { table: string; name: string; definition: string }[]
  /** Complete `CREATE INDEX` statements of indexes that no constraint brings. */
  indexes: string[]
  /** Complete `CREATE TRIGGER` statements. */
  triggers: string[]
}

export interface TableDescription {
  /** Schema and name, quoted where needed, e.g. `shop.product`. */
  name: string
  isUnlogged: boolean
  /** Storage parameters, e.g. `fillfactor=70`. */
  options: string[]
  columns: ColumnDescription[]
  /** `RANGE (at)` of a partitioned table, else null. */
  partitionKey: string | null
  /** Of a partition: the table it belongs to and its bound (`FOR VALUES …`), else null. */
  partitionOf: { table: string; bound: string } | null
}

export interface ColumnDescription {
  name: string
  type: string
  collation: string | null
  isRequired: boolean
  default: string | null
  isGenerated: boolean
}

const ownNamespaces = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')`

/**
 * Reads the catalog within the caller's transaction. `search_path` is emptied for it, so that every name comes with its schema.
 * @throws HeavyliftError `backup-unsupported` naming what this cannot make again (views, sequences, types, extensions),
 *   rather than leave it out
 */
export async function describeDatabase(client: pg.ClientBase): Promise<DatabaseDescription> {
  await client.query(`SET LOCAL search_path = ''`)
  await refuseUnsupported(client)
  const column = async (sql: string): Promise<string[]> =>
    (await client.query<{ text: string }>(sql)).rows.map(({ text }) => text)
  return {
    schemas: await column(
      `SELECT quote_ident(n.nspname) AS text FROM pg_namespace n WHERE ${ownNamespaces} ORDER BY 1`,
    ),
    functions: await column(
      `SELECT pg_get_functiondef(p.oid) AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${ownNamespaces} ORDER BY n.nspname, p.proname, p.oid`,
    ),
    tables: await describeTables(client),
    constraints: (
      await client.query<{ table: string; name: string; definition: string }>(
        `SELECT c.conrelid::regclass::text AS table, quote_ident(c.conname) AS name, pg_get_constraintdef(c.oid) AS definition
         FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
         WHERE ${ownNamespaces} AND c.contype IN ('p', 'u', 'c', 'f', 'x') AND c.conrelid <> 0 AND c.conislocal AND c.conparentid = 0
         ORDER BY array_position(ARRAY['p', 'u', 'x', 'c', 'f'], c.contype::text), 1, 2`,
      )
    ).rows,
    indexes: await column(
      `SELECT pg_get_indexdef(i.indexrelid) AS text
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE ${ownNamespaces} AND NOT c.relispartition
         AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
       ORDER BY 1`,
    ),
    triggers: await column(
      `SELECT pg_get_triggerdef(t.oid) AS text
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE ${ownNamespaces} AND NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY 1`,
    ),
  }
}

async function describeTables(client: pg.ClientBase): Promise<TableDescription[]> {
  const { rows: tables } = await client.query<Omit<TableDescription, 'columns' | 'partitionOf'> & Partition>(
    `SELECT c.oid::regclass::text AS name, c.relpersistence = 'u' AS "isUnlogged", coalesce(c.reloptions, '{}') AS options,
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
       CASE WHEN c.relispartition THEN (SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid) END AS parent,
       pg_get_expr(c.relpartbound, c.oid) AS bound
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${ownNamespaces} AND c.relkind IN ('r', 'p')
     ORDER BY c.relispartition, 1`,
  )
  const { rows: columns } = await client.query<ColumnDescription & { table: string }>(
    `SELECT a.attrelid::regclass::text AS table, quote_ident(a.attname) AS name,
       format_type(a.atttypid, a.atttypmod) AS type,
       CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
       a.attnotnull AS "isRequired", pg_get_expr(d.adbin, d.adrelid) AS "default", a.attgenerated <> '' AS "isGenerated"
     FROM pg_attribute a
     JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE ${ownNamespaces} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attrelid, a.attnum`,
  )
  const byTable = Map.groupBy(columns, ({ table }) => table)
  return tables.map(({ parent, bound, ...table }) => ({
    ...table,
    columns: (byTable.get(table.name) ?? []).map(({ table: _table, ...rest }) => rest),
    partitionOf: parent === null || bound === null ? null : { table: parent, bound },
  }))
}

interface Partition {
  parent: string | null
  bound: string | null
}

/** What a database of ours does not have today; whoever adds it teaches this file first. */
async function refuseUnsupported(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ what: string }>(
    `SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' ELSE 'relation ' END
            || c.oid::regclass AS what
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ownNamespaces} AND c.relkind NOT IN ('r', 'p', 'i', 'I', 't', 'c')
     UNION ALL
     SELECT 'type ' || t.oid::regtype FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE ${ownNamespaces} AND t.typtype IN ('e', 'd', 'r')
     UNION ALL
     SELECT 'table in the schema "public": ' || c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
     UNION ALL
     SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
     UNION ALL
     SELECT 'function ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE ${ownNamespaces} AND p.prokind NOT IN ('f', 'p')`,
  )
  if (rows.length === 0) return
  throw new HeavyliftError({
    code: 'backup-unsupported',
    message: `This database holds what a backup does not cover: ${rows
      .slice(0, 5)
      .map(({ what }) => what)
      .join(', ')}. Use pg_dump for it, and move what is not Heavylift's to a database of its own.`,
    details: rows.map(({ what }) => what),
  })
}
