import type { PlotFigureProps } from '@heavylift/ui'

/** A stretch in which a fault was on, in seconds. */
export interface FaultBand {
  from: number
  to: number
  name: string
}

type FaultEvent = { atMs: number; what: string; on: string; isOn: boolean }

/** Stretches in which a fault was on, in seconds from the start; one that goes on ends at `lastSecond`. */
export function bandsOf(events: readonly FaultEvent[], lastSecond: number): FaultBand[] {
  return events
    .filter(({ isOn }) => isOn)
    .map((one) => {
      const end = events.find(
        (other) => !other.isOn && other.on === one.on && other.what === one.what && other.atMs >= one.atMs,
      )
      return {
        from: one.atMs / 1000,
        to: end === undefined ? lastSecond : end.atMs / 1000,
        name: `${one.what} on ${one.on}`,
      }
    })
}

type Plot = Parameters<PlotFigureProps['options']>[0]

export const bandMark = (plot: Plot, bands: readonly FaultBand[]) =>
  plot.rectX([...bands], { x1: 'from', x2: 'to', fill: 'var(--hl-bad)', fillOpacity: 0.12 })

/** Two lines high, so that names of neighbours have room; above the frame, which needs a margin of 36. */
export const bandNames = (plot: Plot, bands: readonly FaultBand[]) =>
  [0, 1].map((line) =>
    plot.text(
      bands.filter((_, at) => at % 2 === line),
      {
        x: 'from',
        frameAnchor: 'top',
        dy: line === 0 ? -12 : -24,
        textAnchor: 'start',
        text: 'name',
        fill: 'var(--hl-ink-2)',
      },
    ),
  )
