import { useQuery } from '@tanstack/react-query'
import { EvidenceDrawer, EvidencePart, Facts, Loaded, formatTime } from '@heavylift/ui'
import { api } from '../api.ts'

/** Why does my job wait? One sentence, who goes first, and what would start sooner. */
export function WhyJob({ job, onClose }: { job: string; onClose: () => void }) {
  const why = useQuery({
    queryKey: ['fleet', 'why', job],
    queryFn: ({ signal }) => api.get('/cluster/jobs/:jobId/why', { params: { jobId: job }, signal }),
    enabled: job !== '',
  })
  return (
    <EvidenceDrawer
      isOpen={job !== ''}
      onClose={onClose}
      title={`Why does job ${job} wait?`}
      note="Times are the latest: as if whatever runs went to its limit."
    >
      <Loaded of={why} what="Planning the queue" lines={6}>
        {({ sentence, startS, ahead, sooner }) => (
          <>
            <p>{sentence}</p>
            {sooner.length > 0 ? (
              <EvidencePart title="What would start sooner">
                <Facts
                  facts={sooner.map(({ change, startS: atS, earlierBy }) => [
                    change,
                    `${earlierBy}${startS === null ? '' : ' earlier'}, ${formatTime(atS * 1000)}`,
                  ])}
                />
              </EvidencePart>
            ) : null}
            <EvidencePart
              title={ahead.length === 0 ? 'Nobody goes before it' : `${ahead.length} go before it`}
            >
              <ol className="hl-list">
                {ahead.slice(0, 20).map(({ id, label, user, priority }) => (
                  <li key={id}>
                    <span className="hl-code">{label}</span> {user}{' '}
                    <span className="hl-fine">priority {priority}</span>
                  </li>
                ))}
              </ol>
              {ahead.length > 20 ? <p className="hl-fine">and {ahead.length - 20} more</p> : null}
            </EvidencePart>
          </>
        )}
      </Loaded>
    </EvidenceDrawer>
  )
}
