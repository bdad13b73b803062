/** Set-up cannot go on; the message says why and what to do. */
export class SetupError extends Error {}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * A line that is redrawn on a terminal; elsewhere one line at the start and one every 15 s.
 * @param {string} label
 */
export function progressLine(label) {
  const isTerminal = process.stderr.isTTY === true
  const startedAt = Date.now()
  let writtenAt = 0
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  return {
    /** @param {number} done @param {number} total @param {string} unit */
    update(done, total, unit) {
      const share = total > 0 ? Math.min(1, done / total) : 0
      const counts = total > 0 ? `${done} of ${total} ${unit}` : ''
      if (isTerminal) {
        const filled = Math.round(share * 24)
        const bar = '█'.repeat(filled) + '░'.repeat(24 - filled)
        process.stderr.write(`\r\u001b[2K${label}  ${bar}  ${counts}  ${seconds()} s`)
      } else if (writtenAt === 0 || Date.now() - writtenAt > 15_000) {
        say(
          writtenAt === 0
            ? `${label} …`
            : `${[`${label}:`, counts, `${seconds()} s`].filter(Boolean).join(' ')}`,
        )
        writtenAt = Date.now()
      }
    },
    /** @param {string} outcome */
    end(outcome) {
      if (isTerminal) process.stderr.write('\r\u001b[2K')
      say(`${label}: ${outcome} (${seconds()} s)`)
    },
  }
}
