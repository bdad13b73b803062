import type { ProgressUpdate, ReportProgress } from '../progress.ts'

export interface ProgressStream {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

export interface ProgressRenderer {
  report: ReportProgress
  /** Ends the running line, so that other output starts on a line of its own. Later reports begin anew. */
  finish(): void
}

const drawEveryMs = 80
const plainEveryMs = 5_000

/**
 * Draws progress: one line that is redrawn on a terminal; elsewhere (CI, a pipe) a plain line when a stage begins, at most
 * every five seconds while it goes on, and when it ends.
 */
export function createProgressRenderer(
  stream: ProgressStream,
  clock: { monotonicMs(): number } = { monotonicMs: () => performance.now() },
): ProgressRenderer {
  return stream.isTTY === true ? terminalRenderer(stream, clock) : plainRenderer(stream, clock)
}

function terminalRenderer(stream: ProgressStream, clock: { monotonicMs(): number }): ProgressRenderer {
  let stage: string | null = null
  let drawnAtMs = 0
  let startedAtMs = 0
  return {
    report(update) {
      const nowMs = clock.monotonicMs()
      const isNewStage = update.stage !== stage
      if (isNewStage) {
        if (stage !== null) stream.write('\n')
        stage = update.stage
        startedAtMs = nowMs
      } else if (nowMs - drawnAtMs < drawEveryMs && !isComplete(update)) {
        return
      }
      drawnAtMs = nowMs
      stream.write(`\r\u001b[2K${formatBar(update, nowMs - startedAtMs, stream.columns ?? 80)}`)
    },
    finish() {
      if (stage !== null) stream.write('\n')
      stage = null
    },
  }
}

function plainRenderer(stream: ProgressStream, clock: { monotonicMs(): number }): ProgressRenderer {
  let stage: string | null = null
  let writtenAtMs = 0
  let startedAtMs = 0
  let pending: string | null = null
  return {
    report(update) {
      const nowMs = clock.monotonicMs()
      const isNewStage = update.stage !== stage
      if (isNewStage) {
        if (pending !== null) stream.write(`${pending}\n`)
        stage = update.stage
        startedAtMs = nowMs
      }
      const line = formatLine(update, nowMs - startedAtMs)
      if (isNewStage || nowMs - writtenAtMs >= plainEveryMs) {
        stream.write(`${line}\n`)
        writtenAtMs = nowMs
        pending = null
      } else {
        pending = line
      }
    },
    finish() {
      if (pending !== null) stream.write(`${pending}\n`)
      pending = null
      stage = null
    },
  }
}

function isComplete(update: ProgressUpdate): boolean {
  return update.total !== undefined && update.done >= update.total
}

/** `indexing  ██████░░░░  60 %  3,000 of 5,000 rows  2 s left`, cut to `columns`. */
export function formatBar(update: ProgressUpdate, elapsedMs: number, columns: number): string {
  const counts = formatCounts(update)
  if (update.total === undefined || update.total <= 0) {
    return clip([update.stage, counts, update.message].filter(Boolean).join('  '), columns)
  }
  const fraction = Math.min(1, update.done / update.total)
  const width = 24
  const filled = Math.round(fraction * width)
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
  const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`
  const parts = [
    update.stage.padEnd(12),
    bar,
    percent,
    counts,
    remaining(fraction, elapsedMs),
    update.message,
  ]
  return clip(parts.filter(Boolean).join('  '), columns)
}

function formatLine(update: ProgressUpdate, elapsedMs: number): string {
  const percent =
    update.total === undefined || update.total <= 0
      ? ''
      : `${Math.floor(Math.min(1, update.done / update.total) * 100)} %`
  const seconds = elapsedMs >= 1_000 ? `${Math.round(elapsedMs / 1_000)} s` : ''
  return [`${update.stage}:`, percent, formatCounts(update), update.message, seconds]
    .filter(Boolean)
    .join('  ')
}

function formatCounts(update: ProgressUpdate): string {
  if (update.unit === 'bytes') {
    const total = update.total === undefined ? '' : ` of ${formatBytes(update.total)}`
    return `${formatBytes(update.done)}${total}`
  }
  const total = update.total === undefined ? '' : ` of ${update.total.toLocaleString('en')}`
  return `${update.done.toLocaleString('en')}${total} ${update.unit}`
}

function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** Time left by the pace so far; nothing in the first second, when the pace says little. */
function remaining(fraction: number, elapsedMs: number): string {
  if (fraction <= 0 || fraction >= 1 || elapsedMs < 1_000) return ''
  const seconds = Math.ceil((elapsedMs / 1_000) * (1 / fraction - 1))
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}

function clip(text: string, columns: number): string {
  return text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`
}
