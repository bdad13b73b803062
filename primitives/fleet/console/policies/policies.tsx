import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { DataTable, Loaded, Page, Panel, Stat, Stats, formatDuration, useUrlState } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { api } from '../api.ts'
import { Gantt } from './gantt.tsx'
import { changesOf } from './changes.ts'
import type { Change } from './changes.ts'

const spanS = 2 * 86_400

/** Two policies on the same log, in step, and who gains and who loses. */
export default function Policies() {
  const [state, set] = useUrlState({ left: 'fcfs+easy', right: 'sjf+easy', from: '0' })
  const compared = useQuery({
    queryKey: ['fleet', 'compare', state.left, state.right],
    queryFn: ({ signal }) => api.get('/compare', { query: { left: state.left, right: state.right }, signal }),
  })
  return (
    <Page
      title="Policies"
      lead="The same jobs under two rules, in step: what changes in the whole, and for whom. The log is a made one."
    >
      <Loaded of={compared} what="Replaying the log under both policies" lines={12}>
        {(data) => {
          const [left, right] = data.policies
          const lastS = Math.max(...data.policies.flatMap(({ endS }) => endS[endS.length - 1] ?? 0), 1)
          const fromS = Number(state.from) * 3600
          return (
            <>
              <Stats>
                {[left!, right!].map(({ name, metrics }, side) => (
                  <Stat
                    key={`${side}${name}`}
                    label={`${name}: mean bounded slowdown`}
                    value={metrics.meanBoundedSlowdown.toFixed(2)}
                    detail={`wait p50 ${formatDuration(metrics.waitP50S * 1000)}, p95 ${formatDuration(metrics.waitP95S * 1000)}; ${(metrics.utilisation * 100).toFixed(1)} % used`}
                  />
                ))}
              </Stats>
              <Panel
                title="On the cluster"
                note={`${data.processors} processors over two days; colour is the user, lighter with an edge: went ahead of the queue`}
              >
                <div className="hl-stack">
                  {data.policies.map((policy, side) => (
                    <div key={side}>
                      <NativeSelect
                        size="xs"
                        label={side === 0 ? 'First policy' : 'Second policy'}
                        data={data.names}
                        value={policy.name}
                        onChange={(event) =>
                          set(side === 0 ? { left: event.target.value } : { right: event.target.value })
                        }
                      />
                      <Gantt
                        label={`Jobs on ${data.processors} processors under ${policy.name}`}
                        processors={data.processors}
                        sizes={data.jobs.processors}
                        users={data.jobs.user}
                        startS={policy.startS}
                        endS={policy.endS}
                        backfilled={policy.backfilled}
                        fromS={fromS}
                        spanS={spanS}
                      />
                    </div>
                  ))}
                  <input
                    type="range"
                    style={{ width: '100%' }}
                    aria-label="Hours since the start of the log"
                    min={0}
                    max={Math.max(1, Math.floor((lastS - spanS) / 3600))}
                    value={Number(state.from)}
                    aria-valuetext={`day ${(Number(state.from) / 24).toFixed(1)}`}
                    onChange={(event) => set({ from: event.target.value })}
                  />
                </div>
              </Panel>
              <Panel
                title="Who gains, who loses"
                note={`mean bounded slowdown, ${left!.name} to ${right!.name}; the mean alone would hide it`}
                flush
              >
                <DataTable
                  caption="Who gains and who loses"
                  columns={columns}
                  rows={changesOf(left!.groups, right!.groups)}
                  keyOf={({ who }) => who}
                />
              </Panel>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const columns: Column<Change>[] = [
  { key: 'who', title: 'Who', render: ({ who }) => who },
  { key: 'jobs', title: 'Jobs', isNumber: true, render: ({ jobs }) => jobs },
  { key: 'before', title: 'First', isNumber: true, render: ({ before }) => before.toFixed(2) },
  { key: 'after', title: 'Second', isNumber: true, render: ({ after }) => after.toFixed(2) },
  {
    key: 'change',
    title: 'Change',
    isNumber: true,
    render: ({ changePct }) => `${changePct > 0 ? '▲ loses' : '▼ gains'} ${Math.abs(changePct).toFixed(0)} %`,
  },
]
