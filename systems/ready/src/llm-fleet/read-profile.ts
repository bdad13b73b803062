import { createCsvReader } from '@heavylift/core/rows'
import type { AttentionRow, Profile, SkewRow } from './step-times.ts'

/** The texts of a profile's tables, as the profiler of LLMServingSim writes them. */
export interface ProfileTexts {
  dense: string
  perSequence: string
  attention: string
  /** Absent where lengths in a batch are taken as equal. */
  skewFit?: string
}

/** @param layers transformer blocks of the model; the tables are of one */
export function readProfile(texts: ProfileTexts, layers: number): Profile {
  return {
    layers,
    dense: byKernel(texts.dense, 'tokens'),
    perSequence: byKernel(texts.perSequence, 'sequences'),
    attention: rowsOf(texts.attention).map((row): AttentionRow => ({
      prefillChunk: numberOf(row['prefill_chunk']),
      kvPrefill: numberOf(row['kv_prefill']),
      decodes: numberOf(row['n_decode']),
      kvDecode: numberOf(row['kv_decode']),
      timeUs: numberOf(row['time_us']),
    })),
    skew:
      texts.skewFit === undefined
        ? []
        : rowsOf(texts.skewFit).map((row): SkewRow => ({
            chunk: numberOf(row['pc']),
            decodesAtMost: boundOf(row['n_label']),
            skewRateAtMost: boundOf(row['skew_rate_label']) / 100,
            kvBigAtMost: boundOf(row['kv_big_label']),
            kvPrefillAtMost: boundOf(row['kp_label']),
            alpha: numberOf(row['alpha']),
          })),
  }
}

function rowsOf(text: string): Record<string, unknown>[] {
  const reader = createCsvReader()
  return [...reader.push(text), ...reader.end()].flatMap((row) => ('fields' in row ? [row.fields] : []))
}

function byKernel(text: string, column: string): Map<string, { at: number; timeUs: number }[]> {
  const found = new Map<string, { at: number; timeUs: number }[]>()
  for (const row of rowsOf(text)) {
    const kernel = typeof row['layer'] === 'string' ? row['layer'] : ''
    const points = found.get(kernel) ?? []
    points.push({ at: numberOf(row[column]), timeUs: numberOf(row['time_us']) })
    found.set(kernel, points)
  }
  for (const points of found.values()) points.sort((a, b) => a.at - b.at)
  return found
}

const numberOf = (cell: unknown) => Number(cell)

/** The upper end that a label names: `n<=128`, `sr<=5%`, `kvB<=4k`, `kp=0`; with `>` there is none. */
function boundOf(label: unknown): number {
  const text = typeof label === 'string' ? label : ''
  const match = /(<=|=|>)(\d+)(k?)/.exec(text)
  if (match === null || match[1] === '>') return text.includes('%') ? 100 : Infinity
  return Number(match[2]) * (match[3] === 'k' ? 1024 : 1)
}
