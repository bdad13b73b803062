import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { hueOf, jobsOfGpus } from '../cluster/gpu-jobs.ts'

/** As many as can be told apart at this size. */
const mostNodes = 96

/** Every GPU a cell, a node a column, coloured by job. */
export default function FleetMiniature() {
  const cluster = useQuery({
    queryKey: ['fleet', 'cluster'],
    queryFn: ({ signal }) => api.get('/cluster', { signal }),
    refetchInterval: 10_000,
  })
  if (!cluster.data) return null
  const { nodes, runs, nowS } = cluster.data
  const cells = jobsOfGpus(nodes, runs, nowS).slice(0, mostNodes)
  const tallest = Math.max(1, ...cells.map(({ length }) => length))
  const used = cells.flat().filter((job) => job !== null).length
  return (
    <svg
      viewBox={`-1 -1 ${cells.length + 2} ${tallest + 2}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${used} of ${cells.flat().length} GPUs have a job`}
      style={{ width: '100%', height: '100%' }}
    >
      {cells.flatMap((jobs, node) =>
        jobs.map((job, gpu) => (
          <rect
            key={`${node} ${gpu}`}
            x={node + 0.1}
            y={gpu + 0.1}
            width={0.8}
            height={0.8}
            fill={
              job !== null
                ? `hsl(${hueOf(job.id)} 55% 50%)`
                : nodes[node]?.state === 'up'
                  ? 'var(--hl-line)'
                  : 'var(--hl-bad)'
            }
          />
        )),
      )}
    </svg>
  )
}
