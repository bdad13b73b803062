import { plural } from '@heavylift/core/text'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../api.ts'
import {
  DataTable,
  Empty,
  Facts,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  StateMark,
  Stats,
  formatDuration,
  formatTime,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { api } from '../api.ts'
import { RackPicture } from './rack-picture.tsx'
import { WhyJob } from './why-job.tsx'

type Cluster = Answer<'/cluster'>
type Waiting = Cluster['queue'][number]
type Run = Cluster['runs'][number]

/** The cluster now and in the hours before: who has which GPU, what is out, who waits and until when. */
export default function ClusterPage() {
  const [state, set] = useUrlState({ back: '0', job: '', why: '' })
  const cluster = useQuery({
    queryKey: ['fleet', 'cluster'],
    queryFn: ({ signal }) => api.get('/cluster', { signal }),
    refetchInterval: 10_000,
  })
  return (
    <Page
      title="Cluster"
      lead="Every GPU, who has it, and who waits for it: read from Slurm, or a made cluster until there is one."
    >
      <Loaded of={cluster} what="Looking at the cluster" lines={12}>
        {(data) => {
          const hoursBack = Number(state.back)
          const atS = data.nowS - hoursBack * 3600
          const chosen =
            data.runs.findLast((run) => String(run.id) === state.job && run.startS <= atS) ?? null
          const out = data.nodes.filter((node) => node.state !== 'up')
          const all = data.nodes.reduce((sum, { gpus }) => sum + gpus, 0)
          const outGpus = out.reduce((sum, { gpus }) => sum + gpus, 0)
          const now = data.runs.filter(({ startS, endS }) => startS <= atS && endS > atS)
          const used = now.reduce((sum, run) => sum + run.nodes.length * run.gpusPerNode, 0)
          const nextS = Math.min(...data.queue.flatMap(({ startS }) => startS ?? []))
          return (
            <>
              {data.source === 'sample' ? (
                <Notice>
                  A made cluster that stands still. Set <code>fleet.slurm</code> in the settings to shadow the
                  Slurm of this machine; nothing is changed there.
                </Notice>
              ) : null}
              <Stats>
                <Stat
                  label="GPUs with a job"
                  value={`${used} of ${all}`}
                  detail={`${now.length} jobs ${hoursBack === 0 ? 'now' : `${hoursBack} h ago`}`}
                />
                <Stat
                  label="Free now"
                  value={String(data.free.gpus)}
                  unit="GPUs"
                  detail={`${plural(data.free.wholeNodes, 'whole node')}; ${plural(data.free.fragments, 'GPU')} in fragments`}
                />
                <Stat
                  label="Waiting"
                  value={String(data.queue.length)}
                  unit="jobs"
                  detail={`${Number.isFinite(nextS) ? `the next starts by ${formatTime(nextS * 1000)}` : 'nobody waits for room'}${data.held > 0 ? `; ${data.held} held` : ''}`}
                />
                <Stat
                  label="Out"
                  value={String(out.length)}
                  unit="nodes"
                  {...(out.length > 0 ? { tone: 'warn' as const } : {})}
                  detail={`${plural(outGpus, 'GPU')} that nobody can use`}
                />
              </Stats>
              <Panel
                title="GPUs by rack"
                note={`${formatTime(atS * 1000)}; a colour is a job, hollow is free, crossed is out. Choose a cell to see its job`}
              >
                <RackPicture
                  nodes={data.nodes}
                  runs={data.runs}
                  atS={atS}
                  chosen={chosen?.id ?? null}
                  onChoose={(job) => set({ job: job === null ? '' : String(job) })}
                />
                <input
                  type="range"
                  style={{ width: '100%' }}
                  aria-label="Hours before now"
                  min={-Math.max(1, Math.floor((data.nowS - data.fromS) / 3600))}
                  max={0}
                  step={0.25}
                  value={-hoursBack}
                  aria-valuetext={hoursBack === 0 ? 'now' : `${hoursBack} h ago`}
                  onChange={(event) => set({ back: String(-Number(event.target.value)) })}
                />
                {chosen === null ? null : (
                  <Facts
                    isInline
                    facts={[
                      ['Job', `${chosen.id} ${chosen.name}`],
                      ['User', chosen.user],
                      ['GPUs', `${chosen.nodes.length * chosen.gpusPerNode} on ${chosen.nodes.length} nodes`],
                      ['Since', formatTime(chosen.startS * 1000)],
                    ]}
                  />
                )}
              </Panel>
              <Panel
                title="The queue"
                note="in the order of Slurm: tier, priority, age; starts are the latest"
                flush
              >
                {data.queue.length === 0 ? (
                  <Empty title="Nobody waits for room">
                    A job that is submitted and finds none shows here.
                  </Empty>
                ) : (
                  <DataTable
                    caption="Waiting jobs"
                    columns={queueColumns(data.nowS, (id) => set({ why: String(id) }))}
                    rows={data.queue}
                    keyOf={({ id }) => String(id)}
                  />
                )}
              </Panel>
              <Panel
                title="What was lost"
                note="nodes that are out, and runs that were ended for a higher tier"
                flush
              >
                <DataTable
                  caption="Nodes that are out and ended runs"
                  urlName="lost"
                  columns={lossColumns}
                  rows={lossesOf(data)}
                  keyOf={({ key }) => key}
                />
              </Panel>
              <WhyJob job={state.why} onClose={() => set({ why: '' })} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const queueColumns = (nowS: number, onWhy: (id: number) => void): Column<Waiting>[] => [
  {
    key: 'job',
    title: 'Job',
    render: ({ label, name }) => (
      <>
        <span className="hl-code">{label}</span> <span className="hl-fine">{name}</span>
      </>
    ),
  },
  { key: 'user', title: 'User', isSecondary: true, sortBy: ({ user }) => user, render: ({ user }) => user },
  {
    key: 'partition',
    title: 'Partition',
    isSecondary: true,
    sortBy: ({ partition }) => partition,
    render: ({ partition }) => partition,
  },
  {
    key: 'priority',
    title: 'Priority',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ priority }) => priority,
    render: ({ priority }) => priority,
  },
  {
    key: 'needs',
    title: 'Needs',
    isNumber: true,
    sortBy: ({ nodes, gpusPerNode }) => nodes * gpusPerNode,
    render: ({ nodes, gpusPerNode }) =>
      `${plural(nodes * gpusPerNode, 'GPU')}${nodes > 1 ? ` on ${nodes} nodes` : ''}`,
  },
  {
    key: 'waited',
    title: 'Waits since',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ submitS }) => -submitS,
    render: ({ submitS }) => formatDuration((nowS - submitS) * 1000),
  },
  {
    key: 'start',
    title: 'Starts in',
    isNumber: true,
    sortBy: ({ startS }) => startS,
    render: ({ startS }) =>
      startS === null ? 'never' : startS <= nowS ? 'the next pass' : formatDuration((startS - nowS) * 1000),
  },
  {
    key: 'why',
    title: 'Why',
    render: ({ id, label }) => (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Why job ${label} waits`}
        onClick={() => onWhy(id)}
      >
        Why?
      </Button>
    ),
  },
]

interface Loss {
  key: string
  what: string
  state: string
  why: string
  atS: number | null
  gpuHours: number | null
}

const lossColumns: Column<Loss>[] = [
  { key: 'what', title: 'What', render: ({ what }) => what },
  { key: 'state', title: 'State', render: ({ state }) => <StateMark state="warn">{state}</StateMark> },
  { key: 'why', title: 'Why', isWide: true, isSecondary: true, render: ({ why }) => why },
  {
    key: 'at',
    title: 'When',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ atS }) => atS,
    render: ({ atS }) => (atS === null ? 'now' : formatTime(atS * 1000)),
  },
  {
    key: 'lost',
    title: 'Lost GPU-hours',
    isNumber: true,
    sortBy: ({ gpuHours }) => gpuHours,
    render: ({ gpuHours }) => (gpuHours === null ? '' : gpuHours.toFixed(1)),
  },
]

function lossesOf({ nodes, runs }: Cluster): Loss[] {
  const out = nodes
    .filter(({ state }) => state !== 'up')
    .map(({ name, state, reason, gpus }) => ({
      key: name,
      what: `${name}, ${plural(gpus, 'GPU')}`,
      state,
      why: reason,
      atS: null,
      gpuHours: null,
    }))
  const ended = runs
    .filter(({ wasPreempted }) => wasPreempted)
    .map((run: Run) => ({
      key: `${run.id} ${run.startS}`,
      what: `job ${run.id} ${run.name} (${run.user})`,
      state: 'pre-empted',
      why: 'a job of a higher tier needed its nodes',
      atS: run.endS,
      gpuHours: (run.nodes.length * run.gpusPerNode * (run.endS - run.startS)) / 3600,
    }))
  return [...out, ...ended.toReversed()]
}
