import type { ExperimentReport } from '@heavylift/store'
import { useCallback } from 'react'
import { formatChange, formatCount, formatInterval, formatNumber, formatPercent } from './format.ts'
import { Stat, Stats } from './stat.tsx'
import { PlotFigure } from './plot-figure.tsx'
import type { PlotFigureProps } from './plot-figure-props.ts'
import { DataTable } from './data-table.tsx'

type BetterIs = 'more' | 'fewer'

/** Below this the sequential test says that the arms differ. */
const significance = 0.05

function verdict(
  report: ExperimentReport,
  betterIs: BetterIs,
): { state: 'good' | 'bad' | 'busy'; text: string } {
  const { uplift, sequentialPValue } = report
  if (uplift === null || sequentialPValue === null) return { state: 'busy', text: 'Waiting for both arms' }
  if (sequentialPValue >= significance) return { state: 'busy', text: 'Not decided yet' }
  const state = toneOf(uplift.estimate > 0, betterIs)
  return { state, text: state === 'good' ? 'It helps' : 'It hurts' }
}

const toneOf = (isMore: boolean, betterIs: BetterIs) => (isMore === (betterIs === 'more') ? 'good' : 'bad')

/** An experiment as it stands: uplift with its interval, the test that may be looked at any time, the arms. */
export function ExperimentView({
  report,
  goal,
  outcome,
  units: unitsWord,
  betterIs,
}: {
  report: ExperimentReport
  /** Relative uplift that is aimed for, e.g. 0.6. */
  goal?: number
  /** What counts as converted: `purchase`. */
  outcome: string
  /** What was given an arm: `shoppers`. */
  units: string
  betterIs: BetterIs
}) {
  const { uplift, sequentialPValue, arms } = report
  const said = verdict(report, betterIs)
  const capitalised = unitsWord.charAt(0).toUpperCase() + unitsWord.slice(1)
  const units = arms.reduce((sum, arm) => sum + arm.units, 0)

  const rates = useCallback<PlotFigureProps['options']>(
    (plot) => ({
      marginLeft: 64,
      marginRight: 72,
      x: { label: `${unitsWord} with a ${outcome} (%)`, grid: true, zero: true, labelAnchor: 'center' },
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
    [arms, outcome, unitsWord],
  )

  return (
    <div className="hl-stack">
      <Stats>
        <Stat
          label={betterIs === 'more' ? 'Uplift over the control' : 'Change from the control'}
          value={formatChange(uplift?.estimate ?? null)}
          {...(uplift === null
            ? {}
            : {
                tone:
                  uplift.low <= 0 && uplift.high >= 0 ? ('warn' as const) : toneOf(uplift.low > 0, betterIs),
              })}
          detail={
            uplift === null
              ? `known once both arms have ${unitsWord}`
              : `95 % interval ${formatChange(uplift.low)} to ${formatChange(uplift.high)}`
          }
        />
        <Stat
          label="Sequential p-value"
          value={sequentialPValue === null ? '–' : formatNumber(sequentialPValue)}
          detail="valid however often you look"
        />
        <Stat
          label={capitalised}
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
          { key: 'units', title: capitalised, isNumber: true, render: (arm) => formatCount(arm.units) },
          {
            key: 'converted',
            title: `With a ${outcome}`,
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
