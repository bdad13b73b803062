import { Bar, Chip, Empty, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

/** The repositories that were read last: how much of each the code still keeps to. */
export default function SpecMiniature() {
  const listed = useQuery({
    queryKey: ['spec', 'repositories'],
    queryFn: ({ signal }) => api.get('/repositories', { signal }),
    refetchInterval: 10_000,
  })
  if (!listed.data) return null
  const { repositories } = listed.data
  if (repositories.length === 0) return <Empty title="No repository yet" />
  return (
    <div className="hl-stack" style={{ gap: 8, padding: '12px 16px', justifyContent: 'center' }}>
      {repositories.slice(0, 2).map(({ id, name, summary: { requirements, drifts } }) => (
        <div
          key={id}
          style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: '2px 10px' }}
        >
          <span className="hl-cut hl-fine">{name}</span>
          {drifts === 0 ? (
            <Chip tone="good">no drift</Chip>
          ) : (
            <Chip tone="warn">{drifts === 1 ? '1 drift' : `${formatCount(drifts)} drifts`}</Chip>
          )}
          <div style={{ gridColumn: '1 / -1' }}>
            <Bar
              share={requirements === 0 ? 0 : Math.max(0, 1 - drifts / requirements)}
              label={`${requirements - drifts} of ${requirements} requirements hold`}
              tone={drifts === 0 ? 'good' : 'warn'}
            />
          </div>
        </div>
      ))}
    </div>
  )
}
