import { Panel, PlotFigure, useUrlState } from '@heavylift/ui'
import { NativeSelect } from '@mantine/core'
import { useCallback } from 'react'
import type { ComponentProps } from 'react'
import type { StoredMap } from '../../src/clearance/report/report-schema.ts'
import styles from './parameter-maps.module.css'

/** The space of parameters of a scenario, with where it failed. */
export function ParameterMaps({ maps }: { maps: StoredMap[] }) {
  const [url, setUrl] = useUrlState({ map: '' })
  const sorted = maps.toSorted((a, b) => b.failures - a.failures)
  const map = sorted.find(({ scenario }) => scenario === url.map) ?? sorted[0]
  if (!map) return null
  return (
    <Panel
      title="Where it fails"
      note={`${map.failures} of ${map.n} runs failed; the two parameters that part them best`}
      actions={
        <NativeSelect
          size="xs"
          aria-label="Scenario"
          data={sorted.map(({ scenario, failures, n }) => ({
            value: scenario,
            label: `${scenario} (${failures} of ${n})`,
          }))}
          value={map.scenario}
          onChange={(event) => setUrl({ map: event.currentTarget.value })}
        />
      }
    >
      <MapPlot map={map} />
    </Panel>
  )
}

const states = [
  { word: 'passed', symbol: 'circle', colour: 'var(--hl-chart-grey)' },
  { word: 'failed', symbol: 'times', colour: 'var(--hl-warn)' },
  { word: 'blocker', symbol: 'diamond', colour: 'var(--hl-bad)' },
] as const

function MapPlot({ map }: { map: StoredMap }) {
  const options = useCallback<ComponentProps<typeof PlotFigure>['options']>(
    (plot) => ({
      marginLeft: 56,
      marginBottom: 40,
      marginTop: 28,
      x: { domain: [map.x.min, map.x.max], label: map.x.name, labelAnchor: 'center' },
      y: {
        domain: map.y ? [map.y.min, map.y.max] : [-1, 1],
        label: map.y?.name ?? '',
        grid: map.y !== null,
        ...(map.y ? {} : { ticks: [] }),
      },
      marks: states.flatMap(({ symbol, colour }, state) => {
        const points = map.points.filter((point) => point[2] === state)
        return [
          plot.dot(points, {
            x: (point: [number, number, number]) => point[0],
            y: (point: [number, number, number]) => (map.y ? point[1] : 0),
            symbol,
            r: state === 0 ? 2.5 : 4.5,
            fill: symbol === 'times' ? 'none' : colour,
            fillOpacity: state === 0 ? 0.5 : 1,
            stroke: colour,
            strokeWidth: symbol === 'times' ? 2 : 0.5,
          }),
        ]
      }),
    }),
    [map],
  )
  return (
    <>
      <p className={styles['legend']}>
        {states.map(({ word, colour }, index) => (
          <span key={word}>
            <i aria-hidden="true" style={{ color: colour }}>
              {['●', '✕', '◆'][index]}
            </i>{' '}
            {word}
          </span>
        ))}
      </p>
      <PlotFigure
        height={320}
        summary={`${map.scenario}: ${map.failures} of ${map.n} runs failed, over ${map.x.name}${map.y ? ` and ${map.y.name}` : ''}.`}
        options={options}
      />
    </>
  )
}
