import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ConfirmDialog } from '@heavylift/ui'
import { api } from './api.ts'
import type { JobSummary } from '../src/service/job-summary.ts'
import { isLive } from './words.tsx'

/** Deletes a job that nobody works on, after asking; then leads back to the queue. */
export function DeleteJob({ job }: { job: JobSummary }) {
  const navigate = useNavigate()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.delete('/jobs/:jobId', { params: { jobId: job.id } }),
    onSuccess: () => navigate({ to: '/jobs' }),
  })
  if (isLive(job)) return null
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Delete ${job.name}?`}
        going={[{ count: job.inputsDone, what: 'inputs with their results' }]}
        confirm="Delete job"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setIsAsking(false)}
      >
        Its results cannot be had back. Whoever runs the same task again begins anew.
      </ConfirmDialog>
    </>
  )
}
