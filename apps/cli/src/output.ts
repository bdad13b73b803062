import type { OutputStream } from './cli-context.ts'

/** Writes one JSON value and nothing else. */
export function printJson(stream: OutputStream, value: unknown): void {
  stream.write(`${JSON.stringify(value ?? null, null, 2)}\n`)
}

/** Rows of text as columns; numbers (right-aligned) are those columns whose name is in `right`. */
export function table(header: string[], rows: string[][], right: readonly string[] = []): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return right.includes(header[column] ?? '') ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Up to four significant decimals, with thousands separated: `1,234.5`, `0.8512`, `12`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const decimals = Math.abs(value) >= 100 ? 1 : 4
  return value.toLocaleString('en', { maximumFractionDigits: decimals })
}
