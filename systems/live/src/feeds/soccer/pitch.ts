/** The pitch that places are told on, metres (IFAB Law 1, the size of international matches). */
export const pitch = { length: 105, width: 68 }

/**
 * Where a provider draws the lines, in its own units. From the goal line: the goal area, the penalty mark, the penalty area, halfway. From the
 * touchline: the penalty area, the goal area, the near post, the middle.
 */
export interface PitchLines {
  length: readonly [number, number, number, number]
  width: readonly [number, number, number, number]
}

/** Law 1: areas of 5.5 and 16.5 m, the mark at 11 m, posts 7.32 m apart. */
const law: PitchLines = { length: [5.5, 11, 16.5, 52.5], width: [13.84, 24.84, 30.34, 34] }

/** Each provider's lines by its own documents; pitches differ in size, and their places go by the lines, not by the share of the length. */
export const providerLines = {
  wyscout: { length: [6, 10, 16, 50], width: [19, 37, 45, 50] },
  statsbomb: { length: [6, 12, 18, 60], width: [18, 30, 36, 40] },
  opta: { length: [5.8, 11.5, 17, 50], width: [21.1, 36.8, 45.2, 50] },
} as const satisfies Record<string, PitchLines>

/** Metres of a place that stands between two lines as far as it does in the provider's picture. */
function along(value: number, from: PitchLines['length'], to: PitchLines['length']): number {
  // The other half is this one in a mirror.
  if (value > from[3]) return 2 * to[3] - along(2 * from[3] - value, from, to)
  let [low, lowTo] = [0, 0]
  for (const [at, high] of from.entries()) {
    const highTo = to[at] ?? 0
    if (value <= high) return lowTo + ((value - low) / (high - low)) * (highTo - lowTo)
    ;[low, lowTo] = [high, highTo]
  }
  return to[3]
}

/** A provider's place on our pitch, metres with a decimal; places off the pitch are drawn to its edge. */
export function placeOf(lines: PitchLines, x: number, y: number): { x: number; y: number } {
  const metres = (value: number, side: 'length' | 'width'): number => {
    const held = Math.min(2 * lines[side][3], Math.max(0, value))
    return Math.round(along(held, lines[side], law[side]) * 10) / 10
  }
  return { x: metres(x, 'length'), y: metres(y, 'width') }
}
