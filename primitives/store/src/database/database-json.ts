/** `\u0000` and surrogates, which JSON may hold but PostgreSQL's text may not. */
const unstorable = /\\u(?:0000|d[89a-f])/i

/**
 * JSON for a `json` parameter, to be unfolded by `json_populate_recordset`: many rows in one parameter. Characters that
 * PostgreSQL cannot store are left out (NUL) or replaced by U+FFFD (half a surrogate pair).
 */
export function toDatabaseJson(rows: unknown): string {
  const json = JSON.stringify(rows)
  // Almost never true, and a replacer makes the whole several times slower.
  if (!unstorable.test(json)) return json
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}
