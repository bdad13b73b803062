import { PlotFigure, Stat, Stats, formatNumber } from '@heavylift/ui'
import type { PlotFigureProps } from '@heavylift/ui'

export interface FanData {
  name: string
  past: { atMs: number; value: number }[]
  ahead: {
    atMs: number
    median: number
    lower50: number
    upper50: number
    lower95: number
    upper95: number
  }[]
  drivers: { method: string; weight: number }[]
  peak: { median: number; plan95: number; isFirstOfItsKind: boolean } | null
  events: { name: string; fromMs: number; toMs: number }[]
  pastPeaks: { day: string; peak: number }[]
}

/** The past as a line, what comes as two bands and their middle. */
export const fanMarks = (
  plot: Parameters<PlotFigureProps['options']>[0],
  fan: Pick<FanData, 'past' | 'ahead'>,
) => [
  plot.areaY(fan.ahead, {
    x: 'atMs',
    y1: 'lower95',
    y2: 'upper95',
    fill: 'var(--hl-accent)',
    fillOpacity: 0.12,
  }),
  plot.areaY(fan.ahead, {
    x: 'atMs',
    y1: 'lower50',
    y2: 'upper50',
    fill: 'var(--hl-accent)',
    fillOpacity: 0.22,
  }),
  plot.lineY(fan.past, { x: 'atMs', y: 'value', stroke: 'var(--hl-accent)', strokeWidth: 1.2 }),
  plot.lineY(fan.ahead, {
    x: 'atMs',
    y: 'median',
    stroke: 'var(--hl-accent)',
    strokeWidth: 1.8,
    strokeDasharray: '4 2',
  }),
]

/** A day whose peak is foretold on its own, in the unit of the chart. */
export interface PeakDay {
  name: string
  fromMs: number
  toMs: number
  median: number
  plan95: number
}

/** The past as a line, what comes as a fan, the plan for the peak of the next day, or of the one that is given, as a line of its own. */
export function Fan({ fan, day }: { fan: FanData; day?: PeakDay | undefined }) {
  const last = fan.ahead.at(-1)
  const most = Math.max(...fan.ahead.map(({ median }) => median))
  return (
    <div className="hl-stack">
      <PlotFigure
        height={300}
        summary={`Requests a minute: forecast to ${last === undefined ? '' : new Date(last.atMs).toISOString().slice(0, 16)}, at most ${Math.round(most)}.`}
        options={(plot, width) => ({
          width,
          height: 300,
          marginLeft: 64,
          marginTop: 28,
          x: { type: 'utc', label: null },
          y: { label: 'requests a minute', zero: true, grid: true, tickFormat: '~s' },
          marks: [
            ...fanMarks(plot, fan),
            plot.ruleX(fan.events, { x: 'fromMs', stroke: 'var(--hl-ink-2)', strokeDasharray: '1 3' }),
            plot.text(fan.events, {
              x: 'fromMs',
              text: 'name',
              frameAnchor: 'top',
              dy: -14,
              fill: 'var(--hl-ink-2)',
            }),
            ...(day !== undefined
              ? [
                  plot.ruleX([day], {
                    x: ({ fromMs, toMs }: PeakDay) => (fromMs + toMs) / 2,
                    y1: 'median',
                    y2: 'plan95',
                    stroke: 'var(--hl-ink)',
                    strokeWidth: 4,
                  }),
                ]
              : fan.peak === null
                ? []
                : [plot.ruleY([fan.peak.plan95], { stroke: 'var(--hl-accent)', strokeDasharray: '2 4' })]),
          ],
        })}
      />
      {day === undefined ? (
        <Stats>
          {fan.peak && (
            <Stat
              label="Next day’s peak, half of days below"
              value={formatNumber(Math.round(fan.peak.median))}
            />
          )}
          {fan.peak && (
            <Stat label="Plan for 95 % of days" value={formatNumber(Math.round(fan.peak.plan95))} />
          )}
        </Stats>
      ) : (
        <p>
          The thick bar is the peak of the {day.name}: half of such days stay below its foot,{' '}
          {formatNumber(Math.round(day.median))} a minute, and 95 % below its head,{' '}
          {formatNumber(Math.round(day.plan95))}. It is foretold from the highest values of past days of this
          kind and of the days around them; the fan is foretold hour by hour from all hours, so its middle may
          end elsewhere. Headroom is planned by the bar.
        </p>
      )}
      {day === undefined && fan.peak?.isFirstOfItsKind === true && (
        <p>
          The next day is the first of its kind: nothing here tells how much more it brings, and this plan is
          that of other days. Take a past event of your own, and give it the same name.
        </p>
      )}
      <p className="hl-fine">
        Foretold mostly by{' '}
        {fan.drivers
          .slice(0, 2)
          .map(({ method, weight }) => `${method} (${Math.round(100 * weight)} %)`)
          .join(' and ')}
        .
      </p>
    </div>
  )
}
