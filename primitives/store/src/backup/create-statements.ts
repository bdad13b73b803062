import type { DatabaseDescription, TableDescription } from './describe-database.ts'

/** SQL that makes tables without rows. Partitions come after the tables that they belong to. */
export function beforeRows(database: DatabaseDescription): string[] {
  return [
    ...database.schemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema}`),
    // Their bodies name tables that are not there yet.
    'SET LOCAL check_function_bodies = off',
    ...database.functions,
    ...database.tables.map(createTable),
  ]
}

/** SQL that adds what would only slow rows down, or refuse them before they are complete. */
export function afterRows(database: DatabaseDescription): string[] {
  return [
    ...database.constraints.map(
      ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
    ),
    ...database.indexes,
    ...database.triggers,
  ]
}

/** Columns that a copy reads and writes; generated ones are computed again. */
export const storedColumns = (table: TableDescription): string[] =>
  table.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name)

function createTable(table: TableDescription): string {
  const create = `CREATE ${table.isUnlogged ? 'UNLOGGED ' : ''}TABLE ${table.name}`
  const options = table.options.length > 0 ? ` WITH (${table.options.join(', ')})` : ''
  if (table.partitionOf) {
    return `${create} PARTITION OF ${table.partitionOf.table} ${table.partitionOf.bound}${options}`
  }
  const columns = table.columns.map(({ name, type, collation, isRequired, isGenerated, ...column }) =>
    [
      name,
      type,
      collation === null ? '' : `COLLATE ${collation}`,
      isRequired ? 'NOT NULL' : '',
      column.default === null
        ? ''
        : isGenerated
          ? `GENERATED ALWAYS AS (${column.default}) STORED`
          : `DEFAULT ${column.default}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  )
  const partitioned = table.partitionKey === null ? '' : ` PARTITION BY ${table.partitionKey}`
  return `${create} (${columns.join(', ')})${partitioned}${options}`
}
