import { Button, FileInput, NativeSelect } from '@mantine/core'
import { ErrorState, Panel, formatCount } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

/** Takes deployments in: tags of a repository that is open, or a file. */
export function Record({ names }: { names: readonly string[] }) {
  const client = useQueryClient()
  const [chosen, choose] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const listed = useQuery({
    queryKey: ['spec', 'repositories'],
    queryFn: ({ signal }) => api.get('/repositories', { signal }),
  })
  const onSuccess = () => client.invalidateQueries({ queryKey: ['spec', 'velocity'] })
  const tags = useMutation({
    mutationFn: (id: string) => api.post('/repositories/:id/deployments', { params: { id } }),
    onSuccess,
  })
  const upload = useMutation({
    mutationFn: async (given: File) =>
      api.post('/velocity/deployments', {
        body: { csv: await given.text(), repository: given.name.replace(/\.csv$/i, '') },
      }),
    onSuccess,
  })
  const repositories = listed.data?.repositories ?? []
  const id = chosen || (repositories[0]?.id ?? '')
  const done = upload.data ?? tags.data
  return (
    <Panel
      title="Take in deployments"
      note={
        names.length > 0 ? `of ${formatCount(names.length)} repositories so far` : 'they go into the ledger'
      }
    >
      <div className="hl-row" style={{ alignItems: 'flex-end', flexWrap: 'wrap' }}>
        <NativeSelect
          label="Tags of"
          value={id}
          onChange={(event) => choose(event.currentTarget.value)}
          data={repositories.map(({ id: value, name }) => ({ value, label: name }))}
        />
        <Button
          variant="default"
          disabled={id === ''}
          loading={tags.isPending}
          onClick={() => tags.mutate(id)}
        >
          Take its tags
        </Button>
        <FileInput
          label="Or a CSV file"
          description="time, repository, failed, rework, commits, lead_hours, recovery_hours"
          placeholder="deployments.csv"
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
          style={{ minWidth: 220 }}
        />
        <Button
          variant="default"
          disabled={file === null}
          loading={upload.isPending}
          onClick={() => file && upload.mutate(file)}
        >
          Take the file
        </Button>
      </div>
      {done ? <p role="status">{formatCount(done.recorded)} deployments are in the ledger.</p> : null}
      {upload.isError ? <ErrorState error={upload.error} /> : null}
      {tags.isError ? <ErrorState error={tags.error} /> : null}
    </Panel>
  )
}
