import { PlotFigure } from '@heavylift/ui'

interface Probe {
  ratePerSecond: number
  isInside: boolean
  p50Ms: number
  p99Ms: number
}

/** What each rate took: half and 99 of 100 below, the objective as a line, where it gives out and where it was thought to. */
export function ProbeChart({
  probes,
  limit,
  predicted,
  p99Ms,
}: {
  probes: readonly Probe[]
  limit: number
  predicted: number
  p99Ms: number
}) {
  const range = probes.flatMap(({ ratePerSecond, p50Ms, p99Ms: upper }) => [
    { ratePerSecond, from: Math.max(0.1, p50Ms), to: Math.max(0.1, upper) },
  ])
  /** Its label goes to the side where there is room. */
  const isRight = predicted > 0.6 * Math.max(predicted, ...probes.map(({ ratePerSecond }) => ratePerSecond))
  return (
    <PlotFigure
      height={240}
      summary={`Latency of ${probes.length} probes by rate: inside the objective up to ${Math.round(limit)} requests a second; ${Math.round(predicted)} were predicted.`}
      options={(plot, width) => ({
        width,
        height: 240,
        x: { label: 'requests a second', grid: true, zero: true },
        y: { label: 'milliseconds, half to 99 of 100', type: 'log', grid: true },
        marks: [
          plot.ruleY([p99Ms], { stroke: 'var(--hl-warn)', strokeDasharray: '4 3' }),
          plot.ruleX([predicted], { stroke: 'var(--hl-ink-2)', strokeDasharray: '2 4' }),
          plot.text([{ x: predicted }], {
            x: 'x',
            text: () => 'predicted',
            frameAnchor: 'bottom',
            dy: -6,
            dx: isRight ? -4 : 4,
            textAnchor: isRight ? 'end' : 'start',
            fill: 'var(--hl-ink-2)',
          }),
          plot.ruleX(range, { x: 'ratePerSecond', y1: 'from', y2: 'to', stroke: 'var(--hl-ink-2)' }),
          plot.dot(probes, {
            x: 'ratePerSecond',
            y: (probe: Probe) => Math.max(0.1, probe.p99Ms),
            r: 4,
            symbol: (probe: Probe) => (probe.isInside ? 'circle' : 'times'),
            stroke: (probe: Probe) => (probe.isInside ? 'var(--hl-good)' : 'var(--hl-bad)'),
          }),
        ],
      })}
    />
  )
}
