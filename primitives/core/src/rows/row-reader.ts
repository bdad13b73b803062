/** One row as a format's reader sees it: CSV line, JSON line, XML item. */
export type RawRow =
  /** `fields` by column name; JSON rows keep their types. `raw` is for the reject file. */
  | { line: number; fields: Record<string, unknown>; raw: string }
  /** Not even readable as a row. */
  | { line: number; code: string; reason: string; raw: string }

/** Turns text into rows. Holds at most one row of text, so that a million rows need no memory. */
export interface RowReader {
  push(text: string): RawRow[]
  /** The rest at the end of the file; a half-written row comes back as broken. */
  end(): RawRow[]
}

/** Longest row in characters; a longer one is rejected. */
export const maxRowLength = 8 * 1024 * 1024

export function cutRaw(raw: string): string {
  return raw.length > 8000 ? `${raw.slice(0, 8000)}…` : raw
}
