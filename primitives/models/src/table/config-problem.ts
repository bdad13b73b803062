/** What is wrong with the gateway's table, and where, so that a person finds it. Lines and columns begin at 1. */
export interface ConfigProblem {
  line: number
  column: number
  /** `models.large.targets[0].provider`; empty for the table as a whole. */
  path: string
  /** What is wrong and what to write instead. */
  message: string
}

/** `path` as people write it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      const name = String(part)
      if (!/^[\w-]+$/.test(name)) return `[${JSON.stringify(name)}]`
      return index === 0 ? name : `.${name}`
    })
    .join('')
}

/** All problems in one text, one a line. */
export function problemsText(file: string, problems: readonly ConfigProblem[]): string {
  return problems
    .map(
      ({ line, column, path, message }) => `${file}:${line}:${column}: ${path ? `${path}: ` : ''}${message}`,
    )
    .join('\n')
}
