export type Files = Record<string, string>
/** Of a file the texts that become others, or all of it. */
export type Edit = Record<string, string | [from: string, to: string][]>

/** A service, and what becomes of it. */
export interface Service {
  language: string
  files: Files
  /** What no caller can tell. */
  quiet: Record<string, Edit>
  /** What no fact tells, with the operation behind which it is. */
  loud: Record<string, { edit: Edit; on: string; says: string }>
}

export const edited = (files: Files, edit: Edit): Files => {
  const after = { ...files }
  for (const [path, changes] of Object.entries(edit)) {
    if (typeof changes === 'string') {
      after[path] = changes
      continue
    }
    for (const [from, to] of changes) {
      const text = after[path] ?? ''
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
      after[path] = text.replaceAll(from, to)
    }
  }
  return Object.fromEntries(Object.entries(after).filter(([, text]) => text !== ''))
}
