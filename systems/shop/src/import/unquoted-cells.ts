import type { RawRow, RowReader } from '@heavylift/core/rows'

/** The apostrophe that exports put before what a spreadsheet would run as a formula: `'-1` is `-1`. */
const guarded = /^'[=+\-@]/

/** A reader of a table whose cells are without that apostrophe. */
export function withoutGuards(reader: RowReader): RowReader {
  const plain = (rows: RawRow[]): RawRow[] => {
    for (const row of rows) {
      if (!('fields' in row)) continue
      for (const [name, value] of Object.entries(row.fields))
        if (typeof value === 'string' && guarded.test(value)) row.fields[name] = value.slice(1)
    }
    return rows
  }
  return { push: (text) => plain(reader.push(text)), end: () => plain(reader.end()) }
}
