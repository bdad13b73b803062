import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, Notice } from '@heavylift/ui'
import { api } from './api.ts'

const key = ['models', 'sample']

/** Says that what the page shows is sample traffic, and removes it; nothing once there is real traffic. */
export function SampleNotice() {
  const client = useQueryClient()
  const sample = useQuery({
    queryKey: key,
    refetchInterval: 5_000,
    queryFn: ({ signal }) => api.get('/sample', { signal }),
  })
  const remove = useMutation({
    mutationFn: () => api.delete('/sample'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['models'] }),
  })
  if (remove.isError) return <ErrorState error={remove.error} />
  if (!sample.data?.isOn) return null
  return (
    <Notice
      title="Sample traffic"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          Remove the sample
        </Button>
      }
    >
      <p>
        Made by a generator through the real gateway, to models that answer by script; their names begin with{' '}
        <span className="hl-code">heavylift-sample/</span>. It costs nothing and goes with your first call.
      </p>
    </Notice>
  )
}
