import type { ExperimentReport } from '@heavylift/store'
import { useCallback } from 'react'
import { formatChange, formatCount, formatInterval, formatNumber, formatPercent } from './format.ts'
import { Stat, Stats } from './stat.tsx'
import { PlotFigure } from './plot-figure.tsx'
import type { PlotFigureProps } from './plot-figure-props.ts'
import { DataTable } from './data-table.tsx'

/** Below this the sequential test says that the arms differ. */
const significance = 0.05

function verdict(report: ExperimentReport): { state: 'good' | 'bad' | 'busy'; text: string } {
  const { uplift, sequentialPValue } = report
  if (uplift === null || sequentialPValue === null) return { state: 'busy', text: 'Waiting for both arms' }
  if (sequentialPValue >= significance) return { state: 'busy', text: 'Not decided yet' }
  return uplift.estimate > 0 ? { state: 'good', text: 'It helps' } : { state: 'bad', text: 'It hurts' }
}

/** An experiment as it stands: uplift with its interval, the test that may be looked at any time, the arms. */
export function ExperimentView({
  report,
  goal,
  outcome,
}: {
  report: ExperimentReport
  /** Relative uplift that is aimed for, e.g. 0.6. */
  goal?: number
  /** What counts as converted: `purchase`. */
  outcome: string
}) {
  const { uplift, sequentialPValue, arms } = report
  const said = verdict(report)
  const units = arms.reduce((sum, arm) => sum + arm.units, 0)

  const rates = useCallback<PlotFigureProps['options']>(
    (plot) => ({
      marginLeft: 64,
      marginRight: 72,
      x: { label: `shoppers with a ${outcome} (%)`, grid: true, zero: true, labelAnchor: 'center' },
      y: { label: null, domain: arms.map((arm) => arm.arm), tickSize: 0 },
      marks: [
        plot.ruleY(arms, {
          x1: (arm: Arm) => arm.rate.low * 100,
          x2: (arm: Arm) => arm.rate.high * 100,
          y: 'arm',
          stroke: 'var(--hl-accent)',
          strokeWidth: 8,
          strokeOpacity: 0.3,
          strokeLinecap: 'round',
        }),
        plot.dot(arms, {
          x: (arm: Arm) => arm.rate.estimate * 100,
          y: 'arm',
          r: 5,
          fill: 'var(--hl-accent)',
        }),
        plot.text(arms, {
          x: (arm: Arm) => arm.rate.high * 100,
          y: 'arm',
          dx: 12,
          textAnchor: 'start',
          fill: 'var(--hl-ink)',
          text: (arm: Arm) => formatPercent(arm.rate.estimate),
        }),
      ],
    }),
    [arms, outcome],
  )

  return (
    <div className="hl-stack">
      <Stats>
        <Stat
          label="Uplift over the control"
          value={formatChange(uplift?.estimate ?? null)}
          {...(uplift === null
            ? {}
            : {
                tone:
                  uplift.low > 0 ? ('good' as const) : uplift.high < 0 ? ('bad' as const) : ('warn' as const),
              })}
          detail={
            uplift === null
              ? 'known once both arms have shoppers'
              : `95 % interval ${formatChange(uplift.low)} to ${formatChange(uplift.high)}`
          }
        />
        <Stat
          label="Sequential p-value"
          value={sequentialPValue === null ? '–' : formatNumber(sequentialPValue)}
          detail="valid however often you look"
        />
        <Stat
          label="Shoppers"
          value={formatCount(units)}
          detail={[
            ...arms.map((arm) => `${arm.arm} ${formatCount(arm.units)}`),
            ...(report.waiting > 0 ? [`${formatCount(report.waiting)} still waiting`] : []),
          ].join(' · ')}
        />
        <Stat
          label="Verdict"
          value={said.text}
          tone={said.state === 'busy' ? 'warn' : said.state}
          detail={goal === undefined ? `decided below p = ${significance}` : `goal ${formatChange(goal)}`}
        />
      </Stats>
      <PlotFigure
        height={48 + arms.length * 40}
        summary={`Conversion by arm: ${arms.map((arm) => `${arm.arm} ${formatInterval(arm.rate)}`).join('; ')}.`}
        options={rates}
      />
      <DataTable
        caption="Arms of the experiment"
        rows={arms}
        keyOf={(arm) => arm.arm}
        columns={[
          { key: 'arm', title: 'Arm', render: (arm) => arm.arm },
          { key: 'units', title: 'Shoppers', isNumber: true, render: (arm) => formatCount(arm.units) },
          {
            key: 'converted',
            title: 'Converted',
            isNumber: true,
            render: (arm) => formatCount(arm.converted),
          },
          {
            key: 'rate',
            title: 'Rate (95 % interval)',
            isNumber: true,
            render: (arm) => formatInterval(arm.rate),
          },
          {
            key: 'value',
            title: 'Value',
            isNumber: true,
            isSecondary: true,
            render: (arm) => formatNumber(arm.value),
          },
        ]}
      />
    </div>
  )
}

type Arm = ExperimentReport['arms'][number]
