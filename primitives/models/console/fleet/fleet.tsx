import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import {
  Empty,
  FilterBar,
  FilterText,
  LiveMark,
  Page,
  Panel,
  Skeleton,
  format,
  useUrlState,
} from '@heavylift/ui'
import { replicaStates } from '../words.ts'
import { cellPxOf, groupsOf, matching, scaleEnd, stateOf, valueOf, worstFirst } from './fleet-groups.ts'
import type { GroupBy, Measure } from './fleet-groups.ts'
import { HeatMap } from './heat-map.tsx'
import { FleetLegend } from './fleet-legend.tsx'
import { inWords, measures } from './measures.ts'
import { ReplicaDetail } from './replica-detail.tsx'
import { useFleet } from './use-fleet.ts'
import type { FleetPicture } from './use-fleet.ts'
import { useOrder } from './use-order.ts'
import { WorstReplicas } from './worst-replicas.tsx'
import '../models-console.css'

const groupings: Record<GroupBy, string> = {
  provider: 'by pool',
  zone: 'by zone',
  model: 'by model',
  none: 'not at all',
}
const defaults = { group: 'provider', measure: 'inFlight', order: 'worst', filter: '', replica: '' }

/** Every replica as a cell: which pool, zone or model is in trouble, and which of its replicas. */
export default function Fleet() {
  const { fleet, live } = useFleet()
  return (
    <Page
      title="Fleet"
      lead="Every replica of every model: who has the most to do, and who is out of service."
      actions={<LiveMark freshness={live.state === 'offline' ? 'stale' : live.state} />}
    >
      {fleet === null ? (
        <Panel title="Replicas">
          <Skeleton lines={10} what="Waiting for the first picture" />
        </Panel>
      ) : fleet.list.length === 0 ? (
        <Panel title="Replicas">
          <Empty title="No replica yet">Add a provider under Routes, or pull a model on the overview.</Empty>
        </Panel>
      ) : (
        <FleetNow fleet={fleet} />
      )}
    </Page>
  )
}

function FleetNow({ fleet }: { fleet: FleetPicture }) {
  const [state, setState] = useUrlState(defaults)
  const [pointed, setPointed] = useState<number | null>(null)
  const measure: Measure = state.measure in measures ? (state.measure as Measure) : 'inFlight'
  const by: GroupBy = state.group in groupings ? (state.group as GroupBy) : 'provider'
  const found = matching(fleet, state.filter)
  const isWorstFirst = state.order !== 'name'
  const places = useOrder(found, isWorstFirst ? worstFirst(fleet, measure) : null, [
    state.filter,
    measure,
    String(isWorstFirst),
    fleet.list,
    pointed !== null,
  ])
  const selected = state.replica === '' ? -1 : fleet.list.findIndex(({ id }) => id === state.replica)
  const chosen = selected < 0 ? null : selected
  const select = (at: number) => setState({ replica: fleet.list[at]?.id ?? '' })
  return (
    <>
      <FilterBar isFiltered={state.filter !== ''} onClear={() => setState({ filter: '' })}>
        <FilterText
          label="Filter"
          placeholder="id, zone, model, state"
          value={state.filter}
          onChange={(filter) => setState({ filter })}
        />
        <NativeSelect
          label="Colour"
          value={measure}
          data={Object.entries(measures).map(([value, { name }]) => ({ value, label: name }))}
          onChange={(event) => setState({ measure: event.currentTarget.value })}
        />
        <NativeSelect
          label="Group"
          value={by}
          data={Object.entries(groupings).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setState({ group: event.currentTarget.value })}
        />
        <NativeSelect
          label="Order"
          value={isWorstFirst ? 'worst' : 'name'}
          data={[
            { value: 'worst', label: 'worst first' },
            { value: 'name', label: 'as in the table' },
          ]}
          onChange={(event) => setState({ order: event.currentTarget.value })}
        />
      </FilterBar>
      {chosen === null ? null : (
        <ReplicaDetail id={state.replica} onClose={() => setState({ replica: '' })} />
      )}
      <Panel
        title={`${format.formatCount(found.length)} replicas`}
        note={outOfService(fleet, found)}
        actions={<FleetLegend measure={measure} end={scaleEnd(fleet, measure)} />}
      >
        <p className="models-heat-note hl-fine" role="status">
          {pointed === null
            ? 'Point at a cell to see which replica it is; click to see its calls.'
            : described(fleet, pointed)}
        </p>
        {found.length === 0 ? (
          <Empty title="None of them">No replica holds these words in its id, zone, model or state.</Empty>
        ) : (
          <div className="models-heat-groups">
            {groupsOf(fleet, places, by).map((group) => (
              <section key={group.name} aria-label={group.name}>
                <h3>
                  <span className="hl-cut">{group.name}</span>
                  <small className="hl-number">
                    {format.formatCount(group.members.length)}
                    {group.outOfService > 0 ? `, ${group.outOfService} out` : ''}
                  </small>
                </h3>
                <HeatMap
                  fleet={fleet}
                  group={group}
                  measure={measure}
                  cellPx={cellPxOf(found.length)}
                  selected={chosen}
                  onPoint={setPointed}
                  onSelect={select}
                />
              </section>
            ))}
          </div>
        )}
      </Panel>
      <WorstReplicas fleet={fleet} places={found} measure={measure} selected={chosen} onSelect={select} />
    </>
  )
}

function outOfService(fleet: FleetPicture, places: readonly number[]): string {
  const out = places.filter((at) => ['open', 'ejected', 'unhealthy'].includes(stateOf(fleet, at))).length
  return out === 0 ? 'all in service' : `${format.formatCount(out)} out of service`
}

function described(fleet: FleetPicture, at: number): string {
  const replica = fleet.list[at]
  if (replica === undefined) return ''
  const figures = (Object.keys(measures) as Measure[]).flatMap((measure) => {
    const value = valueOf(fleet, at, measure)
    return value < 0 ? [] : [`${measures[measure].name.toLowerCase()} ${inWords(measure, value)}`]
  })
  const zone = replica.zone === null ? '' : `, ${replica.zone}`
  return `${replica.id}${zone}: ${replicaStates[stateOf(fleet, at)].word.toLowerCase()}, ${figures.join(', ')}`
}
