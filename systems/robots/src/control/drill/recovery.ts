import type { TruthLine } from '../fleet/check-truth.ts'

export interface Recovery {
  /** Milliseconds from the kill until a robot drove to a cell that it was given after it; null where none did. */
  movingAgainMs: number | null
  /** The longest time in which no robot drove on to another cell. */
  holdMs: number
}

/** How a floor came through a kill, by what its robots really did from then until `untilMs`. Lines are in the order of their time. */
export function recoveryOf(lines: readonly TruthLine[], killedMs: number, untilMs: number): Recovery {
  const given = new Set<string>()
  let movingAgainMs: number | null = null
  let holdMs = 0
  let lastMs = killedMs
  for (const { robot, kind, name, atMs } of lines) {
    if (atMs <= killedMs || atMs > untilMs) continue
    const what = `${robot} ${name}`
    if (kind === 'given') given.add(what)
    else if (kind === 'enter') {
      holdMs = Math.max(holdMs, atMs - lastMs)
      lastMs = atMs
      if (movingAgainMs === null && given.has(what)) movingAgainMs = atMs - killedMs
    }
  }
  return { movingAgainMs, holdMs: Math.max(holdMs, untilMs - lastMs) }
}
