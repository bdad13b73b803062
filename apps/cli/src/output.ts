import type { OutputStream } from './cli-context.ts'

/** Writes one JSON value and nothing else. */
export function printJson(stream: OutputStream, value: unknown): void {
  stream.write(`${JSON.stringify(value ?? null, null, 2)}\n`)
}

/** Up to four significant decimals, with thousands separated: `1,234.5`, `0.8512`, `12`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const decimals = Math.abs(value) >= 100 ? 1 : 4
  return value.toLocaleString('en', { maximumFractionDigits: decimals })
}
