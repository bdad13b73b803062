import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import type { JobSummary } from '../src/service/job-summary.ts'
import { isLive } from './words.tsx'

/** Cancel for a job that somebody works on, resume for one that is not done; nothing for one that is. */
export function Steer({ job, onError }: { job: JobSummary; onError: (error: unknown) => void }) {
  const verb = isLive(job) ? 'cancel' : 'resume'
  const steer = useMutation({
    mutationFn: () => api.post(`/jobs/:jobId/${verb}`, { params: { jobId: job.id } }),
    onError,
  })
  if (job.state === 'done') return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={steer.isPending}
      aria-label={`${verb === 'cancel' ? 'Cancel' : 'Resume'} ${job.name}`}
      title={verb === 'cancel' ? 'Stop it; what it has is kept' : 'Go on in the server, from what is done'}
      onClick={(event) => {
        event.stopPropagation()
        steer.mutate()
      }}
    >
      {verb === 'cancel' ? 'Cancel' : 'Resume'}
    </Button>
  )
}
