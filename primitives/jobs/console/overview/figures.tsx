import { Stat, Stats, format } from '@heavylift/ui'
import type { JobsOverview } from '../../src/routes/jobs.ts'
import { isLive } from '../words.tsx'

/** All jobs and nodes in five numbers. */
export function Figures({ answer: { jobs, nodes } }: { answer: JobsOverview }) {
  const live = jobs.filter(isLive)
  const rate = live.reduce((sum, job) => sum + (job.inputsPerSecond ?? 0), 0)
  const left = live.reduce((sum, job) => sum + job.inputs - job.inputsDone, 0)
  const busy = nodes.nodes.reduce((sum, node) => sum + node.busy, 0)
  const workers = nodes.nodes.reduce((sum, node) => sum + node.workers, 0)
  const sum = (of: 'preemptions' | 'crashes') => nodes.nodes.reduce((all, node) => all + node[of], 0)
  const lost = nodes.nodes.filter(({ state }) => state === 'drained' || state === 'lost').length
  const over = `last ${Math.round(nodes.windowMs / 60_000)} min`
  return (
    <Stats>
      <Stat
        label="Jobs"
        value={format.formatCount(live.length)}
        unit="under way"
        detail={`${format.formatCount(jobs.length)} kept`}
      />
      <Stat
        label="Inputs done"
        value={format.formatNumber(rate)}
        unit="/s"
        detail={`${format.formatCount(left)} to go`}
      />
      <Stat
        label="Workers busy"
        value={format.formatCount(busy)}
        unit={`of ${format.formatCount(workers)}`}
        detail={`on ${format.formatCount(nodes.nodes.length)} node${nodes.nodes.length === 1 ? '' : 's'}`}
      />
      <Stat label="Preemptions" value={format.formatCount(sum('preemptions'))} detail={over} />
      <Stat
        label="Crashes"
        value={format.formatCount(sum('crashes'))}
        detail={over}
        {...(sum('crashes') > 0 ? { tone: 'warn' as const } : {})}
      />
      <Stat
        label="Nodes out"
        value={format.formatCount(lost)}
        detail="drained or gone"
        {...(lost > 0 ? { tone: 'bad' as const } : {})}
      />
    </Stats>
  )
}
